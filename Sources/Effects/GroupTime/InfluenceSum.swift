import LinearAlgebra

/// A sum of means in the making, with each observation's influence on it.
struct InfluenceSum {
  private(set) var value = 0.0
  /// In the scale of the observations: the sum is off by their mean.
  private(set) var influence: [Double]

  init(count: Int) { influence = [Double](repeating: 0, count: count) }

  /// Adds `sign` · Σ w v / Σ w over some rows and gives the mean and Σ w.
  @discardableResult
  mutating func addMean(
    _ sign: Double, _ rows: Range<Int>, weights: [Double], of values: [Double]
  ) -> (mean: Double, total: Double) {
    var total = 0.0
    var sum = 0.0
    for row in rows {
      total += weights[row]
      sum += weights[row] * values[row]
    }
    let mean = sum / total
    let scale = sign * Double(influence.count) / total
    for row in rows { influence[row] += scale * weights[row] * (values[row] - mean) }
    value += sign * mean
    return (mean, total)
  }

  /// Adds what a regression's error does to the sum, by the sum's gradient in its coefficients.
  mutating func add(_ fit: Regression, columns: [Double], gradient: [Double]) {
    let width = gradient.count
    let direction = (0..<width).map { row in
      (0..<width).reduce(0) { $0 + fit.spread[row, $1] * gradient[$1] }
    }
    let pulls = Regression.values(columns, width: width, direction, rows: fit.rows)
    for (row, pull) in zip(fit.rows, pulls) { influence[row] += fit.scores[row] * pull }
  }
}

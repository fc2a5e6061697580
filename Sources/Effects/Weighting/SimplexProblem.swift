import LinearAlgebra

/// Series to be weighted so that their sum comes near to a target series.
///
/// The objective is ‖Σ wⱼ sⱼ − target‖²/length + penalty²·‖w‖² with w on the simplex. An intercept is a
/// removal of every series' own mean.
struct SimplexProblem: Sendable {
  /// The series less the target, one after the other.
  let points: [Double]
  let count: Int
  let length: Int
  let penalty: Double

  /// `series(j, t)` is the value of series j at t; j = `count` is the target.
  init(
    count: Int, length: Int, penalty: Double, hasIntercept: Bool, series: (Int, Int) -> Double
  ) {
    var rows = [Double](repeating: 0, count: (count + 1) * length)
    for row in 0...count {
      var total = 0.0
      for place in 0..<length {
        rows[row * length + place] = series(row, place)
        total += rows[row * length + place]
      }
      guard hasIntercept else { continue }
      let mean = total / Double(length)
      for place in 0..<length { rows[row * length + place] -= mean }
    }
    for row in 0..<count {
      for place in 0..<length { rows[row * length + place] -= rows[count * length + place] }
    }
    rows.removeLast(length)
    self.points = rows
    self.count = count
    self.length = length
    self.penalty = penalty
  }

  private init(points: [Double], like other: SimplexProblem) {
    self.points = points
    count = other.count
    length = other.length
    penalty = other.penalty
  }

  /// The same problem with other points.
  func with(points: [Double]) -> SimplexProblem { SimplexProblem(points: points, like: self) }

  /// Σ wⱼ pⱼ: what the weighted series miss the target by, when the weights sum to one.
  func errors(_ weights: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: length)
    for (row, weight) in weights.enumerated() where weight != 0 {
      for place in 0..<length { sums[place] += weight * points[row * length + place] }
    }
    return sums
  }

  /// The product of each point with a vector.
  func products(_ vector: [Double]) -> [Double] {
    points.withUnsafeBufferPointer { points in
      vector.withUnsafeBufferPointer { vector in
        guard let base = points.baseAddress, let other = vector.baseAddress else { return [] }
        return (0..<count).map { dot(base + $0 * length, other, length) }
      }
    }
  }

  /// The penalty as it adds to the sum of squares: length·penalty².
  var ridge: Double { Double(length) * penalty * penalty }

  /// The optimum, beginning from the places that have a weight in `start`.
  ///
  /// - Throws: `LinearAlgebraError.notOptimal`.
  func optimum(start: [Double] = []) throws -> (weights: [Double], residual: Double) {
    var solver = SimplexSolver(count: count, dimension: length)
    points.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { solver.points.update(from: base, count: points.count) }
    }
    let certificate = try solver.solve(
      ridge: ridge, start: start.indices.filter { start[$0] > 0 })
    return ((0..<count).map { solver.weights[$0] }, certificate.residual)
  }
}

/// Equal weights.
func uniform(_ count: Int) -> [Double] {
  [Double](repeating: 1 / Double(count), count: count)
}

/// Weights made to sum to one; equal ones when they are all zero.
func normalised(_ weights: [Double]) -> [Double] {
  let total = weights.reduce(0, +)
  return total > 0 ? weights.map { $0 / total } : uniform(weights.count)
}

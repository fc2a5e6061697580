import LinearAlgebra

/// Sums within clusters from which a wild bootstrap has every t of one effect, without another fit.
///
/// The effect is Σ w·y with weights w in the span of the regressors, unit effects among them. With the
/// effect θ₀ imposed the residuals are û + (θ̂ − θ₀)x̃, x̃ being w over the cells' weights ω, scaled to
/// Σ w·x̃ = 1. Every sum below is linear in δ = θ̂ − θ₀; it has a part of û and a part of x̃.
public struct ClusterSums: Sendable {
  let estimate: Double
  /// Σ_g (Σ w û)²: the square of the error, but for the small-sample factor that all t share.
  let variance: Double
  let clusterCount: Int
  /// Whether anything is left to give signs to.
  let hasResiduals: Bool
  /// Σ w û and Σ w x̃ of each cluster.
  private let scores: (own: [Double], shift: [Double])
  /// For each regressor without unit effects b, Σ ω b û and Σ ω b x̃ of each cluster.
  private let products: (own: [[Double]], shift: [[Double]])
  /// For each regressor, what its coefficient takes out of each cluster's score.
  private let projections: [[Double]]

  /// `weights` and each regressor have a number for each cell of the panel, unit after unit; clusters hold
  /// whole units.
  init(_ cells: ClusteredCells, weights: [Double], regressors: [[Double]]) {
    let rows = RegressionRows(cells, regressors)
    let pulls = cells.places.map { weights[$0] }
    let square = zip(pulls, rows.weights).reduce(0) { $0 + $1.0 * $1.0 / $1.1 }
    let direction = zip(pulls, rows.weights).map { $0 / $1 / square }
    let residuals = rows.residuals
    estimate = dot(pulls, rows.outcomes)
    clusterCount = rows.clusterCount
    scores = (rows.sums(pulls, residuals), rows.sums(pulls, direction))
    products = (
      rows.weighted.map { rows.sums($0, residuals) }, rows.weighted.map { rows.sums($0, direction) }
    )
    projections = rows.projections(pulls)
    variance = scores.own.reduce(0) { $0 + $1 * $1 }
    // Residuals below rounding are no residuals.
    hasResiduals = variance > 1e-24 * square * dot(rows.outcomes, rows.outcomes)
  }

  /// The t of one draw of signs, squared, as a function of δ.
  struct Draw: Sendable {
    /// θ* − θ₀ = above.0 + above.1·δ.
    let above: (Double, Double)
    /// The sum of squared scores is below.0 + below.1·δ + below.2·δ².
    let below: (Double, Double, Double)

    func square(at distance: Double) -> Double {
      let effect = above.0 + above.1 * distance
      let variance = below.0 + distance * (below.1 + distance * below.2)
      return variance > 0 ? effect * effect / variance : .infinity
    }
  }

  func draw(_ signs: [Double]) -> Draw {
    var own = zip(signs, scores.own).map { $0 * $1 }
    var shift = zip(signs, scores.shift).map { $0 * $1 }
    for (place, projection) in projections.enumerated() {
      let taken = (dot(signs, products.own[place]), dot(signs, products.shift[place]))
      for cluster in own.indices {
        own[cluster] -= taken.0 * projection[cluster]
        shift[cluster] -= taken.1 * projection[cluster]
      }
    }
    return Draw(
      above: (dot(signs, scores.own), dot(signs, scores.shift)),
      below: (dot(own, own), 2 * dot(own, shift), dot(shift, shift)))
  }
}

/// The used cells of a panel, unit after unit, and which units vary together.
struct ClusteredCells {
  /// The place of each in the panel.
  let places: [Int]
  /// How much each counts.
  let weights: [Double]
  let units: [Int]
  let outcomes: [Double]
  /// Nil: each unit by itself.
  let clustering: Clustering?
}

/// The used cells of a panel and its regressors, unit effects taken out.
private struct RegressionRows {
  /// How much each counts.
  let weights: [Double]
  /// What unit effects leave of the outcomes and of each regressor.
  let outcomes: [Double]
  let columns: [[Double]]
  /// Each regressor times the weights.
  let weighted: [[Double]]
  let clusterCount: Int
  private let clusters: [Int]
  private let gram: Cholesky

  init(_ cells: ClusteredCells, _ regressors: [[Double]]) {
    let weights = cells.weights
    self.weights = weights
    func within(_ values: [Double]) -> [Double] {
      withoutUnitMeans(values, units: cells.units, weights: weights)
    }
    outcomes = within(cells.outcomes)
    let columns = regressors.map { regressor in within(cells.places.map { regressor[$0] }) }
    let weighted = columns.map { column in zip(column, weights).map { $0 * $1 } }
    self.columns = columns
    self.weighted = weighted
    gram = Cholesky(
      Matrix(
        rows: columns.count, columns: columns.count,
        elements: weighted.flatMap { left in columns.map { dot(left, $0) } }))
    let clustering = Clustering(cells.units.map { "\(cells.clustering?.places[$0] ?? $0)" })
    clusters = clustering.places
    clusterCount = clustering.count
  }

  /// What the regression leaves of the outcomes.
  var residuals: [Double] {
    var rest = outcomes
    for (column, slope) in zip(columns, gram.solve(weighted.map { dot($0, outcomes) })) {
      for row in rest.indices { rest[row] -= slope * column[row] }
    }
    return rest
  }

  /// Σ a·b within each cluster.
  func sums(_ left: [Double], _ right: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: clusterCount)
    for row in clusters.indices { sums[clusters[row]] += left[row] * right[row] }
    return sums
  }

  /// For each regressor, what a unit of its product takes out of each cluster's sum with `pulls`.
  func projections(_ pulls: [Double]) -> [[Double]] {
    let own = columns.map { sums(pulls, $0) }
    let inverse = gram.inverse()
    return columns.indices.map { row in
      var sum = [Double](repeating: 0, count: clusterCount)
      for (place, products) in own.enumerated() where inverse[row, place] != 0 {
        for cluster in sum.indices { sum[cluster] += inverse[row, place] * products[cluster] }
      }
      return sum
    }
  }
}

/// Values less the weighted mean of their unit; the rows of a unit stand together.
private func withoutUnitMeans(
  _ values: [Double], units: [Int], weights: [Double]
) -> [Double] {
  var rest = values
  var first = 0
  while first < units.count {
    let last = units[first...].firstIndex { $0 != units[first] } ?? units.count
    let total = weights[first..<last].reduce(0, +)
    let mean = (first..<last).reduce(0) { $0 + weights[$1] * values[$1] } / total
    for row in first..<last { rest[row] -= mean }
    first = last
  }
  return rest
}

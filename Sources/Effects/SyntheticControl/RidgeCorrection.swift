import LinearAlgebra

/// The outcomes of a block less the donors' mean in each period, and less each row's own mean if wanted.
struct CenteredRows: Sendable {
  /// A row for each donor, then one for the treated; a column for each period of the window.
  let outcomes: Matrix
  let preCount: Int

  var donorCount: Int { outcomes.rows - 1 }

  init(_ block: CohortBlock, hasIntercept: Bool) {
    self.init(block.outcomes, preCount: block.preCount, hasIntercept: hasIntercept)
  }

  /// Centres a row of outcomes for each donor and one for the treated; levels are those of the first
  /// `preCount` periods.
  init(_ outcomes: Matrix, preCount: Int, hasIntercept: Bool) {
    var rows = outcomes
    let donors = Double(rows.rows - 1)
    for row in 0..<rows.rows where hasIntercept {
      let level = (0..<preCount).reduce(0) { $0 + rows[row, $1] } / Double(preCount)
      for period in 0..<rows.columns { rows[row, period] -= level }
    }
    for period in 0..<rows.columns {
      let center = (0..<rows.rows - 1).reduce(0) { $0 + rows[$1, period] } / donors
      for row in 0..<rows.rows { rows[row, period] -= center }
    }
    self.outcomes = rows
    self.preCount = preCount
  }

  /// The treated less the weighted donors in each period of the window.
  ///
  /// The weights sum to one, so that the donors' mean cancels.
  func gaps(_ weights: [Double]) -> [Double] {
    (0..<outcomes.columns).map { gap(weights, $0) }
  }

  private func gap(_ weights: [Double], _ period: Int) -> Double {
    weights.indices.reduce(outcomes[donorCount, period]) { $0 - weights[$1] * outcomes[$1, period] }
  }

  /// The weights on the simplex that minimise the gaps in some periods, with their duality gap.
  ///
  /// - Throws: `LinearAlgebraError.notOptimal`.
  func simplexWeights(_ periods: [Int]) throws -> (weights: [Double], residual: Double) {
    try SimplexProblem(
      count: donorCount, length: periods.count, penalty: 0, hasIntercept: false
    ) { outcomes[$0, periods[$1]] }.optimum()
  }

  /// The squared gaps in periods before the treatment that the weights have not seen, per penalty.
  ///
  /// The periods are left out one at a time.
  ///
  /// - Throws: `LinearAlgebraError.notOptimal`.
  func leaveOneOutErrors(_ penalties: [Double], of periods: Range<Int>) throws -> [PenaltyError] {
    var squares = [[Double]](repeating: [], count: penalties.count)
    for left in periods {
      let kept = (0..<preCount).filter { $0 != left }
      let ridge = try RidgeCorrection(self, periods: kept)
      let simplex = try simplexWeights(kept).weights
      for (place, penalty) in penalties.enumerated() {
        let gap = gap(ridge.corrected(simplex, penalty: penalty), left)
        squares[place].append(gap * gap)
      }
    }
    return zip(penalties, squares).map { PenaltyError(penalty: $0, squares: $1) }
  }
}

/// The ridge regression of the treated on the donors over some periods, for any penalty.
///
/// Weights w become w + X₀(X₀ᵀX₀ + λ)⁻¹(x₁ − X₀ᵀw), X₀ holding a centred row for each donor; with X₀ = USVᵀ
/// the correction is Σ uₖ sₖ/(sₖ² + λ) vₖᵀ(x₁ − X₀ᵀw).
struct RidgeCorrection {
  private let parts: SingularValues
  private let donors: Matrix
  private let target: [Double]

  /// - Throws: `LinearAlgebraError.notDecomposed`.
  init(_ rows: CenteredRows, periods: [Int]) throws {
    donors = Matrix(
      rows: rows.donorCount, columns: periods.count,
      elements: (0..<rows.donorCount).flatMap { row in periods.map { rows.outcomes[row, $0] } })
    target = periods.map { rows.outcomes[rows.donorCount, $0] }
    parts = try SingularValues(donors)
  }

  /// The square of the largest singular value: a penalty above it moves next to nothing.
  var largestPenalty: Double { parts.values.first.map { $0 * $0 } ?? 0 }

  /// The weights with the correction under one penalty.
  func corrected(_ weights: [Double], penalty: Double) -> [Double] {
    var left = target
    for (row, weight) in weights.enumerated() where weight != 0 {
      for period in left.indices { left[period] -= weight * donors[row, period] }
    }
    var moved = weights
    for (place, value) in parts.values.enumerated() where value > 0 {
      let product = left.indices.reduce(0) { $0 + parts.right[place, $1] * left[$1] }
      let factor = value / (value * value + penalty) * product
      for row in moved.indices { moved[row] += factor * parts.left[row, place] }
    }
    return moved
  }
}

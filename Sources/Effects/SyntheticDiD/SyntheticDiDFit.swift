import LinearAlgebra

/// The noise level and what follows from it; found once, and kept for all replications.
struct Penalties: Hashable, Sendable {
  /// The standard deviation of the donors' first differences before the treatment.
  let noise: Double
  let unit: Double
  let time: Double

  /// The path ends when the objective falls by at most the square of this.
  var minimumDecrease: Double { 1e-5 * noise }

  /// ζ_ω = (N₁T₁)^¼ σ and ζ_λ = 10⁻⁶ σ; variants that weight units alone have ζ_ω = 10⁻⁶ σ.
  ///
  /// Arkhangelsky et al. 2021, section 2, equation 5 with its note.
  init(_ block: CohortBlock, variant: SyntheticDiD.Variant) {
    noise = noiseLevel(block)
    let cells = block.treatedCells
    unit = variant == .syntheticDiD ? cells.squareRoot().squareRoot() * noise : 1e-6 * noise
    time = 1e-6 * noise
  }
}

/// The standard deviation (n − 1) of all first differences of the donors before the treatment.
private func noiseLevel(_ block: CohortBlock) -> Double {
  var differences: [Double] = []
  for donor in 0..<block.donorCount {
    for period in 1..<block.preCount {
      differences.append(block.outcomes[donor, period] - block.outcomes[donor, period - 1])
    }
  }
  guard differences.count > 1 else { return abs(differences.first ?? 0) }
  let center = mean(differences)
  let squares = differences.reduce(0) { $0 + ($1 - center) * ($1 - center) }
  return (squares / Double(differences.count - 1)).squareRoot()
}

/// The weights of one block and the effect under them.
struct SyntheticDiDFit: Sendable {
  /// The block, with the covariates' part taken out of its outcomes.
  let block: CohortBlock
  let penalties: Penalties
  let unitWeights: [Double]
  let timeWeights: [Double]
  let coefficients: [Double]
  /// The larger duality gap of the two weightings, relative; nil on the published path.
  let residual: Double?

  /// Each row's mean after the treatment, less its time-weighted mean before.
  var contrasts: [Double] {
    (0..<block.outcomes.rows).map { row in
      contrast(timeWeights, after: block.postCount) { block.outcomes[row, $0] }
    }
  }

  /// The double difference: τ = contrast of the treated − Σ ωᵢ contrast of donor i.
  var att: Double {
    let contrasts = self.contrasts
    let donors = sequentialDot(unitWeights, contrasts)
    return contrasts[block.donorCount] - donors
  }

  /// The gap in each period of the window, less its time-weighted mean before the treatment.
  var gaps: [Double] {
    let raw = (0..<block.window.count).map { period in
      (0..<block.donorCount).reduce(block.outcomes[block.donorCount, period]) {
        $0 - unitWeights[$1] * block.outcomes[$1, period]
      }
    }
    let level = sequentialDot(timeWeights, raw)
    return raw.map { $0 - level }
  }
}

/// The mean of `after` periods that follow the weighted ones, less the weighted mean.
func contrast(_ weights: [Double], after: Int, _ value: (Int) -> Double) -> Double {
  let post = (0..<after).reduce(0) { $0 + value(weights.count + $1) } / Double(after)
  return weights.indices.reduce(post) { $0 - weights[$1] * value($1) }
}

/// Weights that a fit begins with.
struct WarmStart: Sendable {
  let unitWeights: [Double]
  let timeWeights: [Double]

  static func uniform(for block: CohortBlock) -> WarmStart {
    WarmStart(
      unitWeights: Effects.uniform(block.donorCount), timeWeights: Effects.uniform(block.preCount))
  }
}

/// A block whose weights are to be found, with the penalties and where to begin.
struct FitTask: Sendable {
  let block: CohortBlock
  let penalties: Penalties
  let start: WarmStart

  /// Begins with uniform weights where no others are given.
  init(_ block: CohortBlock, _ penalties: Penalties, from start: WarmStart? = nil) {
    self.block = block
    self.penalties = penalties
    self.start = start ?? .uniform(for: block)
  }
}

extension SyntheticDiD {
  typealias Found = (weights: [Double], residual: Double)

  /// Finds the weights of each block, as it would by itself.
  func fits(_ tasks: [FitTask]) -> [Result<SyntheticDiDFit, any Error>] {
    guard covariates.isEmpty else {
      return tasks.map { task in Result { try fitWithCovariates(task) } }
    }
    return zip(tasks, zip(timeWeights(tasks), unitWeights(tasks))).map { task, found in
      Result {
        let (time, unit) = (try found.0.get(), try found.1.get())
        return SyntheticDiDFit(
          block: task.block, penalties: task.penalties, unitWeights: unit.weights,
          timeWeights: time.weights, coefficients: [],
          residual: mode == .exact ? max(unit.residual, time.residual) : nil)
      }
    }
  }

  /// ω: over the pre-periods, donors against the mean of the treated.
  private func unitWeights(_ tasks: [FitTask]) -> [Result<Found, any Error>] {
    guard findsUnitWeights else {
      return tasks.map { .success((uniform($0.block.donorCount), 0)) }
    }
    return solved(
      tasks.map { (unitProblem($0.block, $0.penalties), $0.penalties, $0.start.unitWeights) })
  }

  /// λ: over the donors, pre-periods against the mean of the post-periods.
  private func timeWeights(_ tasks: [FitTask]) -> [Result<Found, any Error>] {
    guard findsTimeWeights else {
      return tasks.map { .success((fixedTimeWeights($0.block), 0)) }
    }
    return solved(
      tasks.map { (timeProblem($0.block, $0.penalties), $0.penalties, $0.start.timeWeights) })
  }

  /// λ of the variants that do not look for it.
  func fixedTimeWeights(_ block: CohortBlock) -> [Double] {
    variant == .syntheticControl
      ? [Double](repeating: 0, count: block.preCount) : uniform(block.preCount)
  }

  var findsUnitWeights: Bool { variant != .did }
  var findsTimeWeights: Bool { variant == .syntheticDiD }

  func unitProblem(_ block: CohortBlock, _ penalties: Penalties) -> SimplexProblem {
    SimplexProblem(
      count: block.donorCount, length: block.preCount, penalty: penalties.unit,
      hasIntercept: variant != .syntheticControl
    ) { block.outcomes[$0, $1] }
  }

  func timeProblem(_ block: CohortBlock, _ penalties: Penalties) -> SimplexProblem {
    let post = block.preCount..<block.window.count
    let after = (0..<block.donorCount).map { donor in
      post.reduce(0) { $0 + block.outcomes[donor, $1] } / Double(post.count)
    }
    return SimplexProblem(
      count: block.preCount, length: block.donorCount, penalty: penalties.time, hasIntercept: true
    ) { $0 < block.preCount ? block.outcomes[$1, $0] : after[$1] }
  }

  private func solved(
    _ tasks: [(problem: SimplexProblem, penalties: Penalties, start: [Double])]
  ) -> [Result<Found, any Error>] {
    switch mode {
    case .exact: return tasks.map { task in Result { try task.problem.optimum(start: task.start) } }
    case .frankWolfe:
      let searches = tasks.map {
        FrankWolfe.Search(
          problem: $0.problem, start: $0.start, minimumDecrease: $0.penalties.minimumDecrease)
      }
      return FrankWolfe.weights(searches).map { .success(($0, 0)) }
    }
  }
}

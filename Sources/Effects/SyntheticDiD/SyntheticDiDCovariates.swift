import LinearAlgebra

/// Weights and covariate coefficients, found together.
///
/// The outcomes are Y − Xβ; the objective is the sum of the two weightings' objectives (Arkhangelsky
/// et al. 2021, section 2 on covariates), of which each is quadratic in β given the weights.
extension SyntheticDiD {
  func fitWithCovariates(_ task: FitTask) throws -> SyntheticDiDFit {
    var search = try CoefficientSearch(self, task)
    let residual = try mode == .exact ? search.alternate() : search.follow(task.penalties)
    return SyntheticDiDFit(
      block: task.block.adjusted(by: search.beta), penalties: task.penalties,
      unitWeights: search.unit,
      timeWeights: search.time, coefficients: search.beta, residual: residual)
  }
}

/// Both weightings of one block with their coefficients, on the way to a common solution.
private struct CoefficientSearch {
  var beta: [Double]
  var unit: [Double]
  var time: [Double]
  private let units: LinearProblem
  private let times: LinearProblem
  private let estimator: SyntheticDiD

  init(_ estimator: SyntheticDiD, _ task: FitTask) throws {
    let (block, penalties, start) = (task.block, task.penalties, task.start)
    self.estimator = estimator
    let parts = [block] + block.covariates.map(block.with)
    units = LinearProblem(parts.map { estimator.unitProblem($0, penalties) })
    times = LinearProblem(parts.map { estimator.timeProblem($0, penalties) })
    beta = [Double](repeating: 0, count: block.covariates.count)
    unit = start.unitWeights
    time = start.timeWeights
    if !estimator.findsUnitWeights { unit = uniform(block.donorCount) }
    if !estimator.findsTimeWeights { time = estimator.fixedTimeWeights(block) }
    for (place, name) in estimator.covariates.enumerated() {
      let size = block.covariates[place].elements.reduce(0) { max($0, abs($1)) }
      let contrast = max(units.contrast(place), usesTimes ? times.contrast(place) : 0)
      guard contrast > 1e-12 * size else { throw EffectError.covariateWithoutContrast(name) }
    }
  }

  /// Without time weights there is nothing that periods were weighted to meet.
  private var usesTimes: Bool { estimator.variant != .syntheticControl }

  /// The most rounds of the exact search.
  private static let rounds = 20_000

  /// Turns between the optimal weights given β and the optimal β given the weights until β rests.
  ///
  /// Returns the larger duality gap.
  mutating func alternate() throws -> Double {
    for _ in 0..<Self.rounds {
      var residual = 0.0
      if estimator.findsTimeWeights {
        (time, residual) = try times.problem(beta).optimum(start: time)
      }
      if estimator.findsUnitWeights {
        let found = try units.problem(beta).optimum(start: unit)
        unit = found.weights
        residual = max(residual, found.residual)
      }
      let next = try bestCoefficients()
      let change = zip(beta, next).reduce(0) { max($0, abs($1.0 - $1.1) / max(1, abs($1.1))) }
      beta = next
      if change < 1e-13 { return residual }
    }
    throw EffectError.coefficientsDoNotSettle(rounds: Self.rounds)
  }

  /// Solves for β given the weights: least squares of the weighted outcomes on the weighted covariates.
  private func bestCoefficients() throws -> [Double] {
    let columns = zip(units.scaledErrors(unit), times.scaledErrors(time)).map { units, times in
      units + (usesTimes ? times : [])
    }
    let covariates = columns.dropFirst()
    var products = Matrix(zeros: beta.count, beta.count)
    for (row, first) in covariates.enumerated() {
      for (column, second) in covariates.enumerated() {
        products[row, column] = sequentialDot(first, second)
      }
    }
    do {
      return try solvePositiveDefinite(products, covariates.map { sequentialDot($0, columns[0]) })
    } catch LinearAlgebraError.notPositiveDefinite(let minor) {
      throw EffectError.followsFromEffects(covariate: estimator.covariates[minor - 1])
    }
  }

  /// Follows the published path: a step of each weighting, then one of β against half the gradient, of
  /// length 1/t.
  ///
  /// - Throws: `EffectError.coefficientsDoNotSettle` when the steps are too long for a covariate's size.
  mutating func follow(_ penalties: Penalties) throws -> Double? {
    let threshold = penalties.minimumDecrease * penalties.minimumDecrease
    var last = Double.infinity
    for round in 0...FrankWolfe.stepsAfterSparsifying {
      if round > 0 { descend(by: 1 / Double(round)) }
      guard beta.allSatisfy(\.isFinite) else {
        throw EffectError.coefficientsDoNotSettle(rounds: round)
      }
      if estimator.findsTimeWeights { time = FrankWolfe.step(times.problem(beta), from: time) }
      if estimator.findsUnitWeights { unit = FrankWolfe.step(units.problem(beta), from: unit) }
      guard round > 0 else { continue }
      let value = units.objective(unit, beta) + times.objective(time, beta)
      if round > 1, abs(last - value) <= threshold { break }
      last = value
    }
    return nil
  }

  private mutating func descend(by length: Double) {
    let first = units.slopes(unit, beta)
    let second = times.slopes(time, beta)
    for place in beta.indices { beta[place] -= length * (first[place] + second[place]) }
  }
}

/// A weighting of Y − Xβ: its points are those of Y less β times those of X.
private struct LinearProblem {
  /// The problem of the outcomes, then one for each covariate.
  private let parts: [SimplexProblem]

  init(_ parts: [SimplexProblem]) { self.parts = parts }

  /// The largest number among the points of one covariate.
  func contrast(_ covariate: Int) -> Double {
    parts[covariate + 1].points.reduce(0) { max($0, abs($1)) }
  }

  func problem(_ beta: [Double]) -> SimplexProblem {
    var points = parts[0].points
    for (coefficient, part) in zip(beta, parts.dropFirst()) {
      for place in points.indices { points[place] -= coefficient * part.points[place] }
    }
    return parts[0].with(points: points)
  }

  /// The weighted errors of each part over √length: their squares add up to the objective.
  func scaledErrors(_ weights: [Double]) -> [[Double]] {
    let scale = 1 / Double(parts[0].length).squareRoot()
    return parts.map { $0.errors(weights).map { scale * $0 } }
  }

  private func errors(_ weights: [Double], _ beta: [Double]) -> (own: [Double], parts: [[Double]]) {
    let all = scaledErrors(weights)
    var own = all[0]
    for (coefficient, part) in zip(beta, all.dropFirst()) {
      for place in own.indices { own[place] -= coefficient * part[place] }
    }
    return (own, Array(all.dropFirst()))
  }

  func objective(_ weights: [Double], _ beta: [Double]) -> Double {
    let own = errors(weights, beta).own
    return sequentialDot(own, own) + parts[0].penalty * parts[0].penalty
      * sequentialDot(weights, weights)
  }

  /// Half the gradient of the objective in β.
  func slopes(_ weights: [Double], _ beta: [Double]) -> [Double] {
    let (own, parts) = errors(weights, beta)
    return parts.map { -sequentialDot(own, $0) }
  }
}

extension CohortBlock {
  /// The block of Y − Xβ.
  fileprivate func adjusted(by coefficients: [Double]) -> CohortBlock {
    var elements = outcomes.elements
    for (coefficient, covariate) in zip(coefficients, covariates) where coefficient != 0 {
      for place in elements.indices { elements[place] -= coefficient * covariate.elements[place] }
    }
    return with(
      outcomes: Matrix(rows: outcomes.rows, columns: outcomes.columns, elements: elements))
  }
}

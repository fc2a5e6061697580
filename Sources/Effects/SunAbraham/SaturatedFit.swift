import LinearAlgebra
import Panels

/// Two-way effects fitted to each cohort alone: what a regression with all its interactions comes to.
///
/// An effect for each cohort and period leaves a cohort nothing in common with the others, so the path
/// of each is fitted by its own unit and period effects, and ATT is the difference of the cohort's
/// and the comparison units' paths from the base period on. Covariates are shared by all.
struct SaturatedFit: Sendable {
  let design: AdoptionDesign
  /// The comparison units first, then the cohorts by date.
  let paths: [CohortFit]
  let coefficients: [Double]
  private let factor: Cholesky
  /// What the effects leave of each covariate, cell by cell; zero in cells that are not used.
  private let within: [[Double]]

  /// - Throws: `EffectError` when nobody can be compared or a covariate follows from the effects.
  init(_ design: AdoptionDesign, names: [String] = []) throws {
    self.design = design
    let dates = [nil] + design.cohorts.map { Optional($0) }
    let equations = dates.map { CohortEquations(design, date: $0) }
    guard !equations[0].units.isEmpty else { throw EffectError.nobodyToCompare }
    let fitted = try design.covariates.map { values in
      try equations.map { try CohortFit($0, values) }
    }
    let within = fitted.map { fits in scattered(fits, count: design.isUsed.count) }
    let weights = design.isUsed.indices.map { design.isUsed[$0] ? design.weight($0) : 0 }
    factor = try Self.factor(within, weights, of: design.covariates, names: names)
    let outcome = design.panel.values
    let coefficients = factor.solve(within.map { weightedSum($0, outcome, weights) })
    self.coefficients = coefficients
    var rest = outcome
    for (values, coefficient) in zip(design.covariates, coefficients) {
      for place in rest.indices { rest[place] -= coefficient * values[place] }
    }
    let adjusted = rest
    paths = try equations.enumerated().map { place, own in
      try CohortFit(own, adjusted, covariates: fitted.map { $0[place].path })
    }
    self.within = within
  }

  private static func factor(
    _ within: [[Double]], _ weights: [Double], of covariates: [[Double]], names: [String]
  ) throws -> Cholesky {
    try covariateFactor(
      gram: within.map { left in within.map { weightedSum(left, $0, weights) } },
      squares: covariates.map { weightedSum($0, $0, weights) }, names: names)
  }

  /// The cells with an effect: those that hang together with their base in both paths.
  var cells: [SaturatedCell] {
    let compared = paths[0].equations
    return paths.indices.dropFirst().flatMap { place -> [SaturatedCell] in
      let own = paths[place].equations
      guard let start = own.date,
        let base = design.panel.base(ofStart: start, anticipation: design.anticipation)
      else { return [] }
      return (0..<design.periodCount).compactMap { period in
        guard period != base, own.isLinked(period, base), compared.isLinked(period, base)
        else { return nil }
        return SaturatedCell(
          path: place, start: start, base: base, period: period, weight: own.weights[period])
      }
    }
  }

  func effect(_ cell: SaturatedCell) -> Double {
    let (own, compared) = (paths[cell.path].path, paths[0].path)
    return own[cell.period] - own[cell.base] - (compared[cell.period] - compared[cell.base])
  }

  /// The pull of each unit on a weighted sum of cells.
  func pulls(_ cells: [(cell: SaturatedCell, weight: Double)]) throws -> [Double] {
    var sums = [Double](repeating: 0, count: design.starts.count)
    var gradient = [Double](repeating: 0, count: coefficients.count)
    var targets = paths.map { _ in [Double](repeating: 0, count: design.periodCount) }
    for (cell, weight) in cells {
      targets[cell.path][cell.period] += weight
      targets[cell.path][cell.base] -= weight
      targets[0][cell.period] -= weight
      targets[0][cell.base] += weight
    }
    for (fit, target) in zip(paths, targets) where target.contains(where: { $0 != 0 }) {
      try fit.addPulls(on: target, to: &sums)
      for (place, path) in fit.covariates.enumerated() {
        gradient[place] -= zip(target, path).reduce(0) { $0 + $1.0 * $1.1 }
      }
    }
    addSlopePulls(factor.solve(gradient), to: &sums)
    return sums
  }

  /// What the units' scores on the covariates pull, in this direction.
  private func addSlopePulls(_ direction: [Double], to sums: inout [Double]) {
    guard direction.contains(where: { $0 != 0 }) else { return }
    for fit in paths {
      for (row, place) in fit.equations.rows.enumerated() {
        let step = zip(within, direction).reduce(0) { $0 + $1.0[place] * $1.1 }
        sums[place / design.periodCount] += step * fit.residuals[row] * design.weight(place)
      }
    }
  }
}

/// One cohort in one period; `path` is its place among the paths, the rest are places of periods.
struct SaturatedCell: Hashable, Sendable {
  let path: Int
  let start: Int
  let base: Int
  let period: Int
  /// The weight of the observations in it.
  let weight: Double

  var isPost: Bool { period >= start }
}

/// The equations of one cohort's unit and period effects.
struct CohortEquations: Sendable {
  /// The place of the first treated period; nil for the comparison units.
  let date: Int?
  let units: [Int]
  /// The used cells, by their place in the panel, unit after unit.
  let rows: [Int]
  let equations: TwoWayEquations
  /// The weight of the observations in each period.
  let weights: [Double]
  /// The connected part of each period; nil when all hang together.
  private let parts: [Int]?

  init(_ design: AdoptionDesign, date: Int?) {
    self.date = date
    let units = design.starts.indices.filter { design.starts[$0] == date }
    self.units = units
    var rows: [Int] = []
    var bounds = [0]
    var weights = [Double](repeating: 0, count: design.periodCount)
    for unit in units {
      for place in design.panel.row(unit) where design.isUsed[place] {
        rows.append(place)
        weights[place % design.periodCount] += design.weight(place)
      }
      bounds.append(rows.count)
    }
    self.rows = rows
    self.weights = weights
    equations = TwoWayEquations(
      bounds: bounds, columns: rows.map { Int32($0 % design.periodCount) },
      columnCount: design.periodCount,
      weights: design.panel.weights.map { weights in rows.map { weights[$0] } })
    parts = equations.isConnected ? nil : equations.parts().columns
  }

  /// Whether the change between two periods is known.
  func isLinked(_ first: Int, _ second: Int) -> Bool {
    weights[first] > 0 && weights[second] > 0 && (parts.map { $0[first] == $0[second] } ?? true)
  }
}

/// The path of one cohort, up to a constant in each connected part, and what it leaves.
struct CohortFit: Sendable {
  let equations: CohortEquations
  let path: [Double]
  /// Row after row of the equations.
  let residuals: [Double]
  /// The paths of the covariates.
  let covariates: [[Double]]

  init(_ equations: CohortEquations, _ values: [Double], covariates: [[Double]] = []) throws {
    self.equations = equations
    self.covariates = covariates
    let own = equations.rows.map { values[$0] }
    let effects = try equations.equations.effects(of: own)
    let system = equations.equations
    var rest = own
    for line in 0..<system.lineCount {
      for row in system.bounds[line]..<system.bounds[line + 1] {
        rest[row] -= effects.lines[line] + effects.columns[Int(system.columns[row])]
      }
    }
    path = effects.columns
    residuals = rest
  }

  /// Adds each unit's pull on a weighted sum of the path.
  func addPulls(on target: [Double], to sums: inout [Double]) throws {
    let system = equations.equations
    let direction = try system.solve(reduced: target)
    for (line, unit) in equations.units.enumerated() {
      for row in system.bounds[line]..<system.bounds[line + 1] {
        sums[unit] +=
          residuals[row] * (system.weights?[row] ?? 1) * direction[Int(system.columns[row])]
      }
    }
  }
}

/// The residuals of several cohorts, cell by cell.
private func scattered(_ fits: [CohortFit], count: Int) -> [Double] {
  var values = [Double](repeating: 0, count: count)
  for fit in fits {
    for (row, place) in fit.equations.rows.enumerated() { values[place] = fit.residuals[row] }
  }
  return values
}

/// Σ w a b.
private func weightedSum(_ left: [Double], _ right: [Double], _ weights: [Double]) -> Double {
  left.indices.reduce(0) { $0 + left[$1] * right[$1] * weights[$1] }
}

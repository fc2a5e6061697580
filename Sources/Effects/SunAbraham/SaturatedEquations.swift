import LinearAlgebra
import Panels

/// The equations of two-way effects of each cohort alone: what a regression with all its interactions
/// comes to, before any outcome.
///
/// An effect for each cohort and period leaves a cohort nothing in common with the others, so the path
/// of each is fitted by its own unit and period effects, and ATT is the difference of the cohort's
/// and the comparison units' paths from the base period on. Covariates are shared by all.
struct SaturatedEquations: Sendable {
  let design: AdoptionDesign
  /// The comparison units first, then the cohorts by date.
  let cohorts: [CohortEquations]
  /// What the effects leave of each covariate, cell by cell; zero in cells that are not used.
  private let within: [[Double]]
  /// The paths of each covariate, cohort after cohort.
  private let covariatePaths: [[[Double]]]
  private let factor: Cholesky

  /// - Throws: `EffectError` when nobody can be compared or a covariate follows from the effects.
  init(_ design: AdoptionDesign, names: [String] = []) throws {
    self.design = design
    let dates = [nil] + design.cohorts.map { Optional($0) }
    let cohorts = dates.map { CohortEquations(design, date: $0) }
    self.cohorts = cohorts
    guard !cohorts[0].units.isEmpty else { throw EffectError.nobodyToCompare }
    let fitted = try design.covariates.map { values in
      try cohorts.map { try CohortFit($0, values) }
    }
    covariatePaths = fitted.map { $0.map(\.path) }
    within = fitted.map { fits in scattered(fits, count: design.isUsed.count) }
    let weights = Self.weights(design)
    let within = self.within
    factor = try covariateFactor(
      gram: within.map { left in within.map { weightedSum(left, $0, weights) } },
      squares: design.covariates.map { weightedSum($0, $0, weights) }, names: names)
  }

  private static func weights(_ design: AdoptionDesign) -> [Double] {
    design.isUsed.indices.map { design.isUsed[$0] ? design.weight($0) : 0 }
  }

  /// The coefficients of the covariates.
  func coefficients(of outcome: [Double]) -> [Double] {
    let weights = Self.weights(design)
    return factor.solve(within.map { weightedSum($0, outcome, weights) })
  }

  func eventTime(_ cell: SaturatedCell) -> Int {
    design.eventTime(cell.period, start: cell.start)
  }

  /// The cells with an effect: those that hang together with their base in both paths.
  var cells: [SaturatedCell] {
    let compared = cohorts[0]
    return cohorts.indices.dropFirst().flatMap { place -> [SaturatedCell] in
      let own = cohorts[place]
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

  /// Each cell with the share that its observations have in those of all these.
  func shares(of cells: [SaturatedCell]) -> [(cell: SaturatedCell, weight: Double)] {
    let total = cells.reduce(0) { $0 + $1.weight }
    return cells.map { (cell: $0, weight: $0.weight / total) }
  }

  /// The weight of every outcome in the mean of some cells by their observations.
  ///
  /// - Throws: `EffectError.noEstimableCell` when there are none.
  func weights(ofMean cells: [SaturatedCell]) throws -> [Double] {
    guard !cells.isEmpty else { throw EffectError.noEstimableCell }
    return try weights(of: shares(of: cells))
  }

  /// The weight of every outcome in a weighted sum of cells.
  func weights(of cells: [(cell: SaturatedCell, weight: Double)]) throws -> [Double] {
    var sums = [Double](repeating: 0, count: design.isUsed.count)
    var targets = cohorts.map { _ in [Double](repeating: 0, count: design.periodCount) }
    for (cell, weight) in cells {
      targets[cell.path][cell.period] += weight
      targets[cell.path][cell.base] -= weight
      targets[0][cell.period] -= weight
      targets[0][cell.base] += weight
    }
    for (cohort, target) in zip(cohorts, targets) where target.contains(where: { $0 != 0 }) {
      try cohort.addWeights(on: target, to: &sums)
    }
    let gradient = covariatePaths.map { paths in
      -zip(paths, targets).reduce(0) { sum, pair in
        sum + sequentialDot(pair.0, pair.1)
      }
    }
    for (values, slope) in zip(within, factor.solve(gradient)) {
      for place in sums.indices { sums[place] += slope * values[place] * design.weight(place) }
    }
    return sums
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

  /// Adds the weight of every outcome in a weighted sum of the cohort's path.
  func addWeights(on target: [Double], to sums: inout [Double]) throws {
    let effects = try equations.solve(
      lineSums: [Double](repeating: 0, count: units.count), columnSums: target)
    for line in units.indices {
      for row in equations.bounds[line]..<equations.bounds[line + 1] {
        sums[rows[row]] +=
          (effects.lines[line] + effects.columns[Int(equations.columns[row])])
          * (equations.weights?[row] ?? 1)
      }
    }
  }
}

/// Σ w a b.
private func weightedSum(_ left: [Double], _ right: [Double], _ weights: [Double]) -> Double {
  left.indices.reduce(0) { $0 + left[$1] * right[$1] * weights[$1] }
}

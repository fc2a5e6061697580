import LinearAlgebra
import Panels

/// The complete outcomes of one cohort's mean and of its donors, over the cohort's window.
///
/// The window begins at the first period that all treated units of the cohort have, and leaves out
/// later ones that any of them lacks; donors with a gap in it are left out.
struct CohortBlock: Sendable {
  /// The place of the first treated period in the panel.
  let start: Int
  let treated: [Int]
  let donors: [Int]
  /// The periods of the window, as places in the panel.
  let window: [Int]
  /// The place of the first period after all that were asked for.
  let end: Int
  /// How many periods of the window come before the treatment.
  let preCount: Int
  /// A row for each donor, then one for the mean of the treated; a column for each period.
  let outcomes: Matrix
  /// The same for each covariate.
  let covariates: [Matrix]
}

extension CohortBlock {
  var donorCount: Int { donors.count }
  var postCount: Int { window.count - preCount }
  /// The largest size of an outcome.
  var scale: Double { outcomes.elements.reduce(0) { max($0, abs($1)) } }
  /// The treated cells, which weigh the cohort in a mean over cohorts.
  var treatedCells: Double { Double(treated.count * postCount) }

  /// Lays out the block of one cohort of a sample, up to the place `end`, nil for the whole panel.
  ///
  /// - Throws: `EffectError` when no donor is complete, too few periods come before the treatment, or a
  ///   covariate is unknown or has a gap.
  init(
    _ panel: Panel, sample: WeightingSample, start: Int, prePeriods: Int, end: Int? = nil,
    covariates: [String] = []
  ) throws {
    let treated = sample.treated[start] ?? []
    let end = end ?? panel.periods.count
    let window = panel.window(of: treated, before: end)
    let preCount = window.count { $0 < start }
    let donors = sample.donors.filter { unit in
      window.allSatisfy { panel.isObserved(unit: unit, period: $0) }
    }
    guard !donors.isEmpty else { throw EffectError.noDonor(cohort: panel.periods[start]) }
    guard preCount >= prePeriods, preCount < window.count else {
      throw EffectError.noWindow(cohort: panel.periods[start])
    }
    self.start = start
    self.treated = treated
    self.donors = donors
    self.window = window
    self.end = end
    self.preCount = preCount
    let values = panel.values
    outcomes = panel.rows(donors, mean: treated, window: window) { values[$0] }
    self.covariates = try covariates.map { name in
      let column = try panel.covariate(name)
      try panel.requireCovariate(name, of: donors + treated, in: window)
      return panel.rows(donors, mean: treated, window: window) { column[$0] ?? 0 }
    }
  }

  /// Weights of the donors with their names.
  func named(_ weights: [Double], panel: Panel) -> [UnitWeight] {
    zip(donors, weights).map { UnitWeight(unit: panel.units[$0], weight: $1) }
  }

  /// The same block with other outcomes.
  func with(outcomes: Matrix) -> CohortBlock {
    CohortBlock(
      start: start, treated: treated, donors: donors, window: window, end: end,
      preCount: preCount, outcomes: outcomes, covariates: covariates)
  }

  /// What of a panel and a sample this block leaves out, and why.
  func dropped(_ panel: Panel, sample: WeightingSample) -> [Dropped] {
    guard let first = window.first, let last = window.last else { return [] }
    let span = "\(panel.periods[first]) to \(panel.periods[last])"
    let kept = Set(donors)
    let units = sample.donors.filter { !kept.contains($0) }.map { unit in
      Dropped(
        unit: panel.units[unit], period: nil,
        reason: "a gap between \(span), the window of those treated in \(panel.periods[start])")
    }
    let places = Set(window)
    let periods = (0..<end).filter { !places.contains($0) }.map { place in
      Dropped(
        unit: nil, period: panel.periods[place],
        reason: "not observed for all units treated in \(panel.periods[start])")
    }
    return units + periods
  }
}

/// The weight of one donor.
public struct UnitWeight: Hashable, Sendable {
  public let unit: String
  public let weight: Double
}

/// The mean effect over blocks, each weighted by its treated cells.
func averageByTreatedCells(_ effects: [(block: CohortBlock, att: Double)]) -> Double {
  let cells = effects.reduce(0) { $0 + $1.block.treatedCells }
  return effects.reduce(0) { $0 + $1.att * $1.block.treatedCells } / cells
}

extension Panel {
  /// The periods before the place `end` in which all of some units are observed.
  fileprivate func window(of units: [Int], before end: Int) -> [Int] {
    (0..<end).filter { period in
      units.allSatisfy { isObserved(unit: $0, period: period) }
    }
  }

  /// A row for each of some units and one for the mean of others, over a window.
  fileprivate func rows(
    _ units: [Int], mean others: [Int], window: [Int], value: (Int) -> Double
  ) -> Matrix {
    var elements: [Double] = []
    elements.reserveCapacity((units.count + 1) * window.count)
    for unit in units {
      let row = unit * periods.count
      for period in window { elements.append(value(row + period)) }
    }
    for period in window {
      let sum = others.reduce(0) { $0 + value($1 * periods.count + period) }
      elements.append(sum / Double(others.count))
    }
    return Matrix(rows: units.count + 1, columns: window.count, elements: elements)
  }

  /// A covariate by its name, cell by cell.
  ///
  /// - Throws: `EffectError.unknownCovariate`.
  func covariate(_ name: String) throws -> [Double?] {
    guard let column = covariates[name] else {
      throw EffectError.unknownCovariate(name, known: covariates.keys.sorted())
    }
    return column
  }

  /// Checks that a covariate has a value in each of some cells.
  ///
  /// - Throws: `EffectError.covariateWithGap` for the first without one.
  fileprivate func requireCovariate(_ name: String, of units: [Int], in window: [Int]) throws {
    let column = try covariate(name)
    for unit in units {
      for period in window where column[unit * periods.count + period] == nil {
        throw EffectError.covariateWithGap(name, unit: self.units[unit], period: periods[period])
      }
    }
  }
}

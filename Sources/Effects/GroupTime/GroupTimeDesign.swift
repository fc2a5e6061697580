import LinearAlgebra
public import Panels

/// Which cells a panel has for group-time effects, and who takes part: no outcome is looked at.
struct GroupTimeDesign {
  let panel: Panel
  let options: GroupTimeDiD
  /// The place of each unit's first treated period; nil for units not treated inside the panel.
  let starts: [Int?]
  /// The values of each covariate that is adjusted for, cell by cell, in the order of the options.
  let covariates: [[Double?]]
  /// How much each unit counts in its cohort's share.
  let shareWeights: [Double]
  /// Which units vary together; nil: each by itself.
  let clustering: Clustering?
  /// The first periods of the cohorts, as places, ascending.
  let cohorts: [Int]
  let cells: [GroupTimeCell]
  /// The number of each unit's first treated period, also after the panel's end; nil for never.
  private let startNumbers: [Int?]
  /// Whether every cell is observed, with covariates and weights that are each unit's own.
  private let isSteady: Bool

  /// Leaves out the units that can take no part, and lays out the cells of the cohorts.
  ///
  /// - Throws: `EffectError.nobodyTreated` when no cohort has a period before and after its start;
  ///   an error that names a covariate which is not there or does not vary.
  init(_ panel: Panel, options: GroupTimeDiD) throws {
    let kept = try options.participants(of: panel)
    self.panel = kept
    self.options = options
    starts = kept.units.indices.map { kept.start(ofUnit: $0) }
    startNumbers = kept.cohorts.map { $0.start?.number }
    covariates = try options.covariates.map { try kept.varyingCovariate($0) }
    shareWeights = kept.shareWeights(meanOverPeriods: options.changes != .withinUnits)
    clustering = kept.clusters.map(Clustering.init)
    cohorts = Set(starts.compactMap { $0 }).sorted()
    guard !cohorts.isEmpty else { throw EffectError.nobodyTreated }
    cells = Self.cells(cohorts: cohorts, panel: kept, options: options)
    isSteady = kept.isSteady(covariates)
  }

  /// The same design had the units been first treated at these dates.
  ///
  /// Units that are left out belong to no cohort, and are treated before every period.
  func reassigned(_ adoptions: [Adoption]) -> GroupTimeDesign {
    let numbers = panel.periods.map(\.number)
    let starts = adoptions.map(\.date)
    let cohorts = Set(starts.compactMap { $0 }).sorted()
    return GroupTimeDesign(
      self, panel: panel, starts: starts,
      startNumbers: adoptions.map { adoption in
        adoption == .leftOut ? .min : adoption.date.map { numbers[$0] }
      }, cohorts: cohorts, cells: Self.cells(cohorts: cohorts, panel: panel, options: options))
  }

  /// The same design for another outcome of the same cells.
  func with(values: [Double]) -> GroupTimeDesign {
    GroupTimeDesign(
      self, panel: panel.with(values: values), starts: starts, startNumbers: startNumbers,
      cohorts: cohorts, cells: cells)
  }

  /// Whether an assignment of dates only regroups the units' changes.
  var isPlain: Bool {
    covariates.isEmpty && panel.weights == nil && options.changes == .withinUnits
  }

  private init(
    _ design: GroupTimeDesign, panel: Panel, starts: [Int?], startNumbers: [Int?],
    cohorts: [Int], cells: [GroupTimeCell]
  ) {
    self.panel = panel
    options = design.options
    self.starts = starts
    covariates = design.covariates
    shareWeights = design.shareWeights
    clustering = design.clustering
    self.cohorts = cohorts
    self.cells = cells
    self.startNumbers = startNumbers
    isSteady = design.isSteady
  }

  /// Lays out the cells of each cohort: every period with a base.
  private static func cells(
    cohorts: [Int], panel: Panel, options: GroupTimeDiD
  ) -> [GroupTimeCell] {
    cohorts.flatMap { cohort -> [GroupTimeCell] in
      guard let lastBefore = panel.base(ofStart: cohort, anticipation: options.anticipation)
      else { return [] }
      return panel.periods.indices.compactMap { period in
        let base =
          period >= cohort || options.base == .universal ? lastBefore : period - 1
        guard base >= 0 else { return nil }
        return GroupTimeCell(cohort: cohort, period: period, base: base)
      }
    }
  }

  /// 1 from the first treated period of a unit on, else 0; periods by their place.
  func dose(_ unit: Int, _ period: Int) -> Double {
    starts[unit].map { period >= $0 } ?? false ? 1 : 0
  }

  /// How much a cell counts, by its place in the panel.
  func weight(_ place: Int) -> Double { panel.weights?[place] ?? 1 }

  /// The event time of a cell.
  func eventTime(of cell: GroupTimeCell) -> Int {
    panel.periods[cell.period].since(panel.periods[cell.cohort]).number
  }

  /// The units of a cell's cohort, and those they may be compared with.
  func sides(of cell: GroupTimeCell) -> (treated: [Int], compared: [Int]) {
    var (treated, compared): ([Int], [Int]) = ([], [])
    for unit in starts.indices {
      if starts[unit] == cell.cohort {
        treated.append(unit)
      } else if isComparison(unit, for: cell) {
        compared.append(unit)
      }
    }
    return (treated, compared)
  }

  /// Whether two cells of a cohort are sure to compare the same rows.
  func haveSameRows(_ first: GroupTimeCell, _ second: GroupTimeCell) -> Bool {
    guard isSteady, first.cohort == second.cohort else { return false }
    guard options.comparison == .notYetTreated else { return true }
    let (one, other) = (reach(of: first), reach(of: second))
    let between = min(one, other) + 1..<max(one, other) + 1
    return !startNumbers.contains { $0.map(between.contains) ?? false }
  }

  /// The number of the last period by whose treatment a unit is no comparison for a cell.
  private func reach(of cell: GroupTimeCell) -> Int {
    panel.periods[max(cell.period, cell.base)].number + options.anticipation
  }

  /// Whether a unit may be compared with the cohort of a cell.
  func isComparison(_ unit: Int, for cell: GroupTimeCell) -> Bool {
    guard let start = startNumbers[unit] else { return true }
    let last = panel.periods[panel.periods.count - 1].number
    switch options.comparison {
    case .neverTreated: return start > last + options.anticipation
    case .notYetTreated:
      return start > reach(of: cell) && starts[unit] != cell.cohort
    }
  }
}

extension Panel {
  /// A covariate by its name, when it varies.
  ///
  /// - Throws: `EffectError` when the panel does not have it, or it is the same in every cell.
  fileprivate func varyingCovariate(_ name: String) throws -> [Double?] {
    let column = try covariate(name)
    let values = column.indices.compactMap { absences[$0] == nil ? column[$0] : nil }
    guard values.contains(where: { $0 != values[0] }) else {
      throw EffectError.constantCovariate(name)
    }
    return column
  }

  /// Whether every cell is observed, and no covariate or weight changes within a unit.
  fileprivate func isSteady(_ covariates: [[Double?]]) -> Bool {
    guard absences.allSatisfy({ $0 == nil }) else { return false }
    return units.indices.allSatisfy { unit in
      let (row, first) = (row(unit), row(unit).lowerBound)
      let isConstant = { (column: [Double?]) in row.allSatisfy { column[$0] == column[first] } }
      return covariates.allSatisfy(isConstant)
        && weights.map { weights in row.allSatisfy { weights[$0] == weights[first] } } ?? true
    }
  }

  /// How much each unit counts as one: its weight when first observed, or its mean weight.
  fileprivate func shareWeights(meanOverPeriods: Bool) -> [Double] {
    guard let weights else { return [Double](repeating: 1, count: units.count) }
    return units.indices.map { unit in
      let own = row(unit).filter { absences[$0] == nil }.map { weights[$0] }
      return meanOverPeriods ? mean(own) : own.first ?? 0
    }
  }
}

/// One cohort in one period, measured from its base; all three are places in the panel's periods.
struct GroupTimeCell: Hashable, Sendable {
  let cohort: Int
  let period: Int
  let base: Int

  var isPost: Bool { period >= cohort }
  /// A cell measured from itself is zero by construction.
  var isReference: Bool { period == base }
}

extension GroupTimeDiD {
  /// The units of a panel that can take part; the others are noted as dropped, with the reason.
  ///
  /// - Throws: `PanelError.empty` when none can.
  public func participants(of panel: Panel) throws -> Panel {
    try panel.filter { reasonToDrop($0, of: panel) }
  }

  /// Why a unit can take no part; nil when it can.
  ///
  /// Within units a treated unit needs its base cell and one cell after it: the same that an
  /// admissible reassignment asks of every unit that it treats.
  private func reasonToDrop(_ unit: Int, of panel: Panel) -> String? {
    let absences = panel.absences[panel.row(unit)]
    if let reason = panel.reasonOfDates(
      unit, anticipation: anticipation, isObserved: absences.contains { $0 == nil })
    {
      return reason
    }
    guard let start = panel.start(ofUnit: unit),
      let base = panel.base(ofStart: start, anticipation: anticipation)
    else { return nil }
    let year = panel.periods[start]
    guard changes == .withinUnits else { return nil }
    guard panel.isObserved(unit: unit, period: base) else {
      return "treated in \(year) and not observed in its base period \(panel.periods[base])"
    }
    return absences.dropFirst(start).contains { $0 == nil }
      ? nil : "treated in \(year) and not observed from then on"
  }
}

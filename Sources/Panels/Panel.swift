/// A table of one outcome: units × periods, with typed absence and each unit's cohort.
///
/// Values are stored unit after unit. An absent cell holds no number: it holds its reason. Covariates and
/// weights belong to the cells, clusters to the units. A panel knows no country and no source.
public struct Panel: Hashable, Sendable {
  /// The units in the order of the rows.
  public let units: [String]
  /// The periods in ascending order, not necessarily consecutive.
  public let periods: [Period]
  /// When each unit was first treated.
  public let cohorts: [Cohort]
  /// What was left out on the way here, and why.
  public private(set) var dropped: [Dropped]

  /// Each covariate by its name, a value or its absence for each cell, unit after unit.
  public let covariates: [String: [Double?]]
  /// How much each cell counts, unit after unit; nil: all the same.
  public let weights: [Double]?
  /// Which units vary together, a name for each unit; nil: each unit by itself.
  public let clusters: [String]?

  package private(set) var values: [Double]
  /// The largest size of an outcome: what rounding is measured by.
  package private(set) var scale: Double
  package let absences: [Absence?]
  /// What is known of the error of each cell, unit after unit; nil when nothing is known of any.
  package private(set) var uncertainties: [Uncertainty?]?

  /// Makes a panel of units × periods cells, given unit by unit, with one cohort for each unit.
  ///
  /// Units are distinct; periods are distinct and ascending. Covariates and weights have one value for
  /// each cell, unit after unit.
  ///
  /// - Throws: `PanelError` naming the unit or period at fault.
  public init(
    units: [String], periods: [Period], cells: [[Cell]], cohorts: [Cohort],
    covariates: [String: [Double?]] = [:], weights: [Double]? = nil, clusters: [String]? = nil,
    dropped: [Dropped] = []
  ) throws {
    precondition(
      cells.count == units.count && cells.allSatisfy { $0.count == periods.count },
      "A panel needs a row of cells for each unit, a cell for each period.")
    try self.init(
      units: units, periods: periods, values: cells.flatMap { $0.map { $0.value ?? 0 } },
      absences: cells.flatMap { $0.map(\.absence) }, cohorts: cohorts, covariates: covariates,
      weights: weights, clusters: clusters, dropped: dropped)
    uncertainties = known(cells.joined().lazy.map(\.uncertainty))
  }

  /// Makes a panel of numbers and absences laid out unit after unit; an absent cell's number is zero.
  ///
  /// - Throws: `PanelError` naming the unit or period at fault.
  package init(
    units: [String], periods: [Period], values: [Double], absences: [Absence?], cohorts: [Cohort],
    covariates: [String: [Double?]] = [:], weights: [Double]? = nil, clusters: [String]? = nil,
    dropped: [Dropped] = []
  ) throws {
    guard !units.isEmpty, !periods.isEmpty else { throw PanelError.empty }
    let count = units.count * periods.count
    precondition(
      values.count == count && absences.count == count && cohorts.count == units.count
        && covariates.values.allSatisfy { $0.count == count } && weights?.count ?? count == count
        && clusters?.count ?? units.count == units.count,
      "A panel needs a value, a covariate and a weight for each cell, and a cohort for each unit.")
    var seen = Set<String>(minimumCapacity: units.count)
    for unit in units where !seen.insert(unit).inserted { throw PanelError.duplicateUnit(unit) }
    for (earlier, later) in zip(periods, periods.dropFirst()) where earlier >= later {
      throw PanelError.periodsNotAscending(earlier, later)
    }
    if let place = values.firstIndex(where: { !$0.isFinite }) {
      throw PanelError.notFinite(
        unit: units[place / periods.count], period: periods[place % periods.count])
    }
    self.units = units
    self.periods = periods
    self.cohorts = cohorts
    self.covariates = covariates
    self.weights = weights
    self.clusters = clusters
    self.dropped = dropped
    self.values = values
    self.absences = absences
    uncertainties = nil
    scale = largest(values)
    try checkSizes()
    try checkCompanions()
  }

  /// The sizes of numbers that can be computed with: sums of products of six of them stay finite.
  ///
  /// A column whose largest number is below them has squares that are lost to rounding.
  package static let sizes = 1e-40...1e40

  private func checkSizes() throws {
    if let place = values.firstIndex(where: { abs($0) > Self.sizes.upperBound }) {
      throw PanelError.tooLargeToCompute(
        unit: units[place / periods.count], period: periods[place % periods.count])
    }
    if scale > 0, scale < Self.sizes.lowerBound {
      throw PanelError.tooSmallToCompute(covariate: nil, largest: scale)
    }
  }

  /// Finds a covariate that cannot be computed with or a weight that is not above zero in an observed
  /// cell.
  private func checkCompanions() throws {
    for (name, column) in covariates.sorted(by: { $0.key < $1.key }) {
      let isComputable = { (value: Double) in abs(value) <= Self.sizes.upperBound }
      if let place = column.firstIndex(where: { !($0.map(isComputable) ?? true) }) {
        throw PanelError.covariateNotFinite(
          name, unit: units[place / periods.count], period: periods[place % periods.count])
      }
      let scale = largest(column.lazy.compactMap(\.self))
      if scale > 0, scale < Self.sizes.lowerBound {
        throw PanelError.tooSmallToCompute(covariate: name, largest: scale)
      }
    }
    let isUsable = { (weight: Double) in Self.sizes.contains(weight) }
    if let place = weights?.indices.first(where: { place in
      absences[place] == nil && !(weights.map { isUsable($0[place]) } ?? true)
    }) {
      throw PanelError.weightNotPositive(
        unit: units[place / periods.count], period: periods[place % periods.count])
    }
  }

  /// The cell of a unit, by its place, in a period, by its place.
  public func cell(unit: Int, period: Int) -> Cell {
    let place = unit * periods.count + period
    return absences[place].map(Cell.absent)
      ?? .observed(values[place], uncertainty: uncertainties?[place])
  }

  /// The places of a unit's cells.
  package func row(_ unit: Int) -> Range<Int> {
    unit * periods.count..<(unit + 1) * periods.count
  }

  package func isObserved(unit: Int, period: Int) -> Bool {
    absences[unit * periods.count + period] == nil
  }
}

extension Panel {
  /// The same panel with what is named changed, and all else as it was.
  ///
  /// `cells` gives each cell by the places of its unit and period. Covariates, weights and clusters
  /// stay, whatever the cells hold.
  ///
  /// - Throws: `PanelError` naming the unit or period at fault.
  package func with(
    cells: ((_ unit: Int, _ period: Int) -> Cell)? = nil, cohorts: [Cohort]? = nil,
    covariates: [String: [Double?]]? = nil, dropped: [Dropped]? = nil
  ) throws -> Panel {
    let changed = cells.map { cell in
      units.indices.flatMap { unit in periods.indices.map { cell(unit, $0) } }
    }
    var panel = try Panel(
      units: units, periods: periods, values: changed?.map { $0.value ?? 0 } ?? values,
      absences: changed?.map(\.absence) ?? absences, cohorts: cohorts ?? self.cohorts,
      covariates: covariates ?? self.covariates, weights: weights, clusters: clusters,
      dropped: dropped ?? self.dropped)
    panel.uncertainties = changed.map { known($0.lazy.map(\.uncertainty)) } ?? uncertainties
    return panel
  }

  /// The same panel with some of its units and periods only, by their places in order.
  ///
  /// - Throws: `PanelError.empty` when none is left.
  package func with(units: [Int]? = nil, periods: [Int]? = nil) throws -> Panel {
    let units = units ?? Array(self.units.indices)
    let periods = periods ?? Array(self.periods.indices)
    func kept<Value>(_ values: [Value]) -> [Value] {
      units.flatMap { unit in periods.map { values[row(unit).lowerBound + $0] } }
    }
    var panel = try Panel(
      units: units.map { self.units[$0] }, periods: periods.map { self.periods[$0] },
      values: kept(values), absences: kept(absences), cohorts: units.map { cohorts[$0] },
      covariates: covariates.mapValues(kept), weights: weights.map(kept),
      clusters: clusters.map { clusters in units.map { clusters[$0] } }, dropped: dropped)
    panel.uncertainties = uncertainties.flatMap { known(kept($0)) }
    return panel
  }

  /// The same panel with other numbers in its cells, unit after unit; absent cells stay absent.
  ///
  /// Nothing is known of the error of the new numbers.
  package func with(values: [Double]) -> Panel {
    precondition(values.count == self.values.count, "A panel needs a number for each cell.")
    var panel = self
    panel.values = values
    panel.uncertainties = nil
    panel.scale = largest(values)
    return panel
  }

  /// The same panel with the units that pass, and the reason noted for those that do not.
  ///
  /// - Throws: `PanelError.empty` when none passes.
  public func filter(_ reasonToDrop: (Int) -> String?) throws -> Panel {
    let reasons = units.indices.map(reasonToDrop)
    let kept = units.indices.filter { reasons[$0] == nil }
    guard kept.count < units.count else { return self }
    let out = units.indices.compactMap { index in
      reasons[index].map { Dropped(unit: units[index], period: nil, reason: $0) }
    }
    var panel = try with(units: kept)
    panel.dropped += out
    return panel
  }
}

/// What is known of the errors of some cells; nil when it is nothing.
private func known(_ uncertainties: some Sequence<Uncertainty?>) -> [Uncertainty?]? {
  uncertainties.contains { $0 != nil } ? Array(uncertainties) : nil
}

/// The largest size of some numbers; zero for none.
private func largest(_ numbers: some Sequence<Double>) -> Double {
  numbers.reduce(0) { max($0, abs($1)) }
}

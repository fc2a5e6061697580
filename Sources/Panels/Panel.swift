/// A table of one outcome: units × periods, with typed absence and each unit's cohort.
///
/// Values are stored unit after unit. An absent cell holds no number: it holds its reason. A panel knows
/// no country and no source.
public struct Panel: Hashable, Sendable {
  /// The units in the order of the rows.
  public let units: [String]
  /// The periods in ascending order, not necessarily consecutive.
  public let periods: [Period]
  /// When each unit was first treated.
  public let cohorts: [Cohort]
  /// What was left out on the way here, and why.
  public let dropped: [Dropped]

  package let values: [Double]
  package let absences: [Absence?]

  /// Makes a panel of units × periods cells, given unit by unit, with one cohort for each unit.
  ///
  /// Units are distinct; periods are distinct and ascending.
  ///
  /// - Throws: `PanelError` naming the unit or period at fault.
  public init(
    units: [String], periods: [Period], cells: [[Cell]], cohorts: [Cohort],
    dropped: [Dropped] = []
  ) throws {
    guard !units.isEmpty, !periods.isEmpty else { throw PanelError.empty }
    precondition(
      cells.count == units.count && cohorts.count == units.count
        && cells.allSatisfy { $0.count == periods.count },
      "A panel needs a row of cells and a cohort for each unit, a cell for each period.")
    var seen = Set<String>()
    for unit in units where !seen.insert(unit).inserted { throw PanelError.duplicateUnit(unit) }
    for (earlier, later) in zip(periods, periods.dropFirst()) where earlier >= later {
      throw PanelError.periodsNotAscending(earlier, later)
    }
    for (unit, row) in zip(units, cells) {
      for (period, cell) in zip(periods, row) {
        if case .observed(let value) = cell, !value.isFinite {
          throw PanelError.notFinite(unit: unit, period: period)
        }
      }
    }
    self.units = units
    self.periods = periods
    self.cohorts = cohorts
    self.dropped = dropped
    values = cells.flatMap { $0.map { $0.value ?? 0 } }
    absences = cells.flatMap { $0.map(\.absence) }
  }

  /// The cell of a unit, by its place, in a period, by its place.
  public func cell(unit: Int, period: Int) -> Cell {
    let place = unit * periods.count + period
    return absences[place].map(Cell.absent) ?? .observed(values[place])
  }

  package func isObserved(unit: Int, period: Int) -> Bool {
    absences[unit * periods.count + period] == nil
  }

  /// The same panel with the units that pass, and the reason noted for those that do not.
  ///
  /// - Throws: `PanelError.empty` when none passes.
  public func filter(_ reasonToDrop: (Int) -> String?) throws -> Panel {
    let reasons = units.indices.map(reasonToDrop)
    let kept = units.indices.filter { reasons[$0] == nil }
    let out = units.indices.compactMap { index in
      reasons[index].map { Dropped(unit: units[index], period: nil, reason: $0) }
    }
    return try Panel(
      units: kept.map { units[$0] }, periods: periods,
      cells: kept.map { unit in periods.indices.map { cell(unit: unit, period: $0) } },
      cohorts: kept.map { cohorts[$0] }, dropped: dropped + out)
  }
}

/// One place in a panel: a number, or the reason why there is none.
public enum Cell: Hashable, Sendable {
  case observed(Double)
  case absent(Absence)

  public var value: Double? {
    if case .observed(let value) = self { value } else { nil }
  }

  public var absence: Absence? {
    if case .absent(let absence) = self { absence } else { nil }
  }
}

/// Why a cell holds no number.
public enum Absence: String, Hashable, Sendable, CaseIterable {
  /// It cannot exist: it leaves the contrast.
  case impossible
  /// Nobody looked.
  case notSearched
  /// Somebody knows and does not say.
  case withheld
  /// Looked for and not there, without a stated reason.
  case missing
}

/// A unit, a period or one cell that was left out, and why.
public struct Dropped: Hashable, Sendable {
  public let unit: String?
  public let period: Period?
  public let reason: String

  public init(unit: String?, period: Period?, reason: String) {
    self.unit = unit
    self.period = period
    self.reason = reason
  }
}

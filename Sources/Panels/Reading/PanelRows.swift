/// The rows of a long table, sorted by unit and period, each unit at most once in a period.
///
/// Units are in the order of their names, by number where all names are whole numbers, so that the
/// order of the table's rows moves nothing.
public struct PanelRows: Hashable, Sendable {
  public let units: [String]
  /// The periods that occur, ascending.
  public let periods: [Period]
  /// When each unit was first treated.
  public let cohorts: [Cohort]
  /// Which units vary together; nil: each by itself.
  public let clusters: [String]?
  /// The place of each row's unit and of its period.
  package let unitPlaces: [Int32]
  package let periodPlaces: [Int32]
  /// Outcomes, covariates and weights by their column, a number for each row; NaN where absent.
  package let numbers: [String: [Double]]
  package let columns: PanelColumns

  public var count: Int { unitPlaces.count }

  /// The most cells that a panel is laid out in.
  static let cellLimit = 1 << 28

  /// Lays the rows out as units × periods of one of the outcomes.
  ///
  /// - Throws: `PanelError.tooLarge`.
  public func panel(outcome: String) throws -> Panel {
    guard units.count * periods.count <= Self.cellLimit else {
      throw PanelError.tooLarge(units: units.count, periods: periods.count)
    }
    let places = zip(unitPlaces, periodPlaces).map { Int($0) * periods.count + Int($1) }
    let cells = laidOut(numbers[outcome] ?? [], at: places, absent: .nan)
    return try Panel(
      units: units, periods: periods,
      values: cells.map { $0.isNaN ? 0 : $0 },
      absences: cells.map { $0.isNaN ? .missing : nil }, cohorts: cohorts,
      covariates: Dictionary(
        uniqueKeysWithValues: columns.covariates.map { name in
          let values = laidOut(numbers[name] ?? [], at: places, absent: .nan)
          return (name, values.map { $0.isNaN ? nil : $0 })
        }),
      weights: columns.weight.map { laidOut(numbers[$0] ?? [], at: places, absent: 1) },
      clusters: clusters)
  }

  private func laidOut(_ column: [Double], at places: [Int], absent: Double) -> [Double] {
    var cells = [Double](repeating: absent, count: units.count * periods.count)
    for (place, number) in zip(places, column) { cells[place] = number }
    return cells
  }
}

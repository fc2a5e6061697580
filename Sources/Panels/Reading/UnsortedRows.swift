import Documents

/// The rows of a file in its order, with what each says of its unit.
struct UnsortedRows {
  /// What a row says of its unit's treatment.
  enum Status: Hashable {
    case never
    case from(Int)
    case treated
    case untreated
  }

  /// One of several things that a file says of a unit, and the row that says it.
  private struct Said<Value: Hashable> {
    let value: Value
    let row: Int
  }

  var numbers: [[Double]] = []
  private var units: [Int32] = []
  private var periods: [Int32] = []
  private var rows: [Int32] = []
  // Unit after unit:
  private var starts: [Said<Status>?] = []
  private var firstTreated: [Said<Int>?] = []
  private var lastUntreated: [Said<Int>?] = []
  private var clusters: [Said<Int>?] = []
  /// Rows that say of their unit what another row denies.
  private var denials: [Denial] = []

  private struct Denial {
    let unit: Int
    let row: Int
    let earlier: Int
    let isCluster: Bool
  }

  var count: Int { units.count }

  mutating func append(unit: Int, period: Int, status: Status, cluster: Int?, row: Int) {
    units.append(Int32(unit))
    periods.append(Int32(period))
    rows.append(Int32(row))
    while unit >= starts.count {
      starts.append(nil)
      firstTreated.append(nil)
      lastUntreated.append(nil)
      clusters.append(nil)
    }
    note(status, of: unit, period: period, row: row)
    guard let cluster else { return }
    if let known = clusters[unit], known.value != cluster {
      denials.append(Denial(unit: unit, row: row, earlier: known.row, isCluster: true))
    } else if clusters[unit] == nil {
      clusters[unit] = Said(value: cluster, row: row)
    }
  }

  private mutating func note(_ status: Status, of unit: Int, period: Int, row: Int) {
    switch status {
    case .treated:
      if period < firstTreated[unit]?.value ?? .max {
        firstTreated[unit] = Said(value: period, row: row)
      }
    case .untreated:
      if period > lastUntreated[unit]?.value ?? .min {
        lastUntreated[unit] = Said(value: period, row: row)
      }
    case .never, .from:
      if let known = starts[unit], known.value != status {
        denials.append(Denial(unit: unit, row: row, earlier: known.row, isCluster: false))
      } else if starts[unit] == nil {
        starts[unit] = Said(value: status, row: row)
      }
    }
  }
}

extension UnsortedRows {
  /// Sorts the rows by unit and period; reports units that contradict themselves; nil then.
  mutating func sorted(
    columns: PanelColumns, names: [String], clusters clusterNames: [String]?,
    log: inout ProblemLog
  ) -> PanelRows? {
    let names = columns.unit == nil ? rows.map { "row \($0)" } : names
    reportDenials(columns, names, &log)
    let order = unitOrder(names, isNamed: columns.unit != nil)
    var ranks = [Int32](repeating: 0, count: order.count)
    for (rank, unit) in order.enumerated() { ranks[unit] = Int32(rank) }
    let numbers = Set(periods).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(numbers, numbers.indices.map(Int32.init)))
    for row in units.indices {
      units[row] = ranks[Int(units[row])]
      periods[row] = places[periods[row]] ?? 0
    }
    sortRows(unitCount: order.count, periodCount: numbers.count)
    reportTwins(columns, order.map { names[$0] }, numbers, &log)
    guard log.problems.isEmpty else { return nil }
    return PanelRows(
      units: order.map { names[$0] }, periods: numbers.map { Period(Int($0)) },
      cohorts: order.map(cohort),
      clusters: clusterNames.map { known in
        order.map { unit in clusters[unit].map { known[$0.value] } ?? "" }
      },
      unitPlaces: units, periodPlaces: periods,
      numbers: Dictionary(
        zip(columns.numbers, self.numbers), uniquingKeysWith: { first, _ in first }),
      columns: columns)
  }

  private func cohort(_ unit: Int) -> Cohort {
    if let first = firstTreated[unit] { return .firstTreated(Period(first.value)) }
    if case .from(let period)? = starts[unit]?.value { return .firstTreated(Period(period)) }
    return .neverTreated
  }

  /// The units by name, or by number where all names are whole numbers.
  private func unitOrder(_ names: [String], isNamed: Bool) -> [Int] {
    guard isNamed else { return Array(names.indices) }
    let numbers = names.compactMap { Int($0) }
    if numbers.count == names.count, Set(numbers).count == numbers.count {
      return names.indices.sorted { numbers[$0] < numbers[$1] }
    }
    return names.indices.sorted { names[$0].utf8.lexicographicallyPrecedes(names[$1].utf8) }
  }

  /// Sorts by period, then stably by unit; leaves alone what is sorted.
  private mutating func sortRows(unitCount: Int, periodCount: Int) {
    let isSorted = units.indices.dropFirst().allSatisfy { row in
      units[row - 1] < units[row]
        || (units[row - 1] == units[row] && periods[row - 1] <= periods[row])
    }
    guard !isSorted else { return }
    let byPeriod = countingOrder(of: periods, in: units.indices.map(Int32.init), periodCount)
    let order = countingOrder(of: units, in: byPeriod, unitCount)
    func sorted<Value>(_ column: [Value]) -> [Value] { order.map { column[Int($0)] } }
    units = sorted(units)
    periods = sorted(periods)
    rows = sorted(rows)
    for column in numbers.indices { numbers[column] = sorted(numbers[column]) }
  }

  /// The rows of an order put by a key, equal ones left as they come.
  private func countingOrder(of keys: [Int32], in order: [Int32], _ count: Int) -> [Int32] {
    var starts = [Int](repeating: 0, count: count + 1)
    for key in keys { starts[Int(key) + 1] += 1 }
    for place in 1...count { starts[place] += starts[place - 1] }
    var sorted = [Int32](repeating: 0, count: order.count)
    for row in order {
      let key = Int(keys[Int(row)])
      sorted[starts[key]] = row
      starts[key] += 1
    }
    return sorted
  }

  private func reportDenials(
    _ columns: PanelColumns, _ names: [String], _ log: inout ProblemLog
  ) {
    for denial in denials {
      log.report(
        row: denial.row, column: denial.isCluster ? columns.cluster : columns.treatment.column,
        value: names[denial.unit],
        denial.isCluster
          ? "is in another cluster in row \(denial.earlier)"
          : "has another first treated period in row \(denial.earlier)",
        advice: denial.isCluster
          ? "give a unit one cluster" : "give a unit one first treated period in all its rows")
    }
    for unit in starts.indices {
      guard let first = firstTreated[unit], let last = lastUntreated[unit], last.value > first.value
      else { continue }
      log.report(
        row: last.row, column: columns.treatment.column, value: names[unit],
        "is treated from \(first.value) (row \(first.row)) and untreated in \(last.value)",
        advice: "a treatment stays; end the unit's rows before its treatment does")
    }
  }

  private func reportTwins(
    _ columns: PanelColumns, _ names: [String], _ numbers: [Int32], _ log: inout ProblemLog
  ) {
    for row in units.indices.dropFirst()
    where units[row] == units[row - 1] && periods[row] == periods[row - 1] {
      log.report(
        row: Int(rows[row]), column: columns.unit, value: names[Int(units[row])],
        "is there twice in \(numbers[Int(periods[row])]), first in row \(rows[row - 1])",
        advice: "keep one row for each unit and period")
    }
  }
}

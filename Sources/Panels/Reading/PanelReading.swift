import Documents

/// One pass over the bytes of a panel file: each row's cells as numbers, and what is wrong in them.
struct PanelReading {
  private(set) var log: ProblemLog
  private let columns: PanelColumns
  private let bytes: UnsafeBufferPointer<UInt8>
  private var reader: CSVReader
  private var cells: [CSVReader.Cell] = []
  private var header: [String] = []
  private var places = ColumnPlaces()
  private var units = NamePool()
  private var clusters = NamePool()
  private var table = UnsortedRows()
  /// The unit of the row before: files are mostly sorted by unit.
  private var lastUnit: (range: Range<Int>, place: Int)?

  /// Where the columns that are read stand in a row.
  private struct ColumnPlaces {
    var unit: Int?
    var period = 0
    var treatment = 0
    var numbers: [Int] = []
    var cluster: Int?
  }

  init(
    _ bytes: UnsafeBufferPointer<UInt8>, columns: PanelColumns, log: ProblemLog,
    limits: ReadingLimits
  ) {
    self.bytes = bytes
    self.columns = columns
    self.log = log
    reader = CSVReader(bytes, limits: limits)
    table.numbers = Array(repeating: [], count: columns.numbers.count)
  }

  /// Reads the header and all rows; false when the header does not have the columns.
  mutating func read() -> Bool {
    let invalid = UTF8Check.invalidOffsets(in: bytes)
    if let byte = invalid.first {
      log.report(
        row: bytes[..<byte].count { $0 == UInt8(ascii: "\n") } + 1, column: nil,
        UTF8Check.message(invalid), advice: "save the table as UTF-8")
      return false
    }
    guard advance() else {
      log.report(row: nil, column: nil, "is empty", advice: "write a header and rows")
      return false
    }
    header = cells.map(reader.text)
    guard findColumns() else { return false }
    while advance() {
      guard cells.count == header.count else {
        reportWidth()
        continue
      }
      readRow()
    }
    if table.count == 0, log.problems.isEmpty {
      log.report(row: nil, column: nil, "has a header and no rows", advice: "add the observations")
    }
    return log.problems.isEmpty
  }

  /// Sorts what was read.
  mutating func rows() -> PanelRows? {
    table.sorted(
      columns: columns, names: units.names, clusters: columns.cluster.map { _ in clusters.names },
      log: &log)
  }

  private mutating func advance() -> Bool {
    var faults: [(CSVReader.Fault, Int)] = []
    let isThere = reader.next(&cells, fault: { faults.append(($0, $1)) })
    for (fault, cell) in faults {
      log.report(
        row: reader.row, column: header.indices.contains(cell) ? header[cell] : nil,
        fault.message, advice: fault.advice)
    }
    return isThere
  }

  private mutating func reportWidth() {
    let isEmpty = cells.allSatisfy { $0.range.isEmpty }
    // An empty line is no observation.
    if isEmpty, cells.count == 1 { return }
    log.report(
      row: reader.row, column: nil, "the row has \(cells.count) cells, the header \(header.count)",
      advice: cells.count > header.count
        ? "quote the cell that has a comma in it" : "add the commas that are missing")
  }

  // MARK: The header

  private mutating func findColumns() -> Bool {
    places.unit = columns.unit.map { place(of: $0) }
    places.period = place(of: columns.period)
    places.treatment = place(of: columns.treatment.column)
    places.numbers = columns.numbers.map { place(of: $0) }
    places.cluster = columns.cluster.map { place(of: $0) }
    return log.problems.isEmpty
  }

  /// Finds a column; reports one that is missing or there twice.
  private mutating func place(of name: String) -> Int {
    guard let place = header.firstIndex(of: name) else {
      if log.problems.contains(where: { $0.place == .row(1, column: name) }) { return 0 }
      let known =
        "it has \(header.prefix(20).map { "`\(Problem.shortened($0))`" }.joined(separator: ", "))"
      log.report(
        row: 1, column: name, "the column is missing",
        advice: Suggestion.question(for: name, among: header) ?? known)
      return 0
    }
    if header.lastIndex(of: name) != place {
      log.report(row: 1, column: name, "the column is there twice", advice: "keep one")
    }
    return place
  }

  // MARK: A row

  private mutating func readRow() {
    guard let unit = unitPlace(), let period = periodNumber(), let status = status()
    else { return }
    for (column, place) in places.numbers.enumerated() {
      table.numbers[column].append(number(place, isWeight: isWeight(column)))
    }
    table.append(
      unit: unit, period: period, status: status, cluster: clusterPlace(), row: reader.row)
  }

  private func isWeight(_ column: Int) -> Bool {
    columns.weight != nil && column == places.numbers.count - 1
  }

  private mutating func unitPlace() -> Int? {
    guard let place = places.unit else { return table.count }
    let range = cells[place].range
    if let lastUnit, lastUnit.range.count == range.count,
      bytes[lastUnit.range].elementsEqual(bytes[range])
    {
      return lastUnit.place
    }
    guard !range.isEmpty else {
      log.report(
        row: reader.row, column: columns.unit, "the unit is empty",
        advice: "name it, or leave the row out")
      return nil
    }
    let unit = Self.place(of: name(place), &units)
    lastUnit = (range, unit)
    return unit
  }

  private mutating func clusterPlace() -> Int? {
    guard let place = places.cluster else { return nil }
    if cells[place].range.isEmpty {
      report(place, "the cluster is missing", advice: "fill it in, or leave the row out")
    }
    return Self.place(of: name(place), &clusters)
  }

  /// The bytes of a name, with the quotes inside it halved.
  private func name(_ place: Int) -> Name {
    let cell = cells[place]
    if cell.isEscaped { return .copied(Array(reader.text(cell).utf8)) }
    return .within(UnsafeBufferPointer(rebasing: bytes[cell.range]))
  }

  private enum Name {
    case within(UnsafeBufferPointer<UInt8>)
    case copied([UInt8])
  }

  private static func place(of name: Name, _ pool: inout NamePool) -> Int {
    switch name {
    case .within(let bytes): pool.place(of: bytes)
    case .copied(let bytes): bytes.withUnsafeBufferPointer { pool.place(of: $0) }
    }
  }

  private mutating func periodNumber() -> Int? {
    let cell = UnsafeBufferPointer(rebasing: bytes[cells[places.period].range])
    if let number = wholeNumber(cell) { return number }
    log.report(
      row: reader.row, column: columns.period, value: reader.text(cells[places.period]),
      cell.isEmpty ? "the period is empty" : "is not a period",
      advice: "write a whole number between −1,000,000,000 and 1,000,000,000, such as a year")
    return nil
  }

  /// What a row says of its unit's treatment: the first treated period, or whether it is treated now.
  private mutating func status() -> UnsortedRows.Status? {
    let cell = UnsafeBufferPointer(rebasing: bytes[cells[places.treatment].range])
    switch columns.treatment {
    case .firstTreated(let column):
      if cell.isNever { return .never }
      if let number = wholeNumber(cell) { return number == 0 ? .never : .from(number) }
      log.report(
        row: reader.row, column: column, value: reader.text(cells[places.treatment]),
        "is not a first treated period",
        advice: "write a whole number, or nothing, 0, NA or Inf for never")
    case .status(let column):
      if let number = Numeral.number(cell), number == 0 || number == 1 {
        return number == 1 ? .treated : .untreated
      }
      log.report(
        row: reader.row, column: column, value: reader.text(cells[places.treatment]),
        "is not 0 or 1", advice: "write 1 from the first treated period on, else 0")
    }
    return nil
  }

  private func wholeNumber(_ cell: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let number = Numeral.number(cell), number.rounded() == number, abs(number) <= 1e9
    else { return nil }
    return Int(number)
  }

  /// The number in a cell; NaN for none.
  private mutating func number(_ place: Int, isWeight: Bool) -> Double {
    let cell = UnsafeBufferPointer(rebasing: bytes[cells[place].range])
    if let number = Numeral.number(cell), abs(number) <= Panel.sizes.upperBound {
      if isWeight, number <= 0 {
        report(place, "is not a weight", advice: "write a number above zero, or leave the row out")
      } else if isWeight, number < Panel.sizes.lowerBound {
        report(
          place, "is too small to compute with", advice: "give all weights in smaller units")
      }
      return number
    }
    if cell.isAbsent {
      if isWeight {
        report(place, "the weight is missing", advice: "fill it in, or leave the row out")
      }
    } else if Numeral.number(cell) != nil {
      report(place, "is too large to compute with", advice: "give it in larger units")
    } else {
      report(
        place, "is not a number",
        advice: cell.contains(UInt8(ascii: ","))
          ? "write a decimal point, and no separator of thousands"
          : "write digits with a decimal point, or nothing where it is missing")
    }
    return .nan
  }

  private mutating func report(_ place: Int, _ message: String, advice: String) {
    log.report(
      row: reader.row, column: header[place], value: reader.text(cells[place]), message,
      advice: advice)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether a cell says that there is no number.
  fileprivate var isAbsent: Bool {
    isEmpty || ["NA", "NaN", "nan", "null", "NULL", "."].contains { elementsEqual($0.utf8) }
  }

  /// Whether a cell says that a unit is never treated; 0 says so, too.
  fileprivate var isNever: Bool {
    isAbsent || ["Inf", "inf"].contains { elementsEqual($0.utf8) }
  }
}

import Documents

/// Where a record was read.
struct Origin: Hashable {
  let file: String
  let row: Int
}

/// The records of a table, with the place of each and what was wrong.
struct Table<R: Record> {
  var records: [R] = []
  var origins: [Origin] = []
  var problems: [Problem] = []
  /// Whether the table is empty or its names cannot be told.
  var isUnread = false
}

extension Table {
  /// Reads the records in the bytes of one file.
  static func read(
    _ bytes: UnsafeBufferPointer<UInt8>, file: String, limits: ReadingLimits = .standard
  ) -> Table {
    let row = Row(bytes, file: file, limits: limits)
    var table = Table()
    guard row.advance(nil) else {
      table.problems = [Problem(file: file, message: "is empty", advice: "write the header row")]
      table.isUnread = true
      return table
    }
    var header = Header(row.headerNames)
    let fields = R.fields.bound(to: &header)
    table.problems = header.problems(in: file)
    table.isUnread = !R.fields.schema.key.allSatisfy(header.names.contains)
    let invalid = UTF8Check.invalidOffsets(in: bytes)
    var unreported = invalid[...]
    row.reportInvalid(&unreported, header)
    while row.advance(header) {
      row.reportInvalid(&unreported, header)
      guard row.isWellFormed(header) else { continue }
      table.records.append(fields.record(row))
      table.origins.append(Origin(file: file, row: row.number))
    }
    table.problems += row.problems
    return table
  }
}

extension Row {
  /// The names in the header row.
  package var headerNames: [String] {
    cells.indices.map { text(Column(name: "", place: $0, isRequired: false)) ?? "" }
  }

  /// Reports a row that is empty or not as wide as the header.
  func isWellFormed(_ header: Header) -> Bool {
    if cells.allSatisfy({ $0.range.isEmpty }) {
      report(column: nil, "the row is empty", advice: "delete it")
      return false
    }
    guard cells.count == header.names.count else {
      report(
        column: nil, "the row has \(cells.count) cells, the header \(header.names.count)",
        advice: cells.count > header.names.count
          ? "quote the cell that has a comma in it" : "add the commas that are missing")
      return false
    }
    return true
  }

  func reportEmpty(_ column: Column) {
    report(column: column.name, "the cell is empty", advice: "fill it in; it is required")
  }

  /// Reports the first of the bytes in this row that are no UTF-8, and drops them all.
  func reportInvalid(_ offsets: inout ArraySlice<Int>, _ header: Header) {
    guard let first = offsets.first, byteRange.contains(first) else { return }
    offsets = offsets.drop { byteRange.contains($0) }
    let cell = cells.firstIndex { $0.range.contains(first) }
    report(
      column: cell.flatMap { header.names[safe: $0] },
      "byte \(first) of the file is not UTF-8", advice: "save the table as UTF-8")
  }
}

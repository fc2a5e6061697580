package import Foundation
import Documents

/// A table whose rows can be put in place; rows that do not change keep their bytes.
package struct EditedTable {
  /// What putting a row did.
  package enum Change: Hashable, Sendable { case added, changed, unchanged }

  private struct Line {
    /// The cells that tell the row from the others.
    let key: String
    var text: String
  }

  package let name: String
  private let header: [String]
  private let headerText: String
  private var lines: [Line] = []
  private var places: [String: Int] = [:]
  private let key: [Int]
  /// Which field of its records stands in each column; nil where a column is of no field.
  private let fields: [Int?]
  /// The fields that have no column.
  private let absent: [Int]
  private let sorts: Bool
  package private(set) var isChanged = false

  /// Reads a table whose rows are told apart by some columns; `sorts` keeps it in their order.
  ///
  /// - Throws: `CasebookError.problems` when the table lacks one of them.
  package init(
    _ data: Data, name: String, of schema: TableSchema, key: [String], sorts: Bool = false
  ) throws {
    self.name = name
    self.sorts = sorts
    let row = EditedTable.firstRow(of: data, name)
    let header = row.cells
    self.header = header
    headerText = row.text
    let names = schema.fields.map(\.name)
    fields = header.map { names.firstIndex(of: $0) }
    absent = names.indices.filter { !header.contains(names[$0]) }
    self.key = try key.map { column in
      guard let place = header.firstIndex(of: column) else {
        throw EditedTable.missing(column, in: name)
      }
      return place
    }
    readLines(data)
  }

  private static func missing(_ column: String, in file: String) -> CasebookError {
    .problems([
      Problem(
        file: file, place: .row(1, column: column), message: "the column is missing",
        advice: "add it")
    ])
  }

  private static func firstRow(of data: Data, _ name: String) -> (cells: [String], text: String) {
    data.withUnsafeBytes { raw in
      let bytes = raw.bindMemory(to: UInt8.self)
      let row = Row(bytes, file: name)
      guard row.advance(nil) else { return ([], "") }
      return (row.headerNames, String(decoding: bytes[row.byteRange], as: UTF8.self))
    }
  }

  /// Reads the rows below the header, of which only the cells of the key are looked at.
  private mutating func readLines(_ data: Data) {
    data.withUnsafeBytes { raw in
      let bytes = raw.bindMemory(to: UInt8.self)
      let row = Row(bytes, file: name)
      let columns = key.map { Column(name: "", place: $0, isRequired: false) }
      _ = row.advance(nil)
      while row.advance(nil) {
        let id = EditedTable.joined(columns.lazy.map { row.text($0) ?? "" })
        places[id] = lines.count
        lines.append(
          Line(key: id, text: String(decoding: bytes[row.byteRange], as: UTF8.self)))
      }
    }
  }

  private static func joined(_ cells: some Sequence<String>) -> String {
    var text = ""
    for cell in cells {
      text += cell
      // Less than all that cells hold, so that texts are in the order of their cells.
      text += "\u{1F}"
    }
    return text
  }

  /// Adds the row of a record, or changes the one with the same key; columns of no field stay.
  ///
  /// - Throws: `CasebookError.problems` when something stated has no column to stand in.
  @discardableResult
  package mutating func put<R: Record>(_ record: R) throws -> Change {
    let all = R.fields.all
    for place in absent where !all[place].text(record).isEmpty {
      throw EditedTable.missing(all[place].name, in: name)
    }
    let cells = fields.map { $0.map { all[$0].text(record) } }
    let id = EditedTable.joined(key.lazy.map { cells[$0] ?? "" })
    guard let place = places[id] else {
      places[id] = lines.count
      lines.append(Line(key: id, text: CSVWriter.row(cells.map { $0 ?? "" })))
      isChanged = true
      return .added
    }
    return change(place, cells)
  }

  /// Changes the cells of a row that are not nil.
  private mutating func change(_ place: Int, _ cells: [String?]) -> Change {
    let isMore = cells.indices.contains { cells[$0] != nil && !key.contains($0) }
    guard isMore else { return .unchanged }
    // Most rows that are put again are the same to the byte, and need not be cut into cells.
    let whole = cells.compactMap(\.self)
    if whole.count == header.count, CSVWriter.row(whole) == lines[place].text { return .unchanged }
    let known = EditedTable.firstRow(of: Data(lines[place].text.utf8), name).cells
    let merged = header.indices.map { cells[$0] ?? known[safe: $0] ?? "" }
    guard known != merged else { return .unchanged }
    lines[place].text = CSVWriter.row(merged)
    isChanged = true
    return .changed
  }

  /// The table's bytes, with a line feed at the end of every row.
  package var data: Data {
    let ordered = sorts ? lines.sorted { $0.key < $1.key } : lines
    var bytes: [UInt8] = []
    bytes.reserveCapacity(ordered.reduce(headerText.utf8.count + 1) { $0 + $1.text.utf8.count + 1 })
    func append(_ text: String) {
      bytes.append(contentsOf: text.utf8)
      if bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    }
    append(headerText)
    for line in ordered { append(line.text) }
    return Data(bytes)
  }
}

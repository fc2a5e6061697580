import Foundation
import Tables

/// A table whose rows can be put in place; rows that do not change keep their bytes.
struct EditedTable {
  /// What putting a row did.
  enum Change: Hashable, Sendable { case added, changed, unchanged }

  private struct Line {
    var cells: [String]
    var text: String
  }

  let name: String
  private let header: [String]
  private let headerText: String
  private var lines: [Line] = []
  private var places: [String: Int] = [:]
  private let key: [Int]
  private let sorts: Bool
  private(set) var isChanged = false

  /// Reads a table whose rows are told apart by some columns; `sorts` keeps it in their order.
  ///
  /// - Throws: `CasebookError.problems` when the table lacks one of them.
  init(_ data: Data, name: String, key: [String], sorts: Bool = false) throws {
    self.name = name
    self.sorts = sorts
    var rows: [Line] = []
    data.withUnsafeBytes { raw in
      let bytes = raw.bindMemory(to: UInt8.self)
      let row = Row(bytes, file: name)
      while row.advance(nil) {
        rows.append(
          Line(
            cells: row.headerNames,
            text: String(decoding: bytes[row.byteRange], as: UTF8.self)))
      }
    }
    let header = rows.first?.cells ?? []
    self.header = header
    headerText = rows.first?.text ?? ""
    self.key = try key.map { column in
      guard let place = header.firstIndex(of: column) else {
        throw CasebookError.problems([
          Problem(
            file: name, place: .row(1, column: column), message: "the column is missing",
            mend: "add it")
        ])
      }
      return place
    }
    for line in rows.dropFirst() {
      places[keyText(of: line.cells)] = lines.count
      lines.append(line)
    }
  }

  private func keyText(of cells: [String]) -> String {
    key.map { cells[safe: $0] ?? "" }.joined(separator: "\u{1F}")
  }

  /// Adds a row, or changes the cells that it names in the row with the same key.
  ///
  /// - Throws: `CasebookError.problems` when a cell has no column to stand in.
  @discardableResult
  mutating func put(_ row: KeyValuePairs<String, String?>) throws -> Change {
    var named: [Int: String] = [:]
    for (column, text) in row {
      if let place = header.firstIndex(of: column) {
        named[place] = text ?? ""
      } else if text != nil {
        throw CasebookError.problems([
          Problem(
            file: name, place: .row(1, column: column), message: "the column is missing",
            mend: "add it")
        ])
      }
    }
    let fresh = header.indices.map { named[$0] ?? "" }
    guard let place = places[keyText(of: fresh)] else {
      places[keyText(of: fresh)] = lines.count
      lines.append(Line(cells: fresh, text: CSVWriter.row(fresh)))
      isChanged = true
      return .added
    }
    let known = lines[place].cells
    let cells = header.indices.map { named[$0] ?? known[safe: $0] ?? "" }
    guard known != cells else { return .unchanged }
    lines[place] = Line(cells: cells, text: CSVWriter.row(cells))
    isChanged = true
    return .changed
  }

  /// The table's bytes, with a line feed at the end of every row.
  var data: Data {
    let ordered =
      sorts ? lines.sorted { sortKey($0).lexicographicallyPrecedes(sortKey($1)) } : lines
    let texts = [headerText] + ordered.map(\.text)
    return Data(texts.map { $0.hasSuffix("\n") ? $0 : $0 + "\n" }.joined().utf8)
  }

  private func sortKey(_ line: Line) -> [String] { key.map { line.cells[safe: $0] ?? "" } }
}

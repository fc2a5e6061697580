/// Tables for spreadsheets, which take a cell that begins with certain characters for a formula.
package enum SpreadsheetText {
  /// Puts an apostrophe before what a spreadsheet would run; numbers and all else stay as they are.
  package static func cell(_ text: String) -> String {
    // Spaces before it are skipped by some programs.
    guard let first = text.utf8.first(where: { $0 != UInt8(ascii: " ") }),
      Self.starts.contains(first), Numeral.number(text) == nil
    else { return text }
    return "'" + text
  }

  private static let starts = Array("=+-@\t\r\n".utf8)

  /// The same of every cell of comma-separated text.
  package static func csv(_ text: String) -> String {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      var reader = CSVReader(bytes)
      var cells: [CSVReader.Cell] = []
      var rows = ""
      while reader.next(&cells, fault: { _, _ in }) {
        rows += CSVWriter.row(cells.map { cell(reader.text($0)) })
      }
      return rows
    }
  }
}

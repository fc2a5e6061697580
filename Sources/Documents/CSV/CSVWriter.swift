import Foundation

/// Writes rows as RFC 4180 does, with line feeds as spreadsheets on all systems read them.
package enum CSVWriter {
  /// Joins cells into a line; a cell with a comma, quote or line break is quoted.
  package static func row(_ cells: [String]) -> String {
    var text = ""
    for (place, cell) in cells.enumerated() {
      if place > 0 { text += "," }
      text += self.cell(cell)
    }
    return text + "\n"
  }

  package static func cell(_ text: String) -> String {
    needsQuotes(text.utf8) ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
  }

  /// Appends the bytes of one cell to a text.
  package static func append(_ cell: ArraySlice<UInt8>, to text: inout [UInt8]) {
    guard needsQuotes(cell) else { return text.append(contentsOf: cell) }
    let quote = UInt8(ascii: "\"")
    text.append(quote)
    for byte in cell {
      if byte == quote { text.append(quote) }
      text.append(byte)
    }
    text.append(quote)
  }

  private static func needsQuotes(_ cell: some Sequence<UInt8>) -> Bool {
    cell.contains { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r")
    }
  }
}

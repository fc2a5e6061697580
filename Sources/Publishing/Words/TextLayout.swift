/// Lays words out in lines and columns for a terminal.
package struct TextLayout {
  let width: Int
  let isColoured: Bool

  /// What a stretch of text is; only a coloured terminal shows it.
  enum Emphasis: String, CaseIterable {
    case strong = "1"
    case quiet = "2"
    case good = "32"
    case doubtful = "33"
  }

  func emphasised(_ text: String, _ emphasis: Emphasis) -> String {
    isColoured ? Self.code(emphasis.rawValue) + text + Self.code("0") : text
  }

  /// What a terminal is told in between, and nothing else.
  package static let terminalCodes = [code("0")] + Emphasis.allCases.map { code($0.rawValue) }

  private static func code(_ number: String) -> String { "\u{1B}[\(number)m" }

  /// Breaks text into lines at its spaces, with a mark before the first and room before the rest.
  func wrapped(_ text: String, indent: Int = 0, mark: String = "") -> String {
    let room = String(repeating: " ", count: indent + mark.count)
    let limit = max(20, width - indent - mark.count)
    var lines: [String] = []
    var line = ""
    for word in printable(text).split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > limit {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    lines.append(line)
    let first = String(repeating: " ", count: indent) + mark
    return lines.enumerated().map { ($0.offset == 0 ? first : room) + $0.element }
      .joined(separator: "\n")
  }

  /// Aligns rows in columns, words to the left and numbers to the right; the first row is the heads.
  ///
  /// The first column is folded when the table is wider than the terminal.
  func table(_ rows: [[String]], wordColumns: Int) -> String {
    guard let heads = rows.first else { return "" }
    let cells = rows.map { $0.map(printable) }
    var widths = heads.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
    let total = widths.reduce(0, +) + 2 * (widths.count - 1)
    if total > width { widths[0] = max(20, widths[0] - (total - width)) }
    let lines = cells.enumerated().flatMap { place, row in
      self.row(row, widths: widths, wordColumns: wordColumns)
        .map { place == 0 ? emphasised($0, .quiet) : $0 }
    }
    return lines.joined(separator: "\n")
  }

  /// One row of a table; a first cell that is too long goes on below itself.
  private func row(_ cells: [String], widths: [Int], wordColumns: Int) -> [String] {
    let narrow = TextLayout(width: max(20, widths[0]), isColoured: false)
    let first = narrow.wrapped(cells[0]).split(separator: "\n").map(String.init)
    let rest = cells.enumerated().dropFirst().map { column, text in
      padded(text, to: widths[column], isWord: column < wordColumns)
    }
    let line = [padded(first.first ?? "", to: widths[0], isWord: true)] + rest
    return [trimmed(line.joined(separator: "  "))] + first.dropFirst().map { "  " + $0 }
  }

  private func padded(_ text: String, to width: Int, isWord: Bool) -> String {
    let room = String(repeating: " ", count: max(0, width - text.count))
    return isWord ? text + room : room + text
  }

  private func trimmed(_ line: String) -> String {
    String(line.reversed().drop { $0 == " " }.reversed())
  }
}

/// Text without what could steer a terminal or turn its writing direction.
func printable(_ text: String) -> String {
  var safe = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\n", "\t", "\r": safe.append(" ")
    case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{200E}", "\u{200F}", "\u{061C}",
      "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}":
      safe.append("\u{FFFD}")
    default: safe.append(scalar)
    }
  }
  return String(safe)
}

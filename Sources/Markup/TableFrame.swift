/// A table of a page, in a frame that scrolls where the table is wider than the screen.
package struct TableFrame {
  /// What the frame is called; the table's caption unless given.
  package let label: String
  package let caption: HTML
  /// The class of the table.
  package let style: String?
  package let columns: [Column]

  /// The head of a column, and whether numbers stand below it.
  package struct Column: Hashable, ExpressibleByStringLiteral {
    package let name: String
    package let isNumber: Bool

    package init(_ name: String, isNumber: Bool) {
      self.name = name
      self.isNumber = isNumber
    }

    package init(stringLiteral name: String) { self.init(name, isNumber: false) }

    package static func number(_ name: String) -> Column { Column(name, isNumber: true) }

    fileprivate var style: HTML { isNumber ? " class=\"num\"" : .none }
  }

  package init(_ caption: String, label: String? = nil, style: String? = nil, _ columns: [Column]) {
    self.label = label ?? caption
    self.caption = "\(caption)"
    self.style = style
    self.columns = columns
  }

  /// Takes the names of the columns: words first, numbers after them.
  package init(
    _ caption: String, label: String? = nil, style: String? = nil, _ names: [String], words: Int
  ) {
    self.init(
      caption, label: label, style: style,
      names.enumerated().map { place, name in Column(name, isNumber: place >= words) })
  }

  /// A row of cells, the first of which names it where it does.
  package func row(_ cells: [HTML], isNamed: Bool = true, style: String? = nil) -> HTML {
    let parts = zip(columns, cells).enumerated().map { place, part -> HTML in
      let (column, cell) = part
      if isNamed, place == 0 { return "<th scope=\"row\">\(cell)</th>" }
      let style = column.isNumber ? column.style : Self.attribute(Self.style(of: cell))
      let name: HTML = isLedger ? " data-column=\"\(column.name)\"" : .none
      return "<td\(style)\(name)>\(cell)</td>"
    }
    return "<tr\(Self.attribute(style))>\(parts)</tr>"
  }

  /// Whether a phone shows each cell beside the name of its column, as the style sheet has it.
  private var isLedger: Bool { style?.hasPrefix("ledger") ?? false }

  /// The table with its rows; without a head where no column has a name.
  package func html(_ rows: [HTML]) -> HTML {
    let heads = columns.map { column -> HTML in
      "<th scope=\"col\"\(column.style)>\(column.name)</th>"
    }
    let isHeaded = columns.contains { !$0.name.isEmpty }
    let head: HTML = isHeaded ? "\n<thead><tr>\(heads)</tr></thead>" : .none
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="\(label)">\
      <table\(Self.attribute(style))>
      <caption>\(caption)</caption>\(head)
      <tbody>
      \(rows.joined("\n"))
      </tbody></table></div>
      """
  }

  /// On a narrow screen a long cell keeps a width to be read by, and a span of years stays on its line.
  private static func style(of cell: HTML) -> String? {
    if cell.visibleLength > long { return "long" }
    return isSpanOfYears(cell.text) ? "years" : nil
  }

  /// Whether a text is two years with a dash between, such as `2009–2023`.
  private static func isSpanOfYears(_ text: String) -> Bool {
    guard text.utf8.count == 8 + "–".utf8.count else { return false }
    let isYear = { (part: Substring) in
      part.utf8.count == 4 && part.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    }
    let parts = text.split(separator: "–", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy(isYear)
  }

  /// From how many characters on a cell is long.
  private static let long = 36

  private static func attribute(_ style: String?) -> HTML {
    style.map { " class=\"\($0)\"" } ?? .none
  }
}

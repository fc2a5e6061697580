/// The place in a source that a claim points at.
public enum Locator: Hashable, Sendable, CustomStringConvertible {
  case page(Int)
  case paragraph(Int)
  /// Unicode scalar offsets, end excluded, in the text with the source's `sha256`.
  case chars(Range<Int>)
  /// A row of a table as a spreadsheet counts, the header being row 1; of a sheet, in a workbook.
  case row(Int, sheet: String?)

  /// Reads `page=3`, `paragraph=14`, `chars=9120-9241`, `row=12` or `row=Projects!12`; nil for
  /// anything else.
  public init?(_ text: String) {
    guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    let place = text[text.utf8.index(after: equals)...].utf8
    switch text[..<equals] {
    case "page":
      guard let page = Locator.number(place), page > 0 else { return nil }
      self = .page(page)
    case "paragraph":
      guard let paragraph = Locator.number(place), paragraph > 0 else { return nil }
      self = .paragraph(paragraph)
    case "chars":
      guard let dash = place.firstIndex(of: UInt8(ascii: "-")),
        let start = Locator.number(place[..<dash]),
        let end = Locator.number(place[place.index(after: dash)...]), start < end
      else { return nil }
      self = .chars(start..<end)
    case "row":
      let mark = place.lastIndex(of: UInt8(ascii: "!"))
      let digits = mark.map { place[place.index(after: $0)...] } ?? place
      guard let row = Locator.number(digits), row > 0, mark != place.startIndex else { return nil }
      self = .row(row, sheet: mark.map { String(text[..<$0].dropFirst("row=".count)) })
    default: return nil
    }
  }

  public var description: String {
    switch self {
    case .page(let page): "page=\(page)"
    case .paragraph(let paragraph): "paragraph=\(paragraph)"
    case .chars(let range): "chars=\(range.lowerBound)-\(range.upperBound)"
    case .row(let row, let sheet): "row=\(sheet.map { "\($0)!" } ?? "")\(row)"
    }
  }

  /// What the places of this kind count.
  package var counts: String {
    switch self {
    case .page: "pages"
    case .paragraph: "paragraphs"
    case .chars: "characters"
    case .row: "rows"
    }
  }

  /// Reads at most twelve digits; nil for anything else.
  private static func number(_ digits: Substring.UTF8View) -> Int? {
    guard !digits.isEmpty, digits.count <= 12 else { return nil }
    var number = 0
    for byte in digits {
      guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
      number = number * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return number
  }
}

/// The place in a source that a claim points at.
public enum Locator: Hashable, Sendable, CustomStringConvertible {
  case page(Int)
  case paragraph(Int)
  /// Unicode scalar offsets, end excluded, in the text with the source's `sha256`.
  case chars(Range<Int>)

  /// Reads `page=3`, `paragraph=14` or `chars=9120-9241`; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    switch parts[0] {
    case "page":
      guard let page = Locator.digits(parts[1]), page > 0 else { return nil }
      self = .page(page)
    case "paragraph":
      guard let paragraph = Locator.digits(parts[1]), paragraph > 0 else { return nil }
      self = .paragraph(paragraph)
    case "chars":
      let ends = parts[1].split(separator: "-", omittingEmptySubsequences: false)
      guard ends.count == 2, let start = Locator.digits(ends[0]),
        let end = Locator.digits(ends[1]), start < end
      else { return nil }
      self = .chars(start..<end)
    default: return nil
    }
  }

  public var description: String {
    switch self {
    case .page(let page): "page=\(page)"
    case .paragraph(let paragraph): "paragraph=\(paragraph)"
    case .chars(let range): "chars=\(range.lowerBound)-\(range.upperBound)"
    }
  }

  private static func digits(_ text: Substring) -> Int? {
    text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } ? Int(text) : nil
  }
}

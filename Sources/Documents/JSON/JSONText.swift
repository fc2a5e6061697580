extension JSON {
  /// The value as text: on one line, or indented by two spaces and ending in a line break.
  ///
  /// Numbers are written in the fewest digits that read back to the same bits. `<`, `>`, `&` and the
  /// two line separators are escaped, so that the text may stand inside a script element.
  package func text(indented: Bool = false) -> String {
    var writer = JSONText(isIndented: indented)
    writer.write(self, depth: 0)
    if indented { writer.bytes.append(UInt8(ascii: "\n")) }
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

/// Collects the bytes of a JSON text.
private struct JSONText {
  let isIndented: Bool
  var bytes: [UInt8] = []

  mutating func write(_ value: JSON, depth: Int) {
    switch value {
    case .null: append("null")
    case .bool(let truth): append(truth ? "true" : "false")
    case .integer(let number): append(String(number))
    case .number(let number): append(Self.digits(of: number))
    case .string(let text): write(text)
    case .array(let elements):
      write(elements, "[", "]", depth: depth) { $0.write($1, depth: depth + 1) }
    case .object(let members):
      write(members, "{", "}", depth: depth) { writer, member in
        writer.write(member.key)
        writer.append(writer.isIndented ? ": " : ":")
        writer.write(member.value, depth: depth + 1)
      }
    }
  }

  private mutating func write<Element>(
    _ elements: [Element], _ open: StaticString, _ close: StaticString, depth: Int,
    each: (inout JSONText, Element) -> Void
  ) {
    append(open.description)
    for (place, element) in elements.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      breakLine(depth: depth + 1)
      each(&self, element)
    }
    if !elements.isEmpty { breakLine(depth: depth) }
    append(close.description)
  }

  private mutating func breakLine(depth: Int) {
    guard isIndented else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func write(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": append("\\\"")
      case "\\": append("\\\\")
      case "\n": append("\\n")
      case "\t": append("\\t")
      case "\r": append("\\r")
      case "<", ">", "&", "\u{2028}", "\u{2029}", "\u{0}"..."\u{1F}", "\u{7F}":
        append(Self.escape(scalar))
      default: bytes.append(contentsOf: UTF8.encode(scalar) ?? .init())
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }

  /// A whole number loses its `.0`; JSON has no infinity and no NaN, and neither has an answer.
  private static func digits(of number: Double) -> String {
    precondition(number.isFinite, "JSON holds finite numbers only; leave an undefined one out.")
    let text = number.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

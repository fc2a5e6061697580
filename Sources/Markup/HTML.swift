/// Markup of a page; whatever is put into it as text is escaped.
///
/// ```swift
/// let item: HTML = "<li title=\"\(claim.statement)\">\(claim.id)</li>"
/// ```
package struct HTML: Hashable, Sendable, ExpressibleByStringInterpolation {
  package private(set) var text: String

  package init(stringLiteral markup: String) { text = markup }
  package init(stringInterpolation parts: StringInterpolation) { text = parts.text }
  /// Takes markup as it stands; only for files of our own.
  package init(trusted markup: String) { text = markup }

  package static let none: HTML = ""

  /// How many characters stand between the tags.
  package var visibleLength: Int {
    var (length, isTag) = (0, false)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "<"): isTag = true
      case UInt8(ascii: ">"): isTag = false
      default: length += isTag ? 0 : 1
      }
    }
    return length
  }

  package static func + (left: HTML, right: HTML) -> HTML {
    HTML(trusted: left.text + right.text)
  }

  /// Collects literal markup and escaped text.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    package init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    package mutating func appendLiteral(_ markup: String) { text += markup }
    package mutating func appendInterpolation(_ markup: HTML) { text += markup.text }
    package mutating func appendInterpolation(_ markup: [HTML]) {
      for part in markup { text += part.text }
    }
    package mutating func appendInterpolation(_ number: Int) { text += String(number) }
    package mutating func appendInterpolation(_ plain: String) { escape(plain) }
    package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      escape(value.description)
    }

    private mutating func escape(_ plain: String) {
      for scalar in plain.unicodeScalars {
        switch scalar {
        case "&": text += "&amp;"
        case "<": text += "&lt;"
        case ">": text += "&gt;"
        case "\"": text += "&quot;"
        case "'": text += "&#39;"
        case "\n", "\t": text.unicodeScalars.append(scalar)
        // No page may hold control characters.
        case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": text += "\u{FFFD}"
        default: text.unicodeScalars.append(scalar)
        }
      }
    }
  }
}

extension [HTML] {
  /// The parts one after the other, with markup between them.
  package func joined(_ separator: HTML = .none) -> HTML {
    HTML(trusted: map(\.text).joined(separator: separator.text))
  }
}

/// The name of a place in the page: letters, digits, `-` and `.`; every other scalar as `_hex_`.
///
/// Two different ids never give one anchor.
package func anchor(_ kind: String, _ id: some CustomStringConvertible) -> String {
  var name = kind + "-"
  for scalar in id.description.unicodeScalars {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "-", ".": name.unicodeScalars.append(scalar)
    default: name += "_\(String(scalar.value, radix: 16))_"
    }
  }
  return name
}

/// A link to an address that the reader's browser may follow; any other address is plain text.
package func link(to address: String, _ label: String) -> HTML {
  let lower = address.lowercased()
  guard lower.hasPrefix("https://") || lower.hasPrefix("http://") else { return "\(label)" }
  return """
    <a href="\(address)" rel="noopener noreferrer">\(label)</a>
    """
}

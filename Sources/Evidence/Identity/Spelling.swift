import Foundation

/// How codes and names are compared.
package enum Spelling {
  /// Gives what two spellings of a code or a name have in common.
  ///
  /// Of a name: no case, accents, punctuation or leading article. Of a number: no leading zeros and
  /// no `.0`, which tables of whole numbers add.
  package static func key(_ code: String, of system: CodeSystem) -> String {
    system.isOfNames ? plain(code) : number(code) ?? code
  }

  /// Whether a text stands for no code at all: nothing, `-99` and the like.
  package static func isNothing(_ code: String) -> Bool {
    ["", "-99", "-99.0", "-9", "-1", "NA", "..", ".", "-"].contains(code)
  }

  /// A code that is a whole number, without what tables add to it; nil for any other.
  private static func number(_ code: String) -> String? {
    let digits = code.hasSuffix(".0") ? code.dropLast(2) : code[...]
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    let rest = digits.drop { $0 == "0" }
    return rest.isEmpty ? "0" : String(rest)
  }

  private static func plain(_ name: String) -> String {
    // Most names are ASCII, and folding them is slow.
    if let plain = plainASCII(name) { return plain }
    let folded = name.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil)
      .replacing("&", with: " and ")
    let words = folded.split { !($0.isLetter || $0.isNumber) }
    let isArticle = words.first == "the"
    return words.dropFirst(isArticle ? 1 : 0).joined(separator: " ")
  }

  /// The same of a name in ASCII, byte by byte; nil for any other.
  private static func plainASCII(_ name: String) -> String? {
    var plain: [UInt8] = []
    plain.reserveCapacity(name.utf8.count + 4)
    for byte in name.utf8 {
      switch byte {
      case 0x80...: return nil
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): plain.append(byte | 0x20)
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        plain.append(byte)
      default:
        if plain.last.map({ $0 != space }) ?? false { plain.append(space) }
        if byte == UInt8(ascii: "&") { plain += Array("and ".utf8) }
      }
    }
    if plain.last == space { plain.removeLast() }
    if plain == article.dropLast() { return "" }
    let start = plain.starts(with: article) ? article.count : 0
    return String(decoding: plain[start...], as: UTF8.self)
  }

  private static let space = UInt8(ascii: " ")
  private static let article = Array("the ".utf8)
}

extension CodeSystem {
  /// The names that sources write, which are codes like others.
  package static let name: CodeSystem = "name"
  package static let iso3: CodeSystem = "iso3"

  /// Whether the codes are names: SIPRI's are those of its register.
  package var isOfNames: Bool { self == .name || self == "sipri" }
}

import Foundation

/// How codes and names are compared.
enum Spelling {
  /// Gives what two spellings of a code or a name have in common.
  ///
  /// Of a name: no case, accents, punctuation or leading article. Of a number: no leading zeros and
  /// no `.0`, which tables of whole numbers add.
  static func key(_ code: String, of system: CodeSystem) -> String {
    system.isOfNames ? plain(code) : number(code) ?? code
  }

  /// Whether a text stands for no code at all: nothing, `-99` and the like.
  static func isNothing(_ code: String) -> Bool {
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
    let folded =
      name.utf8.allSatisfy { $0 < 0x80 }
      ? name.lowercased()
      : name.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil)
    let spelled =
      folded.utf8.contains(UInt8(ascii: "&")) ? folded.replacing("&", with: " and ") : folded
    let words = spelled.split { !($0.isLetter || $0.isNumber) }
    let isArticle = words.first == "the"
    return words.dropFirst(isArticle ? 1 : 0).joined(separator: " ")
  }
}

extension CodeSystem {
  /// The names that sources write, which are codes like others.
  static let name: CodeSystem = "name"
  static let iso3: CodeSystem = "iso3"

  /// Whether the codes are names: SIPRI's are those of its register.
  var isOfNames: Bool { self == .name || self == "sipri" }
}

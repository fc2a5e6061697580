import Evidence
import Documents

extension OptionType<String> {
  /// Some text that is not empty.
  static let text = OptionType("TEXT", "some text") { $0.isEmpty ? nil : $0 }

  /// Any text, the empty one included.
  static let anyText = OptionType("TEXT", "a text") { $0 }

  /// The name of a record: a study, an outcome, an actor.
  static let id = text.named("ID")

  /// A column of a table.
  static let column = text.named("COL")

  static var file: OptionType {
    var type = text.named("FILE")
    type.completion = .files
    return type
  }

  static var folder: OptionType {
    var type = text.named("DIR")
    type.completion = .folders
    return type
  }

  /// One of some words.
  static func word(_ placeholder: String, of words: [String]) -> OptionType {
    var type = OptionType(placeholder, alternatives(words)) { text in
      if words.contains(text) { return text }
      throw misread(text, among: words)
    }
    type.remark = alternatives(words)
    type.completion = .words(words)
    return type
  }
}

extension OptionType<[String]> {
  /// Words with commas between them.
  static let list = list(of: "words")

  static func list(of things: String) -> OptionType {
    var type = OptionType("A,B", "\(things) with commas between them") { text in
      let words = text.split(separator: ",").map(String.init)
      return words.isEmpty ? nil : words
    }
    type.write = { $0.joined(separator: ",") }
    return type
  }

  /// Columns of a table, each once.
  static var columns: OptionType {
    let plain = list(of: "columns")
    var type = OptionType(plain.placeholder, plain.expected) { text in
      let names = try plain.read(text)
      if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
        throw Misreading(message: "`\(twice)` is listed twice; keep one")
      }
      return names
    }
    type.write = plain.write
    return type
  }
}

extension OptionType where Value: RawRepresentable<String> & CaseIterable {
  /// A case of an enumeration by its word.
  static func choice(_ placeholder: String) -> OptionType {
    let words = Value.allCases.map(\.rawValue)
    var type = OptionType(placeholder, alternatives(words)) { text in
      if let value = Value(rawValue: text) { return value }
      throw misread(text, among: words)
    }
    type.remark = alternatives(words)
    type.completion = .words(words)
    type.write = { $0.rawValue }
    return type
  }
}

extension OptionType<EDTFDate> {
  /// A date as sources write it, no more precise than it is known.
  static let date = OptionType("DATE", "a date such as 2026-11-23") { text in
    do { return try EDTFDate(text) } catch let error as EDTFError {
      throw Misreading(message: "`\(error.text)` \(error.message); \(error.advice)")
    }
  }
}

/// Writes words as a choice: `a, b or c`.
func alternatives(_ words: [String]) -> String {
  guard let last = words.last, words.count > 1 else { return words.first ?? "" }
  return words.dropLast().joined(separator: ", ") + " or " + last
}

/// Says which words were expected, and which one was probably meant.
private func misread(_ text: String, among words: [String]) -> Misreading {
  let near = Suggestion.nearest(to: text, among: words).map { "; did you mean `\($0)`?" } ?? ""
  return Misreading(message: "expected \(alternatives(words)); got `\(text)`\(near)")
}

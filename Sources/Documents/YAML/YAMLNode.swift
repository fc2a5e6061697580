/// A value in a YAML document, with its place.
package struct YAMLNode: Hashable, Sendable {
  /// What a node holds.
  package enum Content: Hashable, Sendable {
    /// A text; `isPlain` when it stands without quotes.
    case scalar(String, isPlain: Bool)
    case sequence([YAMLNode])
    case mapping([Entry])
  }

  /// One key of a mapping, with its value.
  package struct Entry: Hashable, Sendable {
    package let key: YAMLNode
    package let value: YAMLNode
  }

  package let content: Content
  package let file: String
  /// Counted from 1.
  package let line: Int
  /// Counted from 1.
  package let column: Int

  /// Finds the value of a key; nil when there is none or the node is no mapping.
  package subscript(key: String) -> YAMLNode? {
    entries?.first { $0.key.text == key }?.value
  }

  /// The text of a scalar.
  package var text: String? {
    guard case .scalar(let text, _) = content else { return nil }
    return text
  }

  /// The elements of a sequence.
  package var elements: [YAMLNode]? {
    guard case .sequence(let elements) = content else { return nil }
    return elements
  }

  /// The entries of a mapping, in their order.
  package var entries: [Entry]? {
    guard case .mapping(let entries) = content else { return nil }
    return entries
  }

  /// The whole number that a plain scalar writes.
  package var integer: Int? { plain.flatMap { Int($0) } }

  /// The finite number that a plain scalar writes.
  package var number: Double? {
    plain.flatMap { Numeral.number($0) }
  }

  /// The truth value of a plain `true` or `false`; YAML's older spellings are texts.
  package var boolean: Bool? {
    switch plain {
    case "true": true
    case "false": false
    default: nil
    }
  }

  /// Whether the node is empty, `~` or `null`.
  package var isNull: Bool { plain.map { ["", "~", "null"].contains($0) } ?? false }

  /// Describes a problem at the node's place.
  package func problem(_ message: String, advice: String? = nil) -> Problem {
    Problem(
      file: file, place: .line(line, column: column), value: text, message: message, advice: advice)
  }

  /// Describes a problem that one of some known words would advice: the nearest, else all of them.
  package func problem(_ message: String, known: [String]) -> Problem {
    let near = text.flatMap { Suggestion.question(for: $0, among: known) }
    let all = known.isEmpty ? nil : "it has \(known.joined(separator: ", "))"
    return problem(message, advice: near ?? all)
  }

  /// Describes what is wrong with the keys of a mapping that may have some keys only.
  package func keyProblems(known: [String]) -> [Problem] {
    guard let entries else {
      return [problem("should be a mapping", advice: "write `key: value` lines")]
    }
    return entries.map(\.key).filter { !known.contains($0.text ?? "") }
      .map { $0.problem("is no key that belongs here", known: known) }
  }

  private var plain: String? {
    guard case .scalar(let text, isPlain: true) = content else { return nil }
    return text
  }
}

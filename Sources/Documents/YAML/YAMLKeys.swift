/// The keys that a mapping in a YAML file can have: a reader, its errors and the documentation use one list.
package struct YAMLKeys: Sendable {
  /// What the mapping is.
  package let title: String
  package let keys: [Key]

  package init(_ title: String, _ keys: [Key]) {
    self.title = title
    self.keys = keys
  }

  /// One key.
  package struct Key: Hashable, Sendable {
    package let name: String
    /// What stands after it.
    package let takes: String
    package let help: String
    package let presence: Presence

    package init(_ name: String, _ takes: String, _ help: String, _ presence: Presence = .optional)
    {
      self.name = name
      self.takes = takes
      self.help = help
      self.presence = presence
    }
  }

  /// Whether a key has to be there.
  package enum Presence: Hashable, Sendable {
    case required
    case optional
    /// What counts without it.
    case otherwise(String)
  }

  package var names: [String] { keys.map(\.name) }

  /// The keys as a section with a table.
  package var markdown: String {
    let rows = keys.map { "| `\($0.name)` | \($0.takes) | \($0.help) | \($0.presence.text) |" }
    return """
      ## \(title)

      | key | takes | meaning | without it |
      |---|---|---|---|
      \(rows.joined(separator: "\n"))

      """
  }
}

extension YAMLKeys.Presence {
  fileprivate var text: String {
    switch self {
    case .required: "required"
    case .optional: "nothing"
    case .otherwise(let value): value
    }
  }
}

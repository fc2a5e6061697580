import Documents
package import Evidence

/// What help says of a column that several kinds of row may have.
package struct ColumnHelp: Hashable, Sendable {
  package let column: String
  /// What stands for its cell: `DATE`, `NUMBER`.
  package let placeholder: String
  /// What it holds, for each kind of row; a kind that requires it has a star.
  package let text: String

  /// The columns of some kinds of row, each once, in the order in which they first come.
  package static func all(of kinds: [(name: String, fields: [FieldSchema])]) -> [ColumnHelp] {
    var columns: [String] = []
    var uses: [String: [(kind: String, field: FieldSchema)]] = [:]
    for (kind, fields) in kinds {
      for field in fields {
        if uses[field.name] == nil { columns.append(field.name) }
        uses[field.name, default: []].append((kind + (field.isRequired ? "*" : ""), field))
      }
    }
    return columns.map { column in
      let uses = uses[column, default: []]
      let texts = uses.map(\.field.help).uniqued.map { help in
        let kinds = uses.filter { $0.field.help == help }.map(\.kind)
        return "\(kinds.joined(separator: ", ")): \(help)"
      }
      return ColumnHelp(
        column: column, placeholder: uses.first?.field.placeholder ?? "TEXT",
        text: texts.joined(separator: " "))
    }
  }
}

extension FieldSchema {
  fileprivate var placeholder: String {
    switch form {
    case .name, .reference(_, isList: false): "NAME"
    case .reference(_, isList: true): "NAMES"
    case .term, .stage, .word: "WORD"
    case .day: "DATE"
    case .year: "YEAR"
    case .number: "NUMBER"
    case .locator: "PLACE"
    case .shaped, .text: "TEXT"
    }
  }
}

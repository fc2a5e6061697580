package import Documents

/// What is known of a column without its record: its name, the form of its cells and what it holds.
package struct FieldSchema: Hashable, Sendable {
  /// The column's name in tables, JSON, options and documents.
  package let name: String
  package let form: FieldForm
  /// Whether its cells must not be empty.
  package let isRequired: Bool
  /// What it holds, in one line.
  package let help: String
}

/// What the cells of a column look like.
package enum FieldForm: Hashable, Sendable {
  /// Names the record; a unique name is that of one row, another may be shared by several.
  case name(NameType, isUnique: Bool)
  /// Refers to what another column names; a list is separated by semicolons.
  case reference(NameType, isList: Bool)
  /// A word of one of the codebook's vocabularies.
  case term(of: String)
  /// A stage of the ladder that an organisation has in the codebook.
  case stage
  /// One of the words that the program knows.
  case word([String])
  /// An EDTF date.
  case day
  /// An EDTF date on which something was entered, and so never in the future.
  case dayOfEntry
  /// Four digits.
  case year
  case number
  case locator
  /// A text of a given shape, such as a currency code.
  case shaped(TextShape)
  case text
}

/// A text whose shape can be checked.
package enum TextShape: Hashable, Sendable {
  /// Three capitals of ISO 4217.
  case currency
  /// A tag of BCP 47.
  case language
  /// An address that starts with http:// or https://.
  case url
  /// A kind of document, as the Citation Style Language names it.
  case citationType
  /// 64 lower-case hexadecimal digits.
  case sha256
}

/// A type of identifier, as a value.
package struct NameType: Hashable, Sendable {
  package let type: any Identifier.Type

  package init(_ type: any Identifier.Type) { self.type = type }

  package static func == (left: NameType, right: NameType) -> Bool { left.type == right.type }
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(type)) }
}

/// One table of a casebook, with its columns in order.
package struct TableSchema: Hashable, Sendable {
  /// Its name without `.csv`.
  package let table: String
  package let title: String
  /// The columns that tell its rows apart.
  package let key: [String]
  package let fields: [FieldSchema]

  package subscript(column name: String) -> FieldSchema? { fields.first { $0.name == name } }
}

extension FieldSchema {
  /// The JSON Schema of the column's values.
  package var jsonSchema: JSON {
    .object(defined: [
      "type": .string(jsonType), "description": .string(help),
      "enum": { if case .word(let words) = form { .strings(words) } else { nil } }(),
      "items": isList ? ["type": "string"] : nil,
    ])
  }

  /// Whether a cell holds several values.
  package var isList: Bool { if case .reference(_, isList: true) = form { true } else { false } }

  /// The JSON type of the column's values.
  package var jsonType: String {
    switch form {
    case .number: "number"
    case .year: "integer"
    default: isList ? "array" : "string"
    }
  }
}

extension TableSchema {
  /// The JSON Schema of a record.
  package var jsonSchema: JSON {
    [
      "type": "object", "description": .string(title),
      "required": .strings(fields.filter(\.isRequired).map(\.name)),
      "properties": .object(fields.map { JSON.Member(key: $0.name, value: $0.jsonSchema) }),
    ]
  }
}

package import Evidence

/// The reference of a casebook's tables and columns, as Markdown.
package enum ColumnReference {
  /// Describes tables, each with its columns.
  package static func markdown(of tables: [TableSchema]) -> String {
    opening + tables.map { section($0, among: tables) }.joined(separator: "\n")
  }

  private static let opening = """
    # The columns of a casebook

    Made by `make golden` from the field lists in `Sources/Evidence/Records/`; change those, not this file.

    Every table is a CSV file in UTF-8. An empty cell means: not stated. A column with a \\* must not be
    empty. Dates are EDTF (ISO 8601-2), level 0 or 1, never more precise than their source: `2020`,
    `2020-06`, `2020~` (about), `2018/2020`. A name is letters and digits with single hyphens between them.


    """

  private static func section(_ table: TableSchema, among tables: [TableSchema]) -> String {
    let rows = table.fields.map { field in
      "| `\(field.name)`\(field.isRequired ? " \\*" : "") | \(kind(field, among: tables)) "
        + "| \(field.help) |\n"
    }
    return """
      ## \(table.table).csv

      \(table.title). Rows are told apart by \(table.key.map { "`\($0)`" }.joined(separator: ", ")).

      | column | holds | meaning |
      |---|---|---|
      \(rows.joined())
      """
  }

  private static func kind(_ field: FieldSchema, among tables: [TableSchema]) -> String {
    switch field.form {
    case .name(_, let isUnique): isUnique ? "a name of its own" : "a name that rows may share"
    case .reference(let type, let isList):
      (isList ? "names, separated by `;`, in " : "a name in ") + column(naming: type, tables)
    case .term(let vocabulary): "a word of `\(vocabulary)` in the codebook"
    case .stage: "a stage of a ladder in the codebook"
    case .word(let words): words.map { "`\($0)`" }.joined(separator: ", ")
    case .day: "a date"
    case .dayOfEntry: "a date, not in the future"
    case .year: "a year, four digits"
    case .number: "a number"
    case .locator: "`page=3`, `paragraph=14`, `row=12` or `chars=9120-9241`"
    case .shaped(let shape): text(of: shape)
    case .text: "text"
    }
  }

  private static func column(naming type: NameType, _ tables: [TableSchema]) -> String {
    for table in tables {
      for field in table.fields {
        if case .name(type, _) = field.form { return "`\(table.table).\(field.name)`" }
      }
    }
    return "another table"
  }

  private static func text(of shape: TextShape) -> String {
    switch shape {
    case .currency: "a currency code, such as `EUR`"
    case .language: "a language tag, such as `en` or `sr-Latn`"
    case .url: "a web address"
    case .citationType: "a type of the Citation Style Language, such as `report` or `webpage`"
    case .sha256: "64 lower-case hexadecimal digits"
    }
  }
}

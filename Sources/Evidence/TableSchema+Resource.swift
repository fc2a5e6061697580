package import Documents

extension TableSchema {
  /// The table as a resource of a Data Package, with the words of a codebook.
  ///
  /// A part of a table is a file of another name, under a licence of its own.
  package func resource(
    _ codebook: Codebook, named name: String? = nil, license: String? = nil
  ) -> JSON {
    let name = name ?? table
    return .object(defined: [
      "licenses": license.map { [["name": .string($0)]] },
      "name": .string(name), "path": .string("\(name).csv"), "title": .string(title),
      "profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv",
      "encoding": "utf-8",
      "dialect": [
        "delimiter": ",", "lineTerminator": "\n", "quoteChar": "\"", "doubleQuote": true,
        "header": true,
      ],
      "schema": .object(defined: [
        "fields": .array(fields.map { $0.resourceField(codebook) }), "missingValues": [""],
        "primaryKey": .strings(key),
        "foreignKeys": foreignKeys.isEmpty ? nil : .array(foreignKeys),
      ]),
    ])
  }

  /// What the columns refer to; a list in a cell is beyond what a Data Package can say.
  private var foreignKeys: [JSON] {
    fields.compactMap { field in
      guard case .reference(let type, isList: false) = field.form,
        let named = Casebook.column(naming: type)
      else { return nil }
      return [
        "fields": [.string(field.name)],
        "reference": [
          "resource": .string(named.table == table ? "" : named.table),
          "fields": [.string(named.column)],
        ],
      ]
    }
  }
}

extension FieldSchema {
  fileprivate func resourceField(_ codebook: Codebook) -> JSON {
    let constraints: [JSON.Member] = [
      isUnique ? .init(key: "unique", value: true) : nil,
      pattern.map { .init(key: "pattern", value: .string($0)) },
      words(in: codebook).map { .init(key: "enum", value: .strings($0)) },
      isRequired ? .init(key: "required", value: true) : nil,
    ].compactMap(\.self)
    let isDay = form == .day || form == .dayOfEntry
    let text = isDay ? "\(help.dropLast()) (EDTF, level 0 or 1)." : help
    return .object(defined: [
      "name": .string(name), "type": .string(resourceType), "description": .string(text),
      "constraints": constraints.isEmpty ? nil : .object(constraints),
    ])
  }

  private var resourceType: String {
    switch form {
    case .number: "number"
    case .year: "year"
    default: "string"
    }
  }

  private var isUnique: Bool { if case .name(_, isUnique: true) = form { true } else { false } }

  private func words(in codebook: Codebook) -> [String]? {
    switch form {
    case .word(let words): words
    case .stage: codebook.ladders.values.flatMap { $0.map(\.rawValue) }.uniqued.sorted()
    case .term(let vocabulary): codebook.vocabularies[vocabulary].map { $0.map(\.id) }
    default: nil
    }
  }

  /// The regular expression that the cells match.
  private var pattern: String? {
    switch form {
    case .name, .reference(_, isList: false): "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$"
    case .reference(_, isList: true): "^[A-Za-z0-9]+([-;][A-Za-z0-9]+)*$"
    case .day, .dayOfEntry: FieldSchema.dayPattern
    case .locator:
      "^(page=[0-9]+|paragraph=[0-9]+|chars=[0-9]+-[0-9]+|row=([^!]+!)?[0-9]+)$"
    case .shaped(.currency): "^[A-Z]{3}$"
    case .shaped(.sha256): "^[0-9a-f]{64}$"
    default: nil
    }
  }

  /// A date, or two with a slash between them, of which one may be open.
  private static let dayPattern: String = {
    let date = #"(\d{4}|\d{3}X|\d{2}XX)(-(\d{2}|XX)){0,2}[~?%]?"#
    return #"^(\#(date)|(\#(date)|\.\.)/\#(date)|\#(date)/\.\.)$"#
  }()
}

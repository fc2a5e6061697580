package import Documents

/// A column of a table: its name, written here and nowhere else, and the property that it holds.
package struct Field<R>: Sendable {
  package let schema: FieldSchema
  let path: any PartialKeyPath<R> & Sendable
  /// Reads the cell of a row into the record.
  let read: @Sendable (inout R, Row, Column) -> Void
  /// The text of the record's cell; empty where nothing is stated.
  package let text: @Sendable (R) -> String
  /// The value of the record's cell as JSON; nil where nothing is stated.
  package let json: @Sendable (R) -> JSON?

  package var name: String { schema.name }

  /// A column that must not be empty.
  package init<Kind: FieldKind>(
    _ name: String, _ path: any WritableKeyPath<R, Kind.Value> & Sendable, _ kind: Kind,
    help: String
  ) {
    schema = FieldSchema(name: name, form: kind.form, isRequired: true, help: help)
    self.path = path
    read = { record, row, column in
      if let value = kind.read(row, column) { record[keyPath: path] = value }
    }
    text = { kind.text($0[keyPath: path]) }
    json = { kind.json($0[keyPath: path]) }
  }

  /// A column that may be empty.
  package init<Kind: FieldKind>(
    _ name: String, _ path: any WritableKeyPath<R, Kind.Value?> & Sendable, _ kind: Kind,
    help: String
  ) {
    schema = FieldSchema(name: name, form: kind.form, isRequired: false, help: help)
    self.path = path
    read = { record, row, column in record[keyPath: path] = kind.read(row, column) }
    text = { $0[keyPath: path].map(kind.text) ?? "" }
    json = { $0[keyPath: path].map(kind.json) }
  }

  /// A column of which an empty cell stands for a value.
  package init<Kind: FieldKind>(
    _ name: String, _ path: any WritableKeyPath<R, Kind.Value> & Sendable, _ kind: Kind,
    empty: Kind.Value, help: String
  ) {
    schema = FieldSchema(name: name, form: kind.form, isRequired: false, help: help)
    self.path = path
    read = { record, row, column in
      if let value = kind.read(row, column) { record[keyPath: path] = value }
    }
    text = { record in
      let value = record[keyPath: path]
      return value == empty ? "" : kind.text(value)
    }
    json = { kind.json($0[keyPath: path]) }
  }
}

/// Fields that are read together, and what must hold among them.
package struct FieldGroup<R>: Sendable {
  let fields: [Field<R>]
  let rules: [RowRule<R>]
}

/// What must hold within a row: bound to the columns of a table once, then asked of each row.
package typealias RowRule<R> = @Sendable (BoundFields<R>) -> (R, Row) -> Void

extension FieldGroup {
  /// A number with its bounds, which must be in order.
  package static func bounded(
    _ number: @escaping @Sendable (R) -> BoundedNumber, value: Field<R>, low: Field<R>,
    high: Field<R>
  ) -> FieldGroup {
    FieldGroup(
      fields: [value, low, high],
      rules: [{ _ in { record, row in row.checkOrder(number(record), value.name) } }])
  }

  /// A number with its bounds in three columns: `rate`, `rate_low` and `rate_high`.
  package static func bounded(
    _ name: String, _ value: any WritableKeyPath<R, Double?> & Sendable,
    _ low: any WritableKeyPath<R, Double?> & Sendable,
    _ high: any WritableKeyPath<R, Double?> & Sendable, help: String
  ) -> FieldGroup {
    bounded(
      { BoundedNumber(value: $0[keyPath: value], low: $0[keyPath: low], high: $0[keyPath: high]) },
      value: Field(name, value, .number, help: help),
      low: Field("\(name)_low", low, .number, help: "\(help) Lower bound."),
      high: Field("\(name)_high", high, .number, help: "\(help) Upper bound."))
  }
}

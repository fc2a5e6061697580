package import Documents

/// The columns of one kind of record, in the order of its table.
///
/// From this list are made: what reads and writes the table, what checks it, the options and questions of
/// `fulcrum add`, JSON and its description, `datapackage.json`, and `Documentation/Columns.md`.
package struct Fields<R: Sendable>: Sendable {
  package let schema: TableSchema
  package let all: [Field<R>]
  /// A record of which nothing is stated.
  package let blank: R
  private let rules: [RowRule<R>]

  /// Lists the columns of a table; the key are those that tell its rows apart.
  package init(
    _ table: String, title: String, key: [PartialKeyPath<R>], of blank: R,
    @FieldsBuilder<R> _ groups: () -> [FieldGroup<R>]
  ) {
    let groups = groups()
    let all = groups.flatMap(\.fields)
    self.all = all
    self.blank = blank
    rules = groups.flatMap(\.rules)
    schema = TableSchema(
      table: table, title: title,
      key: key.compactMap { path in all.first { $0.path == path }?.name },
      fields: all.map(\.schema))
  }

  /// The field that holds a property.
  package subscript(_ path: PartialKeyPath<R>) -> Field<R>? { all.first { $0.path == path } }

  /// The record's cells by the names of its columns, in order.
  package func cells(of record: R) -> [String] { all.map { $0.text(record) } }

  /// Finds the columns of a table, so that rows can be read from it.
  func bound(to header: inout Header) -> BoundFields<R> {
    BoundFields(all, rules, blank, &header)
  }
}

/// Something that one row of a table says.
package protocol Record: Hashable, Sendable {
  static var fields: Fields<Self> { get }
}

extension Record {
  /// The table's name without `.csv`.
  static var table: String { fields.schema.table }

  /// The record as an object with a key for each column; what is not stated is left out.
  package var json: JSON {
    .object(
      Self.fields.all.compactMap { field in
        field.json(self).map { JSON.Member(key: field.name, value: $0) }
      })
  }

  /// A record of which some columns are stated.
  package init(_ state: (inout Self) -> Void) {
    self = Self.fields.blank
    state(&self)
  }
}

/// Puts fields and groups of them into a list.
@resultBuilder package enum FieldsBuilder<R> {
  package static func buildExpression(_ field: Field<R>) -> FieldGroup<R> {
    FieldGroup(fields: [field], rules: [])
  }

  package static func buildExpression(_ group: FieldGroup<R>) -> FieldGroup<R> { group }

  /// Something that must hold within a row.
  package static func buildExpression(_ rule: @escaping RowRule<R>) -> FieldGroup<R> {
    FieldGroup(fields: [], rules: [rule])
  }

  package static func buildBlock(_ groups: FieldGroup<R>...) -> [FieldGroup<R>] { groups }
}

/// The fields of a kind of record, each with its place in one table.
package struct BoundFields<R> {
  private struct Bound {
    let column: Column
    let path: PartialKeyPath<R>
    let read: (inout R, Row, Column) -> Void
  }

  /// Those that the table has.
  private var bound: [Bound] = []
  private var rules: [(R, Row) -> Void] = []
  private var columns: [PartialKeyPath<R>: Column] = [:]
  private let blank: R

  fileprivate init(
    _ fields: [Field<R>], _ rules: [RowRule<R>], _ blank: R, _ header: inout Header
  ) {
    self.blank = blank
    for field in fields {
      let column =
        field.schema.isRequired ? header.required(field.name) : header.optional(field.name)
      columns[field.path] = column
      guard column.place != nil else { continue }
      bound.append(Bound(column: column, path: field.path, read: field.read))
    }
    self.rules = rules.map { $0(self) }
  }

  /// The column of a property.
  package subscript(_ path: PartialKeyPath<R>) -> Column {
    columns[path] ?? Column(name: "", place: nil, isRequired: false)
  }

  /// Reads the record of a row, and reports what is wrong in it.
  func record(_ row: Row) -> R {
    var record = blank
    for field in bound {
      if row.isEmpty(field.column) {
        if field.column.isRequired { row.reportEmpty(field.column) }
      } else {
        field.read(&record, row, field.column)
      }
    }
    for rule in rules { rule(record, row) }
    return record
  }
}

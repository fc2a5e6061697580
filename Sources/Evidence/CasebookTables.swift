/// A table of a casebook: a kind of record, and where the casebook holds them.
package protocol CasebookTable<R>: Sendable {
  associatedtype R: Record
  var records: any WritableKeyPath<Casebook, [R]> & Sendable { get }
}

extension CasebookTable {
  package var schema: TableSchema { R.fields.schema }

  /// The texts of the cells of each record, in the order of the columns.
  package func cells(in casebook: Casebook) -> [[String]] {
    casebook[keyPath: records].map { R.fields.cells(of: $0) }
  }

  /// The names of a type that the records have.
  func names(of type: NameType, in casebook: Casebook) -> [String] {
    R.fields.all.flatMap { field in
      guard case .name(type, _) = field.schema.form else { return [String]() }
      return casebook[keyPath: records].map { field.text($0) }
    }
  }
}

private struct RecordTable<R: Record>: CasebookTable {
  let records: any WritableKeyPath<Casebook, [R]> & Sendable

  init(_ records: any WritableKeyPath<Casebook, [R]> & Sendable) { self.records = records }
}

extension Casebook {
  /// The tables of a casebook, in the order in which they are read.
  package static let tables: [any CasebookTable] = [
    RecordTable(\.actors), RecordTable(\.codes),
    RecordTable(\.successions), RecordTable(\.recognitions),
    RecordTable(\.memberships), RecordTable(\.sources),
    RecordTable(\.claims), RecordTable(\.judgements),
    RecordTable(\.clauses), RecordTable(\.terms),
    RecordTable(\.concerns), RecordTable(\.coverage),
    RecordTable(\.variables), RecordTable(\.series),
  ]
}

extension Casebook {
  /// The column that gives names of a type to records.
  package static func column(naming type: NameType) -> (table: String, column: String)? {
    for schema in tables.map(\.schema) {
      for field in schema.fields {
        if case .name(type, _) = field.form { return (schema.table, field.name) }
      }
    }
    return nil
  }
}

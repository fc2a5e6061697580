import Evidence
import Documents

extension Import {
  private struct MappedRow {
    let number: Int
    let code: String
    let year: Int
    let values: [BoundedNumber]
  }

  /// Imports the variables of a table with a row for each actor and year.
  func importSeries(
    _ series: [Mapping.Series], _ period: Mapping.Field, _ mapping: Mapping,
    in found: FoundTable, into edit: inout CasebookEdit
  ) throws -> ImportReport {
    let pool = pool(edit.casebook)
    var audit = JoinAudit(self, edit, asked: pool)
    let columns = MappedColumns(found.layout)
    var values: [[ActorID: [Int: BoundedNumber]]] = series.map { _ in [:] }
    var rows: [ActorID: [Int: MappedRow]] = [:]
    var clashes: [Problem] = []
    var seen: Set<Int> = []
    try audit.read(found) { row, places -> MappedRow? in
      guard let year = columns.year(period, row, places, mapping.dates) else { return nil }
      return MappedRow(
        number: row.number, code: columns.text(mapping.actor, row, places) ?? "", year: year,
        values: series.map { columns.bounded($0.value, $0.low, $0.high, row, places) })
    } place: { audit, row in
      seen.insert(row.year)
      guard row.values.contains(where: { $0 != BoundedNumber() }) else {
        return audit.lose("without a value", row.code)
      }
      guard let actor = audit.actor(row.code, of: mapping.system, in: row.year) else { return }
      if let other = rows[actor]?[row.year] {
        audit.meet(duplicate: YearlyValues.rule, row.code)
        if other.values != row.values {
          clashes.append(Import.clash(row.number, other.number, actor, row.year, found.table))
        }
        return
      }
      rows[actor, default: [:]][row.year] = row
      for (place, value) in row.values.enumerated() where value != BoundedNumber() {
        values[place][actor, default: [:]][row.year] = value
      }
    }
    guard clashes.isEmpty else { throw CasebookError.problems(clashes) }
    guard !seen.isEmpty else {
      throw CasebookError.problems([
        Problem(
          file: found.table.name, message: "has no row with a period",
          advice: "check which column the mapping names")
      ])
    }
    let window = try years ?? found.years(seen)
    let source = try edit.put(mapping.source, of: found.table)
    for (series, values) in zip(series, values) {
      try edit.put(
        series.variable.of(source), values, actors: pool, years: window,
        source: source, audit.identity)
    }
    return audit.report(pool: pool)
  }

  private static func clash(
    _ row: Int, _ other: Int, _ actor: ActorID, _ year: Int, _ table: DataTable
  ) -> Problem {
    Problem(
      file: table.name, place: .row(row, column: nil), value: "\(actor) \(year)",
      message: "has other values than in row \(other)",
      advice: "keep one row for each actor and year, or name the rows with more columns")
  }
}

extension Variable {
  /// The same variable, of a source.
  fileprivate func of(_ source: SourceID) -> Variable {
    Variable(
      id: id, title: title, unit: unit, channel: channel, concept: concept, direction: direction,
      counterpart: counterpart, source: source, method: method)
  }
}

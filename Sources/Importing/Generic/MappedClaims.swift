import Evidence
import Documents

extension Import {
  /// What one row claims, but for who the actors are.
  struct MappedClaim {
    let code: String
    let on: EDTFDate
    let by: String?
    let counterpart: String?
    let record: @Sendable (ActorID) -> RecordedClaim
  }

  /// Imports a table with a claim in each row.
  func importClaims(
    _ fields: [Mapping.ClaimField: Mapping.Field], _ mapping: Mapping, in found: FoundTable,
    into edit: inout CasebookEdit
  ) throws -> ImportReport {
    let pool = pool(edit.casebook)
    var audit = JoinAudit(self, edit, asked: pool)
    let columns = MappedColumns(found.layout)
    var records: [RecordedClaim] = []
    let casebook = edit.casebook
    try audit.read(found) { row, places in
      columns.claim(fields, mapping, row, places)
    } place: { audit, row in
      var others: [ActorID?] = []
      for code in [row.by, row.counterpart] {
        guard let code else {
          others.append(nil)
          continue
        }
        guard let other = audit.other(code, mapping, in: row.on, casebook) else {
          return audit.lose("with another party that the casebook does not know", code)
        }
        others.append(other)
      }
      guard let actor = audit.actor(row.code, of: mapping.system, in: row.on.earliest.year) else {
        return
      }
      var record = row.record(actor)
      record.by = others[0]
      record.counterpart = others[1]
      records.append(record)
    }
    let source = try edit.put(mapping.source, of: found.table)
    _ = try edit.put(
      records, of: mapping.source, in: found.table, as: source, by: self, audit)
    return audit.report(pool: pool, notes: [Import.unsearched])
  }
}

extension JoinAudit {
  /// Who another party of a claim is: by the casebook's id, else by the code system of the mapping.
  fileprivate func other(
    _ code: String, _ mapping: Mapping, in date: EDTFDate, _ casebook: Casebook
  ) -> ActorID? {
    casebook.actor(ActorID(code))?.id
      ?? identity.place(code, of: mapping.system, in: date.earliest.year).actor
  }
}

extension MappedColumns {
  /// Reads a claim; nil when a text that every claim needs is empty, which is then reported.
  fileprivate func claim(
    _ fields: [Mapping.ClaimField: Mapping.Field], _ mapping: Mapping, _ row: Row,
    _ columns: [Column]
  ) -> Import.MappedClaim? {
    func text(_ field: Mapping.ClaimField) -> String? { self.text(fields[field], row, columns) }
    func date(_ field: Mapping.ClaimField) -> EDTFDate? {
      self.date(fields[field], row, columns, mapping.dates)
    }
    let direction: Direction? = word(fields[.direction], row, columns)
    let phase: Phase? = word(fields[.phase], row, columns)
    let amount = bounded(fields[.value], fields[.low], fields[.high], row, columns)
    let dates = [date(.ordered), date(.delivered), date(.until)]
    let (number, fact, deal, currency) = (row.number, text(.fact), text(.deal), text(.currency))
    let unit = amount == BoundedNumber() ? nil : text(.unit)
    let priceYear = self.number(fields[.priceYear], row, columns).flatMap { Int(exactly: $0) }
    guard let key = text(.key), let channel = text(.channel), let instrument = text(.instrument),
      let statement = text(.statement), let on = date(.on)
    else {
      for field in Mapping.ClaimField.required { reportEmpty(fields[field], row, columns) }
      return nil
    }
    return Import.MappedClaim(
      code: self.text(mapping.actor, row, columns) ?? "", on: on, by: text(.by),
      counterpart: text(.counterpart)
    ) { actor in
      RecordedClaim(
        key: key.slug, actor: actor, channel: channel, instrument: instrument,
        statement: statement, row: number, fact: fact.map { FactID($0) }, deal: deal?.slug,
        direction: direction, phase: phase, on: on, ordered: dates[0], delivered: dates[1],
        until: dates[2], amount: amount, unit: unit, currency: unit == nil ? nil : currency,
        priceYear: unit == nil ? nil : priceYear)
    }
  }

  private func reportEmpty(_ field: Mapping.Field?, _ row: Row, _ columns: [Column]) {
    guard let field, let column = column(field, columns), row.isEmpty(column) else { return }
    row.report(
      column: column.name, "the cell is empty", advice: "every claim needs one; fill it in")
  }
}

import Evidence
import Documents

extension Importer {
  static let beltAndRoad = Importer(
    name: "bri", summary: "when states joined the Belt and Road Initiative, a claim each",
    forms: [["join_year"], ["Likely date of joining"]].map { joining in
      Form(
        layouts: [
          Layout(
            what: "dates of joining", columns: ["Country Code"] + joining,
            optional: ["Likely date of exit"], missing: ["NA", ".."])
        ],
        read: { work, tables, edit in try work.importBeltAndRoad(tables[0], into: &edit) })
    })
}

extension Import {
  /// Imports when states joined the initiative, and left it: claims.
  func importBeltAndRoad(
    _ found: FoundTable, into edit: inout CasebookEdit
  ) throws -> ImportReport {
    let china = try edit.casebook.requiredActor("CHN", of: .iso3)
    let pool = pool(edit.casebook).filter { $0 != china }
    var audit = JoinAudit(self, edit, asked: pool)
    var records: [RecordedClaim] = []
    try audit.read(found) { row, columns in
      (
        row: row.number, code: row.text(columns[0]) ?? "", joined: row.spokenDate(columns[1]),
        left: row.spokenDate(columns[2])
      )
    } place: { audit, record in
      guard let joined = record.joined else {
        return audit.lose("without a date of joining", record.code)
      }
      guard let actor = audit.actor(record.code, of: .iso3, in: joined.earliest.year) else {
        return
      }
      guard !records.contains(where: { $0.actor == actor }) else {
        return audit.meet(duplicate: "a second row of a state: the first stands", record.code)
      }
      let name = edit.casebook.name(of: actor)
      func step(_ what: String, _ words: String, _ date: EDTFDate, ends: Bool) -> RecordedClaim {
        RecordedClaim(
          key: "\(actor) \(what)".slug, actor: actor, channel: "diplomacy", instrument: "agreement",
          statement: "\(name) \(words) the Belt and Road Initiative in \(date.text), as far as its "
            + "observers can tell.",
          row: record.row, deal: actor.rawValue.slug, counterpart: china,
          direction: ends ? .away : .toward, phase: ends ? .ended : .agreed, on: date)
      }
      records.append(step("joining", "joined", joined, ends: false))
      if let left = record.left { records.append(step("exit", "left", left, ends: true)) }
    }
    let source = try edit.put(.beltAndRoad, of: found.table)
    _ = try edit.put(
      records, of: .beltAndRoad, in: found.table, as: source, by: self, audit)
    return audit.report(pool: pool)
  }
}

extension ImportedSource {
  static let beltAndRoad = ImportedSource(
    id: "bri", title: "Countries of the Belt and Road Initiative", author: "Christoph Nedopil",
    publisher: "Green Finance & Development Center",
    url: "https://greenfdc.org/countries-of-the-belt-and-road-initiative-bri/",
    license: "Cite; dates are used as facts")
}

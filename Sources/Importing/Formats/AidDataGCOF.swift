import Evidence
import Documents

extension Importer {
  static let aidDataGCOF = Importer(
    name: "aiddata-gcof", summary: "projects of Chinese official finance, a claim each",
    forms: [
      Form(
        layouts: [
          Layout(
            what: "projects of official finance",
            columns: [
              "project_id", "recommended_for_research", "umbrella", "year", "donor", "status",
              "flow", "usd_defl_2014", "recipient_iso3", "recipient_count", "year_uncertain",
            ], optional: ["crs_sector_name", "maturity", "end_actual", "end_planned"],
            missing: [" "])
        ],
        read: { work, tables, edit in try work.importGCOF(tables[0], into: &edit) })
    ])
}

/// A project of the table, with whom it is between.
private struct GCOFProject {
  let record: FinanceRecord
  let donor: String
  let recipients: Int

  init?(_ row: Row, _ columns: [Column]) {
    let uncertain = row.flag(columns[10])
    let recommended = row.flag(columns[1])
    let umbrella = row.flag(columns[2])
    let instrument = row.word(columns[6], of: FinanceRecord.instruments, "kind of flow")
    let phase = row.word(columns[5], of: FinanceRecord.phases, "status")
    let amount = row.number(columns[7])
    let ends = (row.date(columns[13]), row.date(columns[14]))
    let maturity = row.number(columns[12])
    guard let project = row.text(columns[0]), let year = row.calendarYear(columns[3]),
      let recipients = row.integer(columns[9])
    else {
      row.report(
        column: nil, "has no project, year or number of recipients", advice: "check the row")
      return nil
    }
    guard let uncertain, let recommended, let umbrella, let instrument, let phase else {
      return nil
    }
    let sector = row.text(columns[11]).map { " for \($0.lowercased())" } ?? ""
    let flow = row.text(columns[6])?.lowercased() ?? ""
    record = FinanceRecord(
      row: row.number, project: project, recipient: row.text(columns[8]) ?? "", year: year,
      isYearUncertain: uncertain, isRecommended: recommended, isUmbrella: umbrella,
      instrument: instrument, phase: phase, what: flow + sector, amount: amount, priceYear: 2014,
      delivered: ends.0,
      until: instrument == "loan" ? GCOFProject.end(year, maturity) ?? ends.1 : ends.1)
    donor = row.text(columns[4]) ?? ""
    self.recipients = recipients
  }

  /// The year in which a loan is repaid, which is about its maturity after the commitment.
  private static func end(_ year: Int, _ maturity: Double?) -> EDTFDate? {
    guard let maturity, (0...100).contains(maturity) else { return nil }
    return try? EDTFDate("\(year + Int(maturity.rounded()))~")
  }
}

extension Import {
  /// Imports projects of Chinese official finance: each that may be counted beside the others, with
  /// one recipient, is a claim.
  func importGCOF(_ found: FoundTable, into edit: inout CasebookEdit) throws -> ImportReport {
    let china = try edit.casebook.requiredActor("CHN", of: "iso3")
    let pool = pool(edit.casebook).filter { $0 != china }
    var audit = JoinAudit(self, edit, asked: pool)
    var records: [RecordedClaim] = []
    var projects: Set<String> = []
    try audit.read(found, GCOFProject.init) { audit, project in
      let record = project.record
      audit.meet(record.recipient, of: .iso3, in: record.year)
      let recipient = project.recipients == 1 ? record.recipient : "several"
      if let doubling = record.doubling { return audit.lose(doubling, recipient) }
      guard project.recipients == 1 else {
        return audit.lose("of several recipients, whose amounts nobody has divided", recipient)
      }
      guard project.donor == "China" else { return audit.lose("of other donors", project.donor) }
      guard let actor = audit.actor(record.recipient, of: .iso3, in: record.year) else { return }
      guard projects.insert(record.project).inserted else {
        return audit.meet(duplicate: FinanceRecord.rule, record.project)
      }
      records.append(record.claim(on: actor, from: china, channel: "finance", edit.casebook))
    }
    let source = try edit.put(.aidDataGCOF, of: found.table)
    _ = try edit.put(
      records, of: .aidDataGCOF, in: found.table, as: source, by: self, audit)
    return audit.report(pool: pool, notes: [Import.unsearched])
  }

  /// What a person has to decide after records became claims.
  static let unsearched =
    "coverage.csv stays as it is: where nothing was found it is no zero, unless you say there which "
    + "years the data set has searched"
}

extension Casebook {
  /// The actor that a code of one system names today.
  ///
  /// - Throws: `CasebookError.problems` when nobody has it.
  func requiredActor(_ code: String, of system: CodeSystem) throws -> ActorID {
    if let code = codes.last(where: { $0.system == system && $0.code == code }) {
      return code.actor
    }
    throw CasebookError.problems([
      Problem(
        file: "codes.csv", value: code, message: "is the \(system) code of nobody",
        advice: "add the actor that the data set is about, and its code")
    ])
  }
}

extension ImportedSource {
  static let aidDataGCOF = ImportedSource(
    id: "aiddata-gcof", title: "AidData's Global Chinese Official Finance Dataset, Version 1.0",
    author: "AidData", publisher: "AidData at William & Mary",
    url: "https://www.aiddata.org/data/chinese-global-official-finance-dataset",
    license: "ODC-By-1.0")
}

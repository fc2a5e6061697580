import Evidence
import Documents

extension Importer {
  static let aidDataMilitary = Importer(
    name: "aiddata-military", summary: "projects of Chinese military finance, a claim each",
    forms: [
      Form(
        layouts: [ProjectTable.layout("Recommended For Military Aggregates")],
        read: { work, tables, edit in
          try work.importProjects(
            tables[0], of: .aidDataMilitary, channel: "security", into: &edit)
        })
    ])

  static let aidDataHuawei = Importer(
    name: "aiddata-huawei", summary: "projects of finance by Huawei, a claim each",
    forms: [
      Form(
        layouts: [ProjectTable.layout("Recommended For Huawei Aggregates")],
        read: { work, tables, edit in
          try work.importProjects(
            tables[0], of: .aidDataHuawei, channel: "technology", byCompany: true, into: &edit)
        })
    ])
}

/// AidData's tables of military and Huawei finance, of whose 69 columns some are read.
private enum ProjectTable {
  static func layout(_ recommended: String) -> Layout {
    Layout(
      what: "projects of finance",
      columns: [
        "AidData TUFF Project ID", recommended, "Umbrella", "Recipient", "Commitment Year",
        "Commitment Year Estimated", "Status", "Flow Type", "Amount (Constant USD2017)",
        "Planned Completion Date (MM/DD/YYYY)", "Actual Completion Date (MM/DD/YYYY)",
        "Financier Country",
      ], optional: ["Amount (Original Currency)", "Original Currency"])
  }

  /// Reads a project with its financier; nil when it cannot be read, which is then reported.
  static func project(
    _ row: Row, _ columns: [Column]
  ) -> (record: FinanceRecord, financier: String)? {
    let isRecommended = row.flag(columns[1])
    let isUmbrella = row.flag(columns[2])
    let isEstimated = row.flag(columns[5])
    let phase = row.word(columns[6], of: FinanceRecord.phases, "status")
    let instrument = row.word(columns[7], of: FinanceRecord.instruments, "kind of flow")
    let year = row.calendarYear(columns[4])
    if row.isEmpty(columns[4]) {
      row.report(
        column: columns[4].name, "the cell is empty", advice: "check that the file is whole")
    }
    guard let isRecommended, let isUmbrella, let isEstimated, let phase, let instrument, let year
    else { return nil }
    let record = FinanceRecord(
      row: row.number, project: row.text(columns[0]) ?? "",
      recipient: row.text(columns[3]) ?? "", year: year, isYearUncertain: isEstimated,
      isRecommended: isRecommended, isUmbrella: isUmbrella, instrument: instrument, phase: phase,
      what: what(row, columns), amount: row.number(columns[8]), priceYear: 2017,
      delivered: phase == .completed ? row.monthFirstDate(columns[10]) : nil,
      until: row.monthFirstDate(columns[9]))
    return (record, row.text(columns[11]) ?? "")
  }

  /// The kind of flow, with the amount in the currency of the commitment.
  private static func what(_ row: Row, _ columns: [Column]) -> String {
    let flow = row.text(columns[7])?.lowercased() ?? ""
    guard let amount = row.number(columns[12]), let currency = row.text(columns[13]) else {
      return flow
    }
    return "\(flow) of \(Numeral.text(amount)) \(currency)"
  }
}

extension Import {
  /// Imports projects: each that may be counted beside the others is a claim.
  ///
  /// What a company of the financier gives is not said to be given `by` the state.
  fileprivate func importProjects(
    _ found: FoundTable, of data: ImportedSource, channel: String, byCompany: Bool = false,
    into edit: inout CasebookEdit
  ) throws -> ImportReport {
    let pool = pool(edit.casebook)
    var audit = JoinAudit(self, edit, asked: pool)
    var records: [RecordedClaim] = []
    var projects: Set<String> = []
    try audit.read(found, ProjectTable.project) { audit, project in
      let record = project.record
      audit.meet(record.recipient, of: .name, in: record.year)
      if let doubling = record.doubling { return audit.lose(doubling, record.recipient) }
      guard
        let financier = audit.identity.place(project.financier, of: .name, in: record.year).actor,
        counterparts.isEmpty || counterparts.contains(financier)
      else { return audit.lose("of financiers not asked for", project.financier) }
      audit.meet([financier])
      guard let actor = audit.actor(record.recipient, of: .name, in: record.year) else { return }
      guard projects.insert(record.project).inserted else {
        return audit.meet(duplicate: FinanceRecord.rule, record.project)
      }
      var claim = record.claim(on: actor, from: financier, channel: channel, edit.casebook)
      if byCompany { claim.by = nil }
      records.append(claim)
    }
    let source = try edit.put(data, of: found.table)
    _ = try edit.put(records, of: data, in: found.table, as: source, by: self, audit)
    return audit.report(pool: pool, notes: notes(on: records))
  }

  private func notes(on records: [RecordedClaim]) -> [String] {
    let open = records.count { $0.amount.value == nil }
    guard open > 0 else { return [Import.unsearched] }
    return [
      "projects that state no amount, which is left open and no zero: \(open) of \(records.count)",
      Import.unsearched,
    ]
  }
}

extension Row {
  /// Reads a day written as `06/14/2020`, or as EDTF writes it.
  func monthFirstDate(_ column: Column) -> EDTFDate? {
    guard let text = text(column) else { return nil }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3 else { return date(column) }
    let padded = [parts[2], parts[0], parts[1]].map { part in
      part.utf8.count == 1 ? "0\(part)" : String(part)
    }
    if let date = try? EDTFDate(padded.joined(separator: "-")) { return date }
    report(
      column: column.name, value: text, "is no day with its month first",
      advice: "write 06/14/2020 or 2020-06-14")
    return nil
  }
}

extension ImportedSource {
  private static let publisher = "AidData at William & Mary"
  private static let site = "https://www.aiddata.org"

  static let aidDataMilitary = ImportedSource(
    id: "aiddata-military",
    title: "AidData's Global Chinese Military Finance Dataset, Version 2.0", author: "AidData",
    publisher: publisher, url: site, license: "ODC-By-1.0")

  static let aidDataHuawei = ImportedSource(
    id: "aiddata-huawei", title: "AidData's Global Huawei Finance Dataset, Version 2.0",
    author: "AidData", publisher: publisher, url: site, license: "ODC-By-1.0")
}

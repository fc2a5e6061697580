import Evidence

extension Importer {
  static let aidDataGCDF = Importer(
    name: "aiddata-gcdf", summary: "Chinese official finance by recipient and year",
    forms: [
      form(of: .iso3, "Country Code", ["usd_const_2021"]),
      form(of: "cow", "ccode", ["oof_amt", "oda_amt", "vof_amt"]),
      form(of: "gw", "gwcode", ["oof_amt", "oda_amt", "vof_amt"]),
    ])

  /// The form whose recipients have the codes of one system, and whose amounts add up.
  private static func form(
    of system: CodeSystem, _ code: String, _ amounts: [String]
  ) -> Form {
    Form(
      layouts: [
        Layout(what: "finance by country and year", columns: [code, "year"] + amounts)
      ],
      read: { work, tables, edit in try work.importGCDF(tables[0], by: system, into: &edit) })
  }
}

extension Import {
  /// Imports Chinese official finance by recipient and year, in constant dollars of 2021.
  ///
  /// An absent year of a state that is in the file is an observed zero; a year whose amount is empty
  /// is none, and a state that is not in the file, in whatever year, is not covered.
  func importGCDF(
    _ found: FoundTable, by system: CodeSystem, into edit: inout CasebookEdit
  ) throws -> ImportReport {
    let china = edit.casebook.codes.first { $0.system == .iso3 && $0.code == "CHN" }?.actor
    let pool = pool(edit.casebook).filter { $0 != china }
    var audit = JoinAudit(self, edit, asked: pool)
    var amounts: [ActorID: [Int: Double]] = [:]
    var open: [ActorID: Set<Int>] = [:]
    var seen: Set<Int> = []
    try audit.read(found) { row, columns in
      let parts = columns[2...].compactMap { row.number($0) }
      let sum = parts.count == columns.count - 2 ? parts.reduce(0, +) : nil
      return (row.text(columns[0]) ?? "", row.calendarYear(columns[1]), sum)
    } place: { audit, record in
      let (code, year, amount) = record
      guard let year else { return audit.lose("without a year", code) }
      seen.insert(year)
      guard let amount else {
        let actor = audit.identity.place(code, of: system, in: year).actor
        if let actor { open[actor, default: []].insert(year) }
        return audit.lose("without an amount", code)
      }
      audit.meet(code, of: system, in: year)
      guard let actor = audit.actor(code, of: system, in: year) else { return }
      guard amounts[actor]?[year] == nil else {
        return audit.meet(duplicate: YearlyValues.rule, code)
      }
      amounts[actor, default: [:]][year] = amount
    }
    let covered = try found.years(seen, asked: years)
    let source = try edit.put(.aidDataGCDF, of: found.table)
    try edit.put(
      financeVariable(china, source),
      audit.zeroFilled(amounts, audit.actors, covered, open: open), actors: pool,
      years: years ?? covered, source: source, audit.identity)
    let zeros =
      "\(covered.lowerBound) to \(covered.upperBound) are covered: no row of a state in the file is an "
      + "observed zero"
    return audit.report(pool: pool, notes: audit.leavesZerosOpen ? [] : [zeros])
  }

  private func financeVariable(_ china: ActorID?, _ source: SourceID) -> Variable {
    Variable(
      id: "aiddata-gcdf", title: "Chinese official finance committed", unit: "constant 2021 USD",
      channel: "finance", concept: .engagement, direction: .toward,
      counterpart: china, source: source,
      method: "Sum of commitments in the year. No row of a covered state is an observed zero; "
        + "states of high income are not covered, and so leave on joining the European Union.")
  }
}

extension ImportedSource {
  static let aidDataGCDF = ImportedSource(
    id: "aiddata-gcdf",
    title: "AidData's Global Chinese Development Finance Dataset, Version 3.0, country-year",
    author: "AidData", publisher: "AidData at William & Mary",
    url:
      "https://www.aiddata.org/data/aiddatas-global-chinese-development-finance-dataset-version-3-0",
    license: "ODC-By-1.0")
}

extension Import {
  /// Imports Chinese official finance by recipient and year, in constant dollars of 2021.
  ///
  /// An absent year of a state that is in the file is an observed zero; a state that is not in it
  /// is not covered.
  func importGCDF(_ files: [DataFile], into edit: inout CasebookEdit) throws -> ImportReport {
    let columns = ["Country Code", "year", "usd_const_2021"]
    let file = try file(columns, among: files, "finance by country and year")
    let identity = Identity(edit.casebook, system: "iso3")
    let pool = pool(edit.casebook)
    var audit = JoinAudit()
    var amounts: [ActorID: [Int: BoundedNumber]] = [:]
    var found: Set<Int> = []
    try file.forEachRow(columns) { row, columns in
      let code = row.text(columns[0]) ?? ""
      guard let year = row.number(columns[1]).map({ Int($0) }) else { return }
      found.insert(year)
      guard let amount = row.number(columns[2]) else {
        audit.lose("without an amount", code)
        return
      }
      guard
        let actor = audit.actor(code, in: year, identity, asked: Set(pool), years: years)
      else { return }
      amounts[actor, default: [:]][year] = BoundedNumber(value: amount)
    }
    let covered = (found.min() ?? 0)...(found.max() ?? 0)
    for actor in amounts.keys {
      for year in covered where identity.exists(actor, in: year) {
        amounts[actor, default: [:]][year] = amounts[actor]?[year] ?? BoundedNumber(value: 0)
      }
    }
    let source = try edit.put(.aidDataGCDF, of: file)
    try edit.put(
      financeVariable(edit.casebook, source), amounts, actors: pool, years: years ?? covered,
      source: source, identity)
    var report = ImportReport(audit, pool: pool)
    report.notes = [
      "\(covered.lowerBound) to \(covered.upperBound) are covered: no row of a state in the file "
        + "is an observed zero"
    ]
    return report
  }

  private func financeVariable(_ casebook: Casebook, _ source: SourceID) -> Variable {
    Variable(
      id: "aiddata-gcdf", title: "Chinese official finance committed", unit: "constant 2021 USD",
      channel: "finance", concept: .engagement, direction: .toward,
      counterpart: casebook.codes.first { $0.system == "iso3" && $0.code == "CHN" }?.actor,
      source: source,
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

import Evidence

extension Importer {
  static let agreementTable = Importer(
    name: "agreement-table", summary: "a published table of agreement by pairs of states",
    forms: [
      Form(
        layouts: [
          Layout(
            what: "agreement of pairs of states", columns: ["ccode1", "ccode2", "agree", "year"],
            missing: ["NA"])
        ],
        read: { work, tables, edit in try work.importAgreementTable(tables[0], into: &edit) })
    ])
}

extension Import {
  /// Imports a published table of the agreement of pairs of states with the counterparts.
  func importAgreementTable(
    _ found: FoundTable, into edit: inout CasebookEdit
  ) throws -> ImportReport {
    let counterparts = try requiredCounterparts()
    let pool = pool(edit.casebook)
    var audit = JoinAudit(self, edit, asked: pool)
    var shares: [ActorID: YearlyValues] = [:]
    var known: Set<Int> = []
    try audit.read(found) { row, columns in
      row.calendarYear(columns[3]).map {
        (
          year: $0, share: row.number(columns[2]),
          codes: [row.text(columns[0]) ?? "", row.text(columns[1]) ?? ""]
        )
      }
    } place: { audit, record in
      known.insert(record.year)
      let placed = record.codes.map {
        audit.identity.place($0, of: "cow", in: record.year).actor
      }
      guard let side = placed.firstIndex(where: { $0.map(counterparts.contains) ?? false }),
        let counterpart = placed[side]
      else { return audit.lose("of pairs without a counterpart", record.codes[1]) }
      let code = record.codes[1 - side]
      guard let share = record.share else { return audit.lose("without an agreement", code) }
      let placing = audit.actors(code, of: "cow", in: record.year)
      let isNew = shares[counterpart, default: YearlyValues()]
        .put(BoundedNumber(value: share), placing, in: record.year)
      if !isNew { audit.meet(duplicate: YearlyValues.rule, code) }
    }
    let window = try years ?? found.years(known)
    let source = try edit.put(.agreementTable, of: found.table)
    for counterpart in counterparts {
      try edit.put(
        agreementVariable(counterpart, edit.casebook, source), shares[counterpart]?.byActor ?? [:],
        actors: pool, years: window, source: source, audit.identity)
    }
    return audit.report(pool: pool)
  }

  private func agreementVariable(
    _ counterpart: ActorID, _ casebook: Casebook, _ source: SourceID
  ) -> Variable {
    let name = casebook.name(of: counterpart)
    return Variable(
      id: VariableID("un-agreement-published-\(counterpart)"),
      title: "General Assembly votes: published agreement with \(name)", unit: "share",
      channel: "diplomacy", concept: .alignment, direction: .toward, counterpart: counterpart,
      source: source,
      method:
        "As published: half credit over roll calls, unanimous ones left out. It moves with the "
        + "agenda: compare within years.")
  }
}

extension ImportedSource {
  static let agreementTable = ImportedSource(
    id: "agreement-table", title: "United Nations General Assembly Voting Data: dyadic agreement",
    author: "Erik Voeten; Anton Strezhnev; Michael Bailey", publisher: "Harvard Dataverse",
    url: "https://doi.org/10.7910/DVN/LEJUQZ", license: "CC0-1.0")
}

import Evidence
import Documents

/// What an alliance obliges to, by the columns of the table.
private enum Obligation: String, CaseIterable {
  case defence = "atop_defense"
  case offence = "atop_offense"
  case neutrality = "atop_neutral"
  case nonaggression = "atop_nonagg"
  case consultation = "atop_consul"
}

extension Importer {
  static let atop = Importer(
    name: "atop", summary: "alliances with the counterparts by year",
    forms: [
      Form(
        layouts: [
          Layout(
            what: "alliances of pairs of states",
            columns: ["ccode1", "ccode2", "year"] + Obligation.allCases.map(\.rawValue))
        ],
        read: { work, tables, edit in try work.importATOP(tables[0], into: &edit) })
    ])
}

extension Import {
  /// Imports whether states are allied with the counterparts: to defend each other, and at all.
  func importATOP(_ found: FoundTable, into edit: inout CasebookEdit) throws -> ImportReport {
    let counterparts = try requiredCounterparts()
    let pool = pool(edit.casebook)
    var audit = JoinAudit(self, edit, asked: pool)
    var known = ActorsByYear(system: "cow", audit.identity)
    var obliged: [ActorID: [ActorID: [Int: Set<Obligation>]]] = [:]
    var covered: Set<ActorID> = []
    var seen: Set<Int> = []
    try audit.read(found) { row, columns in
      (
        codes: [row.integer(columns[0]), row.integer(columns[1])].map { $0.map(String.init) ?? "" },
        year: row.calendarYear(columns[2]),
        obligations: zip(Obligation.allCases, columns[3...]).filter { row.number($0.1) == 1 }.map(
          \.0)
      )
    } place: { audit, record in
      guard let year = record.year else { return audit.lose("without a year", record.codes[0]) }
      seen.insert(year)
      let placed = record.codes.map { known.actor($0, in: year) }
      covered.formUnion(placed.compactMap(\.self))
      guard let counterpart = placed[1], counterparts.contains(counterpart) else {
        return audit.lose("of pairs without a counterpart in second place", record.codes[1])
      }
      guard let actor = audit.actor(record.codes[0], of: "cow", in: year) else { return }
      obliged[counterpart, default: [:]][actor, default: [:]][year, default: []]
        .formUnion(record.obligations)
    }
    covered.formIntersection(pool)
    let source = try edit.put(.atop, of: found.table)
    let span = try found.years(seen, asked: years)
    let window = years ?? span
    for counterpart in counterparts {
      let own = obliged[counterpart] ?? [:]
      for (suffix, what, isAllied) in Import.kindsOfAlliance {
        let values = own.mapValues { $0.mapValues { isAllied($0) ? 1.0 : 0 } }
        try edit.put(
          allianceVariable(counterpart, suffix, what, edit.casebook, source),
          audit.zeroFilled(values, covered, window.filter(span.contains)), actors: pool,
          years: window, source: source, audit.identity)
      }
    }
    audit.meet(covered)
    return audit.report(pool: pool)
  }

  private static let kindsOfAlliance:
    [(suffix: String, what: String, isAllied: @Sendable (Set<Obligation>) -> Bool)] = [
      ("defence", "Alliance of defence", { $0.contains(.defence) }),
      ("any", "Alliance of any kind", { !$0.isEmpty }),
    ]

  private func allianceVariable(
    _ counterpart: ActorID, _ suffix: String, _ what: String, _ casebook: Casebook,
    _ source: SourceID
  ) -> Variable {
    let name = casebook.name(of: counterpart)
    return Variable(
      id: VariableID("alliance-\(suffix)-\(counterpart)"), title: "\(what) with \(name)",
      unit: "1 when allied", channel: "security", concept: .alignment, direction: .toward,
      counterpart: counterpart, source: source,
      method: suffix == "defence"
        ? "1 where a treaty obliges the two to defend each other; else 0, also when no row lists them."
        : "1 where a treaty obliges to defence, offence, neutrality, non-aggression or consultation; "
          + "else 0, also when no row lists them.")
  }
}

extension ImportedSource {
  static let atop = ImportedSource(
    id: "atop", title: "Alliance Treaty Obligations and Provisions, version 5: dyads",
    author: "Brett Ashley Leeds and others", publisher: "ATOP Project, Rice University",
    url: "http://www.atopdata.org/", license: "Free to use with citation")
}

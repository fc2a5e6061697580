import Evidence
import Documents

extension Importer {
  static let trade = Importer(
    name: "trade", summary: "goods exported to and imported from a counterpart by year",
    forms: [
      Form(
        layouts: [
          Layout(
            what: "trade that China reports",
            columns: ["year", "recipient_iso3", "imports", "exports", "china_gdp"], missing: ["NA"])
        ],
        read: { work, tables, edit in try work.importReportedTrade(tables[0], into: &edit) }),
      Form(
        layouts: [
          Layout(what: "exports of pairs of states", columns: ["exp", "imp", "time", "export"])
        ],
        read: { work, tables, edit in try work.importBilateralTrade(tables[0], into: &edit) }),
    ])
}

/// Goods between states and a counterpart, seen from the states.
private struct TradeFlows {
  enum Flow: String, CaseIterable { case exports, imports }

  var amounts: [ActorID: [Flow: [ActorID: [Int: BoundedNumber]]]] = [:]
  var seen: Set<Int> = []

  /// Keeps an amount; false where another row has given one.
  mutating func put(
    _ amount: Double?, _ flow: Flow, of actor: ActorID, with counterpart: ActorID, _ year: Int
  ) -> Bool {
    guard let amount else { return true }
    guard amounts[counterpart]?[flow]?[actor]?[year] == nil else { return false }
    amounts[counterpart, default: [:]][flow, default: [:]][actor, default: [:]][year] =
      BoundedNumber(value: amount)
    return true
  }
}

extension Import {
  /// Imports what China reports to buy from and to sell to each state.
  func importReportedTrade(
    _ found: FoundTable, into edit: inout CasebookEdit
  ) throws -> ImportReport {
    let china = try edit.casebook.requiredActor("CHN", of: .iso3)
    let pool = pool(edit.casebook).filter { $0 != china }
    var audit = JoinAudit(self, edit, asked: pool)
    var flows = TradeFlows()
    try audit.read(found) { row, columns in
      (
        year: row.calendarYear(columns[0]), code: row.text(columns[1]) ?? "",
        bought: row.number(columns[2]), sold: row.number(columns[3])
      )
    } place: { audit, record in
      guard let year = record.year else { return audit.lose("without a year", record.code) }
      flows.seen.insert(year)
      guard record.bought != nil || record.sold != nil else {
        return audit.lose("without an amount", record.code)
      }
      guard let actor = audit.actor(record.code, of: .iso3, in: year) else { return }
      let isNew = [
        flows.put(record.bought, .exports, of: actor, with: china, year),
        flows.put(record.sold, .imports, of: actor, with: china, year),
      ]
      if isNew.contains(false) { audit.meet(duplicate: YearlyValues.rule, record.code) }
    }
    try put(
      flows, .reportedTrade, found, pool, [china], "as reported by the counterpart",
      audit.identity, &edit)
    return audit.report(pool: pool)
  }

  /// Imports a table of exports by pairs of states: those to and from the counterparts.
  func importBilateralTrade(
    _ found: FoundTable, into edit: inout CasebookEdit
  ) throws -> ImportReport {
    let counterparts = try requiredCounterparts()
    let pool = pool(edit.casebook)
    var audit = JoinAudit(self, edit, asked: pool)
    // The World Bank's letters are those of ISO and older ones, such as ROM, which the table has.
    let system: CodeSystem = "worldbank"
    var known = ActorsByYear(system: system, audit.identity)
    var flows = TradeFlows()
    try audit.read(found) { row, columns in
      (
        codes: [row.text(columns[0]) ?? "", row.text(columns[1]) ?? ""],
        year: row.calendarYear(columns[2]), amount: row.number(columns[3])
      )
    } place: { audit, record in
      guard let year = record.year, record.amount != nil else {
        return audit.lose("without a year or an amount", record.codes.joined(separator: "-"))
      }
      flows.seen.insert(year)
      let placed = record.codes.map { known.actor($0, in: year) }
      guard let side = placed.firstIndex(where: { $0.map(counterparts.contains) ?? false }),
        let counterpart = placed[side]
      else {
        return audit.lose("of pairs without a counterpart", record.codes.joined(separator: "-"))
      }
      guard let actor = audit.actor(record.codes[1 - side], of: system, in: year) else { return }
      let isNew = flows.put(
        record.amount, side == 0 ? .imports : .exports, of: actor, with: counterpart, year)
      if !isNew { audit.meet(duplicate: YearlyValues.rule, record.codes[1 - side]) }
    }
    try put(
      flows, .bilateralTrade, found, pool, counterparts,
      "years between those of the table are absent; a zero is as the table has it", audit.identity,
      &edit)
    return audit.report(pool: pool)
  }

  private func put(
    _ flows: TradeFlows, _ data: ImportedSource, _ found: FoundTable, _ pool: [ActorID],
    _ counterparts: [ActorID], _ remark: String, _ identity: Identity, _ edit: inout CasebookEdit
  ) throws {
    let source = try edit.put(data, of: found.table)
    let window = try years ?? found.years(flows.seen)
    for counterpart in counterparts {
      let name = edit.casebook.name(of: counterpart)
      for flow in TradeFlows.Flow.allCases {
        let variable = Variable(
          id: VariableID("\(data.id)-\(flow.rawValue)-\(counterpart)"),
          title: flow == .exports ? "Goods exported to \(name)" : "Goods imported from \(name)",
          unit: "current USD", channel: "finance", concept: .exposure, direction: .toward,
          counterpart: counterpart, source: source,
          method: "Sum of the year in dollars of the year: \(remark).")
        try edit.put(
          variable, flows.amounts[counterpart]?[flow] ?? [:], actors: pool, years: window,
          source: source, identity)
      }
    }
  }
}

extension ImportedSource {
  static let reportedTrade = ImportedSource(
    id: "trade-reported", title: "Trade with China as China reports it, 2002 to 2017",
    author: nil, publisher: nil,
    url: "https://github.com/milesdwilliams15/chinese_media_and_foreign_aid",
    license: "import only: no licence is stated")

  static let bilateralTrade = ImportedSource(
    id: "trade-bilateral", title: "Bilateral trade in every fourth year", author: nil,
    publisher: nil, url: "https://github.com/tomzylkin/penppml",
    license: "import only: the package is under the MIT licence, its data state none")
}

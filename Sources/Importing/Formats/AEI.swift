import Evidence
import Documents

extension Importer {
  static let aei = Importer(
    name: "aei", summary: "Chinese investments and construction contracts, a claim each",
    forms: [
      Form(
        layouts: [
          Layout(
            what: "investments and contracts",
            columns: [
              "Year", "Month", "Chinese Entity", "Quantity in Millions", "Sector", "Subsector",
              "Country",
            ], optional: ["Share size", "Transaction Party"])
        ],
        read: { work, tables, edit in try work.importAEI(tables[0], into: &edit) })
    ])
}

/// One deal of the tracker.
private struct TrackedDeal {
  let row: Int
  let country: String
  let entity: String
  let year: Int
  let month: Int?
  let millions: Double
  let sector: String
  let subsector: String
  /// A fraction, or several in words, as the table has them.
  let share: String
  let partner: String

  init?(_ row: Row, _ columns: [Column]) {
    let month = row.text(columns[1])
    let number = month.flatMap(CalendarMonth.number)
    if let month, number == nil {
      row.report(
        column: columns[1].name, value: month, "is no month", advice: "write its English name")
    }
    guard let year = row.calendarYear(columns[0]), let millions = row.number(columns[3]) else {
      row.report(column: nil, "has no year or no quantity", advice: "check the row")
      return nil
    }
    self.row = row.number
    self.year = year
    self.month = number
    self.millions = millions
    share = row.text(columns[7])?.trimmed ?? ""
    entity = row.text(columns[2])?.trimmed ?? ""
    sector = row.text(columns[4])?.trimmed ?? ""
    subsector = row.text(columns[5])?.trimmed ?? ""
    country = row.text(columns[6])?.trimmed ?? ""
    partner = row.text(columns[8])?.trimmed ?? ""
  }

  var date: EDTFDate {
    month.flatMap { CalendarMonth.date(year: year, month: $0) } ?? EDTFDate(year: year)
  }

  /// The channel of the sector; what has none of its own is an economic tie.
  var channel: String {
    switch (sector, subsector.lowercased()) {
    case ("Energy", _), ("Metals", "copper"), ("Metals", ""): "energy"
    case ("Transport", _), ("Logistics", _), ("Utilities", _): "infrastructure"
    case ("Technology", _), (_, "telecom"), (_, "communications"): "technology"
    default: "finance"
    }
  }

  func claim(on actor: ActorID, from china: ActorID, _ casebook: Casebook) -> RecordedClaim {
    let name = casebook.name(of: actor)
    let field = [sector, subsector].filter { !$0.isEmpty }.joined(separator: ", ").lowercased()
    let others = partner.isEmpty ? "" : " with \(partner)"
    let part = share.isEmpty ? "" : ", a share of \(share)"
    return RecordedClaim(
      key: [actor.rawValue, date.text, entity, sector, subsector].joined(separator: " ").slug,
      actor: actor, channel: channel, instrument: "investment",
      statement:
        "\(entity) invested or took a contract\(others) in \(name), \(date.text): \(field), "
        + "\(Numeral.text(millions)) million US dollars\(part).",
      row: row, by: china, counterpart: china, direction: .toward, phase: .agreed, on: date,
      amount: BoundedNumber(value: millions * 1_000_000), unit: "money", currency: "USD")
  }
}

extension Import {
  /// Imports the tracker of Chinese investments: each deal is a claim.
  func importAEI(_ found: FoundTable, into edit: inout CasebookEdit) throws -> ImportReport {
    let china = try edit.casebook.requiredActor("CHN", of: .iso3)
    let pool = pool(edit.casebook).filter { $0 != china }
    var audit = JoinAudit(self, edit, asked: pool)
    var records: [RecordedClaim] = []
    try audit.read(found, TrackedDeal.init) { audit, deal in
      guard let actor = audit.actor(deal.country, of: .name, in: deal.year) else { return }
      records.append(deal.claim(on: actor, from: china, edit.casebook))
    }
    let source = try edit.put(.aei, of: found.table)
    _ = try edit.put(
      records, of: .aei, in: found.table, as: source, by: self, audit)
    return audit.report(
      pool: pool,
      notes: [
        "the tracker leaves out deals under 100 million US dollars, and does not say which are "
          + "contracts of construction: all are `investment`",
        Import.unsearched,
      ])
  }
}

extension ImportedSource {
  static let aei = ImportedSource(
    id: "aei", title: "China Global Investment Tracker",
    author: "American Enterprise Institute; The Heritage Foundation",
    publisher: "American Enterprise Institute",
    url: "https://www.aei.org/china-global-investment-tracker/",
    license: "import only: © American Enterprise Institute, terms unclear")
}

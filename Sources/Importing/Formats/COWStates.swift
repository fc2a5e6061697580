import Evidence
import Documents

extension Importer {
  static let cowStates = Importer(
    name: "cow-states", summary: "when states enter and leave the state system, a claim each",
    forms: [
      Form(
        layouts: [
          Layout(
            what: "spells in the state system",
            columns: [
              "ccode", "statenme", "styear", "stmonth", "stday", "endyear", "endmonth", "endday",
            ])
        ],
        read: { work, tables, edit in try work.importCOWStates(tables[0], into: &edit) })
    ])
}

/// One spell of a state in the state system.
private struct StateSpell {
  let row: Int
  let code: String
  let start: EDTFDate
  let end: EDTFDate

  init?(_ row: Row, _ columns: [Column]) {
    let code = row.integer(columns[0])
    let start = StateSpell.day(row, columns[2...4])
    let end = StateSpell.day(row, columns[5...7])
    guard let code, let start, let end else { return nil }
    self.row = row.number
    self.code = String(code)
    self.start = start
    self.end = end
  }

  /// Reads a day from its three columns.
  private static func day(_ row: Row, _ columns: ArraySlice<Column>) -> EDTFDate? {
    let numbers = columns.map { row.integer($0) }
    let texts = zip(numbers, [4, 2, 2]).compactMap { number, width in
      number.map { number in
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
      }
    }
    let text = texts.joined(separator: "-")
    if texts.count == 3, let date = try? EDTFDate(text) { return date }
    row.report(
      column: columns.first?.name, value: text, "is no day", advice: "write year, month and day")
    return nil
  }
}

extension Import {
  /// Imports the list of states: each entry that falls into an actor's existence, and each exit, is a
  /// claim on the actor's identity.
  func importCOWStates(_ found: FoundTable, into edit: inout CasebookEdit) throws -> ImportReport {
    let pool = pool(edit.casebook)
    var audit = JoinAudit(self, edit, asked: pool)
    var spells: [(actor: ActorID, spell: StateSpell)] = []
    var last = Day.distantPast
    try audit.read(found, StateSpell.init) { audit, spell in
      last = max(last, spell.end.latest)
      let year = spell.start.earliest.year
      guard let actor = audit.actor(spell.code, of: "cow", in: year) else { return }
      spells.append((actor, spell))
    }
    let records = spells.flatMap { actor, spell -> [RecordedClaim] in
      let entry = identityClaim(actor, spell, "entry", "enters", spell.start, edit.casebook)
      // A spell that ends with the list has not ended.
      guard spell.end.latest < last else { return [entry] }
      return [entry, identityClaim(actor, spell, "exit", "leaves", spell.end, edit.casebook)]
    }
    let source = try edit.put(.cowStates, of: found.table)
    let fresh = records.filter { !isKnown($0, of: source, edit.casebook) }
    _ = try edit.put(
      fresh, of: .cowStates, in: found.table, as: source, by: self, audit)
    let known = records.count - fresh.count
    return audit.report(
      pool: pool, notes: known == 0 ? [] : ["\(known) of these claims were coded by hand already"])
  }

  private func identityClaim(
    _ actor: ActorID, _ spell: StateSpell, _ what: String, _ verb: String, _ date: EDTFDate,
    _ casebook: Casebook
  ) -> RecordedClaim {
    RecordedClaim(
      key: "\(actor)-\(what)".slug, actor: actor, channel: "context", instrument: "identity",
      statement: "\(casebook.name(of: actor)) \(verb) the list of states on "
        + "\(date.text).",
      row: spell.row, fact: FactID("\(actor)-state-\(what)".lowercased()), on: date)
  }

  /// Whether a claim by another hand already says so from the same source.
  private func isKnown(
    _ record: RecordedClaim, of source: SourceID, _ casebook: Casebook
  ) -> Bool {
    guard let fact = record.fact else { return false }
    return casebook.claims(of: fact).contains { claim in
      claim.source == source && claim.on?.text == record.on?.text
        && !claim.id.rawValue.hasPrefix("\(source)-")
    }
  }
}

extension ImportedSource {
  static let cowStates = ImportedSource(
    id: "cow-states", title: "State System Membership, version 2016",
    author: "Correlates of War Project", publisher: "Correlates of War Project",
    url: "https://correlatesofwar.org/data-sets/state-system-membership/",
    license: "Free to use with citation")
}

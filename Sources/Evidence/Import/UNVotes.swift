import Tables

extension Importer {
  static let unVotes = Importer(
    name: "un-votes", summary: "agreement in General Assembly roll calls (votes and roll calls)",
    forms: [
      Form(
        layouts: [RExport.votes, RExport.calls],
        read: { work, tables, edit in
          try work.importUNVotes(votes: tables[0], calls: tables[1], into: &edit)
        })
    ])
}

/// The layouts and words of the R export.
enum RExport {
  static let votes = Layout(
    what: "votes", columns: ["rcid", "country_code", "vote"], optional: ["country"])
  static let calls = Layout(what: "roll calls", columns: ["rcid", "session"])

  static func vote(_ word: UnsafeBufferPointer<UInt8>) -> RollCallVote? {
    switch word.first {
    case UInt8(ascii: "y") where word.elementsEqual(yes): .yes
    case UInt8(ascii: "n") where word.elementsEqual(no): .no
    case UInt8(ascii: "a") where word.elementsEqual(abstain): .abstain
    default: nil
    }
  }

  /// What tells a state: its code, or its name where it has none.
  ///
  /// `NA` is Namibia's code, and R's word for a missing one.
  static func state(_ row: Row, code: Column, name: Column) -> UnsafeBufferPointer<UInt8> {
    let bytes = row.bytes(code)
    guard bytes.isEmpty || bytes.elementsEqual(missing), !row.isEmpty(name) else { return bytes }
    return !bytes.isEmpty && row.text(name) == "Namibia" ? bytes : row.bytes(name)
  }

  private static let yes = Array("yes".utf8)
  private static let no = Array("no".utf8)
  private static let abstain = Array("abstain".utf8)
  private static let missing = Array("NA".utf8)
}

extension RollCallTally {
  /// Reads the R export of the General Assembly's votes: votes, and the session of each roll call.
  ///
  /// - Throws: `CasebookError.problems`.
  init(votes: FoundTable, calls: FoundTable, badRows: BadRows) throws {
    var tally = RollCallTally()
    let badCalls = try calls.table.forEachRow(calls.layout, badRows: badRows) { row, columns in
      row.integer(columns[1]).map { (row.bytes(columns[0]), $0) }
    } place: { call, session in
      if (1...8000).contains(session) { tally.list(call, in: session + 1945) }
    }
    let badVotes = try votes.table.forEachRow(votes.layout, badRows: badRows) { row, columns in
      (
        RExport.vote(row.bytes(columns[2])),
        RExport.state(row, code: columns[1], name: columns[3]), row.bytes(columns[0])
      )
    } place: { vote, state, call in
      tally.count(vote, of: state, in: call)
    }
    tally.skipped = badCalls + badVotes
    self = tally
  }
}

extension Import {
  /// Imports General Assembly roll calls as yearly agreement with the counterparts.
  func importUNVotes(
    votes: FoundTable, calls: FoundTable, into edit: inout CasebookEdit
  ) throws -> ImportReport {
    _ = try requiredCounterparts()
    let tally = try RollCallTally(votes: votes, calls: calls, badRows: badRows)
    let source = try edit.put(.unVotes, of: votes.table)
    _ = try edit.put(.unRollCalls, of: calls.table)
    return try putAgreement(tally, system: "unvotes", source, into: &edit)
  }

  /// Gives the votes of codes to actors, and puts each actor's agreement with the counterparts.
  func putAgreement(
    _ tally: RollCallTally, system: CodeSystem, _ source: SourceID, into edit: inout CasebookEdit
  ) throws -> ImportReport {
    let counterparts = try requiredCounterparts()
    let pool = pool(edit.casebook)
    let coded = tally.rollCalls
    let window = years ?? (coded.years.first ?? 0)...(coded.years.last ?? 0)
    var audit = JoinAudit(self, edit.casebook, asked: pool + counterparts)
    let votes = given(coded, tally, system, &audit)
    for counterpart in counterparts {
      let agreement = Dictionary(
        uniqueKeysWithValues: pool.filter { $0 != counterpart }.map {
          ($0, yearly(of: $0, with: counterpart, in: votes, audit.identity))
        })
      for measure in UNMeasure.allCases {
        try edit.put(
          measure.variable(counterpart, edit.casebook, source),
          agreement.mapValues { $0.compactMapValues(measure.value) },
          actors: pool, years: window, source: source, audit.identity)
      }
    }
    return audit.report(
      pool: pool,
      notes: ["\(tally.rollCallCount) roll calls; the year is that of the session (+1945)"])
  }

  /// The agreement of an actor with another; in the years of a split union, the union's.
  private func yearly(
    of actor: ActorID, with other: ActorID, in votes: RollCalls, _ identity: Identity
  ) -> [Int: VoteAgreement] {
    split.reduce(votes.agreement(of: actor.rawValue, with: other.rawValue)) { known, union in
      let shared = votes.agreement(of: union.rawValue, with: other.rawValue)
        .filter { identity.union(of: actor, in: $0.key) == union }
      return known.merging(shared) { own, _ in own }
    }
  }

  /// Places the votes of each code and year with the actor who has it, and counts the rows.
  private func given(
    _ coded: RollCalls, _ tally: RollCallTally, _ system: CodeSystem, _ audit: inout JoinAudit
  ) -> RollCalls {
    audit.skip(tally.skipped)
    for (reason, rows) in tally.losses {
      for (state, count) in rows {
        audit.lose(reason, coded.states[state], of: system, rows: count)
      }
    }
    for (state, count) in coded.repeated {
      audit.meet(
        duplicate: "a state's second vote in a roll call: the first stands", coded.states[state],
        rows: count)
    }
    return coded.given { state, year in
      let count = coded.votes(of: state, in: year)
      guard count > 0 else { return nil }
      let placing = audit.actors(coded.states[state], of: system, in: year, rows: count)
      return (placing.union ?? placing.actors.first)?.rawValue
    }
  }
}

/// The two ways in which agreement is counted; they differ by a tenth on average.
private enum UNMeasure: CaseIterable {
  case halfCredit, identical

  var value: (VoteAgreement) -> BoundedNumber? {
    switch self {
    case .halfCredit: { $0.halfCredit.map { BoundedNumber(value: $0) } }
    case .identical: { $0.identicalShare.map { BoundedNumber(value: $0) } }
    }
  }

  func variable(
    _ counterpart: ActorID, _ casebook: Casebook, _ source: SourceID
  ) -> Variable {
    let name = casebook.actor(counterpart)?.name ?? counterpart.rawValue
    let (id, title, method) =
      switch self {
      case .halfCredit:
        (
          "un-agreement-\(counterpart)", "General Assembly votes: agreement with \(name)",
          "Mean over roll calls where both voted of 1 (same vote), 1/2 (one abstains) and 0 (yes "
            + "against no)"
        )
      case .identical:
        (
          "un-agreement-identical-\(counterpart)",
          "General Assembly votes: identical votes with \(name)",
          "Share of the roll calls where both voted in which they voted the same"
        )
      }
    return Variable(
      id: VariableID(id), title: title, unit: "share", channel: "diplomacy", concept: .alignment,
      direction: .toward, counterpart: counterpart, source: source,
      method: method + "; year = session + 1945. It moves with the agenda: compare within years.")
  }
}

extension ImportedSource {
  static let unVotes = ImportedSource(
    id: "un-votes", title: "United Nations General Assembly Voting Data: votes",
    author: "Erik Voeten; Anton Strezhnev; Michael Bailey", publisher: "Harvard Dataverse",
    url: "https://doi.org/10.7910/DVN/LEJUQZ", license: "CC0-1.0")

  static let unRollCalls = ImportedSource(
    id: "un-roll-calls", title: "United Nations General Assembly Voting Data: roll calls",
    author: "Erik Voeten; Anton Strezhnev; Michael Bailey", publisher: "Harvard Dataverse",
    url: "https://doi.org/10.7910/DVN/LEJUQZ", license: "CC0-1.0")
}

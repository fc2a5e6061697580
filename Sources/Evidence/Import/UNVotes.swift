/// A vote in a roll call of the General Assembly.
enum RollCallVote: String {
  case yes, abstain, no
}

/// How far two states agree over the roll calls in which both voted.
struct VoteAgreement: Hashable {
  private(set) var rollCalls = 0
  private(set) var identical = 0
  private(set) var opposed = 0

  /// Counts a roll call in which both voted.
  mutating func count(_ one: RollCallVote, _ other: RollCallVote) {
    rollCalls += 1
    if one == other { identical += 1 } else if one != .abstain && other != .abstain { opposed += 1 }
  }

  /// The mean over roll calls of 1 (same vote), ½ (one abstains) and 0 (yes against no).
  var halfCredit: Double {
    Double(rollCalls + identical - opposed) / Double(2 * rollCalls)
  }

  /// The share of roll calls with the same vote.
  var identicalShare: Double { Double(identical) / Double(rollCalls) }
}

extension Importer {
  static let unVotes = Importer(
    name: "un-votes", summary: "agreement in General Assembly roll calls (votes and roll calls)",
    forms: [
      Form(
        layouts: [
          Layout(what: "votes", columns: ["rcid", "country_code", "vote"]),
          Layout(what: "roll calls", columns: ["rcid", "session"]),
        ],
        read: { work, tables, edit in
          try work.importUNVotes(votes: tables[0], calls: tables[1], into: &edit)
        })
    ])
}

extension Import {
  /// Imports General Assembly roll calls as yearly agreement with the counterparts.
  func importUNVotes(
    votes votesTable: FoundTable, calls: FoundTable, into edit: inout CasebookEdit
  ) throws -> ImportReport {
    let counterparts = try requiredCounterparts()
    let pool = pool(edit.casebook)
    var audit = JoinAudit(self, edit.casebook, asked: pool + counterparts)
    let identity = audit.identity
    let yearOfCall = try sessionYears(calls, &audit)
    let window = years ?? (yearOfCall.values.min() ?? 0)...(yearOfCall.values.max() ?? 0)
    let votes = try votes(votesTable, yearOfCall, &audit)
    let source = try edit.put(.unVotes, of: votesTable.table)
    _ = try edit.put(.unRollCalls, of: calls.table)
    for counterpart in counterparts {
      let agreement = agreement(of: pool, with: counterpart, votes, yearOfCall)
      for measure in UNMeasure.allCases {
        try edit.put(
          measure.variable(counterpart, edit.casebook, source),
          agreement.mapValues { $0.mapValues(measure.value) },
          actors: pool, years: window, source: source, identity)
      }
    }
    return audit.report(
      pool: pool,
      notes: ["\(yearOfCall.count) roll calls; the year is that of the session (+1945)"])
  }

  /// Reads which year each roll call belongs to: that of its session, session + 1945.
  private func sessionYears(
    _ calls: FoundTable, _ audit: inout JoinAudit
  ) throws -> [Int: Int] {
    var years: [Int: Int] = [:]
    try audit.read(calls) { row, columns in
      (row.integer(columns[0]), row.integer(columns[1]))
    } place: { _, record in
      guard let call = record.0, let session = record.1, (1...8000).contains(session) else {
        return
      }
      years[call] = session + 1945
    }
    return years
  }

  /// Reads the votes of the actors asked for by roll call.
  private func votes(
    _ found: FoundTable, _ yearOfCall: [Int: Int], _ audit: inout JoinAudit
  ) throws -> [ActorID: [Int: RollCallVote]] {
    var votes: [ActorID: [Int: RollCallVote]] = [:]
    try audit.read(found) { row, columns in
      (row.integer(columns[0]), row.text(columns[1]) ?? "", row.text(columns[2]))
    } place: { audit, record in
      let code = record.1
      guard audit.identity.knows(code, of: "unvotes") else {
        return audit.lose("of codes that no actor has", code)
      }
      guard let call = record.0, let year = yearOfCall[call] else {
        return audit.lose("of roll calls that are not listed", code)
      }
      guard let vote = record.2.flatMap(RollCallVote.init) else {
        return audit.lose("without a vote of yes, abstain or no", code)
      }
      guard let actor = audit.actor(code, of: "unvotes", in: year) else { return }
      // The files hold a second vote only under codes that are empty.
      if votes[actor]?[call] == nil {
        votes[actor, default: [:]][call] = vote
      } else {
        audit.meet(duplicate: "a state's second vote in a roll call: the first stands", code)
      }
    }
    return votes
  }

  private func agreement(
    of pool: [ActorID], with counterpart: ActorID, _ votes: [ActorID: [Int: RollCallVote]],
    _ yearOfCall: [Int: Int]
  ) -> [ActorID: [Int: VoteAgreement]] {
    let others = votes[counterpart, default: [:]]
    var agreement: [ActorID: [Int: VoteAgreement]] = [:]
    for actor in pool where actor != counterpart {
      for (call, vote) in votes[actor, default: [:]] {
        guard let other = others[call], let year = yearOfCall[call] else { continue }
        agreement[actor, default: [:]][year, default: VoteAgreement()].count(vote, other)
      }
    }
    return agreement
  }
}

/// The two ways in which agreement is counted; they differ by a tenth on average.
private enum UNMeasure: CaseIterable {
  case halfCredit, identical

  var value: (VoteAgreement) -> BoundedNumber {
    switch self {
    case .halfCredit: { BoundedNumber(value: $0.halfCredit) }
    case .identical: { BoundedNumber(value: $0.identicalShare) }
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

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

extension Import {
  /// Imports General Assembly roll calls as yearly agreement with the counterparts.
  func importUNVotes(_ files: [DataFile], into edit: inout CasebookEdit) throws -> ImportReport {
    let counterparts = try requiredCounterparts()
    let votesFile = try file(["rcid", "country_code", "vote"], among: files, "votes")
    let callsFile = try file(["rcid", "session"], among: files, "roll calls")
    let identity = Identity(edit.casebook, system: "unvotes")
    let pool = pool(edit.casebook)
    let yearOfCall = try sessionYears(callsFile)
    let window = years ?? (yearOfCall.values.min() ?? 0)...(yearOfCall.values.max() ?? 0)
    var audit = JoinAudit()
    let votes = try votes(
      votesFile, yearOfCall, window, Set(pool + counterparts), identity, &audit)
    let source = try edit.put(.unVotes, of: votesFile)
    _ = try edit.put(.unRollCalls, of: callsFile)
    for counterpart in counterparts {
      let agreement = agreement(of: pool, with: counterpart, votes, yearOfCall)
      for measure in UNMeasure.allCases {
        try edit.put(
          measure.variable(counterpart, edit.casebook, source),
          agreement.mapValues { $0.mapValues(measure.value) },
          actors: pool, years: window, source: source, identity)
      }
    }
    var report = ImportReport(audit, pool: pool)
    report.notes = ["\(yearOfCall.count) roll calls; the year is that of the session (+1945)"]
    return report
  }

  /// Reads which year each roll call belongs to: that of its session, session + 1945.
  private func sessionYears(_ file: DataFile) throws -> [Int: Int] {
    var years: [Int: Int] = [:]
    try file.forEachRow(["rcid", "session"]) { row, columns in
      guard let call = row.number(columns[0]), let session = row.number(columns[1]) else { return }
      years[Int(call)] = Int(session) + 1945
    }
    return years
  }

  /// Reads the votes of some actors by roll call.
  private func votes(
    _ file: DataFile, _ yearOfCall: [Int: Int], _ window: ClosedRange<Int>,
    _ asked: Set<ActorID>, _ identity: Identity, _ audit: inout JoinAudit
  ) throws -> [ActorID: [Int: RollCallVote]] {
    var votes: [ActorID: [Int: RollCallVote]] = [:]
    try file.forEachRow(["rcid", "country_code", "vote"]) { row, columns in
      let code = row.text(columns[1]) ?? ""
      guard identity.knows(code) else {
        audit.lose("of codes that no actor has", code)
        return
      }
      guard let call = row.number(columns[0]).map({ Int($0) }), let year = yearOfCall[call] else {
        audit.lose("of roll calls that are not listed", code)
        return
      }
      guard let vote = row.text(columns[2]).flatMap(RollCallVote.init) else {
        audit.lose("without a vote of yes, abstain or no", code)
        return
      }
      guard
        let actor = audit.actor(code, in: year, identity, asked: asked, years: window)
      else { return }
      // The first vote stands: the files hold a second one only under codes that are empty.
      if votes[actor]?[call] == nil { votes[actor, default: [:]][call] = vote }
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

extension ImportReport {
  init(_ audit: JoinAudit, pool: [ActorID]) {
    rowsRead = audit.read
    rowsPlaced = audit.placed
    losses = audit.losses
    actorsWithoutRows = pool.filter { !audit.actors.contains($0) }
  }
}

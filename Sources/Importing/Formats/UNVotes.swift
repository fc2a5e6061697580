import Evidence
import Documents

extension Importer {
  static let unVotes = Importer(
    name: "un-votes",
    summary: "agreement in General Assembly roll calls (votes, roll calls and their issues)",
    forms: [
      Form(
        layouts: [RExport.votes, RExport.calls],
        read: { work, tables, edit in
          try work.importUNVotes(votes: tables[0], calls: tables[1], issues: nil, into: &edit)
        }),
      Form(
        layouts: [RExport.votes, RExport.calls, RExport.issues],
        read: { work, tables, edit in
          try work.importUNVotes(
            votes: tables[0], calls: tables[1], issues: tables[2], into: &edit)
        }),
    ])
}

/// The layouts and words of the R export.
enum RExport {
  static let votes = Layout(
    what: "votes", columns: ["rcid", "country_code", "vote"], optional: ["country"])
  static let calls = Layout(what: "roll calls", columns: ["rcid", "session"])
  static let issues = Layout(what: "issues", columns: ["rcid", "short_name", "issue"])

  static func vote(_ word: UnsafeBufferPointer<UInt8>) -> RollCallVote? {
    switch word.first {
    case UInt8(ascii: "y") where word.holds(yes): .yes
    case UInt8(ascii: "n") where word.holds(no): .no
    case UInt8(ascii: "a") where word.holds(abstain): .abstain
    default: nil
    }
  }

  /// What tells a state: its code, or its name where it has none.
  ///
  /// `NA` is Namibia's code, and R's word for a missing one.
  static func state(_ row: Row, code: Column, name: Column) -> UnsafeBufferPointer<UInt8> {
    let bytes = row.bytes(code)
    guard bytes.isEmpty || bytes.holds(missing), !row.isEmpty(name) else { return bytes }
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

extension RollCallTally {
  /// Reads which roll calls are on which issue.
  ///
  /// - Throws: `CasebookError.problems`.
  fileprivate mutating func read(issues found: FoundTable, badRows: BadRows) throws {
    var noted: [(call: [UInt8], issue: String)] = []
    skipped += try found.table.forEachRow(found.layout, badRows: badRows) { row, columns in
      row.text(columns[1]).map { (Array(row.bytes(columns[0])), $0) }
    } place: { call, issue in
      noted.append((call, issue))
    }
    for (call, issue) in noted { call.withUnsafeBufferPointer { note($0, on: issue) } }
  }
}

extension Import {
  /// Imports General Assembly roll calls as yearly agreement with the counterparts; given the issues of
  /// the roll calls, also without those on human rights and on the Palestinian conflict.
  fileprivate func importUNVotes(
    votes: FoundTable, calls: FoundTable, issues: FoundTable?, into edit: inout CasebookEdit
  ) throws -> ImportReport {
    _ = try requiredCounterparts()
    var tally = try RollCallTally(votes: votes, calls: calls, badRows: badRows)
    if let issues { try tally.read(issues: issues, badRows: badRows) }
    let source = try edit.put(.unVotes, of: votes.table)
    _ = try edit.put(.unRollCalls, of: calls.table)
    if let issues { _ = try edit.put(.unIssues, of: issues.table) }
    return try putAgreement(tally, of: votes, system: "unvotes", source, into: &edit)
  }

  /// Gives the votes of codes to actors, and puts each actor's agreement with the counterparts.
  func putAgreement(
    _ tally: RollCallTally, of found: FoundTable, system: CodeSystem, _ source: SourceID,
    into edit: inout CasebookEdit
  ) throws -> ImportReport {
    let counterparts = try requiredCounterparts()
    let pool = pool(edit.casebook)
    let coded = tally.rollCalls
    let window = try years ?? found.years(coded.years)
    var audit = JoinAudit(self, edit, asked: pool + counterparts)
    let owner = owners(coded, tally, system, &audit)
    let count = tally.rollCallCount
    var notes = [
      "\(count) roll call\(count == 1 ? "" : "s"); the year is that of the session (+1945)"
    ]
    for selection in VoteSelection.all where selection.isIn(tally) {
      let votes = selection.votes(tally).given { owner[$0]?[$1] }
      for counterpart in counterparts {
        let agreement = Dictionary(
          uniqueKeysWithValues: pool.filter { $0 != counterpart }.map {
            ($0, yearly(of: $0, with: counterpart, in: votes, audit.identity))
          })
        for measure in selection.measures {
          try edit.put(
            measure.variable(counterpart, selection, edit.casebook, source),
            agreement.mapValues { $0.compactMapValues(measure.value) },
            actors: pool, years: window, source: source, audit.identity)
        }
      }
      if let issue = selection.issue {
        notes.append("\(tally.rollCallCount(on: issue)) of them \(selection.words)")
      }
    }
    return audit.report(pool: pool, notes: notes)
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

  /// Who has the votes of each code in each year; counts the rows.
  private func owners(
    _ coded: RollCalls, _ tally: RollCallTally, _ system: CodeSystem, _ audit: inout JoinAudit
  ) -> [Int: [Int: String]] {
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
    var owners: [Int: [Int: String]] = [:]
    for year in coded.years {
      for state in coded.states.indices {
        let count = coded.votes(of: state, in: year)
        guard count > 0 else { continue }
        let placing = audit.actors(coded.states[state], of: system, in: year, rows: count)
        owners[state, default: [:]][year] = (placing.union ?? placing.actors.first)?.rawValue
      }
    }
    return owners
  }
}

/// Which roll calls are counted.
private struct VoteSelection {
  /// The issue that is left out; nil: none.
  let issue: String?
  /// What the roll calls on the issue are about.
  let words: String

  static let all = [
    VoteSelection(issue: nil, words: ""),
    VoteSelection(issue: "hr", words: "on human rights"),
    VoteSelection(issue: "me", words: "on the Palestinian conflict"),
  ]

  func isIn(_ tally: RollCallTally) -> Bool { issue.map(tally.issues.contains) ?? true }

  func votes(_ tally: RollCallTally) -> RollCalls {
    issue.map { tally.rollCalls(without: $0) } ?? tally.rollCalls
  }

  /// Unanimous roll calls are left out of all of them only.
  var measures: [UNMeasure] {
    issue == nil ? UNMeasure.allCases : [.halfCredit, .identical]
  }
}

/// The ways in which agreement is counted; the first two differ by a tenth on average.
private enum UNMeasure: CaseIterable {
  case halfCredit, identical, contested

  var value: (VoteAgreement) -> BoundedNumber? {
    switch self {
    case .halfCredit: { $0.halfCredit.map { BoundedNumber(value: $0) } }
    case .identical: { $0.identicalShare.map { BoundedNumber(value: $0) } }
    case .contested: { $0.contestedHalfCredit.map { BoundedNumber(value: $0) } }
    }
  }

  func variable(
    _ counterpart: ActorID, _ selection: VoteSelection, _ casebook: Casebook, _ source: SourceID
  ) -> Variable {
    let name = casebook.name(of: counterpart)
    let without = selection.issue.map { "without-\($0)-" } ?? ""
    return Variable(
      id: VariableID("un-agreement-\(mark)\(without)\(counterpart)"),
      title: "General Assembly votes: \(title) with \(name)"
        + (selection.issue == nil ? "" : ", without votes \(selection.words)"),
      unit: "share", channel: "diplomacy", concept: .alignment, direction: .toward,
      counterpart: counterpart, source: source,
      method: method
        + (selection.issue.map { "; roll calls of issue \($0) (\(selection.words)) left out" } ?? "")
        + "; year = session + 1945. It moves with the agenda: compare within years.")
  }

  /// What marks the measure in the name of a variable.
  private var mark: String {
    switch self {
    case .halfCredit: ""
    case .identical: "identical-"
    case .contested: "contested-"
    }
  }

  private var title: String {
    switch self {
    case .halfCredit: "agreement"
    case .identical: "identical votes"
    case .contested: "agreement in contested roll calls"
    }
  }

  private var method: String {
    let credit = "1 (same vote), 1/2 (one abstains) and 0 (yes against no)"
    return switch self {
    case .halfCredit: "Mean over roll calls where both voted of \(credit)"
    case .identical: "Share of the roll calls where both voted in which they voted the same"
    case .contested:
      "Mean over roll calls where both voted, and not all states alike, of \(credit)"
    }
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

  static let unIssues = ImportedSource(
    id: "un-roll-call-issues",
    title: "United Nations General Assembly Voting Data: issues of the roll calls",
    author: "Erik Voeten; Anton Strezhnev; Michael Bailey", publisher: "Harvard Dataverse",
    url: "https://doi.org/10.7910/DVN/LEJUQZ", license: "CC0-1.0")
}

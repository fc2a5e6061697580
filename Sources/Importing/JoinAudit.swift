import Evidence
import Documents

/// Whom a row tells of.
struct Placing {
  var actors: [ActorID] = []
  /// The split union that the row is of.
  var union: ActorID?
}

/// Places the rows of files with actors, and counts those that were placed and, by reason, not.
struct JoinAudit {
  let identity: Identity
  /// The actors that get rows, and those whom they are measured to.
  let asked: Set<ActorID>
  /// The years that get rows; nil for all.
  let years: ClosedRange<Int>?
  private let badRows: BadRows
  private var lost = Tally()
  private var repeated = Tally()
  private(set) var skipped: [Problem] = []
  private(set) var read = 0
  private(set) var placed = 0
  private(set) var actors: Set<ActorID> = []
  private let split: Set<ActorID>
  /// The codes that the casebook does not know, with the actor that the list of known places gives.
  private var byList: [String: ActorID] = [:]
  /// The rows of each former union of states.
  private var ofUnions: [ActorID: Int] = [:]
  private let successors: [ActorID: [ActorID]]
  /// Whether years without a row stay open, since rows were skipped.
  var leavesZerosOpen = false

  init(_ work: Import, _ edit: CasebookEdit, asked: [ActorID]) {
    let casebook = edit.casebook
    identity = edit.identity.splitting(work.split)
    self.asked = Set(asked)
    split = Set(work.split)
    years = work.years
    badRows = work.badRows
    let ended = casebook.successions.filter { casebook.actor($0.predecessor)?.to != nil }
    successors = Dictionary(grouping: ended, by: \.predecessor).mapValues {
      $0.map(\.successor).uniqued.sorted()
    }
  }

  /// Reads the rows of a table; see `DataTable.forEachRow`.
  ///
  /// `place` has to end in `place(_:)`, `lose(_:_:)` or `actor(_:of:in:)` for rows that count.
  mutating func read<T>(
    _ found: FoundTable, _ read: (Row, [Column]) -> T?, place: (inout JoinAudit, T) -> Void
  ) throws {
    let bad = try found.table.forEachRow(found.layout, badRows: badRows, read: read) {
      place(&self, $0)
    }
    skip(bad)
  }

  /// Counts rows that cannot be read and were left out.
  mutating func skip(_ bad: [Problem]) {
    skipped += bad
    let rows = bad.compactMap { if case .row(let row, _) = $0.place { row } else { nil } }
    read += Set(rows).count
  }

  /// Counts a row as placed with an actor.
  mutating func place(_ actor: ActorID, rows: Int = 1) {
    read += rows
    placed += rows
    actors.insert(actor)
  }

  /// Notes actors of whom the files speak, also where no row of theirs was placed.
  mutating func meet(_ others: some Sequence<ActorID>) { actors.formUnion(others) }

  /// Notes whom a code means, where the row may not be placed for another reason.
  mutating func meet(_ code: String, of system: CodeSystem, in year: Int) {
    if let actor = identity.place(code, of: system, in: year).actor, asked.contains(actor) {
      actors.insert(actor)
    }
  }

  /// Counts a row as not placed, with the code that it was met under.
  mutating func lose(_ reason: String, _ code: String, rows: Int = 1) {
    read += rows
    lost.count(reason, JoinAudit.plain(code), rows)
  }

  /// Counts a row that says again what another row has said, under the rule that settles it.
  mutating func meet(duplicate rule: String, _ code: String, rows: Int = 1) {
    repeated.count(rule, JoinAudit.plain(code), rows)
  }

  /// Places a code with an actor who was asked for, or counts why not.
  ///
  /// For amounts, which cannot be told of several: rows of a split union are counted as lost.
  mutating func actor(
    _ code: String, of system: CodeSystem, in year: Int, rows: Int = 1
  ) -> ActorID? {
    guard let actor = candidate(code, of: system, in: year, rows) else { return nil }
    guard asked.contains(actor) else {
      lose("of a split union, whose amounts nobody has divided", code, rows: rows)
      return nil
    }
    place(actor, rows: rows)
    return actor
  }

  /// Places a code with everybody whom its row tells of, or counts why not.
  ///
  /// For what holds of a whole and its parts alike, such as votes or an index: a row of a split union
  /// is told of its successors.
  mutating func actors(
    _ code: String, of system: CodeSystem, in year: Int, rows: Int = 1
  ) -> Placing {
    guard let actor = candidate(code, of: system, in: year, rows) else { return Placing() }
    place(actor, rows: rows)
    guard split.contains(actor) else { return Placing(actors: [actor]) }
    let successors = identity.successors(of: actor).filter { successor in
      asked.contains(successor) && identity.union(of: successor, in: year) == actor
    }
    actors.formUnion(successors)
    return Placing(
      actors: (asked.contains(actor) ? [actor] : []) + successors, union: actor)
  }

  /// Finds the actor of a row that counts, asked for or split, or counts why there is none.
  private mutating func candidate(
    _ code: String, of system: CodeSystem, in year: Int, _ rows: Int
  ) -> ActorID? {
    let placement = identity.place(code, of: system, in: year)
    guard case .actor(let actor) = placement else {
      lose(JoinAudit.reason(placement), shown(code, placement), rows: rows)
      return nil
    }
    if successors[actor] != nil { ofUnions[actor, default: 0] += rows }
    guard asked.contains(actor) || split.contains(actor) else {
      lose("of actors not asked for", code, rows: rows)
      return nil
    }
    if let years, !years.contains(year) {
      lose("of years not asked for", code, rows: rows)
      return nil
    }
    if !identity.isOwn(code, of: system) { byList[JoinAudit.plain(code)] = actor }
    return actor
  }

  /// Counts rows of a code as not placed: for a reason, unless the code is nobody's in any year.
  mutating func lose(_ reason: String, _ code: String, of system: CodeSystem, rows: Int) {
    guard let fault = identity.fault(of: code, system) else {
      return lose(reason, code, rows: rows)
    }
    lose(JoinAudit.reason(fault), shown(code, fault), rows: rows)
  }

  private static func reason(_ placement: Identity.Placement) -> String {
    switch placement {
    case .actor: "of actors not asked for"
    case .unknownCode: "of codes and names that nobody is known by"
    case .noCode: "without a code"
    case .notInForce: "of years in which nobody has the code"
    case .outsideExistence: "of years in which the actor did not exist"
    case .outsideCasebook(let place):
      switch place.kind {
      case .state: "of states outside the casebook"
      case .territory: "of territories outside the casebook"
      case .group: "of groups, not of one state"
      }
    }
  }

  /// The code without the `.0` that tables of whole numbers add.
  private static func plain(_ code: String) -> String {
    code.hasSuffix(".0") ? String(code.dropLast(2)) : code
  }

  /// The code as the audit lists it, with whom it means where the code does not say.
  private func shown(_ code: String, _ placement: Identity.Placement) -> String {
    let code = JoinAudit.plain(code)
    return switch placement {
    case .outsideExistence(let actor) where asked.contains(actor) && actor.rawValue != code:
      "\(code) (\(actor))"
    case .outsideCasebook(let place) where place.name != code: "\(code) (\(place.name))"
    default: code
    }
  }

  /// Says what was decided about whom codes mean.
  private var choices: [String] {
    var notes = ofUnions.keys.sorted().map { union in
      let parts = successors[union, default: []].map(\.rawValue).joined(separator: ", ")
      let rows = ofUnions[union, default: 0]
      let (say, are) = rows == 1 ? ("row says", "row is") : ("rows say", "rows are")
      let its = rows == 1 ? "its one" : "its \(rows)"
      return split.contains(union)
        ? "\(union) is split: what \(its) \(say) is told of \(parts)"
        : "\(union) stands as one: \(its) \(are) told of none of \(parts)"
    }
    if leavesZerosOpen {
      notes.append("as rows were skipped, a year without a row is no observed zero")
    }
    if !byList.isEmpty {
      let codes = byList.sorted { $0.key < $1.key }.map { code, actor in
        actor.rawValue == code ? code : "\(code) (\(actor))"
      }
      notes.append(
        "placed by the list of known places, not by codes.csv: "
          + codes.joined(separator: ", "))
    }
    return notes
  }

  /// The report of an import in which every actor of a pool should have rows.
  func report(pool: [ActorID], notes: [String] = []) -> ImportReport {
    var report = ImportReport()
    report.rowsRead = read
    report.rowsPlaced = placed
    report.losses = lost.losses
    report.duplicates = repeated.losses
    report.skipped = skipped
    report.actorsWithoutRows = pool.filter { !actors.contains($0) }
    report.actors = actors.sorted()
    report.notes = notes + choices
    return report
  }

  /// Rows by reason, with the codes that they were met under.
  private struct Tally {
    private struct Entry {
      var rows = 0
      var codes: Set<String> = []

      mutating func add(_ more: Int, _ code: String) {
        rows += more
        codes.insert(code)
      }
    }
    private var entries: [String: Entry] = [:]

    mutating func count(_ reason: String, _ code: String, _ count: Int) {
      entries[reason, default: Entry()].add(count, code)
    }

    var losses: [ImportReport.Loss] {
      entries.sorted { $0.key < $1.key }.map { reason, entry in
        ImportReport.Loss(reason: reason, rows: entry.rows, codes: entry.codes.sorted())
      }
    }
  }
}

/// Finds whom the codes of one system mean, each code and year once: for long tables.
struct ActorsByYear {
  private struct Key: Hashable {
    let code: String
    let year: Int
  }

  private let system: CodeSystem
  private let identity: Identity
  private var known: [Key: ActorID?] = [:]

  init(system: CodeSystem, _ identity: Identity) {
    self.system = system
    self.identity = identity
  }

  /// Finds the actor who has a code in a year; nil when nobody has.
  mutating func actor(_ code: String, in year: Int) -> ActorID? {
    let key = Key(code: code, year: year)
    if let actor = known[key] { return actor }
    let actor = identity.place(code, of: system, in: year).actor
    known[key] = .some(actor)
    return actor
  }
}

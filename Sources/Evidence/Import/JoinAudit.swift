import Tables

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

  init(_ work: Import, _ casebook: Casebook, asked: [ActorID]) {
    identity = Identity(casebook)
    self.asked = Set(asked)
    years = work.years
    badRows = work.badRows
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
    read += Set(bad.map(\.place)).count
  }

  /// Counts a row as placed with an actor.
  mutating func place(_ actor: ActorID, rows: Int = 1) {
    read += rows
    placed += rows
    actors.insert(actor)
  }

  /// Counts a row as not placed, with the code that it was met under.
  mutating func lose(_ reason: String, _ code: String, rows: Int = 1) {
    read += rows
    lost.count(reason, code, rows)
  }

  /// Counts a row that says again what another row has said, under the rule that settles it.
  mutating func meet(duplicate rule: String, _ code: String, rows: Int = 1) {
    repeated.count(rule, code, rows)
  }

  /// Places a code with an actor who was asked for, or counts why not.
  mutating func actor(
    _ code: String, of system: CodeSystem, in year: Int, rows: Int = 1
  ) -> ActorID? {
    switch identity.place(code, of: system, in: year) {
    case .actor(let actor):
      if !asked.contains(actor) {
        lose("of actors not asked for", code, rows: rows)
      } else if let years, !years.contains(year) {
        lose("of years not asked for", code, rows: rows)
      } else {
        place(actor, rows: rows)
        return actor
      }
    case .unknownCode: lose("of codes that no actor has", code, rows: rows)
    case .notInForce: lose("of years in which nobody has the code", code, rows: rows)
    case .outsideExistence(let actor):
      lose(
        "of years in which the actor did not exist",
        asked.contains(actor) ? "\(code) (\(actor))" : code, rows: rows)
    }
    return nil
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
    report.notes = notes
    return report
  }

  /// Rows by reason, with the codes that they were met under.
  private struct Tally {
    private var rows: [String: Int] = [:]
    private var codes: [String: Set<String>] = [:]

    mutating func count(_ reason: String, _ code: String, _ count: Int) {
      rows[reason, default: 0] += count
      codes[reason, default: []].insert(code)
    }

    var losses: [ImportReport.Loss] {
      rows.keys.sorted().map { reason in
        ImportReport.Loss(
          reason: reason, rows: rows[reason, default: 0],
          codes: codes[reason, default: []].sorted())
      }
    }
  }
}

/// What an import read, where it put it, and what it could not place.
package struct ImportReport: Hashable, Sendable {
  /// A reason why rows were not placed, with the codes that it met.
  package struct Loss: Hashable, Sendable {
    package let reason: String
    package let rows: Int
    package let codes: [String]
  }

  /// What happened to the rows of one table of the casebook.
  package struct TableChange: Hashable, Sendable {
    package let table: String
    package let added: Int
    package let changed: Int
    package let unchanged: Int
  }

  package internal(set) var files: [String] = []
  package internal(set) var rowsRead = 0
  package internal(set) var rowsPlaced = 0
  package internal(set) var losses: [Loss] = []
  /// The actors asked for of whom the files say nothing.
  package internal(set) var actorsWithoutRows: [ActorID] = []
  package internal(set) var notes: [String] = []
  package internal(set) var changes: [TableChange] = []

  package var isUnchanged: Bool { changes.allSatisfy { $0.added == 0 && $0.changed == 0 } }
}

/// Counts the rows of a file that were placed, and those that were not, by reason.
struct JoinAudit {
  private var rows: [String: Int] = [:]
  private var codes: [String: Set<String>] = [:]
  private(set) var read = 0
  private(set) var placed = 0
  private(set) var actors: Set<ActorID> = []

  mutating func place(_ actor: ActorID) {
    read += 1
    placed += 1
    actors.insert(actor)
  }

  mutating func lose(_ reason: String, _ code: String) {
    read += 1
    rows[reason, default: 0] += 1
    codes[reason, default: []].insert(code)
  }

  /// Places a code with an actor who was asked for, or counts why not.
  mutating func actor(
    _ code: String, in year: Int, _ identity: Identity, asked: Set<ActorID>,
    years: ClosedRange<Int>?
  ) -> ActorID? {
    switch identity.place(code, in: year) {
    case .actor(let actor):
      if !asked.contains(actor) {
        lose("of actors not asked for", code)
      } else if let years, !years.contains(year) {
        lose("of years not asked for", code)
      } else {
        place(actor)
        return actor
      }
    case .unknownCode: lose("of codes that no actor has", code)
    case .notInForce: lose("of years in which nobody has the code", code)
    case .outsideExistence(let actor):
      lose(
        "of years in which the actor did not exist",
        asked.contains(actor) ? "\(code) (\(actor))" : code)
    }
    return nil
  }

  var losses: [ImportReport.Loss] {
    rows.keys.sorted().map { reason in
      ImportReport.Loss(
        reason: reason, rows: rows[reason, default: 0], codes: codes[reason, default: []].sorted())
    }
  }
}

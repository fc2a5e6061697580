package import Tables

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

  /// The format that was read.
  package internal(set) var format = ""
  /// Whether the format was told by the columns, and not named.
  package internal(set) var isRecognised = false
  package internal(set) var files: [String] = []
  package internal(set) var rowsRead = 0
  package internal(set) var rowsPlaced = 0
  package internal(set) var losses: [Loss] = []
  /// The rows that say again what another has said, by the rule that settles them.
  package internal(set) var duplicates: [Loss] = []
  /// The rows that cannot be read and were left out, each with what is wrong.
  package internal(set) var skipped: [Problem] = []
  /// The actors asked for of whom the files say nothing.
  package internal(set) var actorsWithoutRows: [ActorID] = []
  package internal(set) var notes: [String] = []
  package internal(set) var changes: [TableChange] = []

  package var isUnchanged: Bool { changes.allSatisfy { $0.added == 0 && $0.changed == 0 } }
}

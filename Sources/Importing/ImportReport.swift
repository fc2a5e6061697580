package import Evidence
import Foundation
package import Documents

/// What an import read, where it put it, and what it could not place.
package struct ImportReport: Hashable, Sendable, Encodable {
  /// A reason why rows were not placed, with the codes that it met.
  package struct Loss: Hashable, Sendable, Encodable {
    package let reason: String
    package let rows: Int
    package let codes: [String]
  }

  /// What happened to the rows of one table of the casebook.
  package struct TableChange: Hashable, Sendable, Encodable {
    package let table: String
    package let added: Int
    package let changed: Int
    package let unchanged: Int
  }

  /// The format that was read.
  package internal(set) var format = ""
  /// Whether the format was told by the columns, and not named.
  package internal(set) var isRecognised = false
  /// The day on which the files were fetched.
  package internal(set) var accessed = ""
  package internal(set) var files: [String] = []
  package internal(set) var rowsRead = 0
  package internal(set) var rowsPlaced = 0
  package internal(set) var losses: [Loss] = []
  /// The rows that say again what another has said, by the rule that settles them.
  package internal(set) var duplicates: [Loss] = []
  /// The rows that cannot be read and were left out, each with what is wrong.
  package internal(set) var skipped: [Problem] = []
  /// The actors of whom rows were placed.
  package internal(set) var actors: [ActorID] = []
  /// The actors asked for of whom the files say nothing.
  package internal(set) var actorsWithoutRows: [ActorID] = []
  /// How the values differ from those of the older release that the casebook has.
  package internal(set) var differences: [VintageDifference] = []
  /// How the claims differ from those of the older release; nil when there was none.
  package internal(set) var claims: ClaimDifference?
  /// How the actors differ from those of a sister table.
  package internal(set) var sister: SisterDifference?
  /// How published agreement in roll calls differs from what was counted, where both are at hand.
  package internal(set) var publishedAgreement: [PublishedAgreement] = []
  /// The claims that may speak of what claims of other sources do.
  package internal(set) var alike: [AlikeClaims] = []
  /// The sources that the import uses whose licence lets nobody hand them on.
  package internal(set) var importOnly: [SourceID] = []
  package internal(set) var notes: [String] = []
  package internal(set) var changes: [TableChange] = []

  /// How many rows were skipped, each perhaps for several reasons.
  package var rowsSkipped: Int {
    let rows = skipped.compactMap { problem in
      if case .row(let row, _) = problem.place { "\(problem.file) \(row)" } else { nil }
    }
    return Set(rows).count
  }

  package var isUnchanged: Bool { changes.allSatisfy { $0.added == 0 && $0.changed == 0 } }
}

/// How the actors of a table differ from those of a sister table: the same data in another form.
package struct SisterDifference: Hashable, Sendable, Encodable {
  package let files: [String]
  /// The actors that only the sister table has.
  package let actorsLost: [ActorID]
  /// The actors that the sister table has not.
  package let actorsGained: [ActorID]
  /// The actors asked for that neither table has.
  package let actorsInNeither: [ActorID]

  init(files: [String], own: [ActorID], without: [ActorID], sister: [ActorID]) {
    self.files = files
    actorsLost = sister.filter { !own.contains($0) }
    actorsGained = own.filter { !sister.contains($0) }
    actorsInNeither = without.filter { !sister.contains($0) }
  }
}

extension ImportReport {
  /// The file of a casebook that keeps the audits of a format, one line of JSON for each import.
  var path: String { "imports/\(format).jsonl" }

  /// Writes the report as a line of JSON, keys in their order.
  var line: Data {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return try encoder.encode(self) + Data("\n".utf8)
    }
  }
}

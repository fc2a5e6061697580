package import Documents
import Evidence
public import Foundation

extension RollCalls {
  /// Reads roll calls from files: the R export's votes and roll calls, or the UN Digital Library's
  /// votes.
  ///
  /// States go by the codes of the files, or by their names where they have none.
  ///
  /// - Throws: `CasebookError` when a file cannot be read or is not what it should be.
  public init(contentsOf urls: [URL]) throws {
    try self.init(contentsOf: urls, limits: .standard)
  }

  /// The same, within other limits.
  package init(contentsOf urls: [URL], limits: ReadingLimits) throws {
    let files = try urls.map { try DataFile(contentsOf: $0, limits: limits) }
    let isLibrary = files.flatMap(\.tables).contains { $0.heading(DigitalLibrary.votes) != nil }
    let match = try (isLibrary ? Importer.unDigitalLibrary : .unVotes).match(files)
    let tally =
      isLibrary
      ? try RollCallTally(library: match.tables[0], badRows: .refuse)
      : try RollCallTally(votes: match.tables[0], calls: match.tables[1], badRows: .refuse)
    self = tally.rollCalls
  }
}

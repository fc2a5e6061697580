package import Evidence
import Foundation
package import Documents

/// Brings figures derived from somebody else's files into a casebook, each with its source.
package struct Import: Sendable {
  /// The format of the files; nil to tell it by their columns.
  package let format: Importer?
  /// The actors that get rows; nil for every state of the casebook but the counterparts.
  package let actors: [ActorID]?
  /// The years that get rows; nil for those of the files.
  package let years: ClosedRange<Int>?
  /// Whom agreement and distance are measured to.
  package let counterparts: [ActorID]
  /// The day on which the files were fetched.
  package let accessed: EDTFDate
  /// Who codes claims; nil for the first coder of the codebook.
  package let coder: String?
  package let badRows: BadRows
  /// The sheet to read of workbooks; nil to tell it by its columns.
  package let sheet: String?
  /// The former unions of states whose years are told of their successors.
  package let split: [ActorID]
  /// The columns or indicators to read of tables with many; nil for the usual ones.
  package let variables: [String]?

  /// How much is read of the files, and of the casebook.
  let limits: ReadingLimits
  /// The day after which nothing can have been entered; nil where that is not asked.
  package var today: Day?
  /// Refuses what the casebook would be after the import, by throwing.
  package var check: @Sendable (_ before: Casebook, _ after: Casebook) throws -> Void = { _, _ in }

  /// The most years that an import may span: a series has a row for each actor and year.
  package static let mostYears = 500

  package init(
    format: Importer?, actors: [ActorID]?, years: ClosedRange<Int>?, counterparts: [ActorID],
    accessed: EDTFDate, coder: String?, badRows: BadRows, sheet: String? = nil,
    split: [ActorID] = [], variables: [String]? = nil, limits: ReadingLimits = .standard
  ) {
    self.limits = limits
    self.variables = variables
    self.split = split
    self.format = format
    self.actors = actors
    self.years = years
    self.counterparts = counterparts
    self.accessed = accessed
    self.coder = coder
    self.badRows = badRows
    self.sheet = sheet
  }

  /// The actors that get rows, in the order of their names; split unions get none.
  func pool(_ casebook: Casebook) -> [ActorID] {
    let states = casebook.actors.filter { $0.kind == .state }.map(\.id)
    let others = states.filter { !counterparts.contains($0) && !split.contains($0) }
    return (actors ?? others).uniqued.sorted()
  }

  /// The counterparts, of which there must be one at least.
  func requiredCounterparts() throws -> [ActorID] {
    guard counterparts.isEmpty else { return counterparts }
    throw CasebookError.problems([
      Problem(
        file: "fulcrum import", message: "--counterpart is missing",
        advice: "name whom to measure to, such as CHN")
    ])
  }
}

extension CasebookEdit {
  /// Puts a variable and a row for each actor and year: a value, perhaps with how it came to be, or the
  /// reason why there is none.
  ///
  /// An actor of whom the source says nothing, and of whom an older release has values, gets no rows:
  /// what a release leaves out is no finding, and the older values stand.
  mutating func put(
    _ variable: Variable, _ values: [ActorID: [Int: BoundedNumber]],
    statuses: [ActorID: [Int: ObservationStatus]] = [:], actors: [ActorID],
    years: ClosedRange<Int>, source: SourceID, _ identity: Identity, file: String = "series"
  ) throws {
    var own = variable
    own.channel = casebook.codebook.channel(for: variable.channel) ?? variable.channel
    own.source = casebook.variable(variable.id)?.source ?? source
    try put(own)
    asked[variable.id] = Asked(actors: actors, years: years)
    let known = actorsWithValues(of: variable.id, besides: source)
    for actor in actors where !known.contains(actor) || values[actor]?.isEmpty == false {
      for year in years {
        let amount = values[actor]?[year]
        let status =
          amount == nil
          ? identity.absence(of: actor, in: year, variable) : statuses[actor]?[year]
        try put(
          SeriesValue {
            $0.variable = variable.id
            $0.actor = actor
            $0.period = year
            $0.value = amount?.value
            $0.low = amount?.low
            $0.high = amount?.high
            $0.status = status ?? .observed
            $0.source = source
          },
          file: file)
      }
    }
  }

  /// The actors of whom other sources of a variable have values.
  private func actorsWithValues(of variable: VariableID, besides source: SourceID) -> Set<ActorID> {
    let others = casebook.series.lazy.filter {
      $0.variable == variable && $0.source != source && !$0.status.isAbsence
    }
    return Set(others.map(\.actor))
  }
}

/// Whom and which years an import has asked a variable for.
struct Asked: Hashable {
  let actors: [ActorID]
  let years: ClosedRange<Int>

  func contains(_ actor: ActorID, _ year: Int) -> Bool {
    years.contains(year) && actors.contains(actor)
  }
}

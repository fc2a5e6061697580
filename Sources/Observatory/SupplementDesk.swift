import Evidence
import Publishing
import Scenarios
import Studies

/// What pages show beyond the answer; what takes long is begun when it is first asked for.
struct SupplementDesk: Sendable {
  private let desk: StudyDesk
  private let outlook: Outlook?
  private let exposures: Supplement.Exposures?
  private let drawn: Background<Drawn>

  /// Scenarios, and past accessions, drawn from the study's own answer.
  private struct Drawn: Sendable {
    let projections: [Projection]
    let replays: [Replay]
  }

  /// How many draws score each past accession.
  private static let draws = 2_000

  /// - Throws: `ScenarioError.contradictoryTerms`.
  init(_ desk: StudyDesk, threads: Int) throws {
    self.desk = desk
    let (answer, casebook) = (desk.answer, desk.answer.casebook)
    let day = answer.asKnownOn ?? casebook.lastRecorded
    outlook = day.map {
      Outlook(of: answer.study.treatment.organisation, in: casebook, asKnownOn: $0)
    }
    exposures = try day.map {
      try Supplement.Exposures(of: answer.study, in: casebook, year: $0.year)
    }
    drawn = Background(in: desk.turn) { report in
      let scenarios = try casebook.scenarios.sorted { $0.key < $1.key }
        .map { try Scenario(contentsOf: $0.value, for: casebook) }
        .filter { $0.study == answer.study.id }
      let projections = scenarios.map { Projection($0, from: answer, threads: threads) }
      report(0.5)
      return Drawn(
        projections: projections,
        replays: answer.channels.flatMap(\.outcomes).flatMap {
          $0.replays(draws: Self.draws, seed: answer.study.seed, threads: threads)
        })
    }
  }

  /// What a page needs, and whether all of it is there; nil for a page that needs nothing.
  ///
  /// - Throws: `HTTPProblem` for an outcome that the study does not have, or the error of the work.
  func supplement(for page: SitePage) throws -> (supplement: Supplement, isWhole: Bool)? {
    var supplement = Supplement()
    switch page {
    case .scenarios, .scenario, .calibration:
      let known = try drawn.value().value
      supplement.projections = known?.projections
      supplement.replays = known?.replays
      return (supplement, known != nil)
    case .multiverse(let filter):
      supplement.multiverses = try multiverses(filter)
      return (supplement, supplement.multiverses != nil)
    case .outlook:
      supplement.outlook = outlook
      return (supplement, true)
    case .exposures, .leverage, .watchList:
      supplement.exposures = exposures
      return (supplement, true)
    default: return nil
    }
  }

  /// The projections of the casebook's scenarios.
  ///
  /// - Throws: `HTTPProblem.unfinished` until they are there.
  func projections() throws -> [Projection] { try whole("Scenarios").projections }

  /// Past accessions, drawn and compared with what came.
  ///
  /// - Throws: `HTTPProblem.unfinished` until they are there.
  func replays() throws -> [Replay] { try whole("Replays").replays }

  private func whole(_ what: String) throws -> Drawn {
    let (value, share) = try drawn.value()
    guard let value else { throw HTTPProblem.unfinished(what, share) }
    return value
  }

  /// How long states wait.
  ///
  /// - Throws: `HTTPProblem` for a casebook without a record.
  func waits() throws -> Outlook {
    guard let outlook else { throw Self.empty }
    return outlook
  }

  /// What ties states to the power in a year; in that of the last record unless one is given.
  ///
  /// - Throws: `HTTPProblem` for a casebook without a record, or `ScenarioError`.
  func exposures(in year: Int?) throws -> ExposureReport {
    if let year {
      return try ExposureReport(of: desk.answer.study, in: desk.answer.casebook, year: year)
    }
    guard let exposures else { throw Self.empty }
    return exposures.report
  }

  private static let empty = HTTPProblem.notFound(
    "The casebook has no record yet", mend: "add one to it.")

  /// The multiverse that a filter asks for; nil while it is worked out, none without choices.
  private func multiverses(_ filter: MultiverseFilter) throws -> [Multiverse]? {
    guard !desk.answer.study.choices.isEmpty else { return [] }
    let outcome = filter.outcome.isEmpty ? nil : filter.outcome
    return try desk.begunMultiverse(of: outcome).value.map { [$0] }
  }
}

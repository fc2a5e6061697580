import HTTP
import Documents
import Evidence
import Indicators
import Publishing
import Scenarios
import Studies

/// What pages show beyond the answer; what takes long is begun when it is first asked for.
struct SupplementDesk: Sendable {
  private let desk: StudyDesk
  private let outlook: Outlook?
  private let exposures: Supplement.Exposures?
  private let projected: Background<[Projection]>
  /// The casebook's scenarios, read once: a file that changes later is not served half changed.
  private let scenarios: [String: Result<Scenario, any Error>]
  private let replayed: Background<[Replay]>

  /// How many draws score each past accession.
  private static let draws = 2_000

  /// - Throws: `ScenarioError.contradictoryTerms`.
  init(_ desk: StudyDesk, threads: Int) throws {
    self.desk = desk
    let (answer, casebook) = (desk.answer, desk.answer.casebook)
    let scenarios = casebook.scenarios.mapValues { file in
      Result { try Scenario(contentsOf: file, for: casebook) }
    }
    self.scenarios = scenarios
    let day = answer.asKnownOn ?? casebook.lastRecorded
    outlook = day.map {
      Outlook(of: answer.study.treatment.organisation, in: casebook, asKnownOn: $0)
    }
    exposures = try day.map {
      try Supplement.Exposures(of: answer.study, in: casebook, year: $0.year)
    }
    projected = Background(in: desk.turn) { report in
      let drawn = scenarios.sorted { $0.key < $1.key }.compactMap { try? $0.value.get() }
        .filter { $0.study == answer.study.id }
      return drawn.reporting(report) { Projection($0, from: answer, threads: threads) }
    }
    replayed = Background(in: desk.turn) { report in
      answer.channels.flatMap(\.outcomes).reporting(report) {
        $0.replays(draws: Self.draws, seed: answer.study.seed, threads: threads)
      }.joined().map(\.self)
    }
  }

  /// What a page needs, and whether all of it is there; nil for a page that needs nothing.
  ///
  /// - Throws: `HTTPProblem` for an outcome that the study does not have, or the error of the work.
  func supplement(for page: SitePage) throws -> (supplement: Supplement, isWhole: Bool)? {
    var supplement = Supplement()
    switch page {
    case .scenarios, .scenario:
      (supplement.projections, supplement.share) = try projected.value()
      supplement.scenarios = scenarios.mapValues { scenario in
        do { return .read(title: try scenario.get().title) } catch { return .wrong("\(error)") }
      }
      return (supplement, supplement.projections != nil)
    case .calibration:
      (supplement.replays, supplement.share) = try replayed.value()
      return (supplement, supplement.replays != nil)
    case .multiverse(let filter):
      (supplement.multiverses, supplement.share) = try multiverses(filter)
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

  /// The debts that could be called in.
  var debts: [DealID] { exposures?.report.callIns.map(\.deal) ?? [] }

  /// The arguments of the pages of their own.
  var parameters: PageParameters {
    PageParameters(study: desk.answer.study, casebook: desk.answer.casebook)
  }

  /// What is wrong with the file of a scenario; nil when nothing is.
  func problem(withScenario id: String) -> String? {
    guard case .failure(let error)? = scenarios[id] else { return nil }
    return "\(error)"
  }

  /// The projections of the casebook's scenarios.
  ///
  /// - Throws: `HTTPProblem.unfinished` until they are there.
  func projections() throws -> [Projection] {
    try whole(projected, "Scenarios")
  }

  /// Past accessions, drawn and compared with what came.
  ///
  /// - Throws: `HTTPProblem.unfinished` until they are there.
  func replays() throws -> [Replay] {
    try whole(replayed, "Replays")
  }

  private func whole<Value>(_ work: Background<Value>, _ what: String) throws -> Value {
    let (value, share) = try work.value()
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

  /// What ties states to the power in a year, in that of the last record unless one is given, with what a
  /// reader assumes and weighs.
  ///
  /// - Throws: `HTTPProblem` for a casebook without a record, or an assumption that the debts rule out.
  func exposures(
    in year: Int?, relief: Relief?, weights: WatchWeights?
  ) throws -> ExposureReport {
    guard let exposures else { throw Self.empty }
    guard year != nil || relief != nil || weights != nil else { return exposures.report }
    do {
      return try ExposureReport(
        of: desk.answer.study, in: desk.answer.casebook,
        year: year ?? exposures.report.register.year, relief: relief, weights: weights)
    } catch let error as ScenarioError { throw HTTPProblem.badRequest("\(error)") }
  }

  private static let empty = HTTPProblem.notFound(
    "The casebook has no record yet", advice: "add one to it.")

  /// The multiverse that a filter asks for, or nil and the share that is done; none without choices.
  private func multiverses(_ filter: MultiverseFilter) throws -> ([Multiverse]?, Double) {
    guard !desk.answer.study.choices.isEmpty else { return ([], 1) }
    let outcome = filter.outcome.isEmpty ? nil : filter.outcome
    let (_, value, share) = try desk.begunMultiverse(of: outcome)
    return (value.map { [$0] }, share)
  }
}

extension Array {
  /// Works each element out, and reports the share that is done.
  fileprivate func reporting<Result>(
    _ report: (Double) -> Void, _ work: (Element) throws -> Result
  ) rethrows -> [Result] {
    try enumerated().map { place, element in
      defer { report(Double(place + 1) / Double(count)) }
      return try work(element)
    }
  }
}

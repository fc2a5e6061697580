import Documents
public import Evidence
public import Indicators
import Panels
public import Studies

/// What a scenario makes of every outcome for every actor that takes a step.
public struct Projection: Sendable {
  public let scenario: Scenario
  public let study: Study
  public let outcomes: [OutcomeProjection]

  /// Draws a scenario from an answer to its study.
  ///
  /// - Throws: nothing that the scenario's reader lets through.
  public init(_ scenario: Scenario, from answer: Answer, threads: Int = 1) {
    self.scenario = scenario
    study = answer.study
    let treatment = answer.study.treatment
    let steps = scenario.steps.filter {
      $0.organisation == treatment.organisation && $0.stage == treatment.stage
    }
    outcomes = answer.channels.flatMap { channel in
      channel.outcomes.map { (channel, $0) }
    }.enumerated().flatMap { place, outcome in
      steps.enumerated().map { turn, step in
        OutcomeProjection(
          outcome.1, in: outcome.0, step: step, scenario: scenario,
          stream: UInt32(projectionStream + place * steps.count + turn), threads: threads)
      }
    }
  }
}

/// Streams of random numbers from here on belong to projections.
private let projectionStream = 1_000

/// One outcome of one actor with and without the step that a scenario assumes.
public struct OutcomeProjection: Sendable {
  public let outcome: String
  public let channel: ChannelID
  public let title: String
  public let unit: String
  /// The values that the outcome can have.
  public let range: ValueRange
  public let step: Scenario.Step
  public let verdict: Verdict
  /// The actor's observed values, by year.
  public let history: [Int: Double]
  public let result: Result

  /// A projection, or the reason why there is none.
  public enum Result: Sendable {
    case drawn(Drawn)
    case refused(Refusal)
  }

  /// Why nothing is drawn.
  public enum Refusal: Hashable, Sendable {
    /// No state has been seen to leave, so that no effect of leaving was estimated.
    case leavingNeverSeen
    /// The outcome's estimator gives no distribution of effects to draw from.
    case method(Specification.Method)
    /// The evidence cannot decide the outcome, by the first rule that it fails.
    case undecidable(Answerability.Reason?)
    case tooFewValues(Int, needed: Int)
  }

  /// The fans of an outcome, one for each year after the last observed.
  public struct Drawn: Sendable {
    public let baseline: [Fan]
    public let path: [Fan]
    /// The path less the baseline, draw by draw.
    public let difference: [Fan]
    public let candidates: Baseline
    public let origin: Origin
    /// Why the projection ends in its last year.
    public let end: End
  }

  /// Where the effect comes from.
  public enum Origin: Hashable, Sendable {
    case estimated
    case assumed(reason: String)
  }

  /// What ends a projection.
  public enum End: Hashable, Sendable {
    case horizon
    /// No state has been seen for longer after its step.
    case lastEventTime(Int)
  }
}

extension OutcomeProjection {
  init(
    _ answer: OutcomeAnswer, in channel: ChannelAnswer, step: Scenario.Step,
    scenario: Scenario, stream: UInt32, threads: Int
  ) {
    outcome = answer.id
    self.channel = channel.id
    title = answer.series.indicator.title
    unit = answer.series.indicator.unit
    self.step = step
    verdict = answer.answerability.verdict
    let history = answer.series.history(of: step.actor)
    self.history = history
    let range = answer.series.indicator.range
    self.range = range
    let source = EffectSource(answer, step: step, assumption: scenario.assumptions[answer.id])
    switch source {
    case .none(let refusal): result = .refused(refusal)
    case .some(let effect, let origin):
      result = Self.drawn(
        history, effect, origin, within: range, step: step, scenario: scenario, stream: stream,
        threads: threads)
    }
  }

  private static func drawn(
    _ history: [Int: Double], _ effect: Path.Effect, _ origin: Origin, within range: ValueRange,
    step: Scenario.Step, scenario: Scenario, stream: UInt32, threads: Int
  ) -> Result {
    let years = history.keys.sorted()
    let longest = effect.lastEventTime ?? scenario.horizon
    let end = step.year + min(scenario.horizon, longest)
    guard let first = years.first, let last = years.last, end > last,
      let baseline = try? Baseline(
        (first...last).map { history[$0] }, horizon: end - last, within: range)
    else {
      return .refused(
        .tooFewValues(years.count, needed: BaselineModel.localLevel.fewestValues))
    }
    let path = Path(
      baseline: baseline, last: last, event: step.year, end: end, effect: effect,
      transfer: scenario.transfer, anticipation: scenario.anticipation, range: range)
    let draws = path.draws(scenario.draws, seed: scenario.seed, stream: stream, threads: threads)
    return .drawn(
      Drawn(
        draws, from: last + 1, within: range, candidates: baseline, origin: origin,
        end: longest < scenario.horizon ? .lastEventTime(longest) : .horizon))
  }
}

extension OutcomeProjection.Drawn {
  init(
    _ draws: [Path.Draw], from first: Int, within range: ValueRange = .unbounded,
    candidates: Baseline, origin: OutcomeProjection.Origin, end: OutcomeProjection.End
  ) {
    let years = draws.first?.baseline.indices ?? 0..<0
    baseline = years.map { year in Fan(year: first + year, draws: draws.map { $0.baseline[year] }) }
    path = years.map { year in
      // Rounding may carry a sum past the bound at which its draw stopped.
      Fan(
        year: first + year,
        draws: draws.map { range.held($0.baseline[year] + $0.difference[year]) })
    }
    difference = years.map { year in
      Fan(year: first + year, draws: draws.map { $0.difference[year] })
    }
    self.candidates = candidates
    self.origin = origin
    self.end = end
  }
}

/// The effect that a projection may use.
private enum EffectSource {
  case some(Path.Effect, OutcomeProjection.Origin)
  case none(OutcomeProjection.Refusal)

  init(_ answer: OutcomeAnswer, step: Scenario.Step, assumption: Scenario.Assumption?) {
    if let assumption {
      self = .some(.assumed(assumption.effect), .assumed(reason: assumption.reason))
    } else if step.leaves {
      self = .none(.leavingNeverSeen)
    } else if let effects = answer.estimates.first?.effects.groupTime,
      let distribution = try? EffectDistribution(effects)
    {
      self = .some(.estimated(distribution), .estimated)
    } else if let method = answer.estimates.first?.estimator.method, method != .groupTime {
      self = .none(.method(method))
    } else {
      self = .none(.undecidable(answer.answerability.reasons.first { !$0.passed }))
    }
  }
}

extension IndicatorSeries {
  /// An actor's values that may be compared, by year.
  func history(of actor: ActorID) -> [Int: Double] {
    guard let row = actors.firstIndex(of: actor) else { return [:] }
    let values = zip(periods, cells[row]).compactMap { period, cell in
      cell.isAtLeast ? nil : cell.cell.value.map { (period, $0) }
    }
    return Dictionary(uniqueKeysWithValues: values)
  }
}

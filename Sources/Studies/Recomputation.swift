public import Evidence
import Indicators

/// Answers a study again under changed judgements, with what they do not touch worked out once.
///
/// Every answer equals that of a cold run, bit for bit: what is kept is the values of indicators whose
/// evidence has not changed.
public struct Recomputation: Sendable {
  public let study: Study
  private let workings: Workings

  /// Works out the study's indicators in each of its pools.
  public init(_ study: Study, from casebook: Casebook, threads: Int = 1) {
    self.study = study
    var workings = Workings(casebook: casebook, threads: threads)
    let outcomes = study.channels.flatMap(\.outcomes)
    for outcome in outcomes {
      let periods = Array(outcome.periods)
      let pools = study.pools.values.map(\.actors).sorted { $0.count < $1.count } + [study.named]
      for actors in pools {
        let key = Workings.SeriesKey(indicator: outcome.indicator, actors: actors, periods: periods)
        workings.known[key] = outcome.indicator.series(
          from: casebook, actors: actors, periods: periods)
      }
    }
    self.workings = workings
  }

  /// The whole answer under a specification.
  ///
  /// - Throws: `StudyError` when the study cannot have such a choice or nobody is left to compare.
  public func answer(under specification: Specification) throws -> Answer {
    let study = try groupTime(specification)
    let workings = workings(under: specification)
    return try study.answer(workings) { try study.answer($0, workings) }
  }

  /// One channel's answer under a specification.
  ///
  /// - Throws: as `answer(under:)`, or `StudyError.unknownChannel`.
  public func channel(_ id: ChannelID, under specification: Specification) throws -> ChannelAnswer {
    let study = try groupTime(specification)
    guard let channel = study.channels.first(where: { $0.id == id }) else {
      throw StudyError.unknownChannel(id, known: study.channels.map(\.id))
    }
    return try study.answer(channel, workings(under: specification))
  }

  /// Judges one outcome under a specification.
  func judged(
    _ outcome: String, of channel: ChannelID, under specification: Specification
  ) throws -> JudgedOutcome {
    let study = try groupTime(specification)
    guard let channel = study.channels.first(where: { $0.id == channel }),
      let outcome = channel.outcomes.first(where: { $0.id == outcome })
    else {
      throw StudyError.unknownOutcome(
        outcome, known: study.channels.flatMap(\.outcomes).map(\.id))
    }
    return try OutcomeStudy(
      study: study, channel: channel, outcome: outcome,
      workings: workings(under: specification)
    ).judged()
  }

  private func groupTime(_ specification: Specification) throws -> Study {
    if let method = specification.method, method != .groupTime {
      throw StudyError.impossibleChoice(
        "a whole answer by \(method.rawValue)",
        mend: "choose group-time, or ask for the estimate alone in the multiverse")
    }
    return try study.applying(specification)
  }

  /// The changed casebook, and the indicators that the change does not touch.
  private func workings(under specification: Specification) -> Workings {
    guard specification.leftOut.touchesEvidence || specification.resolution != nil else {
      return workings
    }
    let changed = workings.casebook.applying(specification)
    let touch = EvidenceTouch(from: workings.casebook, to: changed)
    var others = Workings(casebook: changed, threads: workings.threads)
    others.known = workings.known.filter { !touch.reaches($0.key.indicator) }
    return others
  }
}

/// What of a casebook differs in another that was made from it by leaving rows out.
struct EvidenceTouch {
  /// The channels of which a claim, a rival of one or a coverage row has changed.
  private let channels: Set<ChannelID>
  private let hasOtherSeries: Bool

  init(from casebook: Casebook, to changed: Casebook) {
    hasOtherSeries = casebook.series.count != changed.series.count
    guard casebook.resolution == changed.resolution else {
      channels = Set(casebook.claims.map(\.channel))
      return
    }
    let kept = Set(changed.claims.map(\.id))
    let gone = casebook.claims.filter { !kept.contains($0.id) }
    // A claim that is gone may bring back its rivals and what it corrected.
    let claims = gone.flatMap { claim in
      [claim] + casebook.claims(of: claim.fact)
        + (claim.supersedes.flatMap { casebook.claim($0) }.map { casebook.claims(of: $0.fact) }
          ?? [])
    }
    let names = Set(gone.map(\.id))
    let coverage = casebook.coverage.filter { $0.claim.map(names.contains) ?? false }
    channels = Set(claims.map(\.channel) + coverage.map(\.channel))
  }

  func reaches(_ indicator: Indicator) -> Bool {
    switch indicator.definition {
    case .variable: hasOtherSeries
    case .claims(let rule): channels.contains(rule.channel)
    case .index(let index): index.components.contains { channels.contains($0.rule.channel) }
    }
  }
}

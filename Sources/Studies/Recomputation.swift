public import Evidence
import Indicators

/// Answers a study again under changed judgements, with what they do not touch worked out once.
///
/// Every answer equals that of a cold run, bit for bit: what is kept is the values of indicators whose
/// evidence has not changed.
public struct Recomputation: Sendable {
  public let study: Study
  private(set) var workings: Workings

  /// Works out the study's indicators for all its actors and years.
  ///
  /// An index is worked out anew each time: its scale depends on who is compared.
  public init(_ study: Study, from casebook: Casebook, threads: Int = 1) {
    self.study = study
    workings = Workings(casebook: casebook, threads: threads)
    for outcome in study.channels.flatMap(\.outcomes) {
      know(outcome.indicator, over: outcome.periods)
    }
  }

  /// Works out an indicator for all the study's actors and some years, unless it is an index.
  mutating func know(_ indicator: Indicator, over periods: ClosedRange<Int>) {
    if case .index = indicator.definition { return }
    let actors = Set(study.pools.values.flatMap(\.actors) + study.named).sorted()
    workings.known[indicator] = indicator.series(
      from: workings.casebook, actors: actors, periods: Array(periods))
  }

  /// The same, keeping the assignments of its tests for evidence that changes values only.
  var keepingAssignments: Recomputation {
    var recomputation = self
    recomputation.workings.kept = KeptAssignments()
    return recomputation
  }

  /// The whole answer under a specification.
  ///
  /// - Throws: `StudyError` when the study cannot have such a choice or nobody is left to compare.
  public func answer(under specification: Specification) throws -> Answer {
    let (study, workings) = try specified(specification)
    return try study.answer(workings)
  }

  /// One channel's answer under a specification.
  ///
  /// - Throws: as `answer(under:)`, or `StudyError.unknownChannel`.
  public func channel(_ id: ChannelID, under specification: Specification) throws -> ChannelAnswer {
    let (study, workings) = try specified(specification)
    return try study.answer(try study.channel(id), workings)
  }

  /// The study and the evidence under a specification.
  ///
  /// - Throws: `StudyError` when the study cannot have such a choice.
  func specified(_ specification: Specification) throws -> (study: Study, workings: Workings) {
    (try study.applying(specification), workings(under: specification))
  }

  /// The changed casebook, and the indicators that the change does not touch.
  func workings(under specification: Specification) -> Workings {
    guard specification.leftOut.touchesEvidence || specification.resolution != nil else {
      return workings
    }
    let changed = workings.casebook.applying(specification)
    let touch = EvidenceTouch(from: workings.casebook, to: changed)
    var others = Workings(casebook: changed, threads: workings.threads, kept: workings.kept)
    for (indicator, series) in workings.known {
      others.known[indicator] =
        touch.reaches(indicator)
        ? touch.actors(of: indicator).flatMap { series.renewed(for: $0, from: changed) } : series
    }
    return others
  }
}

extension Study {
  /// Finds a channel by its name.
  ///
  /// - Throws: `StudyError.unknownChannel`.
  package func channel(_ id: ChannelID) throws -> Channel {
    guard let channel = channels.first(where: { $0.id == id }) else {
      throw StudyError.unknownChannel(id, known: channels.map(\.id))
    }
    return channel
  }
}

/// Which values change when claims or series rows are left out of a casebook.
struct EvidenceTouch {
  private let casebook: Casebook
  private let channels: Set<ChannelID>
  private let hasOtherSeries: Bool
  /// What a change of claims moves; nil when every value of claims may be another.
  private let moved: MovedEvidence?

  init(from casebook: Casebook, to changed: Casebook) {
    self.casebook = casebook
    hasOtherSeries = casebook.series.count != changed.series.count
    guard casebook.resolution == changed.resolution else {
      channels = Set(casebook.claims.map(\.channel))
      moved = nil
      return
    }
    let moved = casebook.evidence(movedBy: casebook.claims.filter { !changed.holds($0.id) })
    channels = moved.channels
    self.moved = moved
  }

  func reaches(_ indicator: Indicator) -> Bool {
    if case .variable = indicator.definition { return hasOtherSeries }
    return indicator.rules.contains { channels.contains($0.channel) }
  }

  /// The actors whose values of an indicator may change; nil when that may be all.
  func actors(of indicator: Indicator) -> Set<ActorID>? {
    guard let moved, case .claims(let rule) = indicator.definition else { return nil }
    return Set(moved.claims.map { rule.actor(of: $0, in: casebook) } + moved.coverage.map(\.actor))
  }
}

/// The claims and searches that leaving out some claims may bring up or take away.
struct MovedEvidence {
  let claims: [Claim]
  let coverage: [Coverage]

  var channels: Set<ChannelID> { Set(claims.map(\.channel) + coverage.map(\.channel)) }
}

extension Casebook {
  /// What may change when some claims are left out.
  ///
  /// A claim that is gone may bring back its rivals and what it corrected, and what was searched.
  func evidence(movedBy gone: [Claim]) -> MovedEvidence {
    let corrected = gone.compactMap(\.supersedes).compactMap { claim($0) }
    let rivals = (gone + corrected).flatMap { claims(of: $0.fact) }
    let names = Set(gone.map(\.id))
    return MovedEvidence(
      claims: gone + rivals,
      coverage: coverage.filter { $0.claim.map(names.contains) ?? false })
  }
}

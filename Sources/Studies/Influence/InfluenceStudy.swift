import Effects
public import Evidence
import Indicators
import LinearAlgebra
import Synchronization

extension Study {
  /// Leaves out each claim, source, coder (of two or more), state and period in turn.
  ///
  /// All channels unless one is named. Each p rests on `draws` reassignments; without draws there are
  /// estimates only. `progress` is told how many steps of how many are done, from any thread.
  ///
  /// - Throws: `StudyError`, or the error of an indicator.
  public func influence(
    in casebook: Casebook, channel: ChannelID? = nil, draws: Int? = 1_000, threads: Int = 1,
    progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws -> Influence {
    let channels = try channel.map { [try self.channel($0)] } ?? channels
    let study = InfluenceStudy(
      Recomputation(self, from: casebook).keepingAssignments, channels, draws: draws,
      threads: threads)
    return Influence(draws: draws, outcomes: try study.outcomes(progress: progress))
  }
}

/// Counts the steps of work on several threads.
private final class StepCount: Sendable {
  private let done = Mutex(0)
  private let total: Int
  private let report: @Sendable (Int, Int) -> Void

  init(of total: Int, _ report: @escaping @Sendable (Int, Int) -> Void) {
    (self.total, self.report) = (total, report)
    report(0, total)
  }

  func add() {
    done.withLock { done in
      done += 1
      report(done, total)
    }
  }
}

/// Leaves out parts of the evidence, one or several at a time, and answers again.
struct InfluenceStudy {
  let recomputation: Recomputation
  let subjects: [Subject]
  let draws: Int?
  let threads: Int

  /// An outcome whose answer is watched.
  struct Subject: Hashable, Sendable {
    let channel: ChannelID
    let outcome: Study.Outcome
  }

  /// A part of the evidence that can be left out.
  struct Item: Hashable, Sendable {
    let kind: Influence.PartKind
    let name: String
  }

  private var casebook: Casebook { recomputation.workings.casebook }
  private var study: Study { recomputation.study }

  /// The outcomes that a part could move, with it and without it; `wholes` are the standings with it.
  func outcomes(
    without item: Item, wholes: [Influence.Standing]
  ) throws -> [Influence.OutcomeInfluence] {
    let reached = places(reachedBy: item, joining: joining)
    let others = try standings(without: [item], for: reached.map { subjects[$0] })
    return zip(reached, others).map { place, without in
      let (subject, whole) = (subjects[place], wholes[place])
      let part = Influence.Part(kind: item.kind, name: item.name, without: without)
      let isMoved = without != whole
      return Influence.OutcomeInfluence(
        channel: subject.channel, outcome: subject.outcome.id,
        isHeadline: subject.outcome.isHeadline, whole: whole,
        parts: isMoved ? [part] : [], unmoved: [item.kind: isMoved ? 0 : 1], flips: [])
    }
  }

  /// What each part moves, and the fewest that turn a verdict; a step is a part or an outcome.
  func outcomes(
    progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
  ) throws -> [Influence.OutcomeInfluence] {
    let isShown = try showable()
    let wholes = try standings(without: [], for: subjects, isShown)
    let items = self.items
    let joining = self.joining
    let reached = items.map { places(reachedBy: $0, joining: joining) }
    let steps = StepCount(of: items.count + subjects.count, progress)
    let found = try mapEach(items.count, threads: threads) { place in
      defer { steps.add() }
      return try standings(
        without: [items[place]], for: reached[place].map { subjects[$0] },
        reached[place].map { isShown[$0] })
    }
    return try subjects.indices.map { subject in
      defer { steps.add() }
      let parts = items.indices.compactMap { item in
        reached[item].firstIndex(of: subject).map { (items[item], found[item][$0]) }
      }
      return try outcome(subjects[subject], whole: wholes[subject], reached: parts)
    }
  }

  private func outcome(
    _ subject: Subject, whole: Influence.Standing, reached: [(Item, Influence.Standing)]
  ) throws -> Influence.OutcomeInfluence {
    let moved = reached.filter { $0.1 != whole }
      .map { Influence.Part(kind: $0.0.kind, name: $0.0.name, without: $0.1) }
    let sizes = moved.map { abs(($0.without.estimate ?? 0) - (whole.estimate ?? 0)) }
    let order = moved.indices.sorted { (-sizes[$0], $0) < (-sizes[$1], $1) }
    let counts = Dictionary(grouping: items, by: \.kind).mapValues(\.count)
    let isSearched = subject.outcome.isHeadline && draws != nil
    let flips = try (isSearched ? Influence.PartKind.allCases : []).compactMap { kind in
      try FlipSearch(
        study: self, subject: subject, whole: whole,
        singles: reached.filter { $0.0.kind == kind }
      ).smallest()
    }
    return Influence.OutcomeInfluence(
      channel: subject.channel, outcome: subject.outcome.id,
      isHeadline: subject.outcome.isHeadline, whole: whole, parts: order.map { moved[$0] },
      unmoved: Dictionary(
        uniqueKeysWithValues: counts.map { kind, count in
          (kind, count - moved.filter { $0.kind == kind }.count)
        }), flips: flips)
  }

  /// Everything that can be left out, in the order of the tables.
  var items: [Item] {
    let coders = Set(casebook.claims.map(\.coder)).sorted()
    let states = Set(
      subjects.flatMap { study.pools[$0.outcome.pool]?.actors ?? [] }.map(\.rawValue)
    ).sorted()
    let periods = Set(subjects.flatMap { Array($0.outcome.periods) }).sorted()
    let names: [(Influence.PartKind, [String])] = [
      (.claim, casebook.claims.map(\.id.rawValue)), (.source, casebook.sources.map(\.id.rawValue)),
      (.coder, coders.count > 1 ? coders : []), (.state, states),
      (.period, periods.map(String.init)),
    ]
    return names.flatMap { kind, names in names.map { Item(kind: kind, name: $0) } }
  }

  /// Which outcomes may have an estimate: without a test, those that the whole evidence can decide.
  private func showable() throws -> [Bool] {
    guard draws == nil else { return subjects.map { _ in true } }
    let tested = InfluenceStudy(
      recomputation: recomputation, subjects: subjects, draws: Self.fewestDraws, threads: threads)
    return try tested.standings(without: [], for: subjects).map { $0.verdict != .undecidable }
  }

  /// Draws that tell a floor below 0.05.
  private static let fewestDraws = 99

  /// Where outcomes stand without some parts, the ones not shown without an estimate.
  private func standings(
    without items: [Item], for subjects: [Subject], _ isShown: [Bool]
  ) throws -> [Influence.Standing] {
    let shown = zip(subjects, isShown).filter(\.1).map(\.0)
    var found = try standings(without: items, for: shown)[...]
    return isShown.map { isShown in
      (isShown ? found.popFirst() : nil)
        ?? Influence.Standing(estimate: nil, p: nil, verdict: nil)
    }
  }

  /// Where outcomes stand without some parts of the evidence.
  func standings(without items: [Item], for subjects: [Subject]) throws -> [Influence.Standing] {
    guard !subjects.isEmpty else { return [] }
    let (study, workings) = try recomputation.specified(specification(without: items))
    return try subjects.map { subject in
      let channel = try study.channel(subject.channel)
      guard let outcome = channel.outcomes.first(where: { $0.id == subject.outcome.id }) else {
        preconditionFailure("A specification keeps the outcomes of a study.")
      }
      return try OutcomeStudy(study: study, channel: channel, outcome: outcome, workings: workings)
        .standing(isTested: draws != nil)
    }
  }

  private func specification(without items: [Item]) -> Specification {
    var specification = Specification()
    specification.draws = draws
    for item in items {
      switch item.kind {
      case .claim: specification.leftOut.claims.insert(ClaimID(item.name))
      case .source: specification.leftOut.sources.insert(SourceID(item.name))
      case .coder: specification.leftOut.coders.insert(item.name)
      case .state: specification.leftOut.states.insert(ActorID(item.name))
      case .period: specification.leftOut.periods.formUnion(Int(item.name).map { [$0] } ?? [])
      }
    }
    return specification
  }

  /// The places of the subjects that leaving a part out could change at all.
  private func places(reachedBy item: Item, joining: Set<ClaimID>) -> [Int] {
    switch item.kind {
    case .claim:
      let claims = [casebook.claim(ClaimID(item.name))].compactMap { $0 }
      if claims.contains(where: { joining.contains($0.id) }) { return Array(subjects.indices) }
      let channels = casebook.evidence(movedBy: claims).channels
      return subjects.indices.filter { place in
        subjects[place].outcome.indicator.rules.contains { channels.contains($0.channel) }
      }
    case .source, .coder: return Array(subjects.indices)
    case .state:
      return subjects.indices.filter { place in
        study.pools[subjects[place].outcome.pool]?.actors.contains(ActorID(item.name)) ?? false
      }
    case .period:
      return subjects.indices.filter { place in
        Int(item.name).map(subjects[place].outcome.periods.contains) ?? false
      }
    }
  }

  /// The claims that say who came into the treatment or the co-treatment.
  private var joining: Set<ClaimID> {
    Set(
      [study.treatment, study.coTreatment].compactMap { $0 }
        .flatMap { casebook.memberships(in: $0.organisation, stage: $0.stage) }
        .compactMap(\.claim))
  }
}

extension InfluenceStudy {
  /// Watches all outcomes of some channels.
  init(_ recomputation: Recomputation, _ channels: [Study.Channel], draws: Int?, threads: Int) {
    self.recomputation = recomputation
    self.draws = draws
    self.threads = threads
    subjects = channels.flatMap { channel in
      channel.outcomes.map { Subject(channel: channel.id, outcome: $0) }
    }
  }
}

extension OutcomeStudy {
  /// Where the outcome stands: without an estimate where nothing can be decided or nobody compared.
  func standing(isTested: Bool) throws -> Influence.Standing {
    do {
      guard isTested else {
        return Influence.Standing(estimate: try untestedEstimate(), p: nil, verdict: nil)
      }
      let judged = try judged()
      let verdict = judged.answerability.verdict
      let isDecided = verdict != .undecidable
      return Influence.Standing(
        estimate: isDecided ? judged.comparison.effects?.overall.att : nil,
        p: isDecided ? judged.comparison.test?.p : nil, verdict: verdict)
    } catch StudyError.emptyPool {
      return Influence.Standing(
        estimate: nil, p: nil, verdict: isTested ? .undecidable : nil)
    }
  }
}

import Documents
import Effects
public import Evidence
import Indicators
import LinearAlgebra
import Panels

extension Study {
  /// Answers the question from a casebook.
  ///
  /// The result depends on the study and the casebook alone, on any number of threads.
  ///
  /// - Throws: `StudyError` for a pool without anybody to compare, or the error of an indicator.
  public func answer(from casebook: Casebook, threads: Int = 1) throws -> Answer {
    try answer(Workings(casebook: casebook, threads: threads))
  }

  /// The whole answer.
  func answer(_ workings: Workings) throws -> Answer {
    let casebook = workings.casebook
    let channels = try mapEach(self.channels.count, threads: workings.threads) { place in
      try answer(self.channels[place], workings)
    }
    let outcomes = channels.flatMap(\.outcomes)
    return Answer(
      study: self, casebook: casebook, asKnownOn: casebook.lastRecorded, channels: channels,
      together: try together(channels, threads: workings.threads),
      caveats: caveats(channels, casebook), conflicts: casebook.conflicts(),
      wouldChange: possibleChanges(outcomes, casebook))
  }

  /// The answer of one channel.
  func answer(_ channel: Channel, _ workings: Workings) throws -> ChannelAnswer {
    let outcomes = try mapEach(channel.outcomes.count, threads: workings.threads) { place in
      try OutcomeStudy(
        study: self, channel: channel, outcome: channel.outcomes[place], workings: workings
      ).answer()
    }
    return ChannelAnswer(id: channel.id, title: channel.title, outcomes: outcomes)
  }
}

/// The casebook that a study asks, and what is already known of it.
struct Workings: Sendable {
  let casebook: Casebook
  let threads: Int
  /// Indicators evaluated before, over all actors and years of a study.
  var known: [Indicator: IndicatorSeries] = [:]
  /// Where much is answered again with the same cells: the assignments of its tests.
  var kept: KeptAssignments?

  func series(_ indicator: Indicator, actors: [ActorID], periods: [Int]) -> IndicatorSeries {
    known[indicator]?.restricted(to: actors, periods)
      ?? indicator.series(from: casebook, actors: actors, periods: periods)
  }
}

/// One outcome on its way from evidence to answer.
struct OutcomeStudy {
  let study: Study
  let channel: Study.Channel
  let outcome: Study.Outcome
  let workings: Workings

  var casebook: Casebook { workings.casebook }

  func answer() throws -> OutcomeAnswer {
    let judged = try judged()
    let comparison = judged.comparison
    let answerability = judged.answerability
    let design = designCard(judged)
    let isDecided = answerability.verdict != .undecidable
    let estimates = isDecided ? estimates(comparison, judged.separated) : []
    let evidence = EvidenceConfidence(
      estimates: estimates, answerability: answerability, design: design,
      disagreement: disagreement(judged, isDecided: isDecided))
    let likelihood = estimates.first.flatMap { first in
      isThesisPositive.map { positive in
        Likelihood(first.randomization, isThesisPositive: positive, evidence: evidence.level)
      }
    }
    return OutcomeAnswer(
      id: outcome.id, isHeadline: outcome.isHeadline, series: judged.series, design: design,
      answerability: answerability, estimates: estimates, smallestEffect: outcome.smallestEffect,
      likelihood: likelihood, evidence: evidence,
      panel: comparison.panel, trace: trace(judged.series, coTreated: judged.coTreated))
  }

  /// The outcome's comparison and what it can decide.
  func judged() throws -> JudgedOutcome {
    try requirePossible()
    let series = series()
    let panel = try panel(series)
    let comparison = try Comparison(
      panel, estimator: estimator, randomization: randomization, kept: workings.kept)
    let coTreated = coTreated(in: comparison.participants)
    let separated =
      coTreated.isEmpty
      ? nil
      : try comparison.without(Set(coTreated.map(\.rawValue)))
    let rules = AnswerabilityRules(study: study, smallestEffect: outcome.smallestEffect)
    let detectable = try comparison.detectableEffect()
    return JudgedOutcome(
      series: series, comparison: comparison, coTreated: coTreated, separated: separated,
      detectableEffect: detectable,
      answerability: rules.judge(
        comparison, separated: separated,
        coTreated: outcome.coTreated == .covariate ? nil : coTreated, detectable: detectable))
  }

  /// - Throws: `StudyError.impossibleChoice` when the outcome's choices exclude each other.
  func requirePossible() throws {
    guard let rule = ImpossibleCombination(outcome) else { return }
    throw StudyError.impossibleChoice(
      "that for the outcome `\(outcome.id)`, as \(rule.text)", advice: rule.advice)
  }

  private var randomization: Randomization {
    Randomization(
      draws: study.draws, seed: study.seed, enumerationLimit: study.enumerationLimit,
      threads: workings.threads)
  }

  /// The outcome's values in its pool and years.
  func series() -> IndicatorSeries {
    workings.series(
      outcome.indicator, actors: pool.actors,
      periods: outcome.periods.filter { !outcome.leftOutPeriods.contains($0) })
  }

  /// The values as a panel, with who joined when.
  ///
  /// - Throws: `StudyError.emptyPool` when nobody can be compared, or `IndicatorError`.
  func panel(_ series: IndicatorSeries) throws -> Panel {
    let panel = try Panel(series, treatment: spells(study.treatment))
    try checkPool(panel)
    switch outcome.coTreated {
    case .compared: return panel
    case .excluded:
      return try panel.withoutCoTreated(Set(coTreated(in: panel).map(\.rawValue)))
    case .censored:
      let ends = coTreatmentStarts()
      let coTreated = coTreated(in: panel).map { ($0.rawValue, ends[$0.rawValue] ?? 0) }
      return try panel.censored(at: Dictionary(uniqueKeysWithValues: coTreated))
    case .covariate:
      return try panel.adding(ChosenEstimator.coTreatment, from: coTreatmentStarts())
    }
  }

  /// The year in which each actor came into the co-treatment.
  func coTreatmentStarts() -> [String: Int] {
    guard let coTreatment = study.coTreatment else { return [:] }
    return Dictionary(
      spells(coTreatment).map { ($0.actor.rawValue, $0.from.earliest.year) },
      uniquingKeysWith: min)
  }

  /// All that the outcome rests on: its values, and who joined when.
  private func trace(_ series: IndicatorSeries, coTreated: [ActorID]) -> [EvidenceID] {
    let joined = spells(study.treatment).filter { pool.actors.contains($0.actor) }
    let joinedBoth = study.coTreatment.map { coTreatment in
      spells(coTreatment).filter { coTreated.contains($0.actor) }
    }
    let steps = (joined + (joinedBoth ?? [])).compactMap(\.claim).map { EvidenceID.claim($0) }
    return series.evidenceSet(on: series.actors).union(steps).inOrder()
  }

  var pool: Study.Pool {
    study.pools[outcome.pool] ?? Study.Pool(title: outcome.pool, actors: [], note: "")
  }

  var estimator: ChosenEstimator { ChosenEstimator(outcome) }

  /// Whether the thesis expects the outcome to rise; nil when it expects no direction.
  var isThesisPositive: Bool? { outcome.isThesisPositive(channel.thesis) }

  func spells(_ treatment: Study.Treatment) -> [Membership] {
    casebook.memberships(in: treatment.organisation, stage: treatment.stage)
  }

  private func checkPool(_ panel: Panel) throws {
    let treated = panel.units.indices.filter { panel.isTreatedInside(unit: $0) }
    let last = panel.periods[panel.periods.count - 1]
    let untreated = panel.cohorts.filter { cohort in cohort.start.map { $0 > last } ?? true }
    let organisation = study.treatment.organisation
    if treated.isEmpty {
      throw StudyError.emptyPool(
        outcome: outcome.id, problem: .nobodyTreated(organisation: organisation, pool: outcome.pool)
      )
    }
    if untreated.isEmpty {
      throw StudyError.emptyPool(
        outcome: outcome.id,
        problem: .nobodyUntreated(organisation: organisation, pool: outcome.pool))
    }
  }

  /// The units whose co-treatment falls between their first and last observed period.
  func coTreated(in participants: Panel?) -> [ActorID] {
    guard let panel = participants else { return [] }
    let starts = coTreatmentStarts()
    return panel.units.indices.compactMap { unit in
      let observed = panel.observedPeriods(ofUnit: unit)
      guard let first = observed.first?.number, let last = observed.last?.number,
        let start = starts[panel.units[unit]], first < start, start <= last
      else { return nil }
      return ActorID(panel.units[unit])
    }
  }

  private func estimates(_ comparison: Comparison, _ separated: Comparison?) -> [OutcomeEstimate] {
    let all = OutcomeEstimate(comparison, sample: .all)
    let without = separated.flatMap { OutcomeEstimate($0, sample: .withoutCoTreated) }
    return [all, without].compactMap { $0 }
  }

  private func designCard(_ judged: JudgedOutcome) -> DesignCard {
    let comparison = judged.comparison
    let observed = comparison.participants.map { panel in
      panel.periods.indices.filter { period in
        panel.units.indices.contains { panel.isObserved(unit: $0, period: period) }
      }.map { panel.periods[$0].number }
    }
    let named = study.named.map { namedUnit($0, comparison) }
    return DesignCard(
      pool: pool.title, poolNote: pool.note,
      treated: comparison.treated, comparison: comparison.untreated,
      dropped: dropped(comparison, judged.series),
      periods: observed.flatMap { years in
        years.first.flatMap { first in years.last.map { first...$0 } }
      },
      named: named, floor: comparison.floors, namedFloor: namedFloor(comparison),
      minimumDetectableEffect: judged.detectableEffect,
      preTrend: comparison.test?.preTrend, coTreated: judged.coTreated)
  }

  /// The units that take no part, each with the reason that its values give.
  private func dropped(_ comparison: Comparison, _ series: IndicatorSeries) -> [Dropped] {
    let left =
      comparison.dropped
      ?? comparison.panel.units.map { Dropped(unit: $0, period: nil, reason: "") }
    return left.map { drop in
      guard let unit = drop.unit, let row = series.actors.firstIndex(of: ActorID(unit)),
        let reason = series.cells[row].reasonForNoFullValue
      else { return drop }
      return Dropped(unit: unit, period: drop.period, reason: reason)
    }
  }

  private func namedUnit(_ actor: ActorID, _ comparison: Comparison) -> DesignCard.NamedUnit {
    if let unit = comparison.treated.first(where: { $0.actor == actor }) {
      return DesignCard.NamedUnit(
        actor: actor, role: .treated, periodsBefore: unit.periodsBefore,
        periodsAfter: unit.periodsAfter, absence: nil)
    }
    let panel = comparison.panel
    let row = panel.units.firstIndex(of: actor.rawValue)
    let count = row.map { panel.observedPeriods(ofUnit: $0).count } ?? 0
    let isCompared = comparison.untreated.contains(actor)
    return DesignCard.NamedUnit(
      actor: actor, role: isCompared ? .comparison : .absent,
      periodsBefore: isCompared ? count : 0, periodsAfter: 0,
      absence: isCompared
        ? nil : row.map { panel.isImpossible(unit: $0) ? .impossible : .notSearched })
  }

  /// The floor of comparing the named states alone: those with values, or, where no named state has
  /// any, those that could have.
  private func namedFloor(_ comparison: Comparison) -> DesignCard.NamedFloor? {
    let panel = comparison.panel
    let named = panel.units.indices.filter { study.named.contains(ActorID(panel.units[$0])) }
    let seen = named.filter { !panel.observedPeriods(ofUnit: $0).isEmpty }
    let possible = seen.isEmpty ? named.filter { !panel.isImpossible(unit: $0) } : seen
    let joined = possible.filter { panel.isTreatedInside(unit: $0) }.count
    guard !possible.isEmpty, joined > 0 else { return nil }
    return DesignCard.NamedFloor(
      joined: joined, of: possible.count, who: 1 / binomial(possible.count, joined))
  }
}

/// One outcome's comparisons and what they can decide, before any words.
struct JudgedOutcome {
  let series: IndicatorSeries
  let comparison: Comparison
  /// The units whose co-treatment falls inside their own window.
  let coTreated: [ActorID]
  /// The comparison without them; nil when there are none.
  let separated: Comparison?
  /// The smallest effect that the test would find; nil when it could find none.
  let detectableEffect: Double?
  let answerability: Answerability
}

extension Panel {
  /// The same panel without each unit's cells from a year on.
  func censored(at ends: [String: Int]) throws -> Panel {
    try with(cells: { unit, period in
      ends[units[unit]].map { periods[period].number >= $0 } ?? false
        ? .absent(.missing) : cell(unit: unit, period: period)
    })
  }
}

extension Panel {
  /// The same panel with a covariate that is 1 from each unit's year on, else 0.
  fileprivate func adding(_ covariate: String, from starts: [String: Int]) throws -> Panel {
    let marks = units.indices.flatMap { unit in
      periods.map { period -> Double? in
        starts[units[unit]].map { period.number >= $0 } ?? false ? 1 : 0
      }
    }
    return try with(covariates: covariates.merging([covariate: marks]) { _, new in new })
  }
}

extension OutcomeEstimate {
  /// The estimate of a comparison; nil where there is none.
  init?(_ comparison: Comparison, sample: Sample) {
    guard let effects = comparison.effects, let test = comparison.test else { return nil }
    let treated = comparison.treated.count
    let compared = comparison.untreated.count
    let cohorts = Dictionary(grouping: comparison.treated, by: \.from)
    let tested = effects.preTrend?.degreesOfFreedom ?? 0
    self.init(
      estimator: comparison.estimator, sample: sample, effects: effects, randomization: test,
      showsLargeSampleErrors: comparison.showsLargeSampleErrors,
      showsJointTest: 2 * tested <= treated + compared
        && cohorts.values.allSatisfy { $0.count >= 5 },
      sensitivity: sample == .all ? comparison.sensitivity() : nil)
  }
}

extension [IndicatorCell] {
  /// Why none of an actor's values can be compared; nil when one can.
  fileprivate var reasonForNoFullValue: String? {
    guard allSatisfy({ $0.isAtLeast || $0.cell.value == nil }) else { return nil }
    if allSatisfy({ $0.cell.absence == .impossible }) { return "nothing can exist for it" }
    if contains(where: \.isAtLeast) { return "claims at hand, but no year searched in full" }
    if contains(where: { $0.cell.absence == .withheld }) { return "withheld by the source" }
    return "never searched, or not covered by the source"
  }
}

import Effects
import Evidence
import Indicators
import LinearAlgebra
import Panels

/// Estimates single specifications of one outcome, with what several share worked out once.
///
/// A result depends on the casebook, the specification, the seed and the range of draws alone.
struct SpecificationStudy: Sendable {
  private let recomputation: Recomputation
  private let channel: Study.Channel
  private let outcome: Study.Outcome
  /// The panel of each choice of evidence, actors and years; nil where it has nobody to compare.
  private let panels: [Specification: Panel?]
  /// Nil when nothing is to be estimated.
  private var permutations: UnitPermutations?

  init(
    _ recomputation: Recomputation, channel: Study.Channel, outcome: Study.Outcome,
    specifications: [Specification], draws: Int, seed: UInt64, threads: Int
  ) throws {
    var recomputation = recomputation
    let study = recomputation.study
    let keys = Array(Set(specifications.map(\.panelPart)).union([Specification().panelPart]))
    recomputation.evaluate(
      try keys.map { try study.outcome(outcome.id, under: $0).indicator },
      over: outcome.periods)
    self.recomputation = recomputation
    self.channel = channel
    self.outcome = outcome
    let known = recomputation
    let found = mapBlocks(keys.count, blockSize: 1, threads: threads) { range in
      range.map { key in Result { try known.panel(outcome.id, channel.id, under: keys[key]) } }
    }
    panels = Dictionary(uniqueKeysWithValues: zip(keys, try found.map { try $0.get() }))
    guard draws > 0 else {
      permutations = nil
      return
    }
    permutations = nil
    let units = Set(panels.values.compactMap { $0 }.flatMap(\.units)).sorted()
    let own = datedUnits(Specification())
    let all = mapBlocks(specifications.count, blockSize: 16, threads: threads) { [self] range in
      range.map { datedUnits(specifications[$0]) }
    }
    permutations = try UnitPermutations(
      of: units, draws: draws, seed: seed, reference: own, others: Set(all.compactMap { $0 }),
      threads: threads)
  }

  /// Who takes part under a specification, and when each could be treated; nil when nobody.
  private func datedUnits(_ specification: Specification) -> DatedUnits? {
    guard let panel = panels[specification.panelPart] ?? nil,
      let chosen = try? recomputation.study.outcome(outcome.id, under: specification)
    else { return nil }
    return try? ChosenEstimator(chosen).reassignable(on: panel).datedUnits
  }

  /// Which of some specifications compare the same numbers by the same estimator as one before them.
  func repeats(_ specifications: [Specification]) throws -> [Bool] {
    var firsts: [PanelContent: Int] = [:]
    let places = panels.mapValues { panel in
      panel.map { panel in
        let content = PanelContent(panel)
        defer { firsts[content] = firsts[content] ?? firsts.count }
        return firsts[content] ?? firsts.count
      }
    }
    var seen: Set<Pair> = []
    return try specifications.map { specification in
      guard let place = places[specification.panelPart] ?? nil else { return false }
      let chosen = try recomputation.study.outcome(outcome.id, under: specification)
      return !seen.insert(Pair(panel: place, estimator: ChosenEstimator(chosen))).inserted
    }
  }

  /// A panel and an estimator.
  private struct Pair: Hashable {
    let panel: Int
    let estimator: ChosenEstimator
  }

  /// What a specification gives under some of the permutations.
  func result(
    _ specification: Specification, _ draws: Range<Int>
  ) throws -> SpecificationResult {
    let chosen = try recomputation.study.outcome(outcome.id, under: specification)
    guard let panel = panels[specification.panelPart] ?? nil else { return .left(.emptyPool) }
    do {
      let effect = try ChosenEstimator(chosen).reassignable(on: panel)
      if let reason = undecidable(effect) { return .left(reason) }
      guard let permutations else { return .left(.notAsked) }
      let found = try effect.effects(under: permutations, draws: draws)
      return .estimated(
        SpecificationResult.Estimated(
          effect: found.observed.effect, statistic: found.observed.statistic,
          treated: effect.treated.count, compared: effect.compared.count,
          effects: found.draws.map { $0?.effect }, statistics: found.draws.map { $0?.statistic }))
    } catch is EffectError {
      return .left(.notEstimable)
    } catch PanelError.empty {
      return .left(.emptyPool)
    }
  }

  /// The first rule of answerability that a design fails by who takes part.
  private func undecidable(_ effect: ReassignableEffect) -> SpecificationResult.Reason? {
    guard effect.treated.count >= AnswerabilityRules.Threshold.treatedUnits else {
      return .treatedUnits
    }
    let named = Set(recomputation.study.named.map(\.rawValue))
    guard effect.treated.contains(where: named.contains) else { return .namedTreated }
    return effect.whoFloor < AnswerabilityRules.Threshold.floor ? nil : .whoFloor
  }
}

/// What an estimator sees of a panel.
private struct PanelContent: Hashable {
  let units: [String]
  let periods: [Period]
  let values: [Double]
  let absences: [Bool]
  let cohorts: [Cohort]
  let covariates: [String: [Double?]]

  init(_ panel: Panel) {
    units = panel.units
    periods = panel.periods
    values = panel.values
    absences = panel.absences.map { $0 != nil }
    cohorts = panel.cohorts
    covariates = panel.covariates
  }
}

extension Specification {
  /// What of the specification decides the panel: all but the estimator and its options.
  fileprivate var panelPart: Specification {
    var part = self
    part.comparison = nil
    part.base = nil
    part.anticipation = nil
    part.draws = nil
    part.factors = nil
    part.method = coTreated == .covariate ? method : nil
    return part
  }
}

extension Study {
  /// An outcome with a specification's choices in place of its own.
  ///
  /// - Throws: `StudyError.impossibleChoice`, or `StudyError.unknownOutcome`.
  func outcome(_ id: String, under specification: Specification) throws -> Outcome {
    let changed = try applying(specification).channels.flatMap(\.outcomes)
    guard let outcome = changed.first(where: { $0.id == id }) else {
      throw StudyError.unknownOutcome(id, known: outcomeIDs)
    }
    return outcome
  }
}

extension Recomputation {
  /// Works out more indicators for all the study's actors.
  fileprivate mutating func evaluate(_ indicators: [Indicator], over periods: ClosedRange<Int>) {
    for indicator in Set(indicators) { know(indicator, over: periods) }
  }

  /// The panel of an outcome under a specification; nil when nobody can be compared in it.
  fileprivate func panel(
    _ outcome: String, _ channel: ChannelID, under specification: Specification
  ) throws -> Panel? {
    let changed = try study.applying(specification)
    do {
      let outcome = OutcomeStudy(
        study: changed, channel: try changed.channel(channel),
        outcome: try study.outcome(outcome, under: specification),
        workings: workings(under: specification))
      return try outcome.panel(outcome.series())
    } catch StudyError.emptyPool {
      return nil
    } catch PanelError.empty {
      return nil
    }
  }
}

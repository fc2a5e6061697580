import Effects
import Evidence
import Indicators
import LinearAlgebra
import Panels

/// Estimates specifications of one outcome, with what several share worked out once.
///
/// A result depends on the casebook, the specification, the seed and the range of draws alone.
struct SpecificationStudy: Sendable {
  private let recomputation: Recomputation
  private let outcome: Study.Outcome
  /// The panel of each choice of evidence, actors and years; nil where it has nobody to compare.
  private let panels: [Specification: SpecifiedPanel?]
  /// A number for each layout of cells and each set of values that panels have.
  private let places: [Specification: PanelPlace]
  /// Nil when nothing is to be estimated.
  private var permutations: UnitPermutations?

  init(
    _ recomputation: Recomputation, channel: Study.Channel, outcome: Study.Outcome,
    specifications: [Specification], draws: Int, seed: UInt64, threads: Int
  ) throws {
    var known = recomputation
    let study = recomputation.study
    let parts = Set(specifications.map(\.panelPart)).union([Specification().panelPart])
    let keys = parts.sorted { $0.line < $1.line }
    known.evaluate(
      try keys.map { try study.outcome(outcome.id, under: $0).indicator }, over: outcome.periods)
    self.recomputation = known
    self.outcome = outcome
    let made = try mapEach(keys.count, threads: threads) { [known] key in
      try known.panel(outcome.id, channel.id, under: keys[key])
    }
    panels = Dictionary(uniqueKeysWithValues: zip(keys, made))
    var numbers = PanelNumbers()
    places = Dictionary(
      uniqueKeysWithValues: zip(keys, made).compactMap { key, panel in
        panel.map { (key, numbers.place(of: $0)) }
      })
    permutations = nil
    if draws > 0 {
      permutations = try drawn(draws, for: specifications, seed: seed, threads: threads)
    }
  }

  private func drawn(
    _ draws: Int, for specifications: [Specification], seed: UInt64, threads: Int
  ) throws -> UnitPermutations {
    let units = Set(panels.values.compactMap { $0 }.flatMap(\.panel.units)).sorted()
    let own = datedUnits(Specification())
    var seen: Set<Comparison> = []
    let distinct = try specifications.filter { specification in
      try comparison(specification).map { seen.insert($0.ofAnyValues).inserted } ?? false
    }
    let all = mapBlocks(distinct.count, blockSize: 16, threads: threads) { range in
      range.map { datedUnits(distinct[$0]) }
    }
    return try UnitPermutations(
      of: units, draws: draws, seed: seed, reference: own, others: Set(all.compactMap { $0 }),
      threads: threads)
  }

  /// Who takes part under a specification, and when each could be treated; nil when nobody.
  private func datedUnits(_ specification: Specification) -> DatedUnits? {
    guard let panel = (panels[specification.panelPart] ?? nil)?.panel,
      let estimator = try? estimator(specification)
    else { return nil }
    return try? estimator.reassignable(on: panel).datedUnits
  }

  private func estimator(_ specification: Specification) throws -> ChosenEstimator {
    ChosenEstimator(try recomputation.study.outcome(outcome.id, under: specification))
  }

  /// What is compared under a specification, and how; nil when there is nobody to compare.
  func comparison(_ specification: Specification) throws -> Comparison? {
    guard let place = places[specification.panelPart] else { return nil }
    return Comparison(place: place, estimator: try estimator(specification))
  }

  /// A panel and an estimator; two specifications with the same are one.
  struct Comparison: Hashable, Sendable {
    fileprivate let place: PanelPlace
    let estimator: ChosenEstimator

    /// What it shares with comparisons of other values of the same cells.
    var ofAnyValues: Comparison {
      Comparison(place: PanelPlace(layout: place.layout, values: 0), estimator: estimator)
    }
  }

  /// What each of some specifications gives under some of the permutations.
  ///
  /// They have the same estimator and differ in the values of the panel alone; where the effect is linear
  /// in these, the cells are weighed once for all.
  func results(
    _ specifications: [Specification], _ draws: Range<Int>
  ) throws -> [SpecificationResult] {
    guard let first = specifications.first else { return [] }
    let panels = specifications.compactMap { self.panels[$0.panelPart] ?? nil }
    guard panels.count == specifications.count, let specified = panels.first else {
      return specifications.map { _ in .left(.emptyPool) }
    }
    do {
      let chosen = try estimator(first)
      let effect = try chosen.reassignable(on: specified.panel)
      if let reason = undecidable(effect, by: chosen, on: specified) {
        return specifications.map { _ in .left(reason) }
      }
      guard let permutations else { return specifications.map { _ in .left(.notAsked) } }
      return try effect.effects(on: panels.map(\.panel), under: permutations, draws: draws).map {
        found in
        .estimated(
          SpecificationResult.Estimated(
            found, treated: effect.treated.count, compared: effect.compared.count))
      }
    } catch is EffectError {
      return specifications.map { _ in .left(.notEstimable) }
    } catch PanelError.empty {
      return specifications.map { _ in .left(.emptyPool) }
    }
  }

  /// The first rule of answerability that a design fails by who takes part.
  private func undecidable(
    _ effect: ReassignableEffect, by chosen: ChosenEstimator, on specified: SpecifiedPanel
  ) -> SpecificationResult.Reason? {
    let rules = AnswerabilityRules(
      study: recomputation.study, smallestEffect: outcome.smallestEffect)
    let rule = rules.failed(
      by: effect, of: chosen, on: specified.panel, coTreated: specified.coTreated)
    return switch rule {
    case .treatedUnits: .treatedUnits
    case .namedTreated: .namedTreated
    case .whoFloor: .whoFloor
    case .coTreatment: .coTreatment
    default: nil
    }
  }
}

extension SpecificationResult.Estimated {
  fileprivate init(_ found: PermutedEffects, treated: Int, compared: Int) {
    effect = found.observed.effect
    statistic = found.observed.statistic
    self.treated = treated
    self.compared = compared
    effects = found.draws.map { $0?.effect }
    statistics = found.draws.map { $0?.statistic }
  }
}

/// A panel, and the units of it whose co-treatment is not adjusted for.
private struct SpecifiedPanel: Sendable {
  let panel: Panel
  let coTreated: Set<String>
}

/// Which cells a panel has, and which values, as numbers.
private struct PanelPlace: Hashable, Sendable {
  let layout: Int
  let values: Int
}

/// Gives equal layouts, and equal values in them, the same number.
private struct PanelNumbers {
  private var layouts: [Layout: Int] = [:]
  private var values: [[Double]: Int] = [:]

  /// What an estimator sees of a panel besides its values.
  private struct Layout: Hashable {
    let units: [String]
    let periods: [Period]
    let isAbsent: [Bool]
    let cohorts: [Cohort]
    let covariates: [String: [Double?]]
    let coTreated: Set<String>
  }

  mutating func place(of specified: SpecifiedPanel) -> PanelPlace {
    let panel = specified.panel
    let layout = Layout(
      units: panel.units, periods: panel.periods, isAbsent: panel.absences.map { $0 != nil },
      cohorts: panel.cohorts, covariates: panel.covariates, coTreated: specified.coTreated)
    let place = PanelPlace(
      layout: layouts[layout] ?? layouts.count, values: values[panel.values] ?? values.count)
    layouts[layout] = place.layout
    values[panel.values] = place.values
    return place
  }
}

extension Specification {
  /// What of the specification decides the panel: all but the estimator and its options.
  fileprivate var panelPart: Specification {
    var part = without(where: \.isOfEstimation)
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
  ) throws -> SpecifiedPanel? {
    let changed = try study.applying(specification)
    do {
      let outcome = OutcomeStudy(
        study: changed, channel: try changed.channel(channel),
        outcome: try study.outcome(outcome, under: specification),
        workings: workings(under: specification))
      let panel = try outcome.panel(outcome.series())
      return SpecifiedPanel(panel: panel, coTreated: outcome.unadjustedCoTreated(in: panel))
    } catch StudyError.emptyPool {
      return nil
    } catch PanelError.empty {
      return nil
    }
  }
}

import Effects
import Evidence
import Panels

/// One outcome's estimate under a specification, by any estimator that a study can name.
public struct SpecifiedEstimate: Hashable, Sendable {
  public let method: Specification.Method
  /// How many units are treated and compared.
  public let treated: Int
  public let compared: Int
  /// The rule that forbids an estimate; nil when there is one, or nothing can be estimated.
  public let undecidable: Answerability.Rule?
  /// Nil when the comparison cannot decide, or leaves nothing to estimate.
  public let estimate: Double?
  /// The two-sided p by reassigning the dates; nil when not tested.
  public let p: Double?
}

extension Recomputation {
  /// Estimates one outcome under a specification, and tests it by reassigning the dates.
  ///
  /// Whether the comparison can decide is judged as in the answer: by who takes part in it and by the
  /// smallest p that its test could give, also without the states whose co-treatment falls inside their
  /// window. Untested it is judged by who takes part alone.
  ///
  /// - Throws: `StudyError` for a choice that the study cannot have; `LinearAlgebraError.notOptimal` when
  ///   a certificate fails.
  public func estimate(
    of outcome: String, under specification: Specification, isTested: Bool = true
  ) throws -> SpecifiedEstimate {
    let study = try study.applying(specification)
    guard
      let channel = study.channels.first(where: { $0.outcomes.contains { $0.id == outcome } }),
      let chosen = channel.outcomes.first(where: { $0.id == outcome })
    else { throw StudyError.unknownOutcome(outcome, known: study.outcomeIDs) }
    let work = OutcomeStudy(
      study: study, channel: channel, outcome: chosen, workings: workings(under: specification))
    let randomization = Randomization(
      draws: specification.draws ?? chosen.estimator.method.changedDraws, seed: study.seed,
      enumerationLimit: study.draws, threads: work.workings.threads)
    return try work.estimate(isTested ? randomization : nil)
  }
}

extension OutcomeStudy {
  /// The estimate by the outcome's own estimator, tested where a randomization is given.
  fileprivate func estimate(_ randomization: Randomization?) throws -> SpecifiedEstimate {
    try requirePossible()
    let chosen = ChosenEstimator(outcome)
    do {
      let panel = try panel(series())
      let effect = try chosen.reassignable(on: panel)
      let design = rules.failed(
        by: effect, of: chosen, on: panel, coTreated: unadjustedCoTreated(in: panel))
      let test = design == nil ? try randomization.map { try chosen.test($0, on: panel) } : nil
      let floor = test.flatMap { $0.allowsDecision ? nil : Answerability.Rule.whoFloor }
      let rule = try design ?? floor ?? separatedFloor(chosen, panel, randomization)
      return SpecifiedEstimate(
        method: outcome.estimator.method, treated: effect.treated.count,
        compared: effect.compared.count, undecidable: rule,
        estimate: rule == nil ? try effect.observed : nil, p: rule == nil ? test?.p : nil)
    } catch let error where error is EffectError || error.isOfNobody {
      return SpecifiedEstimate(
        method: outcome.estimator.method, treated: 0, compared: 0,
        undecidable: error.isOfNobody ? .treatedUnits : nil, estimate: nil, p: nil)
    }
  }

  /// The estimate, where who takes part allows one.
  func untestedEstimate() throws -> Double? {
    do {
      let panel = try panel(series())
      let rule = rules.failed(
        by: try estimator.reassignable(on: panel), of: estimator, on: panel,
        coTreated: unadjustedCoTreated(in: panel))
      return rule == nil ? try estimator.estimate(panel).overall.att : nil
    } catch is EffectError {
      return nil
    } catch PanelError.empty {
      return nil
    }
  }

  private var rules: AnswerabilityRules {
    AnswerabilityRules(study: study, smallestEffect: outcome.smallestEffect)
  }

  /// The rule of the co-treatment where a test without the co-treated units could not decide.
  private func separatedFloor(
    _ chosen: ChosenEstimator, _ panel: Panel, _ randomization: Randomization?
  ) throws -> Answerability.Rule? {
    let coTreated = unadjustedCoTreated(in: panel)
    guard let randomization, !coTreated.isEmpty else { return nil }
    do {
      let left = try panel.withoutCoTreated(coTreated)
      return try chosen.test(randomization, on: left).allowsDecision ? nil : .coTreatment
    } catch is EffectError { return .coTreatment }
  }

  /// The units whose co-treatment falls inside their own window and is not adjusted for.
  func unadjustedCoTreated(in panel: Panel) -> Set<String> {
    outcome.coTreated == .covariate ? [] : Set(coTreated(in: panel).map(\.rawValue))
  }
}

extension RandomizationTest {
  /// Whether both floors, by who joined and by who and when, are low enough to decide by.
  fileprivate var allowsDecision: Bool { floor.deciding < AnswerabilityRules.Threshold.floor }
}

extension AnswerabilityRules {
  /// The first rule that forbids an estimate by who takes part, also without the co-treated units that
  /// are not adjusted for; nil when none does.
  ///
  /// A single estimate and the multiverse both ask it.
  func failed(
    by effect: ReassignableEffect, of chosen: ChosenEstimator, on panel: Panel,
    coTreated: Set<String>
  ) -> Answerability.Rule? {
    if let rule = failed(by: effect) { return rule }
    guard !coTreated.isEmpty else { return nil }
    guard let left = try? panel.withoutCoTreated(coTreated),
      let separated = try? chosen.reassignable(on: left), failed(by: separated) == nil
    else { return .coTreatment }
    return nil
  }

  /// The first rule that a design fails by who takes part; nil when it passes.
  private func failed(by effect: ReassignableEffect) -> Answerability.Rule? {
    guard effect.treated.count >= Threshold.treatedUnits else { return .treatedUnits }
    let named = Set(study.named.map(\.rawValue))
    guard effect.treated.contains(where: named.contains) else { return .namedTreated }
    return effect.whoFloor < Threshold.floor ? nil : .whoFloor
  }
}

extension Error {
  /// Whether a panel has nobody to compare.
  fileprivate var isOfNobody: Bool {
    if let error = self as? StudyError, case .emptyPool = error { return true }
    return self as? PanelError == .empty
  }
}

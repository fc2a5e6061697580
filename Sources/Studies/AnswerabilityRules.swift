import Effects
import Evidence
import Panels

/// Judges from the design and the pre-period alone whether a comparison can decide.
struct AnswerabilityRules {
  let study: Study
  let smallestEffect: Double?

  /// The thresholds of the rules.
  enum Threshold {
    static let treatedUnits = 2
    static let floor = 0.05
    static let preTrend = 0.10
    static let gapBefore = 0.25
    static let namedPeriods = 3
  }

  /// Judges a comparison; `separated` is the same without the co-treated units, when there are any, and
  /// `detectable` the smallest effect that its test would find.
  ///
  /// The rule of the co-treatment is not asked where these are nil: the estimate adjusts for it.
  func judge(
    _ comparison: Comparison, separated: Comparison?, coTreated: [ActorID]?, detectable: Double?
  ) -> Answerability {
    var reasons = design(of: comparison)
    if study.coTreatment != nil, let coTreated {
      reasons.append(coTreatment(separated, coTreated: coTreated))
    }
    let isUndecidable = reasons.contains { !$0.passed }
    guard !isUndecidable else { return Answerability(verdict: .undecidable, reasons: reasons) }
    let doubts = [
      comparison.estimator.isLinear ? preTrend(comparison) : gapBefore(comparison),
      namedPeriods(comparison), .detectableEffect(detectable, smallest: smallestEffect),
    ]
    let isWeak = doubts.contains { !$0.passed }
    return Answerability(verdict: isWeak ? .weak : .decidable, reasons: reasons + doubts)
  }

  /// The rules that decide from who takes part.
  private func design(of comparison: Comparison) -> [Answerability.Reason] {
    let floors = comparison.floors
    return [
      .treatedUnits(
        seen: comparison.treated.count, needed: Threshold.treatedUnits,
        obstacle: comparison.obstacle),
      .whoFloor(
        floors?.deciding ?? 1, isByWho: floors?.isByWho ?? true, below: Threshold.floor),
      .namedTreated(named(in: comparison).filter { $0.periodsAfter > 0 }.map(\.actor)),
    ]
  }

  private func named(in comparison: Comparison) -> [DesignCard.TreatedUnit] {
    comparison.treated.filter { study.named.contains($0.actor) }
  }

  private func coTreatment(_ separated: Comparison?, coTreated: [ActorID]) -> Answerability.Reason {
    .coTreatment(
      Answerability.CoTreatment(
        units: coTreated.count, left: separated?.treated.count ?? 0,
        needed: Threshold.treatedUnits, isComparable: separated != nil,
        failed: separated.map { design(of: $0).filter { !$0.passed } } ?? []))
  }

  private func preTrend(_ comparison: Comparison) -> Answerability.Reason {
    .preTrend(p: comparison.test?.preTrend, least: Threshold.preTrend)
  }

  /// Weights are chosen to leave no trend before, so what is asked is how well they follow the treated.
  private func gapBefore(_ comparison: Comparison) -> Answerability.Reason {
    .gapBefore(comparison.effects?.gapBefore, most: Threshold.gapBefore)
  }

  private func namedPeriods(_ comparison: Comparison) -> Answerability.Reason {
    let named = named(in: comparison)
    let short = named.filter { min($0.periodsBefore, $0.periodsAfter) < Threshold.namedPeriods }
    return .namedPeriods(
      fewest: named.map { min($0.periodsBefore, $0.periodsAfter) }.min() ?? 0,
      short: short.map(\.actor), needed: Threshold.namedPeriods)
  }
}

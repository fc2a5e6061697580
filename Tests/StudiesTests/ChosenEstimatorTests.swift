import Effects
import Panels
import Testing

@testable import Evidence
@testable import Studies

/// A study that names its estimator is answered by it in full.
@Suite struct ChosenEstimatorTests {
  private static func outcome(
    _ method: Specification.Method, _ change: (inout MadeStudy) -> Void = { _ in }
  ) throws -> OutcomeAnswer {
    var made = MadeStudy()
    change(&made)
    var specification = Specification()
    specification.method = method
    specification.factors = method == .factors ? 1 : nil
    specification.draws = 99
    return try made.study.applying(specification).answer(from: made.casebook).channels[0]
      .outcomes[0]
  }

  @Test(arguments: Specification.Method.allCases)
  func theAnswerIsThatOfTheEstimatorOnThePanel(_ method: Specification.Method) throws {
    let outcome = try Self.outcome(method)
    let estimate = try #require(outcome.estimates.first)
    let panel = outcome.panel
    let expected: Double =
      switch method {
      case .groupTime: try GroupTimeDiD(comparison: .notYetTreated).estimate(panel).overall.att
      case .imputation: try Imputation().estimate(panel).overall.att
      case .syntheticDiD: try SyntheticDiD().estimate(panel).overall.att
      case .syntheticControl: try Self.meanGap(panel)
      case .factors:
        try InteractiveFixedEffects(factors: .given(1)).estimate(panel).effects.att
      }
    // Two sums of the same gaps in another order.
    #expect(abs(estimate.effects.overall.att - expected) < 1e-12)
    #expect(estimate.method == method.rawValue)
    #expect(outcome.design.treated.count == 12 && outcome.design.comparison.count == 12)
    #expect(outcome.likelihood != nil)
  }

  private static func meanGap(_ panel: Panel) throws -> Double {
    let gaps = try SyntheticControl.outcomeOnly.estimateEach(panel).flatMap { unit in
      unit.periods.filter { $0.period >= unit.cohort }.map(\.gap)
    }
    return gaps.reduce(0, +) / Double(gaps.count)
  }

  @Test(arguments: Specification.Method.allCases)
  func eventTimesReachBackBeforeTheTreatment(_ method: Specification.Method) throws {
    let estimate = try #require(try Self.outcome(method).estimates.first)
    let times = estimate.effects.eventTime.map(\.key)
    #expect(times == times.sorted() && Set(times).count == times.count)
    #expect(times.contains { $0 < 0 } && times.contains(0))
    let after = estimate.effects.eventTime.filter { $0.key >= 0 }.map(\.estimate.att)
    #expect(after.allSatisfy { abs($0 - 3) < 3 } || method == .syntheticControl)
  }

  @Test(arguments: [Specification.Method.syntheticDiD, .factors])
  func aBuiltInEffectIsFoundByWeightsAndIsDecidable(_ method: Specification.Method) throws {
    let outcome = try Self.outcome(method)
    let estimate = try #require(outcome.estimates.first)
    #expect(abs(estimate.effects.overall.att - 3) < 0.5)
    #expect(estimate.randomization.p <= 0.02)
    #expect(outcome.answerability.verdict == .decidable, "\(outcome.answerability)")
  }

  @Test(arguments: [Specification.Method.syntheticDiD, .syntheticControl, .factors])
  func theVerdictByWeightsDoesNotDependOnTheEffect(_ method: Specification.Method) throws {
    let (none, large) = (
      try Self.outcome(method) { $0.effect = 0 }, try Self.outcome(method) { $0.effect = 30 }
    )
    #expect(none.answerability.verdict == large.answerability.verdict)
    let first = try #require(none.design.minimumDetectableEffect)
    let second = try #require(large.design.minimumDetectableEffect)
    #expect(abs(first - second) < 1e-6 * first)
  }

  /// The made states lie apart by their number, and those that join outside the others' range.
  @Test func joinersThatNoMixtureOfOthersFollowsAreWeak() throws {
    let outcome = try Self.outcome(.syntheticControl)
    let reason = try #require(
      outcome.answerability.reasons.first { $0.rule == .gapBefore })
    #expect(!reason.passed && outcome.answerability.verdict == .weak)
    let shifted = try Self.outcome(.syntheticDiD)
    #expect(shifted.answerability.reasons.contains { $0.rule == .gapBefore && $0.passed })
    #expect(!shifted.answerability.reasons.contains { $0.rule == .preTrend })
  }

  @Test func whatCannotDecideHasNoEstimateByAnyEstimator() throws {
    for method in Specification.Method.allCases {
      let outcome = try Self.outcome(method) { $0.named = [20] }
      #expect(outcome.answerability.verdict == .undecidable)
      #expect(outcome.estimates.isEmpty && outcome.likelihood == nil)
    }
  }

  @Test func whatTheEstimatorLeavesOutIsListed() throws {
    var made = MadeStudy()
    made.impossible = [23]
    var specification = Specification()
    specification.method = .syntheticDiD
    specification.draws = 99
    let answer = try made.study.applying(specification).answer(from: made.casebook)
    let design = answer.channels[0].outcomes[0].design
    #expect(!design.comparison.contains(MadeStudy.actor(23)))
    #expect(design.dropped.contains { $0.unit == "S23" && $0.reason == "nothing can exist for it" })
  }
}

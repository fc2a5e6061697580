import Panels
import TestSupport
import Testing

@testable import Effects

/// The smallest effect that a test would find, where outcomes move the weights.
@Suite struct DetectableEffectTests {
  private static let starts: [Int?] = (0..<14).map { $0 < 5 ? 9 : nil }

  private static func panel(effect: Double) throws -> Panel {
    try generatedPanel(starts: starts, periods: 14, effect: effect, noise: 0.5, seed: 11)
  }

  private static func detectable(
    _ estimator: any ReassignableEstimator, effect: Double = 1
  ) throws -> Double? {
    try Randomization(draws: 99, seed: 4, enumerationLimit: 50)
      .detectableEffect(of: estimator, on: panel(effect: effect))
  }

  /// Difference in differences as an option of synthetic DiD is linear, so both ways must meet.
  @Test func equalsThatOfALinearTestWhereWeightsAreFixed() throws {
    let panel = try Self.panel(effect: 1)
    let linear = try Randomization(draws: 99, seed: 4, enumerationLimit: 50)
      .test(Imputation(), on: panel).minimumDetectableEffect
    let found = try #require(try Self.detectable(SyntheticDiD(variant: .did)))
    #expect(abs(found - (try #require(linear))) < 1e-9)
  }

  @Test func doesNotDependOnTheEffect() throws {
    let estimators: [any ReassignableEstimator] = [
      SyntheticDiD(), SyntheticControl.outcomeOnly, InteractiveFixedEffects(factors: .given(1)),
    ]
    for estimator in estimators {
      let none = try #require(try Self.detectable(estimator, effect: 0))
      let large = try #require(try Self.detectable(estimator, effect: 20))
      #expect(none > 0 && abs(none - large) < 1e-6 * none)
    }
  }

  /// Goes through effects by small steps and counts the ratios that reach the critical one.
  @Test(arguments: [0.5, 2.0, 5.0])
  func aDetectableGapIsTheFirstOfAllThatFourInFiveReach(_ critical: Double) throws {
    let gaps = (0..<25).map { index -> AssignmentStatistic.Gaps in
      let after = [0.3, -0.2, 0.5].map { $0 * (1 + Double(index % 7) / 3) - Double(index % 5) / 4 }
      let before = [0.1, -0.15, 0.2].map { $0 * (1 + Double(index % 3)) }
      return AssignmentStatistic.Gaps(
        fit: GapFit(gaps: before + after, preCount: 3, scale: 1), mean: after.reduce(0, +) / 3)
    }
    func share(_ effect: Double) -> Double {
      let reached = gaps.count { gap in
        let square =
          gap.fit.postRMSPE * gap.fit.postRMSPE + 2 * effect * gap.mean + effect * effect
        return max(0, square).squareRoot() >= critical * gap.fit.preRMSPE - 1e-9
      }
      return Double(reached) / Double(gaps.count)
    }
    let found = try #require(detectableGap(gaps, criticalRatio: critical))
    let step = 1e-4
    let slow = try #require((0..<100_000).first { share(Double($0) * step) >= 0.8 })
    #expect(abs(found - Double(slow) * step) <= step)
  }
}

import Foundation
import Panels
import TestSupport
import Testing

@testable import Effects

/// Both sides solve the same problem exactly.
private let exactOptimum = 1e-9
/// The peer's quadratic programme ends within about 1e-6 of the optimum; its weights carry that on.
private let peersSolver = 3e-6

@Suite struct AugmentedSyntheticControlTests {
  static let starts: [Int?] = [11, 11, 13, nil, nil, nil, nil, nil, nil]

  @Test func findsTheEffectThatMadeTheData() throws {
    let panel = try SyntheticControlTests.mixture(effect: 3, seed: 2)
    let effects = try AugmentedSyntheticControl().estimate(panel)
    #expect(abs(effects.att - 3) < 1e-7)
    let additive = try generatedPanel(
      starts: Self.starts, periods: 16, effect: 2, noise: 0, seed: 3)
    let shifted = try AugmentedSyntheticControl(hasIntercept: true).estimate(additive)
    #expect(abs(shifted.att - 2) < 1e-9)
  }

  @Test(arguments: [false, true])
  func isInvariantToACommonPath(_ hasIntercept: Bool) throws {
    let panel = try generatedPanel(starts: Self.starts, periods: 16, effect: 1, seed: 4)
    let moved = try panel.mapValues { unit, period, value in
      value + Double(period * period) + (hasIntercept ? Double(unit) : 0)
    }
    let estimator = AugmentedSyntheticControl(hasIntercept: hasIntercept)
    let first = try estimator.estimate(panel)
    let second = try estimator.estimate(moved)
    #expect(abs(first.att - second.att) < 1e-8)
  }

  @Test func scalesWithTheOutcome() throws {
    let panel = try generatedPanel(starts: Self.starts, periods: 16, effect: 1, seed: 5)
    let scaled = try panel.mapValues { _, _, value in 1024 * value }
    let first = try AugmentedSyntheticControl().estimate(panel)
    let second = try AugmentedSyntheticControl().estimate(scaled)
    #expect(abs(1024 * first.att - second.att) < 1e-7)
  }

  @Test(arguments: [false, true])
  func endlessPenaltyIsSyntheticControl(_ hasIntercept: Bool) throws {
    let panel = try generatedPanel(starts: Self.starts, periods: 16, effect: 1, seed: 6)
    let own = try AugmentedSyntheticControl(penalty: .given(1e14), hasIntercept: hasIntercept)
      .estimate(panel)
    let plain = try SyntheticDiD(
      variant: hasIntercept ? .demeanedSyntheticControl : .syntheticControl
    ).estimate(panel)
    #expect(abs(own.att - plain.overall.att) < 1e-8)
  }

  /// With more donors than periods the treated can be met; the ridge regression then takes over.
  @Test func vanishingPenaltyLeavesNoGapBeforeTheTreatment() throws {
    let panel = try generatedPanel(
      starts: [5, nil, nil, nil, nil, nil, nil, nil], periods: 9, effect: 1, seed: 7)
    let effects = try AugmentedSyntheticControl(penalty: .given(1e-12)).estimate(panel)
    #expect(effects.cohorts[0].fit.preRMSPE < 1e-9)
    #expect(abs(effects.cohorts[0].donorWeights.reduce(0) { $0 + $1.weight } - 1) < 1e-12)
  }

  /// The corrected weights solve their normal equations, set up cell by cell.
  @Test func correctionSolvesTheRidgeRegressionByElimination() throws {
    let panel = try generatedPanel(
      starts: [5, nil, nil, nil, nil], periods: 7, effect: 1, seed: 8)
    let penalty = 0.7
    let cohort = try AugmentedSyntheticControl(penalty: .given(penalty)).estimate(panel).cohorts[0]
    func value(_ unit: Int, _ period: Int) -> Double {
      let center = (1..<5).reduce(0) { $0 + (panel.cell(unit: $1, period: period).value ?? .nan) }
      return (panel.cell(unit: unit, period: period).value ?? .nan) - center / 4
    }
    let simplex = cohort.simplexWeights.map(\.weight)
    let gaps = (0..<4).map { period in
      (1..<5).reduce(value(0, period)) { $0 - simplex[$1 - 1] * value($1, period) }
    }
    let system = (0..<4).map { row in
      (0..<4).map { column in
        (1..<5).reduce(row == column ? penalty : 0) { $0 + value($1, row) * value($1, column) }
      } + [gaps[row]]
    }
    let coefficients = try #require(eliminate(system))
    let weights = (1..<5).map { unit in
      (0..<4).reduce(simplex[unit - 1]) { $0 + coefficients[$1] * value(unit, $1) }
    }
    #expect(largestDifference(cohort.donorWeights.map(\.weight), weights) < 1e-11)
  }

  @Test func conformalIntervalHoldsTheEffectAndAgreesWithItsTest() throws {
    let panel = try Self.noisyMixture()
    let estimator = AugmentedSyntheticControl(penalty: .given(2))
    let interval = try #require(try estimator.conformalInterval(panel))
    #expect(interval.contains(4))
    let sample = WeightingSample(treated: [Self.lateStart: [0]], donors: Array(1..<8))
    let block = try CohortBlock(
      panel, sample: sample, start: Self.lateStart, prePeriods: 2)
    let test = ConformalTest(block) { try estimator.fittedToAll($0) }
    #expect(try test.p(interval.upperBound - 1e-6) > 0.05)
    #expect(try test.p(interval.upperBound + 1e-6) <= 0.05)
    #expect(try test.p(interval.lowerBound - 1e-6) <= 0.05)
  }

  @Test func conformalIntervalUnderAnEndlessPenaltyIsThatOfSyntheticControl() throws {
    let panel = try Self.noisyMixture()
    let own = try #require(
      try AugmentedSyntheticControl(penalty: .given(1e14)).conformalInterval(panel))
    let plain = try #require(try SyntheticControl.outcomeOnly.conformalInterval(panel))
    #expect(abs(own.lowerBound - plain.lowerBound) < 1e-6)
    #expect(abs(own.upperBound - plain.upperBound) < 1e-6)
  }

  @Test func conformalIntervalMovesWithTheEffect() throws {
    let panel = try Self.noisyMixture()
    let raised = try panel.mapValues { unit, period, value in
      value + (unit == 0 && period >= Self.lateStart ? 10 : 0)
    }
    for hasIntercept in [false, true] {
      let estimator = AugmentedSyntheticControl(hasIntercept: hasIntercept)
      let first = try #require(try estimator.conformalInterval(panel))
      let second = try #require(try estimator.conformalInterval(raised))
      #expect(abs(second.lowerBound - first.lowerBound - 10) < 1e-6)
      #expect(abs(second.upperBound - first.upperBound - 10) < 1e-6)
    }
  }

  @Test func conformalIntervalIsRefusedForSeveralDates() throws {
    let panel = try generatedPanel(starts: Self.starts, periods: 16, effect: 1, seed: 4)
    let error = EffectError.severalCohorts([Period(11), Period(13)])
    #expect(throws: error) { try AugmentedSyntheticControl().conformalInterval(panel) }
    #expect(error.remedies == [.reassignDates])
  }

  /// One unit treated in the last 6 of 30 periods, with an effect of 4 and noise of its own.
  ///
  /// Donors at several levels let the correction take out a level: with as many periods after as before,
  /// a step would leave the same gaps on both sides and nothing could be rejected.
  private static func noisyMixture() throws -> Panel {
    try SyntheticControlTests.mixture(effect: 0, seed: 11)
      .withStarts([25] + [Int?](repeating: nil, count: 7))
      .mapValues { unit, period, value in
        value
          + (unit == 0
            ? 0.2 * Double((period * 7) % 5 - 2) + (period >= Self.lateStart ? 4 : 0) : 0)
      }
  }

  /// The place of the first treated period in `noisyMixture`.
  private static let lateStart = 24

  @Test(arguments: BlockReference.cases.keys.sorted())
  func weightsEqualThoseOfAnotherExactSolver(_ name: String) throws {
    let panel = try BlockReference.panel(name)
    let values = try BlockReference.values("exact.json").at("ridge_ascm", name)
    for key in ["ridge", "ridge_lambda_1"] {
      let expected = values.at(key)
      guard !expected.isEmpty else { continue }
      let cohort = try AugmentedSyntheticControl(penalty: .given(expected.number("lambda")))
        .estimate(panel).cohorts[0]
      #expect(
        largestDifference(cohort.donorWeights.map(\.weight), expected.numbers("w")) < exactOptimum)
      #expect(
        largestDifference(cohort.periods.map(\.gap), expected.numbers("gap_by_period"))
          < exactOptimum)
      #expect(cohort.residual < 1e-12)
    }
  }

  @Test(arguments: BlockReference.cases.keys.sorted(), [false, true])
  func choosesThePeersPenaltyAndComesToItsWeights(_ name: String, _ hasIntercept: Bool) throws {
    let cohort = try AugmentedSyntheticControl(hasIntercept: hasIntercept)
      .estimate(BlockReference.panel(name)).cohorts[0]
    let file = try BlockReference.values("augsynth.json").at(name)
    let peer = file.at(hasIntercept ? "Ridge_fixedeff" : "Ridge")
    #expect(abs(cohort.penalty / peer.number("lambda") - 1) < 1e-10)
    let tried = cohort.crossValidation.map(\.penalty)
    #expect(largestDifference(tried, peer.numbers("lambdas")) < 1e-9 * tried[0])
    #expect(
      largestDifference(cohort.donorWeights.map(\.weight), peer.numbers("weights")) < peersSolver)
    #expect(
      largestDifference(cohort.periods.map(\.gap), peer.numbers("gap_by_period")) < peersSolver)
    let plain = file.at(hasIntercept ? "None_fixedeff" : "None")
    #expect(
      largestDifference(cohort.simplexWeights.map(\.weight), plain.numbers("weights"))
        < peersSolver)
  }

  /// The peer never leaves out the last period before the treatment; without it the errors are its own.
  @Test(arguments: BlockReference.cases.keys.sorted(), [false, true])
  func errorsWithoutTheLastPeriodAreThePeers(_ name: String, _ hasIntercept: Bool) throws {
    let panel = try BlockReference.panel(name)
    let design = try WeightingDesign(panel, prePeriods: 2)
    let block = try CohortBlock(panel, sample: design.sample, start: 16, prePeriods: 2)
    let rows = CenteredRows(block, hasIntercept: hasIntercept)
    let peer = try BlockReference.values("augsynth.json")
      .at(name, hasIntercept ? "Ridge_fixedeff" : "Ridge")
    let errors = try rows.leaveOneOutErrors(peer.numbers("lambdas"), of: 0..<15)
    for (own, other) in zip(errors, peer.numbers("lambda_errors")) {
      #expect(abs(own.error / other - 1) < peersSolver)
    }
    for (own, other) in zip(errors, peer.numbers("lambda_errors_se")) {
      #expect(abs(own.standardError / other - 1) < peersSolver)
    }
  }

  @Test func refusesAPenaltyThatIsNotPositive() throws {
    let panel = try generatedPanel(starts: [5, nil, nil], periods: 7, effect: 1, seed: 8)
    for penalty in [0, -1, Double.infinity] {
      #expect(throws: EffectError.penaltyNotPositive(penalty)) {
        try AugmentedSyntheticControl(penalty: .given(penalty)).estimate(panel)
      }
    }
  }
}

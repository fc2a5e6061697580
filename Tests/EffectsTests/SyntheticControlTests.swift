import Panels
import TestSupport
import Testing

@testable import Effects

@Suite struct SyntheticControlTests {
  static let starts: [Int?] = [15, nil, nil, nil, nil, nil, nil, nil]
  static let searching = SyntheticControl(
    predictors: [2, 5, 9, 13].map { Predictor(name: "y\($0)", variable: nil, periods: $0...$0) },
    weighting: .search(randomStarts: 4, seed: 1))

  /// The first unit is a mixture of two donors, plus an effect.
  static func mixture(effect: Double, seed: UInt64) throws -> Panel {
    let panel = try generatedPanel(starts: starts, periods: 30, effect: 0, seed: seed)
    return try panel.mapValues { unit, period, value in
      guard unit == 0 else { return value }
      let first = panel.cell(unit: 2, period: period).value ?? .nan
      let second = panel.cell(unit: 5, period: period).value ?? .nan
      return 0.3 * first + 0.7 * second + (period >= 14 ? effect : 0)
    }
  }

  @Test(arguments: [SyntheticControl.outcomeOnly, searching])
  func findsTheMixtureAndTheEffectThatMadeTheData(_ estimator: SyntheticControl) throws {
    let effects = try estimator.estimate(Self.mixture(effect: 3, seed: 2))
    let weights = effects.donorWeights.map(\.weight)
    // The search meets four predictors with seven donors: only the loss tells the mixture.
    #expect(largestDifference(weights, [0, 0.3, 0, 0, 0.7, 0, 0]) < 1e-6)
    #expect(abs(effects.att - 3) < 1e-6)
    #expect(effects.loss < 1e-12)
  }

  @Test func outcomeOnlyIsInvariantToPeriodEffectsAndScale() throws {
    let panel = try generatedPanel(starts: Self.starts, periods: 20, effect: 1, seed: 3)
    let shifted = try panel.mapValues { _, period, value in
      8 * (value + Double(period * period))
    }
    let first = try SyntheticControl.outcomeOnly.estimate(panel)
    let second = try SyntheticControl.outcomeOnly.estimate(shifted)
    #expect(abs(8 * first.att - second.att) < 1e-9)
  }

  @Test func isTheVariantOfSyntheticDiDWithoutAPenalty() throws {
    let panel = try generatedPanel(starts: Self.starts, periods: 20, effect: 1, seed: 4)
    let own = try SyntheticControl.outcomeOnly.estimate(panel)
    let other = try SyntheticDiD(variant: .syntheticControl).estimate(panel)
    #expect(abs(own.att - other.overall.att) < 1e-8)
  }

  @Test func predictorsInAnyUnitGiveTheSameWeights() throws {
    let panel = try generatedPanel(starts: Self.starts, periods: 20, effect: 1, seed: 5)
    let other = try generatedPanel(starts: Self.starts, periods: 20, effect: 0, seed: 6)
    let estimator = SyntheticControl(
      predictors: Self.searching.predictors + [Predictor(name: "x", variable: "x")],
      weighting: .equal)
    let rescaled = try other.mapValues { _, _, value in 1000 * value + 7 }
    let first = try estimator.estimate(panel.withCovariates(["x": other]))
    let second = try estimator.estimate(panel.withCovariates(["x": rescaled]))
    #expect(
      largestDifference(first.donorWeights.map(\.weight), second.donorWeights.map(\.weight))
        < 1e-10)
  }

  @Test func searchEndsWhereNoPredictorWeightCanBeImproved() throws {
    let panel = try generatedPanel(starts: Self.starts, periods: 30, effect: 0, seed: 7)
    let estimator = SyntheticControl(
      predictors: Self.searching.predictors,
      weighting: .search(randomStarts: 4, smallestShare: 1e-3, seed: 1))
    let best = try estimator.estimate(panel)
    let found = best.predictorWeights.map(\.weight)
    for place in found.indices {
      for factor in [0.99, 1.01] {
        var weights = found
        weights[place] *= factor
        let least = 1e-3 * (weights.max() ?? 1)
        weights = weights.map { max($0, least) }
        let other = try SyntheticControl(
          predictors: estimator.predictors, weighting: .given(weights)
        ).estimate(panel)
        #expect(other.loss >= best.loss * (1 - 1e-6))
      }
    }
  }

  @Test func placebosInSpaceLeaveTheTreatedUnitOut() throws {
    let panel = try Self.mixture(effect: 50, seed: 8)
    for threads in [1, 3] {
      let placebos = try SyntheticControl.outcomeOnly.placebosInSpace(panel, threads: threads)
      #expect(placebos.units.map(\.unit) == (1...7).map { "u\($0)" })
      #expect(abs(placebos.p - 1.0 / 8) < 1e-15)
      let alone = try panel.filter { $0 == 0 ? "treated" : nil }
        .withStarts([nil, 15, nil, nil, nil, nil, nil])
      let second = try SyntheticControl.outcomeOnly.estimate(alone)
      #expect(abs(second.att - placebos.units[1].att) < 1e-12)
    }
  }

  /// Each donor has a twin before the treatment, and the treated is a mixture of two of them.
  @Test func perfectFitsTieWhateverTheirRounding() throws {
    let panel = try Self.mixture(effect: 2, seed: 12).mapValues { unit, period, value -> Double in
      guard period < 14 else { return value }
      let path = Double(period * 7 % 5 + 1)
      // Twins are 1 and 2, 3 and 4, 5 and 6.
      let pair = (unit + 1) / 2
      return unit == 0 ? 0.7 * path : path * Double(pair) / 3
    }
    let paired = try panel.filter { $0 == 7 ? "has no twin" : nil }
    let effects = try SyntheticControl.outcomeOnly.estimate(paired)
    #expect(effects.fit.preRMSPE == 0 && effects.fit.ratio == .infinity)
    let placebos = try SyntheticControl.outcomeOnly.placebosInSpace(paired)
    #expect(placebos.units.map(\.fit.ratio) == [Double](repeating: .infinity, count: 6))
    #expect(placebos.p == 1)
    let test = try Randomization(draws: 99, seed: 1).test(SyntheticControl.outcomeOnly, on: paired)
    #expect(test.p == 1 && test.floor.whoAndWhen == 1)
  }

  @Test func placeboInTimeFindsNoEffectBeforeTheTreatment() throws {
    let panel = try Self.mixture(effect: 50, seed: 9)
    let placebo = try SyntheticControl.outcomeOnly.placeboInTime(panel, at: Period(11))
    #expect(abs(placebo.att) < 1e-9)
    #expect(placebo.periods.map(\.period.number) == Array(1...14))
    #expect(throws: EffectError.notAPlaceboPeriod(Period(15), treated: Period(15))) {
      try SyntheticControl.outcomeOnly.placeboInTime(panel, at: Period(15))
    }
  }

  @Test func placeboInTimeNotesWhatWasLeftOutBefore() throws {
    let panel = try Self.mixture(effect: 50, seed: 9).filter { $0 == 7 ? "too small" : nil }
    let placebo = try SyntheticControl.outcomeOnly.placeboInTime(panel, at: Period(11))
    #expect(try SyntheticControl.outcomeOnly.estimate(panel).dropped == panel.dropped)
    #expect(placebo.dropped == panel.dropped)
  }

  @Test func leavesOutEachDonorThatCarriesWeight() throws {
    let panel = try Self.mixture(effect: 3, seed: 10)
    let (left, needed) = (
      try SyntheticControl.outcomeOnly.leavingOneDonorOut(panel).donors,
      try SyntheticControl.outcomeOnly.leavingOneDonorOut(panel, threads: 3).needed
    )
    #expect(left.map(\.unit) == ["u2", "u5"] && needed.isEmpty)
    let without = try panel.filter { $0 == 2 ? "left out" : nil }
    #expect(
      abs(try SyntheticControl.outcomeOnly.estimate(without).att - left[0].att) < 1e-12)
  }

  /// Without u2 the predictor is the same for all units; without u5 it is not.
  @Test func saysWhichDonorCannotBeLeftOutAndGivesTheRest() throws {
    let panel = try Self.mixture(effect: 3, seed: 10)
    let estimator = SyntheticControl(
      predictors: [Predictor(name: "coast", variable: "coast")]
        + (1...14).map { Predictor(name: "y\($0)", variable: nil, periods: $0...$0) },
      weighting: .given([1e-9] + [Double](repeating: 1, count: 14)))
    let coast = try panel.mapValues { unit, _, _ in unit == 2 ? 1 : 0 }
    let own = try panel.withCovariates(["coast": coast])
    let carrying = try estimator.estimate(own).donorWeights.filter { $0.weight > 0 }.map(\.unit)
    try #require(carrying.contains("u2") && carrying.count > 1)
    let left = try estimator.leavingOneDonorOut(own)
    #expect(left.donors.map(\.unit) == carrying.filter { $0 != "u2" })
    #expect(
      left.needed == [
        FailedUnit(unit: "u2", failure: .effect(.constantPredictor(name: "coast")))
      ])
  }

  @Test func theOnlyDonorCannotBeLeftOut() throws {
    let panel = try generatedPanel(starts: [6, nil], periods: 9, effect: 1, seed: 1)
    let left = try SyntheticControl.outcomeOnly.leavingOneDonorOut(panel)
    #expect(left.donors.isEmpty)
    #expect(
      left.needed == [FailedUnit(unit: "u1", failure: .effect(.onlyDonor))])
  }

  @Test func conformalIntervalHoldsTheEffectAndAgreesWithItsTest() throws {
    let panel = try Self.mixture(effect: 4, seed: 11).mapValues { unit, period, value in
      value + (unit == 0 ? 0.2 * Double((period * 7) % 5 - 2) : 0)
    }
    let interval = try #require(try SyntheticControl.outcomeOnly.conformalInterval(panel))
    #expect(interval.contains(4))
    let sample = WeightingSample(treated: [14: [0]], donors: Array(1..<8))
    let test = ConformalTest(
      ofSyntheticControl: try CohortBlock(panel, sample: sample, start: 14, prePeriods: 1))
    #expect(try test.p(interval.upperBound - 1e-6) > 0.05)
    #expect(try test.p(interval.upperBound + 1e-6) <= 0.05)
    #expect(try test.p(interval.lowerBound - 1e-6) <= 0.05)
  }

  @Test func hasNoConformalIntervalWithTooFewPeriods() throws {
    let panel = try generatedPanel(starts: [6, nil, nil, nil], periods: 9, effect: 1, seed: 1)
    #expect(try SyntheticControl.outcomeOnly.conformalInterval(panel) == nil)
  }

  @Test func namesWhatIsWrongWithAPredictor() throws {
    let panel = try generatedPanel(starts: Self.starts, periods: 20, effect: 1, seed: 5)
    func estimate(_ predictor: Predictor, _ variables: [String: Panel]) throws {
      _ = try SyntheticControl(predictors: [predictor], weighting: .equal)
        .estimate(panel.withCovariates(variables))
    }
    let predictor = Predictor(name: "wealth", variable: "gdp")
    #expect(throws: EffectError.unknownCovariate("gdp", known: [])) {
      try estimate(predictor, [:])
    }
    #expect(throws: EffectError.constantPredictor(name: "wealth")) {
      try estimate(predictor, ["gdp": panel.mapValues { _, _, _ in 3 }])
    }
    #expect(throws: EffectError.predictorWithoutValue(name: "wealth", unit: "u7")) {
      try estimate(predictor, ["gdp": panel.filter { $0 == 7 ? "gone" : nil }])
    }
  }

  @Test func refusesSeveralTreatedUnits() throws {
    let panel = try generatedPanel(starts: [6, 7, nil, nil], periods: 9, effect: 1, seed: 1)
    #expect(throws: EffectError.severalTreated(units: ["u0", "u1"])) {
      try SyntheticControl.outcomeOnly.estimate(panel)
    }
  }
}

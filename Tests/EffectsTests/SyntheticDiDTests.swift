import Foundation
import Panels
import TestSupport
import Testing

@testable import Effects

@Suite struct SyntheticDiDTests {
  static let starts: [Int?] = [9, 9, 12, 12, nil, nil, nil, nil, nil, nil]
  static let variants = SyntheticDiD.Variant.allCases

  /// The variants that take out a unit's own level.
  static let levelFree: [SyntheticDiD.Variant] = [.syntheticDiD, .did, .demeanedSyntheticControl]

  @Test(arguments: levelFree)
  func findsTheEffectThatMadeTheData(_ variant: SyntheticDiD.Variant) throws {
    let panel = try generatedPanel(starts: Self.starts, periods: 14, effect: 2, noise: 0, seed: 5)
    let effects = try SyntheticDiD(variant: variant).estimate(panel)
    #expect(abs(effects.overall.att - 2) < 1e-11)
    #expect(effects.cohorts.map(\.cohort.number) == [9, 12])
  }

  @Test(arguments: levelFree)
  func isInvariantToUnitEffectsAndACommonTrend(_ variant: SyntheticDiD.Variant) throws {
    let panel = try generatedPanel(starts: Self.starts, periods: 14, effect: 1, seed: 6)
    let shifted = try panel.mapValues { unit, period, value in
      value + Double(unit * unit) - 3 * Double(period)
    }
    let first = try SyntheticDiD(variant: variant).estimate(panel)
    let second = try SyntheticDiD(variant: variant).estimate(shifted)
    #expect(abs(first.overall.att - second.overall.att) < 1e-10)
  }

  @Test(arguments: variants, SyntheticDiD.Mode.allCases)
  func scalesWithTheOutcome(
    _ variant: SyntheticDiD.Variant, _ mode: SyntheticDiD.Mode
  ) throws {
    let panel = try generatedPanel(starts: Self.starts, periods: 14, effect: 1, seed: 7)
    let scaled = try panel.mapValues { _, _, value in 1024 * value }
    let first = try SyntheticDiD(variant: variant, mode: mode).estimate(panel)
    let second = try SyntheticDiD(variant: variant, mode: mode).estimate(scaled)
    #expect(abs(1024 * first.overall.att - second.overall.att) < 1e-8)
  }

  @Test(arguments: variants)
  func addingToTheTreatedAfterTreatmentAddsToTheEffect(_ variant: SyntheticDiD.Variant) throws {
    let panel = try generatedPanel(starts: Self.starts, periods: 14, effect: 1, seed: 8)
    let raised = try panel.mapValues { unit, period, value in
      value + (Self.starts[unit].map { period + 1 >= $0 } ?? false ? 5 : 0)
    }
    let first = try SyntheticDiD(variant: variant).estimate(panel)
    let second = try SyntheticDiD(variant: variant).estimate(raised)
    #expect(abs(second.overall.att - first.overall.att - 5) < 1e-10)
  }

  @Test func equalWeightsAreTheDifferenceOfDifferences() throws {
    let panel = try generatedPanel(
      starts: [6, 6, nil, nil, nil], periods: 9, effect: 1, seed: 9)
    func average(_ units: Range<Int>, _ periods: Range<Int>) -> Double {
      let values = units.flatMap { unit in
        periods.map { panel.cell(unit: unit, period: $0).value ?? .nan }
      }
      return values.reduce(0, +) / Double(values.count)
    }
    let plain =
      average(0..<2, 5..<9) - average(0..<2, 0..<5) - average(2..<5, 5..<9) + average(2..<5, 0..<5)
    let effects = try SyntheticDiD(variant: .did).estimate(panel)
    #expect(abs(effects.overall.att - plain) < 1e-12)
  }

  /// The weights of a tiny panel by trying every support.
  @Test func optimumEqualsTheBestOfAllSupports() throws {
    let panel = try generatedPanel(
      starts: [6, nil, nil, nil, nil, nil], periods: 8, effect: 1, seed: 12)
    let cohort = try SyntheticDiD().estimate(panel).cohorts[0]
    func series(_ unit: Int) -> [Double] {
      let values = (0..<5).map { panel.cell(unit: unit, period: $0).value ?? .nan }
      return values.map { $0 - values.reduce(0, +) / 5 }
    }
    let points = (1..<6).map { zip(series($0), series(0)).map { $0 - $1 } }
    let reference = enumeratedSimplexWeights(
      points: points, ridge: 5 * cohort.unitPenalty * cohort.unitPenalty)
    #expect(largestDifference(cohort.unitWeights.map(\.weight), reference) < 1e-12)
  }

  @Test func staggeredEffectIsTheMeanOfItsBlocksByTreatedCells() throws {
    let panel = try generatedPanel(
      starts: [9, 9, 9, 12, nil, nil, nil, nil], periods: 14, effect: 1, seed: 10)
    let whole = try SyntheticDiD().estimate(panel)
    let early = try SyntheticDiD().estimate(panel.filter { $0 == 3 ? "late" : nil })
    let late = try SyntheticDiD().estimate(panel.filter { $0 < 3 ? "early" : nil })
    let mean = (18 * early.overall.att + 3 * late.overall.att) / 21
    #expect(abs(whole.overall.att - mean) < 1e-12)
  }

  @Test func leavesOutDonorsWithGapsAndPeriodsTheTreatedLack() throws {
    let panel = try generatedPanel(
      starts: [6, nil, nil, nil, nil], periods: 9, effect: 1, seed: 11)
    let gaps = try Panel(
      units: panel.units, periods: panel.periods,
      cells: panel.units.indices.map { unit in
        panel.periods.indices.map { period in
          (unit, period) == (0, 0) || (unit, period) == (2, 4)
            ? .absent(.missing) : panel.cell(unit: unit, period: period)
        }
      }, cohorts: panel.cohorts)
    let effects = try SyntheticDiD().estimate(gaps)
    #expect(effects.cohorts[0].unitWeights.map(\.unit) == ["u1", "u3", "u4"])
    #expect(effects.cohorts[0].timeWeights.map(\.period.number) == [2, 3, 4, 5])
    #expect(
      effects.dropped.map(\.reason) == [
        "a gap between 2 to 9, the window of those treated in 6",
        "not observed for all units treated in 6",
      ])
  }

  @Test func placebosOfTwoTreatedAreAllPairsOfDonors() throws {
    let panel = try generatedPanel(
      starts: [7, 7, nil, nil, nil, nil, nil], periods: 10, effect: 1, seed: 13)
    let effects = try SyntheticDiD(errors: .placebo(seed: 1)).estimate(panel)
    let replications = try #require(effects.replications)
    #expect(replications.isEnumerated)
    #expect(replications.estimates.count == 10)
    #expect(abs((replications.placebo?.floor ?? 0) - 1.0 / 11) < 1e-15)
  }

  @Test func replicationsAreTheSameOnAnyNumberOfThreads() throws {
    let panel = try generatedPanel(
      starts: [7, 7, 8, nil, nil, nil, nil, nil], periods: 10, effect: 1, seed: 14)
    for threads in [1, 3] {
      let placebo = try SyntheticDiD(errors: .placebo(seed: 4, threads: threads)).estimate(panel)
      let single = try SyntheticDiD(errors: .placebo(seed: 4)).estimate(panel)
      #expect(placebo.replications == single.replications)
      let bootstrap = try SyntheticDiD(errors: .bootstrap(draws: 40, seed: 4, threads: threads))
        .estimate(panel)
      let other = try SyntheticDiD(errors: .bootstrap(draws: 40, seed: 4)).estimate(panel)
      #expect(bootstrap.replications == other.replications)
      #expect((bootstrap.overall.standardError ?? 0) > 0)
    }
  }

  @Test func hasNoJackknifeWithOneTreatedUnit() throws {
    let panel = try generatedPanel(
      starts: [7, nil, nil, nil, nil], periods: 10, effect: 1, seed: 14)
    #expect(try SyntheticDiD(errors: .jackknife).estimate(panel).overall.standardError == nil)
  }

  @Test func coefficientOfACovariateThatMadeTheDataIsFound() throws {
    let covariate = try generatedPanel(starts: Self.starts, periods: 14, effect: 0, seed: 15)
    let panel = try generatedPanel(
      starts: Self.starts, periods: 14, effect: 2, noise: 0.001, seed: 16
    ).mapValues { unit, period, value in
      value + 3 * (covariate.cell(unit: unit, period: period).value ?? .nan)
    }
    let effects = try SyntheticDiD(covariates: ["x"])
      .estimate(panel.withCovariates(["x": covariate]))
    #expect(effects.cohorts.allSatisfy { abs($0.coefficients[0] - 3) < 0.01 })
    #expect(abs(effects.overall.att - 2) < 0.01)
  }

  @Test func namesTheCovariateThatIsUnknownHasAGapOrAdjustsNothing() throws {
    let panel = try generatedPanel(
      starts: [7, nil, nil, nil], periods: 9, effect: 1, seed: 17)
    let additive = try panel.mapValues { unit, period, _ in
      Double(unit * unit) + Double(period)
    }
    let gappy = try generatedPanel(
      starts: [7, nil, nil, nil], periods: 9, effect: 0, gapShare: 0.1, seed: 18)
    let adjusted = try panel.withCovariates(["additive": additive, "gappy": gappy])
    #expect(throws: EffectError.covariateWithoutContrast("additive")) {
      try SyntheticDiD(covariates: ["additive"]).estimate(adjusted)
    }
    #expect(throws: EffectError.unknownCovariate("x", known: ["additive", "gappy"])) {
      try SyntheticDiD(covariates: ["x"]).estimate(adjusted)
    }
    #expect {
      try SyntheticDiD(covariates: ["gappy"]).estimate(adjusted)
    } throws: { error in
      guard case EffectError.covariateWithGap("gappy", _, _) = error else { return false }
      return true
    }
  }

  @Test func refusesAPanelWithoutDonors() throws {
    let panel = try generatedPanel(starts: [4, 5, 6], periods: 8, effect: 1, seed: 1)
    #expect(throws: EffectError.noDonor(cohort: nil)) { try SyntheticDiD().estimate(panel) }
  }

  @Test func refusesTooFewDonorsForAPlacebo() throws {
    let panel = try generatedPanel(starts: [4, 5, 4, nil, nil], periods: 8, effect: 1, seed: 1)
    #expect(throws: EffectError.tooFewDonors(treated: 3, donors: 2)) {
      try SyntheticDiD(errors: .placebo(seed: 1)).estimate(panel)
    }
  }
}

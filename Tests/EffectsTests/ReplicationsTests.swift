import LinearAlgebra
import Panels
import TestSupport
import Testing

@testable import Effects

/// Estimates on other samples: what each is, what they say, and what is said of those without one.
@Suite struct ReplicationsTests {
  static let all = CompletionTests.allCells(1)
  static let ofNever = InteractiveFixedEffects(factors: .given(1))

  private static func panel(
    _ starts: [Int?], missing: [(unit: Int, period: Int)], seed: UInt64 = 15
  ) throws -> Panel {
    let whole = try generatedPanel(starts: starts, periods: 10, effect: 1, seed: seed)
    return try Panel(
      units: whole.units, periods: whole.periods,
      cells: whole.units.indices.map { unit in
        whole.periods.indices.map { period in
          missing.contains { $0 == (unit, period) }
            ? .absent(.missing) : whole.cell(unit: unit, period: period)
        }
      }, cohorts: whole.cohorts)
  }

  /// Without the only complete donor the others, which have gaps, leave nothing to weigh.
  @Test func placebosWithoutAnEstimateAreCounted() throws {
    let panel = try Self.panel([7, nil, nil, nil], missing: [(2, 3), (3, 5)])
    let effects = try SyntheticDiD(errors: .placebo(seed: 1)).estimate(panel)
    let replications = try #require(effects.replications)
    #expect(replications.estimates.count == 2 && replications.undefined == 1)
    #expect(replications.failure == .effect(.noDonor(cohort: Period(7))))
    #expect(replications.placebo?.floor == 1.0 / 3)
    #expect(effects.overall.standardError != nil)
  }

  @Test func oneReplicationGivesNoError() throws {
    let panel = try Self.panel([7, nil, nil], missing: [(2, 3)])
    let effects = try SyntheticDiD(errors: .placebo(seed: 1)).estimate(panel)
    let replications = try #require(effects.replications)
    #expect(replications.estimates.count == 1 && replications.undefined == 1)
    #expect(replications.standardError == nil && effects.overall.standardError == nil)
  }

  @Test func bootstrapSamplesWithoutAnEstimateAreCounted() throws {
    let panel = try Self.panel([7, 7, nil, nil, nil], missing: [(3, 3), (4, 5)])
    let effects = try SyntheticDiD(errors: .bootstrap(draws: 60, seed: 3)).estimate(panel)
    let replications = try #require(effects.replications)
    #expect(replications.undefined > 0 && replications.failure != nil)
    #expect(replications.estimates.count + replications.undefined == 60)
  }

  @Test(arguments: [all, ofNever])
  func jackknifeOfFactorsIsTheSpreadOfEstimatesWithoutEachUnit(
    _ estimator: InteractiveFixedEffects
  ) throws {
    let panel = try FactorTests.panel(noise: 1, seed: 4)
    let jackknife = try #require(try estimator.replications(panel, by: .jackknife()))
    let byHand = try panel.units.indices.map { left in
      try estimator.estimate(panel.filter { $0 == left ? "left out" : nil }).effects.att
    }
    #expect(largestDifference(jackknife.estimates, byHand) < 1e-8)
    let center = byHand.reduce(0, +) / 12
    let squares = byHand.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    #expect(abs((jackknife.standardError ?? 0) - (squares * 11 / 12).squareRoot()) < 1e-8)
    #expect(jackknife.undefined == 0 && jackknife.isEnumerated)
  }

  /// A unit drawn twice is two units with the same outcomes.
  @Test func resampledUnitsCountAsOftenAsTheyAreDrawn() throws {
    let panel = try FactorTests.panel(noise: 1, seed: 5)
    let drawn = [0, 2, 3, 3, 3, 5, 6, 6, 8, 9, 11]
    let copies = try Panel(
      units: drawn.indices.map { "copy \($0)" }, periods: panel.periods,
      cells: drawn.map { unit in panel.periods.indices.map { panel.cell(unit: unit, period: $0) } },
      cohorts: drawn.map { panel.cohorts[$0] })
    let sample = WeightingSample(drawn, dates: drawn.map { FactorTests.starts[$0].map { $0 - 1 } })
    for estimator in [Self.all, Self.ofNever] {
      let own = try estimator.sampledEffect(on: panel).att(sample)
      #expect(abs(own - (try estimator.estimate(copies).effects.att)) < 1e-8)
    }
    let completion = MatrixCompletion(penalty: .given(0.01))
    let own = try completion.sampledEffect(on: panel).att(sample)
    // The penalty is on the scale of the cells, of which the copies have fewer.
    let other = try MatrixCompletion(penalty: .given(0.01)).estimate(copies).effects.att
    #expect(abs(own - other) < 1e-8)
  }

  @Test func completionHasErrorsThatAreTheSameOnAnyNumberOfThreads() throws {
    let panel = try FactorTests.panel(noise: 1, seed: 6)
    let completion = MatrixCompletion(penalty: .given(0.05))
    let one = try completion.replications(panel, by: .bootstrap(draws: 12, seed: 2))
    let three = try completion.replications(panel, by: .bootstrap(draws: 12, seed: 2, threads: 3))
    #expect(one == three && (one?.standardError ?? 0) > 0)
    let jackknife = try completion.replications(panel, by: .jackknife(threads: 3))
    #expect(jackknife?.estimates.count == 12)
  }

  @Test func oneTreatedUnitHasNoJackknife() throws {
    let panel = try generatedPanel(
      starts: [7, nil, nil, nil, nil], periods: 10, effect: 1, seed: 7)
    #expect(try Self.ofNever.replications(panel, by: .jackknife()) == nil)
    #expect(
      try MatrixCompletion(penalty: .given(0.1)).replications(panel, by: .jackknife()) == nil)
  }
}

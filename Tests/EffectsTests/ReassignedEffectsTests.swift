import LinearAlgebra
import Panels
import TestSupport
import Testing

@testable import Effects

/// Many outcomes of one panel's cells, held against testing each alone.
@Suite struct ReassignedEffectsTests {
  private static let linear: [any ReassignableEstimator] = [
    GroupTimeDiD(comparison: .notYetTreated), GroupTimeDiD(comparison: .neverTreated),
    Imputation(), TwoWayFixedEffects(), SunAbraham(comparison: .neverTreated),
  ]

  /// The same gaps and dates with other numbers in the cells; the first outcome is the panel's own.
  private static func outcomes(_ panel: Panel, _ count: Int) -> [[Double]] {
    (0..<count).map { place in
      var random = Philox(seed: UInt64(place), stream: 96, index: 0)
      return panel.values.map { $0 + (place == 0 ? 0 : 2 * random.nextNormal()) }
    }
  }

  private static func panel(seed: UInt64) throws -> Panel {
    try generatedPanel(
      starts: [5, 5, 7, 9, nil, nil, nil, nil, nil, nil], periods: 12, effect: 1, gapShare: 0.06,
      seed: seed)
  }

  @Test(arguments: 0..<5 as Range<Int>)
  func eachOutcomeIsTestedAsIfAloneToTheLastBit(_ place: Int) throws {
    let estimator = Self.linear[place]
    let panel = try Self.panel(seed: 5)
    let outcomes = Self.outcomes(panel, 6)
    let randomization = Randomization(draws: 150, seed: 3, enumerationLimit: 10)
    let effects = try randomization.effects(of: outcomes, by: estimator, on: panel)
    for (place, outcome) in outcomes.enumerated() {
      let alone = try randomization.test(estimator, on: panel.with(values: outcome))
      let among = effects.test(ofOutcome: place)
      #expect(among.distribution == alone.distribution && among.observed == alone.observed)
      #expect(among.p == alone.p && among.greater == alone.greater && among.less == alone.less)
      #expect(among.floor == alone.floor && among.undefined == alone.undefined)
      #expect(among.isEnumerated == alone.isEnumerated && among.rejected == alone.rejected)
    }
  }

  @Test(arguments: 0..<5 as Range<Int>)
  func bitsDoNotDependOnThreads(_ place: Int) throws {
    let panel = try Self.panel(seed: 6)
    let outcomes = Self.outcomes(panel, 9)
    let results = try [1, 3].map { threads in
      try Randomization(draws: 700, seed: 3, enumerationLimit: 10, threads: threads)
        .effects(of: outcomes, by: Self.linear[place], on: panel)
    }
    #expect(results[0] == results[1])
  }

  @Test("Assignments weighed once test every outcome of the same cells, to the last bit")
  func weighedAssignments() throws {
    let panel = try Self.panel(seed: 8)
    for estimator in Self.linear.prefix(2) {
      let randomization = Randomization(draws: 150, seed: 3, enumerationLimit: 10, threads: 2)
      let weighed = try #require(try randomization.weighed(estimator, on: panel))
      for outcome in Self.outcomes(panel, 3) {
        let other = panel.with(values: outcome)
        #expect(
          try randomization.test(estimator, on: other, under: weighed)
            == randomization.test(estimator, on: other))
      }
    }
  }

  @Test("Estimators whose weights come with the outcome's own are not weighed before")
  func notWeighed() throws {
    let panel = try Self.panel(seed: 8)
    let estimators: [any ReassignableEstimator] = [Imputation(), SyntheticControl.outcomeOnly]
    for estimator in estimators {
      #expect(try Randomization(seed: 1).weighed(estimator, on: panel)?.count == nil)
    }
  }

  @Test func unitsThatTakeNoPartAreSkippedInEveryOutcome() throws {
    // The third unit is treated from the first period on and is dropped.
    let panel = try generatedPanel(
      starts: [4, 6, 1, nil, nil, nil], periods: 8, effect: 1, seed: 7)
    let outcomes = Self.outcomes(panel, 3)
    let estimator = GroupTimeDiD(comparison: .notYetTreated)
    let effects = try Randomization(seed: 1).effects(of: outcomes, by: estimator, on: panel)
    for (place, outcome) in outcomes.enumerated() {
      let estimate = try estimator.estimate(panel.with(values: outcome)).overall.att
      #expect(abs(effects.observed[place] - estimate) < 1e-12)
    }
  }

  @Test func refusesAnEstimatorWhoseWeightsTheOutcomeMoves() throws {
    let panel = try generatedPanel(starts: [6, nil, nil, nil], periods: 9, effect: 1, seed: 1)
    #expect(throws: EffectError.notLinear) {
      try Randomization(seed: 1)
        .effects(of: [panel.values], by: SyntheticControl.outcomeOnly, on: panel)
    }
  }
}

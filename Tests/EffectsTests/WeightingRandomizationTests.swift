import Panels
import TestSupport
import Testing

@testable import Effects

@Suite struct WeightingRandomizationTests {
  static let starts: [Int?] = [7, 8, nil, nil, nil, nil, nil]

  static func tests(_ panel: Panel, threads: Int = 1) throws -> [RandomizationTest] {
    let randomization = Randomization(draws: 60, seed: 3, threads: threads)
    return [
      try randomization.test(SyntheticDiD(), on: panel),
      try randomization.test(AugmentedSyntheticControl(penalty: .given(1)), on: panel),
      try randomization.test(InteractiveFixedEffects(factors: .given(1)), on: panel),
      try randomization.test(SyntheticControl.outcomeOnly, on: panel),
      try randomization.test(StaggeredSyntheticControl(pooling: .partial()), on: panel),
      try randomization.test(
        InteractiveFixedEffects(factors: .given(0), comparison: .notYetTreated), on: panel),
      try randomization.test(MatrixCompletion(penalty: .given(0.05)), on: panel),
    ]
  }

  @Test func enumeratesAllDatesAndHoldsTheEstimateAgainstThem() throws {
    let panel = try generatedPanel(starts: Self.starts, periods: 12, effect: 9, noise: 0.3, seed: 1)
    let tests = try Self.tests(panel)
    let estimates = [
      try SyntheticDiD().estimate(panel).overall.att,
      try AugmentedSyntheticControl(penalty: .given(1)).estimate(panel).att,
      try InteractiveFixedEffects(factors: .given(1)).estimate(panel).effects.att,
    ]
    for (test, estimate) in zip(tests, estimates) {
      #expect(test.observed == estimate)
    }
    for test in tests {
      #expect(test.isEnumerated)
      #expect(test.assignments + test.undefined == 42)
      #expect(test.distribution.contains(test.observed))
      #expect(abs(test.floor.who - 1.0 / 21) < 1e-15)
      #expect(test.interval == nil)
    }
    #expect(abs(tests[0].p - 1.0 / 42) < 1e-12)
  }

  @Test func anAssignmentEqualsTheEstimateOnThePanelWithTheseDates() throws {
    let panel = try generatedPanel(starts: Self.starts, periods: 12, effect: 1, seed: 2)
    // The last of all assignments in lexical order treats the last units.
    let other = try panel.withStarts([nil, nil, nil, nil, nil, 8, 7])
    let tests = try Self.tests(panel)
    #expect(
      tests[0].distribution.last == (try SyntheticDiD().estimate(other).overall.att))
    #expect(
      tests[2].distribution.last
        == (try InteractiveFixedEffects(factors: .given(1)).estimate(other).effects.att))
  }

  @Test func isTheSameOnAnyNumberOfThreads() throws {
    let panel = try generatedPanel(starts: Self.starts, periods: 12, effect: 1, seed: 3)
    #expect(try Self.tests(panel) == Self.tests(panel, threads: 3))
  }

  @Test func ratioOfOneTreatedUnitIsItsRMSPERatio() throws {
    let panel = try generatedPanel(
      starts: [9, nil, nil, nil, nil, nil], periods: 14, effect: 6, seed: 4)
    let test = try Randomization(seed: 1).test(SyntheticControl.outcomeOnly, on: panel)
    let effects = try SyntheticControl.outcomeOnly.estimate(panel)
    #expect(abs(abs(test.observed) - effects.fit.ratio) < 1e-9)
    #expect(test.assignments == 6)
  }
}

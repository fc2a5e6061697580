import LinearAlgebra
import Panels
import TestSupport
import Testing

@testable import Effects

@Suite struct RandomizationTests {
  static let notYet = GroupTimeDiD(comparison: .notYetTreated)
  /// Three of six with three dates: the smallest design of the region alone.
  static let region: [Int?] = [4, 6, 8, nil, nil, nil]

  @Test func threeOfSixWithThreeDatesHaveTheFloorsOfTwentyAndAHundredAndTwenty() throws {
    let panel = try generatedPanel(starts: Self.region, periods: 10, effect: 50, seed: 3)
    let test = try Randomization(seed: 1).test(Self.notYet, on: panel)
    #expect(test.isEnumerated)
    #expect(test.assignments == 120)
    #expect(abs(test.floor.who - 1.0 / 20) < 1e-15)
    #expect(abs(test.floor.whoAndWhen - 1.0 / 120) < 1e-15)
    #expect(test.floor.deciding == test.floor.who)
    // The who-joined floor is at 5 %: no effect, however large, could be called found.
    #expect(test.minimumDetectableEffect == nil)
  }

  /// Every arrangement of the dates, each estimated anew by the estimator itself.
  @Test(arguments: GroupTimeDiD.Comparison.allCases, [0, 1])
  func enumeratedResultEqualsBruteForce(
    _ comparison: GroupTimeDiD.Comparison, _ anticipation: Int
  ) throws {
    let estimator = GroupTimeDiD(comparison: comparison, anticipation: anticipation)
    let panel = try generatedPanel(
      starts: [4, 6, nil, nil, nil, 6], periods: 8, effect: 1, gapShare: 0.06, seed: 11)
    let test = try Randomization(seed: 1).test(estimator, on: panel)
    var effects: [Double] = []
    for starts in arrangements(of: panel.cohorts.map { $0.start?.number }) {
      let other = try panel.withStarts(starts)
      let estimate = try? estimator.estimate(other)
      guard let estimate, estimate.dropped.isEmpty else { continue }
      effects.append(estimate.overall.att)
    }
    let observed = try estimator.estimate(panel).overall.att
    #expect(test.assignments == effects.count)
    let extreme = effects.filter { abs($0) >= abs(observed) - 1e-12 }.count
    #expect(test.p == Double(extreme) / Double(effects.count))
    let higher = effects.filter { $0 >= observed - 1e-12 }.count
    #expect(test.greater.p == Double(higher) / Double(effects.count))
    #expect(
      zip(test.distribution.sorted(), effects.sorted()).allSatisfy { abs($0 - $1) < 1e-11 })
  }

  @Test func statisticOfEveryAssignmentEqualsTheEstimator() throws {
    for seed in 0..<20 as Range<UInt64> {
      let starts: [Int?] = [5, 5, 7, 9, 12, nil, nil, nil, nil, nil, nil]
      let panel = try generatedPanel(
        starts: starts, periods: 12, effect: 1, gapShare: 0.15, seed: seed)
      for estimator in GroupTimeDiDTests.options {
        guard let effects = try? estimator.estimate(panel) else { continue }
        let effect = try estimator.reassignable(on: panel)
        let statistic = try effect.statistic(effect.starts.map(Adoption.init))
        #expect(abs(statistic.effect - effects.overall.att) < 1e-12)
        let largest = effects.eventTime.cells.filter { (-5..<0).contains($0.key) }
          .compactMap { $0.estimate.att == 0 ? nil : abs($0.estimate.att) }.max()
        #expect(abs((statistic.preTrend ?? 0) - (largest ?? 0)) < 1e-12)
      }
    }
  }

  @Test func doseOfTheObservedDatesIsOne() throws {
    let panel = try generatedPanel(
      starts: [5, 7, nil, nil, nil], periods: 9, effect: 1, gapShare: 0.1, seed: 4)
    let effect = try Self.notYet.reassignable(on: panel)
    let dose = try effect.statistic(effect.starts.map(Adoption.init)).dose ?? .nan
    #expect(abs(dose - 1) < 1e-14)
  }

  @Test func resultIsTheSameOnAnyNumberOfThreads() throws {
    let panel = try generatedPanel(
      starts: (0..<30).map { $0 < 12 ? 5 + $0 : nil }, periods: 20, effect: 0.5, gapShare: 0.05,
      seed: 9)
    let one = try Randomization(draws: 2_000, seed: 3, threads: 1).test(Self.notYet, on: panel)
    let four = try Randomization(draws: 2_000, seed: 3, threads: 4).test(Self.notYet, on: panel)
    #expect(!one.isEnumerated)
    #expect(one == four)
  }

  @Test func drawnPCountsTheObservedAssignment() throws {
    let panel = try generatedPanel(
      starts: (0..<30).map { $0 < 12 ? 5 + $0 : nil }, periods: 20, effect: 100, seed: 9)
    let test = try Randomization(draws: 999, seed: 3).test(Self.notYet, on: panel)
    #expect(test.p == 1.0 / 1000)
    #expect(test.floor.whoAndWhen == 1.0 / 1000)
  }

  @Test func intervalHoldsTheEstimateAndAgreesWithThePValue() throws {
    for seed in 0..<30 as Range<UInt64> {
      let panel = try generatedPanel(
        starts: [4, 6, 8, nil, nil, nil, nil, nil, nil], periods: 10, effect: 0.8, seed: seed)
      let test = try Randomization(seed: 1).test(Self.notYet, on: panel)
      guard let interval = test.interval else { continue }
      #expect(interval.contains(test.observed))
      if test.p > 0.05 { #expect(interval.contains(0)) }
    }
  }

  /// The ends of the interval against the test repeated on outcomes with the effect taken away.
  @Test func intervalEqualsBruteForceInversion() throws {
    let panel = try generatedPanel(
      starts: [4, 6, 8, nil, nil, nil, nil, nil, nil], periods: 10, effect: 0.8, seed: 17)
    let test = try Randomization(seed: 1).test(Self.notYet, on: panel)
    let interval = try #require(test.interval)
    func p(_ effect: Double) throws -> Double {
      let without = try panel.mapValues { unit, period, value in
        let start = panel.cohorts[unit].start?.number ?? .max
        return value - (period + 1 >= start ? effect : 0)
      }
      return try Randomization(seed: 1).test(Self.notYet, on: without).p
    }
    let step = 1e-6
    #expect(try p(interval.upperBound - step) > 0.05)
    #expect(try p(interval.upperBound + step) <= 0.05)
    #expect(try p(interval.lowerBound + step) > 0.05)
    #expect(try p(interval.lowerBound - step) <= 0.05)
  }

  @Test func whatCanBeFoundDoesNotDependOnWhatWasFound() throws {
    let starts: [Int?] = (0..<24).map { $0 < 9 ? 5 + $0 % 4 : nil }
    let tests = try [0.0, 40.0].map { effect in
      let panel = try generatedPanel(starts: starts, periods: 14, effect: effect, seed: 21)
      return try Randomization(draws: 499, seed: 2).test(Self.notYet, on: panel)
    }
    let effects = try tests.map { try #require($0.minimumDetectableEffect) }
    #expect(abs(effects[0] - effects[1]) < 1e-10)
    #expect(tests[0].preTrend == tests[1].preTrend)
  }

  @Test func detectableEffectIsTheSmallestThatReachesThePower() {
    let statistics = (1...200).map { Double($0) - 100.5 }
    let tail = Tail(statistics, observed: 0, isEnumerated: false)
    let effect = tail.minimumDetectableEffect() ?? .nan
    let critical = statistics.map(abs).sorted(by: >)[8]
    func power(_ effect: Double) -> Double {
      Double(statistics.filter { abs($0 + effect) >= critical }.count) / 200
    }
    #expect(power(effect) >= 0.8)
    #expect(power(effect - 0.01) < 0.8)
  }

  @Test func datesStayInsideTheirStratum() throws {
    let reassignment = Reassignment(
      observed: [3, nil, nil, 5, nil], strata: [0, 0, 0, 1, 1],
      admissible: Array(repeating: [3, 5], count: 5))
    let all = try reassignment.assignments(limit: 100, draws: 1, seed: 1, threads: 1)
    #expect(all.dates.count == 3 * 2)
    #expect(all.dates.allSatisfy { $0[0...2].contains(3) && $0[3...4].contains(5) })
    #expect(abs(reassignment.whoFloor - 1.0 / 6) < 1e-15)
  }

  @Test func drawsAreAdmissibleAndReportTheShareRejected() throws {
    let reassignment = Reassignment(
      observed: [3, 5, nil, nil], strata: [0, 0, 0, 0], admissible: [[3, 5], [3, 5], [], [3, 5]])
    let drawn = try reassignment.assignments(limit: 0, draws: 4_000, seed: 1, threads: 2)
    #expect(drawn.dates.allSatisfy { $0[2] == nil })
    // Of 4·3 ordered pairs of units 3·2 leave out the third: half are rejected.
    #expect(abs(drawn.rejected - 0.5) < 0.03)
    #expect(Set(drawn.dates).count == 6)
  }

  @Test func refusesADesignWithoutAdmissibleDraws() {
    let reassignment = Reassignment(
      observed: [3, nil], strata: [0, 0], admissible: [[], []])
    #expect(throws: EffectError.noAdmissibleAssignment(attempts: 10_000)) {
      try reassignment.assignments(limit: 0, draws: 5, seed: 1, threads: 1)
    }
  }
}

/// All distinct orders of some dates, by plain recursion.
private func arrangements(of dates: [Int?]) -> [[Int?]] {
  guard !dates.isEmpty else { return [[]] }
  return Set(dates).flatMap { first -> [[Int?]] in
    var rest = dates
    rest.remove(at: rest.firstIndex(of: first) ?? 0)
    return arrangements(of: rest).map { [first] + $0 }
  }
}

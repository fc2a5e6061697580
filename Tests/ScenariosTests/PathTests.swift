import Indicators
import LinearAlgebra
import Testing

@testable import Scenarios

@Suite struct PathTests {
  private let history: [Double?] = [1.2, 1.9, 1.4, 1.1, 2.4, 2.2, 1.7, 2.9, 2.1, 3.0, 2.6, 2.2]

  private func path(
    _ effect: Path.Effect, transfer: ClosedRange<Double> = 1...1, anticipation: Int = 0
  ) throws -> Path {
    Path(
      baseline: try Baseline(history, horizon: 8), last: 2020, event: 2023, end: 2028,
      effect: effect, transfer: transfer, anticipation: anticipation)
  }

  private func distribution(
    _ effects: [Double], error: Double, cohorts: [EffectDistribution.Departure] = []
  ) -> EffectDistribution {
    var covariance = Matrix(zeros: effects.count, effects.count)
    for place in effects.indices { covariance[place, place] = error * error }
    return EffectDistribution(effects: effects, covariance: covariance, cohorts: cohorts)
  }

  @Test func anEffectOfZeroReproducesTheBaselineToTheBit() throws {
    let drawn = try path(.assumed(0...0), transfer: 0.5...1).draws(
      200, seed: 1, stream: 9, threads: 1)
    let projected = OutcomeProjection.Drawn(
      drawn, from: 2021, candidates: try Baseline(history, horizon: 8), origin: .estimated,
      end: .horizon)
    #expect(projected.path == projected.baseline)
    let none = try path(.estimated(distribution([0, 0, 0, 0, 0, 0], error: 0)))
      .draws(200, seed: 1, stream: 9, threads: 1)
    #expect(none.map(\.difference) == drawn.map { $0.difference.map { _ in 0 } })
  }

  @Test func doesNotDependOnTheNumberOfThreads() throws {
    let path = try path(.estimated(distribution([1, 2, 3, 3, 3, 3], error: 0.5)))
    let one = path.draws(1_000, seed: 4, stream: 2, threads: 1)
    let many = path.draws(1_000, seed: 4, stream: 2, threads: 3)
    #expect(one.map(\.baseline) == many.map(\.baseline))
    #expect(one.map(\.difference) == many.map(\.difference))
  }

  @Test func theEffectBeginsWithTheEventAndGrowsInBeforeItWhenExpected() throws {
    let sudden = try path(.assumed(2...2)).draws(1, seed: 1, stream: 1, threads: 1)[0]
    #expect(sudden.difference == [0, 0, 2, 2, 2, 2, 2, 2])
    let expected = try path(.assumed(3...3), anticipation: 2)
      .draws(1, seed: 1, stream: 1, threads: 1)[0]
    #expect(expected.difference == [1, 2, 3, 3, 3, 3, 3, 3])
  }

  @Test func onlyTheShareThatCarriesOverIsFelt() throws {
    let half = try path(.assumed(4...4), transfer: 0.5...0.5)
      .draws(1, seed: 1, stream: 1, threads: 1)[0]
    #expect(half.difference.last == 2)
    let some = try path(.assumed(4...4), transfer: 0.25...0.75)
      .draws(4_000, seed: 1, stream: 1, threads: 1).compactMap(\.difference.last)
    #expect(some.allSatisfy { (1...3).contains($0) })
    // The mean of 4,000 uniform draws of width 2 has an error of 0.009.
    #expect(abs(some.reduce(0, +) / 4_000 - 2) < 0.04)
  }

  @Test func drawsTheEffectsWithTheirOwnSpread() throws {
    let drawn = try path(.estimated(distribution([5, 5, 5, 5, 5, 5], error: 2)))
      .draws(4_000, seed: 3, stream: 1, threads: 2).compactMap(\.difference.last)
    let mean = drawn.reduce(0, +) / 4_000
    let spread = (drawn.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3_999).squareRoot()
    #expect(abs(mean - 5) < 0.15)
    #expect(abs(spread - 2) < 0.1)
  }

  @Test func cohortsThatDifferWidenTheSpread() throws {
    // Two cohorts at −1 and 1 have a standard deviation of √2 about their mean.
    let cohorts = [
      EffectDistribution.Departure(departures: [-1, -1, -1], units: 1),
      EffectDistribution.Departure(departures: [1], units: 1),
    ]
    let drawn = try path(.estimated(distribution([0, 0, 0, 0, 0, 0], error: 0, cohorts: cohorts)))
      .draws(4_000, seed: 3, stream: 1, threads: 2).compactMap(\.difference.last)
    let mean = drawn.reduce(0, +) / 4_000
    let variance = drawn.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3_999
    #expect(abs(variance - 2) < 0.05)
  }

  // MARK: Values that can only lie in a range

  /// A share that climbs to 0.97, carried on for 20 years: without its bounds it would pass 1.
  private let share: [Double?] = [
    0.62, 0.7, 0.66, 0.74, 0.81, 0.78, 0.86, 0.83, 0.91, 0.94, 0.9, 0.97,
  ]

  private func bounded(
    _ values: [Double?], within range: ValueRange, effect: ClosedRange<Double>
  ) throws -> OutcomeProjection.Drawn {
    let baseline = try Baseline(values, horizon: 20, within: range)
    let path = Path(
      baseline: baseline, last: 2020, event: 2025, end: 2040, effect: .assumed(effect),
      transfer: 1...1, anticipation: 0, range: range)
    return OutcomeProjection.Drawn(
      path.draws(2_000, seed: 3, stream: 1, threads: 1), from: 2021, within: range,
      candidates: baseline, origin: .estimated, end: .horizon)
  }

  @Test(arguments: [-0.6...(-0.4), 0.0...0, 0.2...0.9])
  func noFanLeavesTheRangeOfAShare(_ effect: ClosedRange<Double>) throws {
    let drawn = try bounded(share, within: ValueRange(least: 0, most: 1), effect: effect)
    for fan in drawn.baseline + drawn.path {
      #expect(fan.ninetyFive.lowerBound >= 0 && fan.ninetyFive.upperBound <= 1)
    }
    // A share that was never at its bound comes near it and does not reach it.
    #expect(drawn.baseline.allSatisfy { $0.ninetyFive.upperBound < 1 })
    let free = try bounded(share, within: .unbounded, effect: 0...0)
    #expect(free.baseline.contains { $0.ninetyFive.upperBound > 1 })
  }

  @Test func anEffectOfZeroReproducesABoundedBaselineToTheBit() throws {
    for range in [ValueRange(least: 0, most: 1), ValueRange(most: 1), ValueRange(least: 0)] {
      let drawn = try bounded(share, within: range, effect: 0...0)
      #expect(drawn.path == drawn.baseline)
      #expect(drawn.difference.allSatisfy { $0.ninetyFive == 0...0 })
    }
  }

  @Test func whatTouchedItsBoundMayBeThereAgain() throws {
    let counts: [Double?] = [0, 2, 1, 0, 3, 1, 0, 2, 4, 0, 1, 2]
    let drawn = try bounded(counts, within: ValueRange(least: 0), effect: -2...(-1))
    #expect((drawn.baseline + drawn.path).allSatisfy { $0.ninetyFive.lowerBound == 0 })
    // Where nothing is left, no effect can take more away.
    for fan in drawn.difference { #expect(fan.ninetyFive.upperBound <= 0) }
    #expect(drawn.difference.last.map { $0.ninetyFive.upperBound == 0 } == true)
  }

  @Test func holdingDrawsAtABoundMovesNoneThatLiesWithin() throws {
    let free = try path(.assumed(1...1)).draws(500, seed: 5, stream: 2, threads: 1)
    var limited = try path(.assumed(1...1))
    limited.range = ValueRange(least: 1)
    let held = limited.draws(500, seed: 5, stream: 2, threads: 1)
    for (free, held) in zip(free, held) {
      for year in free.baseline.indices {
        #expect(held.baseline[year] == max(1, free.baseline[year]))
        if free.baseline[year] >= 1 { #expect(held.difference[year] == free.difference[year]) }
      }
    }
  }

  @Test func aFanHoldsTheSharesThatItNames() {
    let fan = Fan(year: 2030, draws: (1...1_000).map { Double($0 * 3 % 1_001) })
    #expect(fan.median == 500)
    #expect(fan.half == 250...750)
    #expect(fan.eighty == 100...900)
    #expect(fan.ninetyFive == 25...975)
  }
}

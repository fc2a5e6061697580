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

  @Test func aFanHoldsTheSharesThatItNames() {
    let fan = Fan(year: 2030, draws: (1...1_000).map { Double($0 * 3 % 1_001) })
    #expect(fan.median == 500)
    #expect(fan.half == 250...750)
    #expect(fan.eighty == 100...900)
    #expect(fan.ninetyFive == 25...975)
  }
}

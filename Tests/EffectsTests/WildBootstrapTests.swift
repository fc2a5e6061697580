import Foundation
import LinearAlgebra
import Panels
import TestSupport
import Testing

@testable import Effects

/// Sums of the same numbers in another order, through another factorisation.
private let rounding = 1e-9

@Suite struct WildBootstrapTests {
  private static let starts: [Int?] = [4, 4, 6, 6, nil, nil, nil, nil]

  private static func panel(
    effect: Double = 1, gapShare: Double = 0.05, isWeighted: Bool = false,
    clusters: [String]? = nil, seed: UInt64 = 3
  ) throws -> Panel {
    let panel = try generatedPanel(
      starts: starts, periods: 8, effect: effect, gapShare: gapShare, seed: seed)
    var random = Philox(seed: seed, stream: 93, index: 0)
    let weights = panel.values.map { _ in 1 + random.nextUnit() }
    let x = panel.values.map { _ in random.nextNormal() }
    return try panel.withCompanions(
      covariates: ["x": x], weights: isWeighted ? weights : nil, clusters: clusters)
  }

  /// The t of two-way fixed effects, with its residuals when no effect is imposed or this one is.
  private static func twoWay(
    _ covariates: [String]
  ) -> @Sendable (Panel) throws -> (att: Double, error: Double) {
    { panel in
      let overall = try TwoWayFixedEffects(covariates: covariates).estimate(panel).overall
      return (overall.att, overall.standardError ?? .nan)
    }
  }

  private static func sunAbraham(_ panel: Panel) throws -> (att: Double, error: Double) {
    let overall = try SunAbraham(comparison: .neverTreated).estimate(panel).overall
    return (overall.att, overall.standardError ?? .nan)
  }

  /// Every pattern of signs, the regression fitted again to outcomes made with it.
  private static func bruteForceP(
    _ panel: Panel, imposing effect: Double, clusters: [Int],
    restricted: [Double], fit: (Panel) throws -> (att: Double, error: Double)
  ) throws -> Double {
    let observed = try fit(panel)
    let t = abs((observed.att - effect) / observed.error)
    let count = (clusters.max() ?? 0) + 1
    let periods = panel.periods.count
    var extreme = 0
    for pattern in 0..<(1 << (count - 1)) {
      let outcomes = panel.values.indices.map { place in
        let cluster = clusters[place / periods]
        let sign = cluster > 0 && pattern >> (cluster - 1) & 1 == 1 ? -1.0 : 1
        return panel.values[place] - restricted[place] + sign * restricted[place]
      }
      let again = try fit(panel.with(values: outcomes))
      if abs((again.att - effect) / again.error) >= t * (1 - 1e-9) { extreme += 1 }
    }
    return Double(extreme) / Double(1 << (count - 1))
  }

  /// What unit and period effects and covariates leave of the outcomes less an effect.
  private static func restricted(
    _ panel: Panel, effect: Double, covariates: [String] = []
  ) throws -> [Double] {
    let design = try AdoptionDesign(panel, covariates: covariates)
    let values = zip(panel.values, design.doses).map { $0 - effect * $1 }
    return try CellFit(design, to: .used, names: covariates).residuals(values).cells
  }

  @Test(arguments: [false, true], [[], ["x"]])
  func twoWayPIsThatOfFittingEveryPatternAnew(_ isWeighted: Bool, _ covariates: [String]) throws {
    let panel = try Self.panel(isWeighted: isWeighted)
    let expected = try Self.bruteForceP(
      panel, imposing: 0, clusters: Array(0..<8),
      restricted: Self.restricted(panel, effect: 0, covariates: covariates),
      fit: Self.twoWay(covariates))
    let test = try WildBootstrap(draws: 128, seed: 1)
      .test(TwoWayFixedEffects(covariates: covariates), on: panel)
    #expect(test.isEnumerated && test.draws == 128 && test.clusters == 8)
    #expect(test.p == expected)
  }

  @Test func clustersOfSeveralUnitsKeepOneSign() throws {
    let names = ["a", "b", "c", "d", "e", "a", "b", "f"]
    let panel = try Self.panel(clusters: names)
    let places = [0, 1, 2, 3, 4, 0, 1, 5]
    let expected = try Self.bruteForceP(
      panel, imposing: 0, clusters: places, restricted: Self.restricted(panel, effect: 0),
      fit: Self.twoWay([]))
    let test = try WildBootstrap(draws: 50, seed: 1).test(TwoWayFixedEffects(), on: panel)
    #expect(test.isEnumerated && test.draws == 32 && test.clusters == 6)
    #expect(test.p == expected)
  }

  /// The interval's ends, with each of them imposed and every pattern fitted anew on both of its sides.
  @Test func intervalEndsWhereThePFallsToTheLevel() throws {
    let panel = try Self.panel()
    let level = 0.8
    let test = try WildBootstrap(draws: 128, seed: 1, level: level)
      .test(TwoWayFixedEffects(), on: panel)
    let interval = try #require(test.interval)
    #expect(interval.contains(try TwoWayFixedEffects().estimate(panel).overall.att))
    func p(_ effect: Double) throws -> Double {
      try Self.bruteForceP(
        panel, imposing: effect, clusters: Array(0..<8),
        restricted: Self.restricted(panel, effect: effect), fit: Self.twoWay([]))
    }
    let step = 1e-6
    #expect(try p(interval.upperBound - step) > 1 - level)
    #expect(try p(interval.upperBound + step) <= 1 - level)
    #expect(try p(interval.lowerBound + step) > 1 - level)
    #expect(try p(interval.lowerBound - step) <= 1 - level)
  }

  /// Residuals under the null are found by taking the effect's direction out, then checked to be them.
  @Test(arguments: [false, true])
  func sunAbrahamPIsThatOfFittingEveryPatternAnew(_ isWeighted: Bool) throws {
    let panel = try Self.panel(isWeighted: isWeighted)
    let estimator = SunAbraham(comparison: .neverTreated)
    let design = try estimator.design(panel)
    let fit = try SaturatedFit(design)
    let cells = fit.equations.cells.filter(\.isPost)
    let weights = try fit.equations.weights(ofMean: cells)
    let estimate = dot(weights, panel.values)
    let direction = weights.indices.map { design.isUsed[$0] ? weights[$0] / design.weight($0) : 0 }
    let square = dot(weights, direction)
    let residuals = zip(fit.residuals, direction).map { $0 + estimate / square * $1 }
    // Without them the effect is zero and nothing is left: they reach from the outcomes to the null.
    let null = try SaturatedFit(
      estimator.design(panel.with(values: zip(panel.values, residuals).map { $0 - $1 })))
    #expect(abs(dot(weights, null.design.panel.values)) < rounding)
    #expect(zip(null.residuals, design.isUsed).allSatisfy { !$1 || abs($0) < rounding })
    let expected = try Self.bruteForceP(
      panel, imposing: 0, clusters: Array(0..<8), restricted: residuals, fit: Self.sunAbraham)
    let test = try WildBootstrap(draws: 128, seed: 1).test(estimator, on: panel)
    #expect(test.p == expected)
  }

  /// All 2¹⁵ signs of 15 clusters on both sides, for the outcome less some effects.
  @Test func twoWayPEqualsThatOfWildboottest() throws {
    let values = try referenceValues(referenceFolder.appending(path: "two-way/wild.json"))
    let panel = try TwoWayReference.all[0].panel(isClustered: true)
    for (effect, p) in zip(values.numbers("less"), values.numbers("p")) {
      let shifted = try panel.mapValues { unit, period, value in
        let isTreated = panel.cohorts[unit].start.map { panel.periods[period] >= $0 } ?? false
        return value - (isTreated ? effect : 0)
      }
      let test = try WildBootstrap(draws: 1 << 14, seed: 1)
        .test(TwoWayFixedEffects(), on: shifted)
      #expect(test.isEnumerated && test.clusters == 15)
      #expect(test.p == p)
    }
  }

  @Test func unitAndPeriodEffectsChangeNothing() throws {
    let panel = try Self.panel()
    let shifted = try panel.mapValues { unit, period, value in
      value + Double(unit * unit) - 3 * Double(period)
    }
    let tests = try [panel, shifted].map {
      try WildBootstrap(draws: 999, seed: 1).test(TwoWayFixedEffects(), on: $0)
    }
    #expect(tests[0].p == tests[1].p)
    let ends = tests.map { [$0.interval?.lowerBound ?? .nan, $0.interval?.upperBound ?? .nan] }
    #expect(zip(ends[0], ends[1]).allSatisfy { abs($0 - $1) < 1e-7 || ($0.isNaN && $1.isNaN) })
  }

  @Test func drawsFollowFromTheSeedOnAnyNumberOfThreads() throws {
    let panel = try generatedPanel(
      starts: (0..<30).map { $0 < 12 ? 4 + $0 % 3 : nil }, periods: 9, effect: 0.4, seed: 8)
    let tests = try [1, 3].map { threads in
      try WildBootstrap(draws: 499, seed: 5, threads: threads)
        .test(TwoWayFixedEffects(), on: panel)
    }
    #expect(tests[0] == tests[1] && !tests[0].isEnumerated && tests[0].draws == 499)
    #expect(tests[0].interval != nil)
  }

  @Test func aLargeEffectHasTheSmallestP() throws {
    let panel = try generatedPanel(
      starts: (0..<30).map { $0 < 12 ? 4 + $0 % 3 : nil }, periods: 9, effect: 30, seed: 8)
    let test = try WildBootstrap(draws: 499, seed: 5).test(TwoWayFixedEffects(), on: panel)
    #expect(test.p == 1.0 / 500)
  }

  @Test func refusesOneClusterAndOutcomesWithoutResiduals() throws {
    let one = try Self.panel(clusters: [String](repeating: "a", count: 8))
    #expect(throws: EffectError.oneCluster) {
      try WildBootstrap(seed: 1).test(TwoWayFixedEffects(), on: one)
    }
    let exact = try generatedPanel(starts: Self.starts, periods: 8, effect: 1, noise: 0, seed: 1)
    #expect(throws: EffectError.residualsVanish) {
      try WildBootstrap(seed: 1).test(TwoWayFixedEffects(), on: exact)
    }
  }
}

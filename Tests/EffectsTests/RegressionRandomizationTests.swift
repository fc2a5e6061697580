import LinearAlgebra
import Panels
import TestSupport
import Testing

@testable import Effects

/// The same sums in another order.
private let rounding = 1e-10

/// Estimators that are weighted sums of the outcomes, held against estimating every panel anew.
@Suite struct RegressionRandomizationTests {
  /// The overall effect and the largest pre-trend that an estimator finds by itself.
  typealias Direct = @Sendable (Panel) throws -> (effect: Double, before: Double?)

  static let cases: [(any ReassignableEstimator, Direct)] = [
    (TwoWayFixedEffects(), { (try TwoWayFixedEffects().estimate($0).overall.att, nil) }),
    (
      SunAbraham(comparison: .neverTreated),
      { panel in
        let effects = try SunAbraham(comparison: .neverTreated).estimate(panel)
        return (
          effects.overall.att,
          effects.eventTime.filter { (-5..<0).contains($0.key) }.map { abs($0.estimate.att) }.max()
        )
      }
    ),
    (
      SunAbraham(comparison: .lastTreated),
      { panel in
        let effects = try SunAbraham(comparison: .lastTreated).estimate(panel)
        return (
          effects.overall.att,
          effects.eventTime.filter { (-5..<0).contains($0.key) }.map { abs($0.estimate.att) }.max()
        )
      }
    ),
    (
      Imputation(),
      { panel in
        let effects = try Imputation().estimate(panel)
        return (
          effects.overall.att, effects.preTrend?.cells.map { abs($0.estimate.att) }.max()
        )
      }
    ),
  ]

  /// Two cohorts among seven units with gaps; one more treated last, for the comparison with it.
  private static func panel(isWeighted: Bool = false, seed: UInt64) throws -> Panel {
    let panel = try generatedPanel(
      starts: [5, 5, 7, nil, nil, nil, 9], periods: 10, effect: 1, gapShare: 0.05, seed: seed)
    var random = Philox(seed: seed, stream: 97, index: 0)
    let weights = panel.units.indices.flatMap { _ in
      panel.periods.map { _ in 1 + random.nextUnit() }
    }
    let x = panel.units.indices.flatMap { _ in panel.periods.map { _ in random.nextNormal() } }
    return try panel.withCompanions(
      covariates: ["x": x], weights: isWeighted ? weights : nil, clusters: nil)
  }

  @Test(arguments: 0..<4 as Range<Int>, [false, true])
  func everyAssignmentEqualsEstimatingItsPanel(_ place: Int, _ isWeighted: Bool) throws {
    let (estimator, direct) = Self.cases[place]
    let panel = try Self.panel(isWeighted: isWeighted, seed: 4)
    let effect = try estimator.reassignable(on: panel)
    let own = try effect.statistic(effect.starts.map(Adoption.init))
    #expect(abs(own.effect - (try direct(panel).effect)) < rounding)
    #expect(abs((own.dose ?? 0) - 1) < rounding)
    let test = try Randomization(seed: 1).test(estimator, on: panel)
    let reassignment = Reassignment(
      observed: effect.starts, strata: effect.starts.map { _ in 0 }, admissible: effect.admissible)
    let dates = try reassignment.assignments(limit: 100_000, draws: 1, seed: 1, threads: 1).dates
    #expect(test.isEnumerated && test.assignments + test.undefined == dates.count)
    // The design of the comparison with the last cohort knows only its own units.
    let known = Dictionary(uniqueKeysWithValues: zip(effect.units, effect.starts.indices))
    for assignment in dates.enumerated().filter({ $0.offset % 29 == 0 }).map(\.element) {
      let starts = panel.units.indices.map { unit -> Int? in
        known[panel.units[unit]].flatMap { assignment[$0] }.map { $0 + 1 }
          ?? (place == 2 && known[panel.units[unit]] != nil ? 9 : nil)
      }
      let other = try panel.withStarts(starts)
      guard let expected = try? direct(other) else {
        #expect(throws: EffectError.self) { try effect.statistic(assignment.map(Adoption.init)) }
        continue
      }
      let found = try effect.statistic(assignment.map(Adoption.init))
      #expect(abs(found.effect - expected.effect) < rounding)
      // The pre-trend is that of outcomes without the estimated effect.
      let cleared = try other.mapValues { unit, period, value in
        let start = panel.cohorts[unit].start?.number ?? .max
        return value - (period + 1 >= start && known[panel.units[unit]] != nil ? own.effect : 0)
      }
      let before = try direct(cleared).before
      #expect(abs((found.preTrend ?? 0) - (before ?? 0)) < rounding)
    }
  }

  @Test func imputationAndTwoWayEffectsGivenACovariateAreThoseOfTheEstimate() throws {
    let panel = try Self.panel(seed: 6)
    let estimates = [
      try Imputation(covariates: ["x"]).estimate(panel).overall.att,
      try TwoWayFixedEffects(covariates: ["x"]).estimate(panel).overall.att,
      try SunAbraham(comparison: .neverTreated, covariates: ["x"]).estimate(panel).overall.att,
    ]
    let randomization = Randomization(draws: 99, seed: 1, enumerationLimit: 10)
    let tests = [
      try randomization.test(Imputation(covariates: ["x"]), on: panel),
      try randomization.test(TwoWayFixedEffects(covariates: ["x"]), on: panel),
      try randomization.test(
        SunAbraham(comparison: .neverTreated, covariates: ["x"]), on: panel),
    ]
    for (test, estimate) in zip(tests, estimates) {
      #expect(abs(test.observed - estimate) < rounding)
      #expect(test.assignments + test.undefined == 99)
    }
  }

  /// Cells that are taken out of a panel: whole periods, or parts of the panel from each other.
  enum Gaps: CaseIterable { case random, aPeriod, allButTheTreatedAtTheEnd }

  @Test(arguments: Gaps.allCases, [0, 1])
  func imputationUnderOtherDatesIsThatOfTheirPanel(_ gaps: Gaps, _ anticipation: Int) throws {
    for covariates in [[], ["x"]] {
      let estimator = Imputation(covariates: covariates, anticipation: anticipation, leads: 3)
      let panel = try Self.panel(seed: 8).keeping { unit, period in
        switch gaps {
        case .random: true
        case .aPeriod: period != 2
        case .allButTheTreatedAtTheEnd: period != 9 || unit < 3
        }
      }
      let effect = try estimator.reassignable(on: panel)
      let reassignment = Reassignment(
        observed: effect.starts, strata: effect.starts.map { _ in 0 },
        admissible: effect.admissible)
      let drawn = try reassignment.assignments(limit: 10, draws: 12, seed: 3, threads: 1)
      #expect(drawn.dates.count == 12)
      let observed = try effect.statistic(effect.starts.map(Adoption.init)).effect
      for dates in drawn.dates {
        let found = try effect.statistic(dates.map(Adoption.init))
        let other = try panel.withStarts(dates.map { $0.map { $0 + 1 } })
        #expect(abs(found.effect - (try estimator.estimate(other).overall.att)) < rounding)
        let cleared = try other.mapValues { unit, period, value in
          value - (effect.starts[unit].map { period >= $0 } ?? false ? observed : 0)
        }
        let before = try estimator.estimate(cleared).preTrend?.cells.map { abs($0.estimate.att) }
        #expect(abs((found.preTrend ?? 0) - (before?.max() ?? 0)) < rounding)
      }
    }
  }

  @Test(arguments: 0..<4 as Range<Int>)
  func intervalHoldsTheEstimateAndTheBitsDoNotDependOnThreads(_ place: Int) throws {
    let panel = try Self.panel(seed: 9)
    let tests = try [1, 3].map { threads in
      try Randomization(draws: 199, seed: 2, enumerationLimit: 10, threads: threads)
        .test(Self.cases[place].0, on: panel)
    }
    #expect(tests[0] == tests[1])
    if let interval = tests[0].interval { #expect(interval.contains(tests[0].observed)) }
  }

  @Test func aConstantEffectWithoutNoiseIsFoundByAllAtTheFloor() throws {
    let panel = try generatedPanel(
      starts: [5, 5, 7, nil, nil, nil, nil], periods: 10, effect: 3, noise: 0, seed: 2)
    for estimator in [
      TwoWayFixedEffects(), SunAbraham(comparison: .neverTreated), Imputation(),
    ] as [any ReassignableEstimator] {
      let test = try Randomization(seed: 1).test(estimator, on: panel)
      #expect(abs(test.observed - 3) < rounding)
      #expect(test.p == test.floor.whoAndWhen && test.p < 0.02)
    }
  }
}

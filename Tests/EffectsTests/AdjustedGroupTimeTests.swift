import Effects
import LinearAlgebra
import Panels
import TestSupport
import Testing

/// Sums of the same numbers in another order, through one inverse.
private let rounding = 1e-10

@Suite struct AdjustedGroupTimeTests {
  static let starts: [Int?] = (0..<60).map { $0 < 14 ? 4 : $0 < 26 ? 6 : nil }
  static let adjustments = GroupTimeDiD.Adjustment.allCases
  static let changes: [GroupTimeDiD.Changes] = [.withinUnits, .betweenSamples()]

  /// Trends that depend on a covariate, which the treated have more of; no noise.
  static func trending(effect: Double, noise: Double = 0) throws -> Panel {
    let plain = try generatedPanel(
      starts: starts, periods: 8, effect: effect, noise: noise, seed: 12)
    var random = Philox(seed: 4, stream: 98, index: 0)
    let x = starts.map { ($0 == nil ? 0 : 0.7) + random.nextNormal() }
    let trended = try plain.mapValues { unit, period, value in value + x[unit] * Double(period) }
    return try trended.with(fixed: ["x": x])
  }

  @Test(arguments: [GroupTimeDiD.Adjustment.outcomeRegression, .doublyRobust], changes)
  func findsTheEffectBehindTrendsThatFollowACovariate(
    _ adjustment: GroupTimeDiD.Adjustment, _ changes: GroupTimeDiD.Changes
  ) throws {
    let panel = try Self.trending(effect: 2)
    let plain = GroupTimeDiD(comparison: .neverTreated)
    #expect(abs(try plain.estimate(panel).overall.att - 2) > 0.5)
    let adjusted = GroupTimeDiD(
      comparison: .neverTreated, covariates: ["x"], adjustment: adjustment, changes: changes)
    #expect(abs(try adjusted.estimate(panel).overall.att - 2) < rounding)
  }

  @Test(arguments: adjustments, changes)
  func doesNotDependOnTheScaleOfACovariate(
    _ adjustment: GroupTimeDiD.Adjustment, _ changes: GroupTimeDiD.Changes
  ) throws {
    let panel = try Self.trending(effect: 1, noise: 1)
    let x = panel.units.indices.map { panel.covariates["x"]?[$0 * 8] ?? 0 }
    let other = try panel.with(fixed: ["x": x.map { 1e6 + 1e3 * $0 }])
    let estimator = GroupTimeDiD(
      comparison: .notYetTreated, covariates: ["x"], adjustment: adjustment, changes: changes)
    let (first, second) = (try estimator.estimate(panel), try estimator.estimate(other))
    // The shifted covariate itself carries ten digits only.
    #expect(abs(first.overall.att - second.overall.att) < 1e-8)
    let errors = [first, second].map { $0.overall.standardError ?? .nan }
    #expect(abs(errors[0] - errors[1]) < 1e-8)
  }

  /// With one yes-or-no covariate every method compares like with like, class by class.
  @Test func allAdjustmentsAgreeWhenTheCovariateHasTwoValues() throws {
    let panel = try Self.trending(effect: 1, noise: 1)
    let isHigh = panel.units.indices.map { (panel.covariates["x"]?[$0 * 8] ?? 0) > 0.2 ? 1.0 : 0 }
    let binary = try panel.with(fixed: ["x": isHigh])
    let effects = try Self.adjustments.map {
      try GroupTimeDiD(comparison: .neverTreated, covariates: ["x"], adjustment: $0)
        .estimate(binary)
    }
    for other in effects.dropFirst() {
      #expect(abs(other.overall.att - effects[0].overall.att) < rounding)
      let errors = [other, effects[0]].map { $0.overall.standardError ?? .nan }
      #expect(abs(errors[0] - errors[1]) < rounding)
    }
  }

  @Test func aUnitOfWeightTwoCountsLikeTwoUnits() throws {
    let panel = try Self.trending(effect: 1, noise: 1)
    let order = panel.units.indices.flatMap { $0 % 3 == 0 ? [$0, $0] : [$0] }
    let doubled = try panel.picking(order)
    let weights = panel.units.indices.flatMap { unit in
      panel.periods.map { _ in unit % 3 == 0 ? 2.0 : 1 }
    }
    let weighted = try panel.withCompanions(covariates: panel.covariates, weights: weights)
    for adjustment in Self.adjustments {
      let estimator = GroupTimeDiD(
        comparison: .neverTreated, covariates: ["x"], adjustment: adjustment)
      let (first, second) = (
        try estimator.estimate(doubled), try estimator.estimate(weighted)
      )
      #expect(abs(first.overall.att - second.overall.att) < rounding)
      #expect(abs(first.eventTime.summary.att - second.eventTime.summary.att) < rounding)
    }
  }

  @Test func aClusterForEachUnitChangesNothing() throws {
    let panel = try Self.trending(effect: 1, noise: 1)
    let clustered = try panel.withCompanions(covariates: panel.covariates, clusters: panel.units)
    let estimator = GroupTimeDiD(comparison: .neverTreated)
    #expect(try estimator.estimate(panel) == estimator.estimate(clustered))
  }

  /// Without gaps the mean of changes is the change of means; only the errors' grouping could differ.
  @Test func samplesOfTheSameUnitsGiveThePanelsNumbers() throws {
    let panel = try Self.trending(effect: 1, noise: 1)
    let units = try GroupTimeDiD(comparison: .notYetTreated).estimate(panel)
    let samples = try GroupTimeDiD(comparison: .notYetTreated, changes: .betweenSamples())
      .estimate(panel)
    for (first, second) in zip(units.cells, samples.cells) {
      #expect(abs(first.estimate.att - second.estimate.att) < rounding)
      let errors = [first, second].map { $0.estimate.standardError ?? .nan }
      #expect(abs(errors[0] - errors[1]) < rounding)
    }
  }

  /// The derived influence against the estimate's own derivative in each unit's weight.
  @Test(arguments: adjustments, changes + [.betweenSamples(errors: .derived)])
  func influenceIsTheDerivativeInTheWeights(
    _ adjustment: GroupTimeDiD.Adjustment, _ changes: GroupTimeDiD.Changes
  ) throws {
    // One cohort, so that the share's influence is none and the estimate is one cell.
    let starts: [Int?] = (0..<30).map { $0 < 11 ? 2 : nil }
    let base = try generatedPanel(starts: starts, periods: 2, effect: 1, seed: 5)
    var random = Philox(seed: 7, stream: 98, index: 0)
    let panel = try base.with(fixed: ["x": starts.map { _ in random.nextNormal() }])
    let estimator = GroupTimeDiD(
      comparison: .neverTreated, covariates: ["x"], adjustment: adjustment, changes: changes)
    let contributions = try estimator.estimate(panel).contributions
    let step = 1e-4
    let isPublished =
      changes == .betweenSamples(errors: .published) && adjustment == .doublyRobust
    var largest = 0.0
    for unit in panel.units.indices {
      let moved = try [step, -step].map { change in
        let weights = panel.units.indices.flatMap {
          [$0 == unit ? 1 + change : 1, $0 == unit ? 1 + change : 1]
        }
        return try estimator.estimate(
          panel.withCompanions(covariates: panel.covariates, weights: weights)
        ).overall.att
      }
      let derivative = (moved[0] - moved[1]) / (2 * step) * Double(panel.units.count)
      largest = max(largest, abs(derivative - contributions[unit]))
    }
    // The published errors of samples take one term with the other sign: `DRDID` 1.2.3.
    #expect(isPublished ? largest > 1e-3 : largest < 1e-6)
  }

  @Test func bootstrapIsTheSameOnAnyNumberOfThreadsAndNearTheFormula() throws {
    let panel = try Self.trending(effect: 1, noise: 1)
    let estimator = GroupTimeDiD(comparison: .neverTreated, covariates: ["x"])
    let formula = try estimator.estimate(panel)
    let one = try estimator.estimate(
      panel, bootstrap: MultiplierBootstrap(draws: 4_000, seed: 3, threads: 1))
    let four = try estimator.estimate(
      panel, bootstrap: MultiplierBootstrap(draws: 4_000, seed: 3, threads: 4))
    #expect(one == four)
    let errors = [one, formula].map { $0.overall.standardError ?? .nan }
    #expect(abs(errors[0] / errors[1] - 1) < 0.06)
    let criticalValue = try #require(one.criticalValue)
    #expect(criticalValue > 2.2 && criticalValue < 4)
  }

  /// Aggregates move as the cells and shares that they are made of: the sum of signed contributions.
  @Test func bootstrapMovesAnAggregateByItsOwnContributions() throws {
    let panel = try Self.trending(effect: 1, noise: 1)
    let bootstrap = MultiplierBootstrap(draws: 199, seed: 3)
    let effects = try GroupTimeDiD(comparison: .neverTreated, covariates: ["x"])
      .estimate(panel, bootstrap: bootstrap)
    let units = Double(effects.units.count)
    let moves = (0..<bootstrap.draws).map { draw -> Double in
      var random = Philox(seed: bootstrap.seed, stream: 2, index: UInt64(draw))
      return dot(random.nextSigns(effects.units.count), effects.contributions) / units
    }.sorted()
    // Type-1 quartiles: the places are ⌈np⌉ of 199 draws.
    let spread = moves[149] - moves[49]
    let error = try #require(effects.overall.standardError)
    #expect(
      abs(error / (spread / (normalQuantile(0.75) - normalQuantile(0.25))) - 1) < rounding)
  }

  /// Every arrangement of the dates, each estimated anew with its covariate.
  @Test func reassignmentWithACovariateEqualsBruteForce() throws {
    let starts: [Int?] = [3, 3, 3, 3, nil, nil, nil, nil, nil, nil]
    let base = try generatedPanel(starts: starts, periods: 4, effect: 1, seed: 6)
    let x = [0.3, -1, 0.4, 0.9, 0.1, -0.7, 1.2, 0.2, -0.4, 0.6]
    let panel = try base.with(fixed: ["x": x])
    let estimator = GroupTimeDiD(
      comparison: .neverTreated, covariates: ["x"], adjustment: .outcomeRegression)
    let test = try Randomization(seed: 1).test(estimator, on: panel)
    var effects: [Double] = []
    for chosen in 0..<1024 where chosen.nonzeroBitCount == 4 {
      let dates = (0..<10).map { chosen >> $0 & 1 == 1 ? 3 : nil }
      let other = try panel.withStarts(dates).with(fixed: ["x": x])
      effects.append(try estimator.estimate(other).overall.att)
    }
    #expect(test.assignments == 210)
    #expect(
      zip(test.distribution.sorted(), effects.sorted()).allSatisfy { abs($0 - $1) < rounding })
  }
}

@Suite struct CovariateErrorTests {
  private static let panel = Result { try AdjustedGroupTimeTests.trending(effect: 1, noise: 1) }

  private func estimate(_ x: (Int) -> Double, name: String = "x") throws -> GroupTimeEffects {
    let panel = try Self.panel.get()
    return try GroupTimeDiD(comparison: .neverTreated, covariates: [name])
      .estimate(panel.with(fixed: ["x": panel.units.indices.map(x)]))
  }

  @Test func namesACovariateThatIsNotThere() throws {
    #expect(throws: EffectError.unknownCovariate("z", known: ["x"])) {
      try estimate({ Double($0) }, name: "z")
    }
  }

  @Test func namesAConstantCovariate() throws {
    #expect(throws: EffectError.constantCovariate("x")) { try estimate { _ in 3 } }
  }

  @Test func namesTheCovariateThatSeparatesACohort() throws {
    #expect(throws: EffectError.separated(covariate: "x", cohort: Period(4), period: Period(2))) {
      try estimate {
        AdjustedGroupTimeTests.starts[$0] == 4 ? 10 + Double($0) : Double($0) / 60
      }
    }
  }

  @Test func namesACollinearCovariate() throws {
    let panel = try Self.panel.get()
    let x = panel.units.indices.map { Double($0 * $0 % 17) }
    let other = try panel.with(fixed: ["x": x, "y": x.map { 2 * $0 - 1 }])
    #expect(
      throws: EffectError.collinear(covariate: "y", cohort: Period(4), period: Period(2))
    ) {
      try GroupTimeDiD(comparison: .neverTreated, covariates: ["x", "y"]).estimate(other)
    }
  }
}

extension Panel {
  /// The same panel with covariates fixed in time.
  func with(fixed covariates: [String: [Double]]) throws -> Panel {
    try with(
      covariates: covariates.mapValues { values in
        values.flatMap { value in periods.map { _ in value } }
      })
  }

  /// The same panel with covariates, weights and clusters.
  func withCompanions(
    covariates: [String: [Double?]], weights: [Double]? = nil, clusters: [String]? = nil
  ) throws -> Panel {
    try Panel(
      units: units, periods: periods,
      cells: units.indices.map { unit in
        periods.indices.map { cell(unit: unit, period: $0) }
      }, cohorts: cohorts, covariates: covariates, weights: weights, clusters: clusters)
  }

  /// A panel of these units by place, some perhaps more than once.
  func picking(_ places: [Int]) throws -> Panel {
    try Panel(
      units: places.indices.map { "\($0)" }, periods: periods,
      cells: places.map { unit in periods.indices.map { cell(unit: unit, period: $0) } },
      cohorts: places.map { cohorts[$0] },
      covariates: covariates.mapValues { values in
        places.flatMap { unit in
          values[unit * periods.count..<(unit + 1) * periods.count]
        }
      })
  }
}

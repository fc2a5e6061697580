import Effects
import Panels

/// One way to an interval or a p, as the study judges it.
struct Procedure: Sendable {
  enum Kind: Sendable { case interval, band, test }

  let name: String
  let kind: Kind
  let replications: Int
  /// Whether the interval holds the effect, or the test finds one where there is none; nil when there is
  /// no interval or no p.
  let verdict: @Sendable (Scenario, UInt64) throws -> Bool?

  private static func interval(
    _ name: String, _ replications: Int,
    _ interval: @escaping @Sendable (Panel) throws -> ClosedRange<Double>?
  ) -> Procedure {
    Procedure(name: name, kind: .interval, replications: replications) { scenario, index in
      try interval(scenario.panel(index, effect: Scenario.effect))?.contains(Scenario.effect)
    }
  }

  private static func test(
    _ name: String, _ replications: Int, _ p: @escaping @Sendable (Panel) throws -> Double?
  ) -> Procedure {
    Procedure(name: name, kind: .test, replications: replications) { scenario, index in
      try p(scenario.panel(index, effect: 0)).map { $0 <= 0.05 }
    }
  }

  // MARK: Which

  /// Panels for what is quick, and for what estimates anew under each reassignment or replication.
  private static let (many, some, few, fewest) = (2_000, 1_000, 200, 100)

  private static let groupTime = GroupTimeDiD(comparison: .notYetTreated)
  private static let sunAbraham = SunAbraham(comparison: .neverTreated)
  private static let augmented = AugmentedSyntheticControl(penalty: .given(1))
  private static let pooled = StaggeredSyntheticControl(pooling: .partial(), hasIntercept: true)
  /// The 97.5 % quantile of a normal number.
  private static let normal = 1.959963984540054
  private static let factors = InteractiveFixedEffects(factors: .given(0))
  private static let oneFactor = InteractiveFixedEffects(factors: .given(1))
  private static let ofAllCells = InteractiveFixedEffects(
    factors: .given(1), comparison: .notYetTreated)
  /// Between no structure and all of it, on panels of these sizes.
  private static let completion = MatrixCompletion(penalty: .given(0.05))

  static func all(for scenario: Scenario) -> [Procedure] {
    switch scenario.kind {
    case .large: largeSample + bands
    case .every:
      largeSample + wild + bands + replicated + resampled + reassignedGroupTime + reassigned
        + completed
    case .staggered: largeSample + wild + bands + reassignedGroupTime
    case .single:
      largeSample + wild + replicated + resampled + reassignedGroupTime + reassigned + completed
        + ofOneUnit
    }
  }

  private static let largeSample = [
    interval("group-time, influence function", many) {
      try groupTime.estimate($0).overall.interval(level: 0.95)
    },
    interval("two-way fixed effects, clustered by unit", many) {
      try TwoWayFixedEffects().estimate($0).overall.interval(level: 0.95)
    },
    interval("Sun–Abraham, clustered by unit", many) {
      try sunAbraham.estimate($0).overall.interval(level: 0.95)
    },
    interval("imputation, influence function", many) {
      try Imputation().estimate($0).overall.interval(level: 0.95)
    },
  ]

  private static let wild = [
    interval("two-way fixed effects, wild bootstrap of units", few) {
      try wildBootstrap.test(TwoWayFixedEffects(), on: $0).interval
    },
    test("two-way fixed effects, wild bootstrap of units", some) {
      try wildBootstrap.test(TwoWayFixedEffects(), on: $0).p
    },
    test("Sun–Abraham, wild bootstrap of units", few) {
      try wildBootstrap.test(sunAbraham, on: $0).p
    },
  ]

  private static let wildBootstrap = WildBootstrap(draws: 199, seed: 1)

  private static let bands = [
    Procedure(
      name: "group-time, simultaneous band of the event times", kind: .band, replications: some
    ) { scenario, index in
      let effects = try groupTime.estimate(
        scenario.panel(index, effect: Scenario.effect),
        bootstrap: MultiplierBootstrap(draws: 499, seed: index))
      guard let critical = effects.eventTime.criticalValue else { return nil }
      return effects.eventTime.cells.allSatisfy { cell in
        let truth = cell.key >= 0 ? Scenario.effect : 0
        guard let error = cell.estimate.standardError else { return true }
        return abs(cell.estimate.att - truth) <= critical * error
      }
    },
    interval("honest bounds, smoothness, no departure", few) { panel in
      let bounds = try HonestSensitivity(restriction: .smoothness, target: .average)
        .bounds(EventStudy(groupTime.estimate(panel)), m: [0]).bounds[0]
      return bounds.lower...bounds.upper
    },
  ]

  private static let replicated = [
    interval("synthetic DiD, placebo error", some) {
      try syntheticDiD($0, .placebo(draws: 200, seed: 1)).interval(level: 0.95)
    },
    interval("synthetic DiD, jackknife error", some) {
      try syntheticDiD($0, .jackknife).interval(level: 0.95)
    },
    interval("synthetic DiD, bootstrap error", few) {
      try syntheticDiD($0, .bootstrap(draws: 200, seed: 1)).interval(level: 0.95)
    },
    interval("staggered synthetic control, jackknife error", few) {
      guard let error = try pooled.jackknife($0)?.overall else { return nil }
      let att = try pooled.estimate($0).att
      return (att - normal * error)...(att + normal * error)
    },
  ]

  private static let resampled =
    errors("one factor of the never-treated", some) {
      (try oneFactor.estimate($0).effects.att, try oneFactor.replications($0, by: $1))
    }
    + errors("one factor of all untreated cells", fewest) {
      (try ofAllCells.estimate($0).effects.att, try ofAllCells.replications($0, by: $1))
    }
    + errors("matrix completion", fewest) {
      (try completion.estimate($0).effects.att, try completion.replications($0, by: $1))
    }

  /// The normal intervals of the jackknife and of the bootstrap of units.
  private static func errors(
    _ name: String, _ count: Int,
    _ estimate:
      @escaping @Sendable (Panel, UnitResampling) throws -> (att: Double, all: Replications?)
  ) -> [Procedure] {
    let ways: [(String, UnitResampling)] = [
      ("jackknife", .jackknife()), ("bootstrap", .bootstrap(draws: 100, seed: 1)),
    ]
    return ways.map { word, resampling in
      interval("\(name), \(word) error", count) { panel in
        let (att, replications) = try estimate(panel, resampling)
        guard let error = replications?.standardError else { return nil }
        return (att - normal * error)...(att + normal * error)
      }
    }
  }

  private static func syntheticDiD(
    _ panel: Panel, _ errors: SyntheticDiD.ErrorMethod
  ) throws -> Estimate {
    try SyntheticDiD(errors: errors).estimate(panel).overall
  }

  private static let reassignedGroupTime = reassigned("group-time", groupTime, many)

  private static let reassigned =
    reassigned("two-way fixed effects", TwoWayFixedEffects(), few)
    + reassigned("Sun–Abraham", sunAbraham, few) + reassigned("imputation", Imputation(), few)
    + [
      test("synthetic DiD, reassigned dates", few) {
        try randomization.test(SyntheticDiD(), on: $0).p
      },
      test("augmented synthetic control, penalty 1, reassigned dates", few) {
        try randomization.test(augmented, on: $0).p
      },
      test("factors (none), reassigned dates", few) {
        try randomization.test(factors, on: $0).p
      },
    ]

  private static let completed = [
    test("one factor of all untreated cells, reassigned dates", fewest) {
      try fewAssignments.test(ofAllCells, on: $0).p
    },
    test("matrix completion, reassigned dates", fewest) {
      try fewAssignments.test(completion, on: $0).p
    },
  ]

  /// Those that go round after round for every assignment are given fewer.
  private static let fewAssignments = Randomization(draws: 59, seed: 1, enumerationLimit: 59)

  /// The test, and the interval that inverts it.
  private static func reassigned(
    _ name: String, _ estimator: some ReassignableEstimator, _ replications: Int
  ) -> [Procedure] {
    [
      test("\(name), reassigned dates", replications) {
        try randomization.test(estimator, on: $0).p
      },
      interval("\(name), inverted test", replications) {
        try randomization.test(estimator, on: $0).interval
      },
    ]
  }

  /// All assignments of one unit; of more, 199 that are drawn.
  private static let randomization = Randomization(draws: 199, seed: 1, enumerationLimit: 199)

  private static let ofOneUnit = [
    test("synthetic control, RMSPE ratio in space", some) {
      try SyntheticControl.outcomeOnly.placebosInSpace($0).p
    },
    interval("synthetic control, conformal", some) {
      try SyntheticControl.outcomeOnly.conformalInterval($0)
    },
    interval("augmented synthetic control, penalty 1, conformal", few) {
      try augmented.conformalInterval($0)
    },
    test("synthetic DiD, placebo p", some) {
      try SyntheticDiD(errors: .placebo(draws: 200, seed: 1)).estimate($0).replications?.placebo?.p
    },
  ]
}

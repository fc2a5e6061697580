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
  private static let (many, some, few) = (2_000, 1_000, 200)

  private static let groupTime = GroupTimeDiD(comparison: .notYetTreated)
  private static let sunAbraham = SunAbraham(comparison: .neverTreated)
  private static let augmented = AugmentedSyntheticControl(penalty: .given(1))
  private static let pooled = StaggeredSyntheticControl(pooling: .partial(), hasIntercept: true)
  /// The 97.5 % quantile of a normal number.
  private static let normal = 1.959963984540054
  private static let factors = InteractiveFixedEffects(factors: .given(0))

  static func all(for scenario: Scenario) -> [Procedure] {
    switch scenario.kind {
    case .large: largeSample + bands
    case .every: largeSample + bands + replicated + reassignedGroupTime + reassigned
    case .staggered: largeSample + bands + reassignedGroupTime
    case .single: largeSample + replicated + reassignedGroupTime + reassigned + ofOneUnit
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
    test("synthetic DiD, placebo p", some) {
      try SyntheticDiD(errors: .placebo(draws: 200, seed: 1)).estimate($0).replications?.placebo?.p
    },
  ]
}

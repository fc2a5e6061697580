public import Effects
import Panels

/// The estimator that an outcome's choices name, with its options.
public enum ChosenEstimator: Hashable, Sendable {
  case groupTime(GroupTimeDiD)
  case imputation(Imputation)
  case syntheticDiD(SyntheticDiD)
  case syntheticControl(SyntheticControl)
  case factors(InteractiveFixedEffects)

  /// The name of the covariate that marks the co-treatment.
  static let coTreatment = "co-treatment"

  init(_ outcome: Study.Outcome) { self.init(outcome, method: outcome.estimator.method) }

  /// The estimator that a method would be for an outcome.
  init(_ outcome: Study.Outcome, method: Specification.Method) {
    let chosen = outcome.estimator
    self =
      switch method {
      case .groupTime: .groupTime(GroupTimeDiD(chosen))
      case .imputation:
        .imputation(
          Imputation(
            covariates: outcome.coTreated == .covariate ? [Self.coTreatment] : [],
            anticipation: chosen.anticipation))
      case .syntheticDiD: .syntheticDiD(SyntheticDiD())
      case .syntheticControl: .syntheticControl(.outcomeOnly)
      case .factors: .factors(InteractiveFixedEffects(factors: .given(chosen.factors)))
      }
  }

  public var method: Specification.Method {
    switch self {
    case .groupTime: .groupTime
    case .imputation: .imputation
    case .syntheticDiD: .syntheticDiD
    case .syntheticControl: .syntheticControl
    case .factors: .factors
    }
  }

  /// Group-time difference in differences, where that is chosen.
  public var groupTime: GroupTimeDiD? {
    if case .groupTime(let estimator) = self { estimator } else { nil }
  }

  /// Whether the estimate is a sum of the outcomes with weights that these do not move.
  public var isLinear: Bool { !method.isWeighting }

  /// How many periods before treatment its effect may begin; nil where the estimator knows none.
  public var anticipation: Int? {
    switch self {
    case .groupTime(let estimator): estimator.anticipation
    case .imputation(let estimator): estimator.anticipation
    case .syntheticDiD, .syntheticControl, .factors: nil
    }
  }

  /// How many factors are found; nil where the estimator finds none.
  public var factorCount: Int? {
    if case .factors(let estimator) = self, case .given(let count) = estimator.factors {
      count
    } else {
      nil
    }
  }

  /// What a reassignment of dates is ranked by.
  public var statistic: Statistic {
    if case .syntheticControl = self { .gapRatio } else { .effect }
  }

  /// What a reassignment of dates is ranked by.
  public enum Statistic: String, Hashable, Sendable {
    case effect
    /// The root mean square gap after the treatment over that before, with the sign of the mean gap.
    case gapRatio = "gap-ratio"
  }

  private var estimator: any ReassignableEstimator {
    switch self {
    case .groupTime(let estimator): estimator
    case .imputation(let estimator): estimator
    case .syntheticDiD(let estimator): estimator
    case .syntheticControl(let estimator): estimator
    case .factors(let estimator): estimator
    }
  }

  /// Tests the overall effect by reassigning the dates.
  ///
  /// - Throws: as `reassignable(on:)`; `EffectError.noAdmissibleAssignment`.
  func test(_ randomization: Randomization, on panel: Panel) throws -> RandomizationTest {
    try randomization.test(estimator, on: panel)
  }

  /// The same with assignments weighed before.
  func test(
    _ randomization: Randomization, on panel: Panel, under weighed: WeighedAssignments
  ) throws -> RandomizationTest {
    try randomization.test(estimator, on: panel, under: weighed)
  }

  /// Weighs the cells under each assignment; nil where outcomes are needed for that.
  ///
  /// - Throws: as `test`.
  func weighed(_ randomization: Randomization, on panel: Panel) throws -> WeighedAssignments? {
    try randomization.weighed(estimator, on: panel)
  }

  /// Tests several outcomes together, a panel each.
  ///
  /// - Throws: as `test`; `EffectError.datesDiffer`.
  static func stepDown(
    _ randomization: Randomization, on outcomes: [(estimator: ChosenEstimator, panel: Panel)]
  ) throws -> StepDown {
    try randomization.stepDown(outcomes.map { ($0.estimator.estimator, $0.panel) })
  }

  /// The smallest effect that a test would find; nil when it would find none.
  ///
  /// - Throws: as `test`.
  func detectableEffect(_ randomization: Randomization, on panel: Panel) throws -> Double? {
    try randomization.detectableEffect(of: estimator, on: panel)
  }

  /// The overall effect laid out for any dates of the panel's units.
  ///
  /// - Throws: `EffectError` when the panel has nothing to estimate; `PanelError.empty`.
  func reassignable(on panel: Panel) throws -> ReassignableEffect {
    try estimator.reassignable(on: panel)
  }

  /// The units of a panel that take part; the others are noted as dropped, with the reason.
  ///
  /// - Throws: as `reassignable(on:)`; group-time only `PanelError.empty`.
  func participants(of panel: Panel) throws -> Panel {
    switch self {
    case .groupTime(let estimator): try estimator.participants(of: panel)
    case .imputation(let estimator): try estimator.participants(of: panel)
    case .syntheticDiD(let estimator): try estimator.participants(of: panel)
    case .syntheticControl(let estimator): try estimator.participants(of: panel)
    case .factors(let estimator): try estimator.participants(of: panel)
    }
  }
}

extension GroupTimeDiD {
  /// The estimator with the options that a study names.
  init(_ chosen: Study.Estimator) {
    self.init(
      comparison: .init(rawValue: chosen.comparison) ?? .notYetTreated,
      base: .init(rawValue: chosen.base) ?? .varying, anticipation: chosen.anticipation)
  }
}

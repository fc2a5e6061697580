public import Effects
import Panels

/// The estimator that an outcome's choices name, with its options.
public struct ChosenEstimator: Sendable {
  public let method: Specification.Method
  private let estimator: any ComparableEstimator

  /// The name of the covariate that marks the co-treatment.
  static let coTreatment = "co-treatment"

  init(_ outcome: Study.Outcome) { self.init(outcome, method: outcome.estimator.method) }

  /// The estimator that a method would be for an outcome: the one list of what a study can name.
  init(_ outcome: Study.Outcome, method: Specification.Method) {
    let chosen = outcome.estimator
    self.method = method
    estimator =
      switch method {
      case .groupTime: GroupTimeDiD(chosen)
      case .imputation:
        Imputation(
          covariates: outcome.coTreated == .covariate ? [Self.coTreatment] : [],
          anticipation: chosen.anticipation)
      case .syntheticDiD: SyntheticDiD()
      case .syntheticControl: SyntheticControl.outcomeOnly
      case .factors: InteractiveFixedEffects(factors: .given(chosen.factors))
      }
  }

  package init(_ groupTime: GroupTimeDiD) {
    method = .groupTime
    estimator = groupTime
  }

  /// Group-time difference in differences, where that is chosen.
  public var groupTime: GroupTimeDiD? { estimator as? GroupTimeDiD }

  /// Whether the estimate is a sum of the outcomes with weights that these do not move.
  public var isLinear: Bool { !method.isWeighting }

  /// How many periods before treatment its effect may begin; nil where the estimator knows none.
  public var anticipation: Int? { estimator.anticipatedPeriods }

  /// How many factors are found; nil where the estimator finds none, or chooses their number.
  public var factorCount: Int? { estimator.factorCount }

  /// What a reassignment of dates is ranked by.
  public var statistic: RankedStatistic { estimator.statistic }
}

extension ChosenEstimator: Hashable {
  public static func == (left: Self, right: Self) -> Bool {
    left.method == right.method && AnyHashable(left.estimator) == AnyHashable(right.estimator)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(method)
    hasher.combine(AnyHashable(estimator))
  }
}

extension ChosenEstimator {
  /// Estimates the effects on a panel.
  ///
  /// - Throws: `EffectError` when the panel has nothing to estimate; `PanelError.empty`;
  ///   `LinearAlgebraError.notOptimal` when a certificate fails.
  func estimate(_ panel: Panel) throws -> ChosenEffects {
    if let groupTime { return ChosenEffects(try groupTime.estimate(panel)) }
    return ChosenEffects(shared: try estimator.sharedEffects(on: panel), groupTime: nil)
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
  func participants(of panel: Panel) throws -> Panel { try estimator.participants(of: panel) }
}

extension GroupTimeDiD {
  /// The estimator with the options that a study names.
  init(_ chosen: Study.Estimator) {
    self.init(
      comparison: chosen.comparison, base: chosen.base, anticipation: chosen.anticipation)
  }
}

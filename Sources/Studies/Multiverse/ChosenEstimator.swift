import Effects
import Panels

/// The estimator that an outcome's choices name, with its options.
enum ChosenEstimator: Hashable, Sendable {
  case groupTime(GroupTimeDiD)
  case imputation(Imputation)
  case syntheticDiD(SyntheticDiD)
  case syntheticControl(SyntheticControl)
  case factors(InteractiveFixedEffects)

  /// The name of the covariate that marks the co-treatment.
  static let coTreatment = "co-treatment"

  init(_ outcome: Study.Outcome) {
    let chosen = outcome.estimator
    self =
      switch chosen.method {
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

  /// Whether the estimate is a sum of the outcomes with weights that these do not move.
  var isLinear: Bool {
    switch self {
    case .groupTime, .imputation: true
    case .syntheticDiD, .syntheticControl, .factors: false
    }
  }

  /// Tests the overall effect by reassigning the dates.
  ///
  /// - Throws: as `reassignable(on:)`; `EffectError.noAdmissibleAssignment`.
  func test(_ randomization: Randomization, on panel: Panel) throws -> RandomizationTest {
    switch self {
    case .groupTime(let estimator): try randomization.test(estimator, on: panel)
    case .imputation(let estimator): try randomization.test(estimator, on: panel)
    case .syntheticDiD(let estimator): try randomization.test(estimator, on: panel)
    case .syntheticControl(let estimator): try randomization.test(estimator, on: panel)
    case .factors(let estimator): try randomization.test(estimator, on: panel)
    }
  }

  /// The overall effect laid out for any dates of the panel's units.
  ///
  /// - Throws: `EffectError` when the panel has nothing to estimate; `PanelError.empty`.
  func reassignable(on panel: Panel) throws -> ReassignableEffect {
    switch self {
    case .groupTime(let estimator): try estimator.reassignable(on: panel)
    case .imputation(let estimator): try estimator.reassignable(on: panel)
    case .syntheticDiD(let estimator): try estimator.reassignable(on: panel)
    case .syntheticControl(let estimator): try estimator.reassignable(on: panel)
    case .factors(let estimator): try estimator.reassignable(on: panel)
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

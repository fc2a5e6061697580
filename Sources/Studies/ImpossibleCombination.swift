import Effects

/// Why options cannot be chosen together.
public enum ImpossibleCombination: String, Hashable, Sendable, CaseIterable {
  case covariateOutsideImputation
  case anticipationOfWeighting
  case weightingOfNotYetTreated
  case imputationFromNeverTreated

  /// The rule that a specification of an outcome breaks; nil when it breaks none.
  ///
  /// A comparison counts when the specification names it: estimators that have one only do not ask for it.
  init?(_ specification: Specification, of outcome: Study.Outcome) {
    let method = specification.method ?? outcome.estimator.method
    let coTreated = specification.coTreated ?? outcome.coTreated
    let anticipation = specification.anticipation ?? outcome.estimator.anticipation
    if coTreated == .covariate, method != .imputation {
      self = .covariateOutsideImputation
    } else if method.isWeighting, anticipation > 0 {
      self = .anticipationOfWeighting
    } else if method.isWeighting, specification.comparison == .notYetTreated {
      self = .weightingOfNotYetTreated
    } else if method == .imputation, specification.comparison == .neverTreated {
      self = .imputationFromNeverTreated
    } else {
      return nil
    }
  }

  /// The rule that an outcome's estimator breaks, whatever its comparison; nil when it breaks none.
  init?(_ outcome: Study.Outcome) { self.init(Specification(), of: outcome) }

  /// The rule in a sentence.
  public var text: String {
    switch self {
    case .covariateOutsideImputation:
      "only imputation takes the co-treatment as a covariate"
    case .anticipationOfWeighting: "weights and factors know no anticipation"
    case .weightingOfNotYetTreated: "weights and factors are found among the never-treated alone"
    case .imputationFromNeverTreated: "imputation also learns from states that join later"
    }
  }

  /// What can be chosen instead.
  var advice: String {
    switch self {
    case .covariateOutsideImputation:
      "choose imputation, leave the co-treated out (`excluded`) or end them there (`censored`)"
    case .anticipationOfWeighting: "choose no anticipation, or another estimator"
    case .weightingOfNotYetTreated: "choose `never`, or another estimator"
    case .imputationFromNeverTreated: "choose `not-yet`, or another estimator"
    }
  }
}

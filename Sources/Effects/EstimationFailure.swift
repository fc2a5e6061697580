public import LinearAlgebra
public import Panels

/// Why one of several estimates could not be made.
public enum EstimationFailure: Hashable, Sendable {
  case effect(EffectError)
  case panel(PanelError)
  case numerical(LinearAlgebraError)

  /// Takes what an estimate threw; traps on an error that no estimator throws.
  init(_ error: any Error) {
    switch error {
    case let error as EffectError: self = .effect(error)
    case let error as PanelError: self = .panel(error)
    case let error as LinearAlgebraError: self = .numerical(error)
    default: preconditionFailure("No estimator throws \(error).")
    }
  }
}

/// A unit for which an estimate could not be made, and why.
public struct FailedUnit: Hashable, Sendable {
  public let unit: String
  public let failure: EstimationFailure

  package init(unit: String, failure: EstimationFailure) {
    self.unit = unit
    self.failure = failure
  }
}

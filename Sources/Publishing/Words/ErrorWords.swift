package import Effects
import LinearAlgebra
import Panels

/// What an error says to a reader.
///
/// The errors of panels and estimators are cases, whose words stand here; others say themselves.
package func sentence(
  of error: any Error, flag: (EffectError.Remedy) -> String? = { _ in nil }
) -> String {
  switch error {
  case let error as EffectError: error.sentence(flag: flag)
  case let error as PanelError: error.sentence
  default: "\(error)"
  }
}

extension EstimationFailure {
  /// Why there is no estimate, in a sentence.
  package var sentence: String {
    switch self {
    case .effect(let error): error.sentence()
    case .panel(let error): error.sentence
    case .numerical(let error): error.description
    }
  }
}

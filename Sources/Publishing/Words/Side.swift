import Evidence
import Indicators

/// A side of a test.
enum Side: String { case greater, less }

extension Indicator {
  /// The side on which the values lie when the counterpart is approached or left.
  func side(of thesis: Direction) -> Side { thesis == direction ? .greater : .less }

  /// The variable that the values come from, when they come from one.
  var variable: VariableID? {
    if case .variable(let variable, _) = definition { variable } else { nil }
  }
}

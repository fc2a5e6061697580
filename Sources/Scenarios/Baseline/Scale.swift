import Foundation
import Indicators

/// The scale on which a series is carried on, so that it stays where its values can lie.
///
/// A series between two bounds that was never at one of them is carried on as its logit (Hyndman and
/// Athanasopoulos 2021, section 13.3) and comes near a bound without reaching it. Every other series is
/// carried on as it is, and its draws then stop at a bound that they would pass: a series that was at its
/// bound may be there again, and the logarithm of a series with one bound has no end above.
enum Scale: Hashable {
  case plain
  case between(Double, Double)

  init(of values: [Double?], within range: ValueRange) {
    let known = values.compactMap { $0 }
    if let least = range.least, let most = range.most,
      known.allSatisfy({ $0 > least && $0 < most })
    {
      self = .between(least, most)
    } else {
      self = .plain
    }
  }

  /// A value on the scale.
  func up(_ value: Double) -> Double {
    switch self {
    case .plain: value
    case .between(let least, let most): log((value - least) / (most - value))
    }
  }

  /// The value that lies there on the scale.
  func down(_ place: Double) -> Double {
    switch self {
    case .plain: place
    case .between(let least, let most): least + (most - least) / (1 + exp(-place))
    }
  }
}

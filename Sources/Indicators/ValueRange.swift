/// The values that an indicator can have at all: a share lies between 0 and 1, a count is not negative.
public struct ValueRange: Hashable, Sendable {
  /// Nil: no value is too low.
  public let least: Double?
  /// Nil: no value is too high.
  public let most: Double?

  /// The lower bound lies below the upper one.
  public init(least: Double? = nil, most: Double? = nil) {
    if let least, let most { precondition(least < most, "A range needs room between its bounds.") }
    self.least = least
    self.most = most
  }

  /// No value is out of it.
  public static let unbounded = ValueRange()

  /// Whether a value lies in it, bounds included.
  public func contains(_ value: Double) -> Bool { held(value) == value }

  /// The value, or the bound that it has passed.
  public func held(_ value: Double) -> Double {
    if let least, value < least { return least }
    if let most, value > most { return most }
    return value
  }
}

extension ClaimRule.Measure {
  /// What the measure can come to.
  public var range: ValueRange {
    switch self {
    case .count, .activeStock: ValueRange(least: 0)
    case .latestPosition: ValueRange(least: -1, most: 1)
    case .sum: .unbounded
    }
  }
}

extension InstrumentIndex {
  /// What the index can come to.
  public var range: ValueRange {
    switch normalisation {
    case .minMax, .rank: ValueRange(least: 0, most: 1)
    case .standard: .unbounded
    }
  }
}

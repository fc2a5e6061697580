/// A period of a panel, by its number (a year, most often).
public struct Period: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let number: Int

  public init(_ number: Int) { self.number = number }

  public static func < (left: Period, right: Period) -> Bool { left.number < right.number }

  /// The event time of this period for a cohort first treated in `start`.
  public func since(_ start: Period) -> EventTime { EventTime(number - start.number) }

  public var description: String { String(number) }
}

/// Periods since the first treated one: 0 is the first treated period, −1 the last untreated one.
public struct EventTime: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let number: Int

  public init(_ number: Int) { self.number = number }

  public static func < (left: EventTime, right: EventTime) -> Bool { left.number < right.number }

  public var description: String { String(number) }
}

/// The units that were first treated together.
public enum Cohort: Hashable, Sendable {
  case firstTreated(Period)
  case neverTreated

  /// The first treated period; none for the never-treated.
  public var start: Period? {
    if case .firstTreated(let period) = self { period } else { nil }
  }
}

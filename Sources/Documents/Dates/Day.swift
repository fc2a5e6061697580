/// A day of the Gregorian calendar, comparable, without time or zone.
public struct Day: Hashable, Sendable, Comparable, CustomStringConvertible {
  private let packed: Int32

  public init(year: Int, month: Int, day: Int) {
    precondition((0...9999).contains(year), "A year has four digits; \(year) came.")
    precondition((1...12).contains(month), "A month is 1 to 12; \(month) came.")
    precondition((1...31).contains(day), "A day is 1 to 31; \(day) came.")
    packed = Int32(year * 10_000 + month * 100 + day)
  }

  public var year: Int { Int(packed) / 10_000 }
  public var month: Int { Int(packed) / 100 % 100 }
  public var day: Int { Int(packed) % 100 }

  /// The start of a date that is open towards the past.
  public static let distantPast = Day(year: 0, month: 1, day: 1)
  /// The end of a date that is open towards the future.
  public static let distantFuture = Day(year: 9999, month: 12, day: 31)

  public static func < (left: Day, right: Day) -> Bool { left.packed < right.packed }

  /// The day as `2020-06-14`.
  public var description: String {
    let parts = [(year, 4), (month, 2), (day, 2)]
    return parts.map { CalendarDay.padded($0, $1) }.joined(separator: "-")
  }

  /// Counts the days of a month, leap years included.
  package static func count(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }
}

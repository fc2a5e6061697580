/// A date no more precise than its source: EDTF (ISO 8601-2) at levels 0 and 1.
///
/// `2020`, `2020-06`, `2020-06-14`, `2020~` (about), `2020?` (uncertain), `2020%` (both),
/// `201X`, `2020-XX` (digits not stated), `2020-22` (summer), `2018/2020`, `../2023` (open).
public struct EDTFDate: Hashable, Sendable, CustomStringConvertible {
  /// The date as it was written.
  public let text: String
  /// The first day that the date can mean; `Day.distantPast` when its start is open.
  public let earliest: Day
  /// The last day that the date can mean; `Day.distantFuture` when its end is open.
  public let latest: Day
  /// Whether the date says "about" (`~` or `%`).
  public let isApproximate: Bool
  /// Whether the source was unsure of the date (`?` or `%`).
  public let isUncertain: Bool

  public var isOpenAtStart: Bool { earliest == .distantPast }
  public var isOpenAtEnd: Bool { latest == .distantFuture }
  public var description: String { text }

  /// The year, when the whole date lies in one.
  public var year: Int? { earliest.year == latest.year ? earliest.year : nil }

  init(text: String, earliest: Day, latest: Day, isApproximate: Bool, isUncertain: Bool) {
    self.text = text
    self.earliest = earliest
    self.latest = latest
    self.isApproximate = isApproximate
    self.isUncertain = isUncertain
  }

  /// Reads a date, or throws the sentence that says what is wrong with it.
  ///
  /// - Throws: `EDTFError`.
  public init(_ text: String) throws {
    self = try EDTFParser.date(text)
  }

  /// The date of a whole year.
  public init(year: Int) {
    self.init(
      text: String(year), earliest: Day(year: year, month: 1, day: 1),
      latest: Day(year: year, month: 12, day: 31), isApproximate: false, isUncertain: false)
  }

  /// A date of which nothing is known; the reader puts it where a date could not be read.
  package static let unread = EDTFDate(
    text: "", earliest: .distantPast, latest: .distantFuture, isApproximate: false,
    isUncertain: false)
}

/// What is wrong with a text that should be a date.
public struct EDTFError: Error, Hashable, CustomStringConvertible {
  public let text: String
  public let message: String
  public let advice: String
  public var description: String { "\(text) \(message); \(advice)." }
}

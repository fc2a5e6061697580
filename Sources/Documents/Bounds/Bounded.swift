/// The range of a number that comes from outside, with the words that help, messages and pages have for it.
package struct Bounded<Number: Comparable & Hashable & Sendable>: Hashable, Sendable {
  package let range: ClosedRange<Number>
  /// Whether the lower end is itself too small.
  package let isAboveLeast: Bool
  /// Whether the upper end is itself too large.
  package let isBelowMost: Bool

  package init(_ range: ClosedRange<Number>) {
    self.range = range
    (isAboveLeast, isBelowMost) = (false, false)
  }

  /// A range without its upper end.
  package init(_ range: Range<Number>) {
    self.range = range.lowerBound...range.upperBound
    (isAboveLeast, isBelowMost) = (false, true)
  }

  /// A range without its lower end.
  package init(above least: Number, to most: Number) {
    range = least...most
    (isAboveLeast, isBelowMost) = (true, false)
  }

  package func contains(_ number: Number) -> Bool {
    range.contains(number) && !(isAboveLeast && number == range.lowerBound)
      && !(isBelowMost && number == range.upperBound)
  }
}

extension Bounded<Int> {
  /// A year of a casebook.
  package static let year = Bounded(1000...2999)
  /// Where random numbers start.
  package static let seed = Bounded(0...Int.max)

  /// Reads a first and a later last year: `1992-2024`; nil for anything else.
  package static func years(_ text: some StringProtocol) -> ClosedRange<Int>? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
      .map { Bounded.year.number($0) }
    guard ends.count == 2, let first = ends[0], let last = ends[1], first < last else {
      return nil
    }
    return first...last
  }

  /// The ends, as `1 to 1,000`.
  package var ends: String {
    "\(Numeral.grouped(range.lowerBound)) to \(Numeral.grouped(range.upperBound))"
  }

  /// What may be written, as `a whole number from 1 to 1,000`.
  package var words: String { "a whole number from \(ends)" }

  /// Reads digits, perhaps after a minus; nil for anything else or outside of the range.
  package func number(_ text: some StringProtocol) -> Int? {
    // `Int` takes a plus, too.
    guard text.utf8.first != UInt8(ascii: "+"), let number = Int(text) else { return nil }
    return contains(number) ? number : nil
  }
}

extension Bounded<Double> {
  /// A number in a table of evidence, a study or a scenario: sums of products of them stay finite.
  package static let cell = Bounded(-1e30...1e30)
  /// The weight of one part of an index.
  package static let weight = Bounded(1e-9...1e9)

  /// The ends, as `0 to 1e12`, `above 0 to 1` or `0 to below 1`.
  package var ends: String {
    let (least, most) = (Numeral.rounded(range.lowerBound), Numeral.rounded(range.upperBound))
    return "\(isAboveLeast ? "above " : "")\(least) to \(isBelowMost ? "below " : "")\(most)"
  }

  /// What may be written, as `a number from 0 to 1e12`.
  package var words: String { "a number \(isAboveLeast ? "" : "from ")\(ends)" }

  /// Reads a decimal number; nil for anything else or outside of the range.
  package func number(_ text: some StringProtocol) -> Double? {
    Numeral.number(text).flatMap { contains($0) ? $0 : nil }
  }
}

extension Numeral {
  /// Writes a whole number with commas between thousands: `10,000`; four digits stay plain, as in years.
  package static func grouped(_ number: Int) -> String {
    let digits = String(number.magnitude)
    let sign = number < 0 ? "−" : ""
    guard digits.count > 4 else { return sign + digits }
    var groups: [Substring] = []
    var rest = digits[...]
    while !rest.isEmpty {
      groups.insert(rest.suffix(3), at: 0)
      rest = rest.dropLast(3)
    }
    return sign + groups.joined(separator: ",")
  }

  /// Writes the end of a range, large powers of ten as such: `1e12`.
  fileprivate static func rounded(_ number: Double) -> String {
    guard number >= 0 else { return "−" + rounded(-number) }
    let digits = text(number)
    guard number >= 1e6, digits.hasPrefix("1"), digits.dropFirst().allSatisfy({ $0 == "0" }) else {
      return digits.replacing("e+", with: "e")
    }
    return "1e\(digits.count - 1)"
  }
}

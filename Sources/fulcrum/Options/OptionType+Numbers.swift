import Documents

extension OptionType<Int> {
  /// A whole number of a range.
  static func whole(_ range: ClosedRange<Int>) -> OptionType {
    let bounds = "\(grouped(range.lowerBound)) to \(grouped(range.upperBound))"
    var type = OptionType("N", "a whole number from \(bounds)") { text in
      Int(text).flatMap { range.contains($0) ? $0 : nil }
    }
    type.remark = bounds
    return type
  }

  /// A year of a casebook.
  static let year = OptionType("YEAR", "a year from 1000 to 2999") { text in
    Int(text).flatMap { (1000...2999).contains($0) ? $0 : nil }
  }
}

extension OptionType<UInt64> {
  /// The seed of random numbers.
  static var seed: OptionType {
    OptionType("N", "a whole number from 0 to \(grouped(Int.max))") { text in
      Int(text).flatMap { $0 >= 0 ? UInt64($0) : nil }
    }
  }
}

extension OptionType<ClosedRange<Int>> {
  /// A first and a later last year.
  static var years: OptionType {
    var type = OptionType("YEARS", "two years, the earlier first, such as 1992-2024") { text in
      let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard ends.count == 2, let first = ends[0], let last = ends[1], first < last,
        first >= 1000, last <= 2999
      else { return nil }
      return first...last
    }
    type.write = { "\($0.lowerBound)-\($0.upperBound)" }
    return type
  }
}

extension OptionType<Double> {
  /// A number of a range, both ends included.
  static func number(_ range: ClosedRange<Double>) -> OptionType {
    let bounds = "\(bound(range.lowerBound)) to \(bound(range.upperBound))"
    return number(bounds) { range.contains($0) }
  }

  /// A number of a range without its upper end.
  static func number(_ range: Range<Double>) -> OptionType {
    let bounds = "\(bound(range.lowerBound)) to below \(bound(range.upperBound))"
    return number(bounds) { range.contains($0) }
  }

  private static func number(
    _ bounds: String, _ isInside: @escaping @Sendable (Double) -> Bool
  ) -> OptionType {
    var type = OptionType("X", "a number from \(bounds)") { text in
      Numeral.number(text).flatMap { isInside($0) ? $0 : nil }
    }
    type.remark = bounds
    type.write = Numeral.text
    return type
  }
}

extension OptionType<[Double]> {
  /// Numbers of a range with commas between them.
  static func numbers(_ range: ClosedRange<Double>) -> OptionType {
    let bounds = "\(bound(range.lowerBound)) to \(bound(range.upperBound))"
    var type = OptionType("X,Y", "numbers from \(bounds) with commas between them") { text in
      let numbers = text.split(separator: ",").map { Numeral.number($0) }
      let inside = numbers.compactMap(\.self).filter(range.contains)
      return inside.isEmpty || inside.count < numbers.count ? nil : inside
    }
    type.remark = "\(bounds) each"
    type.write = { $0.map(Numeral.text).joined(separator: ",") }
    return type
  }
}

/// Writes a whole number with commas between thousands: `10,000`; years and ports stay plain.
func grouped(_ number: Int) -> String {
  let digits = String(number.magnitude)
  guard digits.count > 4 else { return String(number) }
  var groups: [Substring] = []
  var rest = digits[...]
  while !rest.isEmpty {
    groups.insert(rest.suffix(3), at: 0)
    rest = rest.dropLast(3)
  }
  return (number < 0 ? "−" : "") + groups.joined(separator: ",")
}

/// Writes the end of a range, large powers of ten as such: `1e12`.
private func bound(_ number: Double) -> String {
  let digits = Numeral.text(number)
  guard number >= 1e6, digits.hasPrefix("1"), digits.dropFirst().allSatisfy({ $0 == "0" }) else {
    return digits.replacing("e+", with: "e")
  }
  return "1e\(digits.count - 1)"
}

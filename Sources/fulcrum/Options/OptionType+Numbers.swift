import Documents

extension OptionType<Int> {
  /// A whole number of a range.
  static func whole(_ range: ClosedRange<Int>) -> OptionType { whole(Bounded(range)) }

  /// A whole number within bounds.
  static func whole(_ bounds: Bounded<Int>) -> OptionType {
    var type = OptionType("N", bounds.words) { bounds.number($0) }
    type.remark = bounds.ends
    return type
  }

  /// A year of a casebook.
  static let year = OptionType("YEAR", "a year from \(Bounded.year.ends)") {
    Bounded.year.number($0)
  }
}

extension OptionType<UInt64> {
  /// The seed of random numbers.
  static var seed: OptionType {
    OptionType("N", Bounded.seed.words) { Bounded.seed.number($0).map { UInt64($0) } }
  }
}

extension OptionType<ClosedRange<Int>> {
  /// A first and a later last year.
  static var years: OptionType {
    var type = OptionType("YEARS", "two years, the earlier first, such as 1992-2024") {
      Bounded.years($0)
    }
    type.write = { "\($0.lowerBound)-\($0.upperBound)" }
    return type
  }
}

extension OptionType<Double> {
  /// A number of a range, both ends included.
  static func number(_ range: ClosedRange<Double>) -> OptionType { number(Bounded(range)) }

  /// A number of a range without its upper end.
  static func number(_ range: Range<Double>) -> OptionType { number(Bounded(range)) }

  private static func number(_ bounds: Bounded<Double>) -> OptionType {
    var type = OptionType("X", bounds.words) { bounds.number($0) }
    type.remark = bounds.ends
    type.write = Numeral.text
    return type
  }
}

extension OptionType<[Double]> {
  /// Numbers of a range with commas between them, at most `most`.
  static func numbers(_ range: ClosedRange<Double>, most: Int) -> OptionType {
    let bounds = Bounded(range)
    let expected = "at most \(most) numbers from \(bounds.ends) with commas between them"
    var type = OptionType("X,Y", expected) { text in
      let numbers = text.split(separator: ",").map { bounds.number($0) }
      let inside = numbers.compactMap(\.self)
      return inside.isEmpty || inside.count < numbers.count || inside.count > most ? nil : inside
    }
    type.remark = "\(bounds.ends) each"
    type.write = { $0.map(Numeral.text).joined(separator: ",") }
    return type
  }
}

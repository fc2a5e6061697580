import Documents

/// The conformal interval that was asked for, or why there is none.
package struct ConformalResult: Sendable {
  private let range: ClosedRange<Double>?
  private let att: Double
  private let periods: Int
  private let level: Double

  /// Takes the interval, nil for none, of a test over some periods, beside the estimate.
  package init(_ range: ClosedRange<Double>?, att: Double, periods: Int, level: Double) {
    self.range = range
    self.att = att
    self.periods = periods
    self.level = level
  }

  var json: JSON? { range.map { [.number($0.lowerBound), .number($0.upperBound)] } }

  var sentence: String {
    if let range {
      let ends = figures([range.lowerBound, range.upperBound]).joined(separator: " to ")
      return "Conformal interval of a constant effect: \(ends)."
        + (range.contains(att)
          ? "" : " The mean gap lies outside: no constant effect describes the gaps.")
    }
    return 1 / Double(periods) > 1 - level
      ? "Conformal interval: none, as the shifts of \(counted(periods, "period")) allow no p below "
        + "1/\(periods)."
      : "Conformal interval: none, as the test rejects all effects tried, or none however far."
  }
}

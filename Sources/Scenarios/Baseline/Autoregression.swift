extension FittedBaseline {
  /// The autoregression of order one by least squares; nil when it would not return to a mean.
  ///
  /// Only years whose year before is observed enter.
  static func autoregression(_ values: [Double?]) -> FittedBaseline? {
    let pairs = zip(values, values.dropFirst()).compactMap { before, after in
      before.flatMap { before in after.map { (before, $0) } }
    }
    guard pairs.count > 3, let last = values.last ?? nil else { return nil }
    let count = Double(pairs.count)
    let means = (pairs.reduce(0) { $0 + $1.0 } / count, pairs.reduce(0) { $0 + $1.1 } / count)
    let spread = pairs.reduce(0) { $0 + ($1.0 - means.0) * ($1.0 - means.0) }
    let together = pairs.reduce(0) { $0 + ($1.0 - means.0) * ($1.1 - means.1) }
    guard spread > 0 else { return nil }
    let slope = together / spread
    guard abs(slope) < 1 else { return nil }
    let intercept = means.1 - slope * means.0
    return FittedBaseline(
      model: .autoregression, parameters: [intercept, slope],
      errors: pairs.map { $0.1 - intercept - slope * $0.0 }, degreesOfFreedom: pairs.count - 2,
      end: .last(last))
  }
}

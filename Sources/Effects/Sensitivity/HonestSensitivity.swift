import LinearAlgebra

/// How far parallel trends may fail before an effect loses its sign (Rambachan and Roth 2023).
///
/// 10.1093/restud/rdad018. The effect is a weighted sum of the post-treatment effects, and what biases
/// it is restricted by what was seen before the treatment, up to a number m.
public struct HonestSensitivity: Hashable, Sendable {
  public let restriction: Restriction
  public let target: Target
  public let level: Double

  public init(restriction: Restriction, target: Target, level: Double = 0.95) {
    precondition(level > 0 && level < 1, "A confidence level lies between 0 and 1.")
    self.restriction = restriction
    self.target = target
    self.level = level
  }

  /// What is supposed of the difference in trends δ.
  public enum Restriction: String, Hashable, Sendable, CaseIterable {
    /// After the treatment δ changes from period to period by at most m times its largest change before.
    ///
    /// The confidence set is that of the hybrid of the conditional and the least favourable test.
    case relativeMagnitudes = "relative-magnitudes"
    /// The slope of δ changes by at most m between two neighbouring periods.
    ///
    /// The confidence set is the shortest interval of fixed length around an affine estimate.
    case smoothness
  }

  /// Which effect is asked about.
  public enum Target: Hashable, Sendable {
    /// The effect at one event time, from 0.
    case eventTime(Int)
    /// The plain mean over the event times from 0.
    case average
  }

  /// Finds the confidence set of the effect for each m, and where its sign is lost.
  ///
  /// - Throws: `EffectError` when the event time is not there or an m is negative.
  public func bounds(_ study: EventStudy, m: [Double]) throws -> HonestBounds {
    if let wrong = m.first(where: { !($0 >= 0 && $0.isFinite) }) {
      throw EffectError.notADeparture(wrong)
    }
    let weights = try weights(study)
    let set = confidenceSet(study, weights)
    if let wrong = m.first(where: { $0 > Self.largestDeparture * set.startingDeparture }) {
      throw EffectError.notADeparture(wrong)
    }
    let estimate = zip(weights, study.post).reduce(0) { $0 + $1.0 * $1.1 }
    let padded = [Double](repeating: 0, count: study.preCount) + weights
    return HonestBounds(
      estimate: estimate, standardError: study.covariance(padded, padded).squareRoot(),
      bounds: try m.map { m in
        let interval = try set.interval(m)
        return HonestBounds.Bound(m: m, lower: interval.lowerBound, upper: interval.upperBound)
      },
      breakdown: try breakdown(set))
  }

  private func confidenceSet(
    _ study: EventStudy, _ weights: [Double]
  ) -> ConfidenceSet {
    switch restriction {
    case .relativeMagnitudes:
      .relativeMagnitudes(RelativeMagnitudes(study, weights: weights, level: level))
    case .smoothness: .smoothness(SmoothTrends(study, weights: weights, level: level))
    }
  }

  private func weights(_ study: EventStudy) throws -> [Double] {
    switch target {
    case .average:
      return [Double](repeating: 1 / Double(study.postCount), count: study.postCount)
    case .eventTime(let time):
      guard (0..<study.postCount).contains(time) else {
        throw EffectError.noSuchEventTime(time, last: study.postCount - 1)
      }
      return (0..<study.postCount).map { $0 == time ? 1 : 0 }
    }
  }

  /// A departure of so many of the first ones tried is as good as none that loses the sign.
  private static let largestDeparture = 1e9

  /// The smallest m whose confidence set holds zero; nil when none up to `largestDeparture` does.
  private func breakdown(_ set: ConfidenceSet) throws -> Double? {
    if try set.holdsZero(0) { return 0 }
    var (low, high) = (0.0, set.startingDeparture)
    while try !set.holdsZero(high) {
      (low, high) = (high, 2 * high)
      if high > Self.largestDeparture * set.startingDeparture { return nil }
    }
    return try bisect(high, low, while: { $1 - $2 > 1e-6 * $1 }, holds: set.holdsZero).inside
  }
}

/// The confidence sets of one effect under ever weaker restrictions.
private enum ConfidenceSet {
  case relativeMagnitudes(RelativeMagnitudes)
  case smoothness(SmoothTrends)

  /// A size of m to begin a search with.
  var startingDeparture: Double {
    switch self {
    case .relativeMagnitudes: 1
    case .smoothness(let trends): trends.startingDeparture
    }
  }

  /// The ends of the set under the restriction m.
  func interval(_ m: Double) throws -> ClosedRange<Double> {
    switch self {
    case .relativeMagnitudes(let changes): try changes.interval(m)
    case .smoothness(let trends): try trends.interval(m)
    }
  }

  /// Whether zero is in the set under the restriction m.
  func holdsZero(_ m: Double) throws -> Bool {
    switch self {
    case .relativeMagnitudes(let changes): changes.holds(0, m)
    case .smoothness(let trends): try trends.interval(m).contains(0)
    }
  }
}

/// What honest sensitivity says of one effect.
public struct HonestBounds: Hashable, Sendable {
  public let estimate: Double
  public let standardError: Double
  /// One for each m that was asked for.
  public let bounds: [Bound]
  /// The smallest m at which the sign is lost; nil when it is lost at none.
  public let breakdown: Double?

  /// The ends of the confidence set under the restriction m.
  public struct Bound: Hashable, Sendable {
    public let m: Double
    public let lower: Double
    public let upper: Double
  }
}

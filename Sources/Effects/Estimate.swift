import LinearAlgebra

/// An estimate with its standard error, which is absent when the estimate is zero by construction.
public struct Estimate: Hashable, Sendable {
  public let att: Double
  public let standardError: Double?
  /// Those of Student's t that the error is read with; nil: a normal number.
  public let degreesOfFreedom: Int?

  package init(att: Double, standardError: Double?, degreesOfFreedom: Int? = nil) {
    self.att = att
    self.standardError = standardError
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The interval at a confidence level, by Student's t or a normal approximation.
  public func interval(level: Double) -> ClosedRange<Double>? {
    standardError.map { error in
      let p = 0.5 + level / 2
      let quantile =
        degreesOfFreedom.map { studentQuantile(p, degreesOfFreedom: $0) } ?? normalQuantile(p)
      return (att - error * quantile)...(att + error * quantile)
    }
  }

  /// The two-sided p of no effect, by Student's t or a normal approximation.
  public var p: Double? {
    standardError.map { error in
      let t = att / error
      return degreesOfFreedom.map { studentTails(t, degreesOfFreedom: $0) }
        ?? 2 * normalProbability(-abs(t))
    }
  }
}

extension Estimate {
  /// An estimate whose error is the rounding of outcomes of some size has no standard error.
  init(att: Double, error: Double, scale: Double, degreesOfFreedom: Int? = nil) {
    self.init(
      att: att, standardError: error > roundingShare * scale ? error : nil,
      degreesOfFreedom: degreesOfFreedom)
  }
}

/// A standard error at or below this share of the largest outcome is rounding, not uncertainty.
///
/// The limit of `did` 2.5.1, 1.5e-7 whatever the outcome's unit, would lose the errors of small outcomes.
private let roundingShare = 16 * Double.ulpOfOne

import Foundation
import LinearAlgebra

/// How long something lasts, seen or not yet seen to its end.
public struct Wait: Hashable, Sendable {
  /// In any unit of time; above zero.
  public let length: Double
  /// Whether the end was seen; else it lasts still.
  public let hasEnded: Bool

  public init(length: Double, hasEnded: Bool) {
    self.length = length
    self.hasEnded = hasEnded
  }
}

/// The share of waits that last beyond each time.
///
/// Kaplan and Meier 1958 (10.1080/01621459.1958.10501452). Waits that last still count until their
/// present length.
public struct KaplanMeier: Hashable, Sendable {
  public let steps: [Step]

  /// One time at which waits end or are last seen.
  public struct Step: Hashable, Sendable {
    public let time: Double
    public let atRisk: Int
    public let ended: Int
    /// The share that lasts longer than `time`.
    public let survival: Double
    /// Pointwise, by Greenwood's variance of log(−log S) (Kalbfleisch and Prentice 2002, section 1.4).
    public let interval: ClosedRange<Double>
  }

  /// Estimates the curve with intervals at a confidence level between 0 and 1; empty without a wait.
  public init(_ waits: [Wait], level: Double = 0.95) {
    precondition(level > 0 && level < 1, "A confidence level lies between 0 and 1.")
    let quantile = normalQuantile(0.5 + level / 2)
    var atRisk = waits.count
    var (survival, variance) = (1.0, 0.0)
    steps = Dictionary(grouping: waits, by: \.length).sorted { $0.key < $1.key }.map {
      time, ending in
      let ended = ending.count(where: \.hasEnded)
      let (left, count) = (Double(atRisk - ended), Double(atRisk))
      survival *= left / count
      if left > 0 { variance += Double(ended) / (count * left) }
      defer { atRisk -= ending.count }
      return Step(
        time: time, atRisk: atRisk, ended: ended, survival: survival,
        interval: logLogInterval(survival, variance: variance, quantile: quantile))
    }
  }

  /// The first time that at most half of the waits outlast; nil while more than half do.
  public var median: Double? { steps.first { $0.survival <= 0.5 }?.time }

  /// The share that lasts longer than a time.
  public func survival(after time: Double) -> Double {
    steps.last { $0.time <= time }?.survival ?? 1
  }
}

/// exp(−exp(log(−log S) ± z√V / log S)); a curve at 1 or at 0 has no spread.
private func logLogInterval(
  _ survival: Double, variance: Double, quantile: Double
) -> ClosedRange<Double> {
  guard survival > 0, survival < 1 else { return survival...survival }
  let logarithm = log(survival)
  let centre = log(-logarithm)
  let reach = quantile * variance.squareRoot() / -logarithm
  return exp(-exp(centre + reach))...exp(-exp(centre - reach))
}

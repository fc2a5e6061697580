import LinearAlgebra

/// A joint test that several estimates are all zero.
public struct WaldTest: Hashable, Sendable {
  public let statistic: Double
  public let degreesOfFreedom: Int
  public let p: Double
}

extension WaldTest {
  /// W = θ′V⁻¹θ; nil when V is singular.
  init?(of effects: [Double], variation: Matrix) {
    guard let solved = try? solvePositiveDefinite(variation, effects) else { return nil }
    let statistic = sequentialDot(effects, solved)
    guard statistic.isFinite, statistic >= 0 else { return nil }
    self.init(
      statistic: statistic, degreesOfFreedom: effects.count,
      p: chiSquareUpperTail(statistic, degreesOfFreedom: effects.count))
  }
}

import LinearAlgebra

/// The squared error in periods left out, under one penalty.
public struct PenaltyError: Hashable, Sendable {
  public let penalty: Double
  /// The mean over the periods left out, one at a time.
  public let error: Double
  public let standardError: Double

  init(penalty: Double, squares: [Double]) {
    let center = mean(squares)
    let deviations = squares.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    self.penalty = penalty
    error = center
    let count = Double(squares.count)
    standardError = (deviations / max(1, count - 1) / count).squareRoot()
  }
}

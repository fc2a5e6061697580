import Foundation
import LinearAlgebra

/// The shortest confidence interval of fixed length when trends bend by at most m (the FLCI).
///
/// Rambachan and Roth 2023, section 3.2. The estimate is ℓ′β̂_post + Σₖ wₖβ̂₋₁₋ₖ. With cⱼ the weight of
/// the bend at event time −j, wₖ = cₖ − 2cₖ₊₁ + cₖ₊₂, and c₁ = Σ ℓₑ(e + 1) removes every linear trend.
/// The largest bias is then m(|c₁| + Σⱼ≥₂|cⱼ| + the bends after the treatment), so that the least variance
/// for a given bias is a problem on the simplex, and the best bias a root in one variable.
struct SmoothTrends {
  private let study: EventStudy
  private let level: Double
  /// The weights of the estimate with cⱼ = 0 for j ≥ 2.
  private let center: [Double]
  /// What a unit of each cⱼ, j ≥ 2, adds to the weights.
  private let bends: [[Double]]
  /// The bias, in units of m, that no choice of weights removes.
  private let leastBias: Double
  private let factor: Cholesky

  init(_ study: EventStudy, weights: [Double], level: Double) {
    self.study = study
    self.level = level
    let pre = study.preCount
    let slope = weights.indices.reduce(0) { $0 + weights[$1] * Double($1 + 1) }
    func weightsOfBend(_ j: Int) -> [Double] {
      var vector = [Double](repeating: 0, count: study.effects.count)
      // The weight wₖ stands at place pre − k.
      for (step, share) in [(0, 1.0), (1, -2), (2, 1)] where j - step >= 1 {
        vector[pre - j + step] += share
      }
      return vector
    }
    let first = weightsOfBend(1).map { $0 * slope }
    center = zip(first, [Double](repeating: 0, count: pre) + weights).map { $0 + $1 }
    bends = pre < 2 ? [] : (2...pre).map(weightsOfBend)
    let after = weights.indices.dropLast().reduce(0) { sum, time in
      let weight = (time + 1..<weights.count).reduce(0) { $0 + weights[$1] * Double($1 - time) }
      return sum + abs(weight)
    }
    leastBias = abs(slope) + after
    factor = Cholesky(study.covariance)
  }

  /// The m whose least bias is about an error in size.
  var startingDeparture: Double { error(center) / leastBias }

  func interval(_ m: Double) throws -> ClosedRange<Double> {
    let weights = try best(m)
    let estimate = sequentialDot(weights.vector, study.effects)
    let reach = weights.error * foldedQuantile(level, m * weights.bias / weights.error)
    return (estimate - reach)...(estimate + reach)
  }

  /// The weights of the shortest interval.
  private func best(_ m: Double) throws -> Weights {
    let (vector, size) = freest()
    let free = Weights(vector: vector, bias: leastBias + size, error: error(vector), slope: 0)
    guard m > 0, size > 0 else { return free }
    var (low, high) = (0.0, size)
    // The half-length is convex in the bias: its slope rises from below zero to above.
    var best = try weights(budget: 0)
    guard slope(best, m) < 0 else { return best }
    while high - low > 1e-15 * size {
      let middle = (low + high) / 2
      if middle == low || middle == high { break }
      best = try weights(budget: middle)
      if slope(best, m) < 0 { low = middle } else { high = middle }
    }
    return best
  }

  /// The weights of an estimate, its bias in units of m, its error, and how the error falls with the bias.
  private struct Weights {
    let vector: [Double]
    let bias: Double
    let error: Double
    let slope: Double
  }

  /// The derivative of the half-length in the bias.
  private func slope(_ weights: Weights, _ m: Double) -> Double {
    let ratio = m * weights.bias / weights.error
    let quantile = foldedQuantile(level, ratio)
    let (near, far) = (normalDensity(quantile - ratio), normalDensity(quantile + ratio))
    let rise = (near - far) / (near + far)
    return m * rise + (quantile - ratio * rise) * weights.slope
  }

  /// The weights of least variance, whatever the bias, and their Σ|cⱼ|.
  private func freest() -> (vector: [Double], size: Double) {
    guard !bends.isEmpty else { return (center, 0) }
    let products = Matrix(
      rows: bends.count, columns: bends.count,
      elements: bends.flatMap { first in bends.map { study.covariance(first, $0) } })
    let shares = Cholesky(products).solve(bends.map { -study.covariance($0, center) })
    var vector = center
    for (share, bend) in zip(shares, bends) {
      for place in vector.indices { vector[place] += share * bend[place] }
    }
    return (vector, shares.reduce(0) { $0 + abs($1) })
  }

  private func error(_ vector: [Double]) -> Double {
    study.covariance(vector, vector).squareRoot()
  }

  /// The weights of least variance with Σⱼ≥₂|cⱼ| ≤ budget: a mean of the corners ±budget of each bend.
  private func weights(budget: Double) throws -> Weights {
    let corners =
      [center]
      + bends.flatMap { bend in
        [budget, -budget].map { share in zip(center, bend).map { $0 + share * $1 } }
      }
    let points = corners.map(factor.transposedProduct)
    let problem = SimplexProblem(
      count: corners.count, length: study.effects.count, penalty: 0, hasIntercept: false
    ) { row, place in row < corners.count ? points[row][place] : 0 }
    let shares = try problem.optimum().weights
    var vector = [Double](repeating: 0, count: study.effects.count)
    var direction = vector
    for (share, corner) in zip(shares, corners) where share != 0 {
      for place in vector.indices {
        vector[place] += share * corner[place]
        if budget > 0 { direction[place] += share * (corner[place] - center[place]) / budget }
      }
    }
    if budget == 0 { direction = steepestBend(at: vector) }
    let error = self.error(vector)
    return Weights(
      vector: vector, bias: leastBias + budget, error: error,
      slope: study.covariance(vector, direction) / error)
  }

  /// The bend along which the variance falls fastest.
  private func steepestBend(at vector: [Double]) -> [Double] {
    let slopes = bends.map { study.covariance(vector, $0) }
    guard let place = slopes.indices.max(by: { abs(slopes[$0]) < abs(slopes[$1]) }) else {
      return vector.map { _ in 0 }
    }
    return bends[place].map { slopes[place] > 0 ? -$0 : $0 }
  }
}

/// The q with P(|N(shift, 1)| ≤ q) = level.
func foldedQuantile(_ level: Double, _ shift: Double) -> Double {
  var q = max(shift, 0) + normalQuantile(shift > 1 ? level : 0.5 + level / 2)
  // Newton's steps: the probability is concave in q from here on.
  for _ in 0..<100 {
    let p = normalProbability(q - shift) - normalProbability(-q - shift)
    let step = (p - level) / (normalDensity(q - shift) + normalDensity(q + shift))
    q -= step
    if abs(step) <= 1e-15 * q { break }
  }
  return q
}

func normalDensity(_ x: Double) -> Double {
  exp(-x * x / 2) / (2 * Double.pi).squareRoot()
}

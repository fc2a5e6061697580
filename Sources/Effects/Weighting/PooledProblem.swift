import LinearAlgebra

/// Several targets, each with series of its own to be weighted, that should be missed little one by one
/// and little on average.
///
/// The objective is Σⱼ aⱼ‖eⱼ‖² + κ‖offset + Σⱼ eⱼ‖², eⱼ being what the weighted series of target j miss it
/// by, lag by lag; a lag that a target does not have counts as zero in the sum.
struct PooledProblem: Sendable {
  let parts: [Part]
  /// The number of lags of the target with the most.
  let length: Int

  /// One target and its series; the lags, counted from 1, say where its errors stand in the sum.
  struct Part: Sendable {
    let problem: SimplexProblem
    let lags: [Int]
  }

  init(_ parts: [Part]) {
    self.parts = parts
    length = parts.flatMap(\.lags).max() ?? 0
  }

  /// The sum of all errors, lag by lag.
  func sum(_ errors: [[Double]]) -> [Double] {
    var sum = [Double](repeating: 0, count: length)
    for (part, error) in zip(parts, errors) {
      for (lag, value) in zip(part.lags, error) { sum[lag - 1] += value }
    }
    return sum
  }
}

/// How much the errors of each target and of their sum count.
struct PooledShares: Sendable {
  /// aⱼ, all above zero.
  let separate: [Double]
  /// κ, above zero.
  let pooled: Double
}

/// Weights for every target, and what they miss the targets by.
struct PooledWeights: Sendable {
  var weights: [[Double]]
  var errors: [[Double]]
  /// The duality gap over the objective.
  var residual: Double
}

extension PooledProblem {
  /// Each target weighted on its own; the residual is the largest.
  ///
  /// - Throws: `LinearAlgebraError.notOptimal`.
  func separateWeights() throws -> PooledWeights {
    let optima = try parts.map { try $0.problem.optimum() }
    return PooledWeights(
      weights: optima.map(\.weights),
      errors: zip(parts, optima).map { $0.problem.errors($1.weights) },
      residual: optima.reduce(0) { max($0, $1.residual) })
  }

  /// The optimum, found through its dual: one number for each lag.
  ///
  /// At the optimum eⱼ is the point nearest to −y/aⱼ among what target j can be missed by, with
  /// y = κ(offset + Σ eⱼ). That is the gradient of a convex function of y, piecewise quadratic, so Newton's
  /// method ends on the right piece after a few steps (Qi and Sun 1993, Zbl 0780.90090).
  ///
  /// - Throws: `LinearAlgebraError.notOptimal` when the certificate fails.
  func optimum(
    _ shares: PooledShares, offset: [Double], from start: PooledWeights
  ) throws -> PooledWeights {
    // The more the sum counts, the farther the dual's optimum: it is come to by degrees.
    var stage = PooledShares(
      separate: shares.separate, pooled: min(shares.pooled, evenShare(shares.separate)))
    var point = try dualPoint(
      zip(offset, sum(start.errors)).map { stage.pooled * ($0 + $1) }, stage, offset,
      from: start.weights)
    while true {
      for _ in 0..<Self.steps {
        let step = try newtonStep(point, stage)
        guard let next = try descend(from: point, along: step, stage, offset) else { break }
        point = next
      }
      guard stage.pooled < shares.pooled else { break }
      stage = PooledShares(
        separate: shares.separate, pooled: min(shares.pooled, Self.growth * stage.pooled))
      point = try dualPoint(point.place, stage, offset, from: point.weights)
    }
    let residual = relativeGap(point, shares, offset)
    guard residual <= SimplexSolver.tolerance else {
      throw LinearAlgebraError.notOptimal(residual: residual)
    }
    return PooledWeights(weights: point.weights, errors: point.errors, residual: residual)
  }

  private static let steps = 100
  private static let growth = 30.0

  /// A share of the sum under which it counts well above the single errors, and not beyond all measure.
  private func evenShare(_ separate: [Double]) -> Double {
    Self.growth * (separate.max() ?? 1) / Double(parts.count)
  }
}

/// A point of the dual, with the weights that go with it.
private struct DualPoint {
  let place: [Double]
  let weights: [[Double]]
  let errors: [[Double]]
  let value: Double
  let gradient: [Double]

  var slope: Double { sequentialDot(gradient, gradient).squareRoot() }
}

extension PooledProblem {
  private func dualPoint(
    _ place: [Double], _ shares: PooledShares, _ offset: [Double], from start: [[Double]]
  ) throws -> DualPoint {
    var weights: [[Double]] = []
    var errors: [[Double]] = []
    var value =
      sequentialDot(place, place) / (2 * shares.pooled) - sequentialDot(place, offset)
    for (number, part) in parts.enumerated() {
      let share = shares.separate[number]
      let pull = part.lags.map { place[$0 - 1] }
      let found = try part.problem.moved(by: pull.map { $0 / share }).optimum(
        start: start[number]
      ).weights
      let error = part.problem.errors(found)
      value -= sequentialDot(pull, error) + share / 2 * sequentialDot(error, error)
      weights.append(found)
      errors.append(error)
    }
    let total = sum(errors)
    let gradient = place.indices.map { place[$0] / shares.pooled - offset[$0] - total[$0] }
    return DualPoint(
      place: place, weights: weights, errors: errors, value: value, gradient: gradient)
  }

  /// Minus the gradient over the second derivative of the piece that the point lies on.
  private func newtonStep(_ point: DualPoint, _ shares: PooledShares) throws -> [Double] {
    var curvature = Matrix(zeros: length, length)
    for lag in 0..<length { curvature[lag, lag] = 1 / shares.pooled }
    for (number, part) in parts.enumerated() {
      for direction in part.problem.faceDirections(point.weights[number]) {
        for (row, first) in zip(part.lags, direction) {
          for (column, second) in zip(part.lags, direction) {
            curvature[row - 1, column - 1] += first * second / shares.separate[number]
          }
        }
      }
    }
    return try solvePositiveDefinite(curvature, point.gradient.map { -$0 })
  }

  /// The first of shorter and shorter steps that goes down far enough; nil when there is none.
  private func descend(
    from point: DualPoint, along step: [Double], _ shares: PooledShares, _ offset: [Double]
  ) throws -> DualPoint? {
    let slope = sequentialDot(point.gradient, step)
    guard slope < 0 else { return nil }
    var length = 1.0
    for _ in 0..<40 {
      let next = try dualPoint(
        zip(point.place, step).map { $0 + length * $1 }, shares, offset, from: point.weights)
      // Near the optimum the values differ by rounding only; the gradients still tell.
      if next.slope <= 0.5 * point.slope { return next }
      if next.value <= point.value + 1e-4 * length * slope, next.slope < point.slope {
        return next
      }
      length /= 2
    }
    return nil
  }

  /// What the objective could still fall by, at most, over the objective.
  private func relativeGap(
    _ point: DualPoint, _ shares: PooledShares, _ offset: [Double]
  ) -> Double {
    let total = zip(sum(point.errors), offset).map { $0 + $1 }
    var objective = shares.pooled * sequentialDot(total, total)
    var least = 0.0
    var gap = 0.0
    for (number, part) in parts.enumerated() {
      let error = point.errors[number]
      let share = shares.separate[number]
      objective += share * sequentialDot(error, error)
      least += share * part.problem.largestNorm
      let gradient = zip(part.lags, error).map { shares.pooled * total[$0 - 1] + share * $1 }
      gap += part.problem.gap(gradient, at: error)
    }
    return 2 * gap / max(objective, 1e-6 * least, .leastNormalMagnitude)
  }

  /// Weights that miss the targets least on average and, among those, least one by one.
  ///
  /// The multipliers of Σ eⱼ = 0 are found by adding up what is left of it; where it cannot be met they
  /// grow, and the sum settles where it is least (Chiche and Gilbert 2014,
  /// INRIA RR-8583). The residual is that of the sum.
  ///
  /// - Throws: `LinearAlgebraError.notOptimal` when the certificate fails.
  func leastOnAverage(from start: PooledWeights) throws -> PooledWeights {
    let separate = parts.map { 1 / Double($0.problem.length) }
    let shares = PooledShares(separate: separate, pooled: evenShare(separate))
    var offset = [Double](repeating: 0, count: length)
    var current = start
    var best: PooledWeights?
    for _ in 0..<Self.rounds {
      current = try optimum(shares, offset: offset, from: current)
      current.residual = relativeAverageGap(current)
      // Once the gap is certain, its last halvings are rounding.
      if let best, current.residual >= best.residual / 2,
        best.residual <= SimplexSolver.tolerance
      {
        return best
      }
      best = current
      for (lag, left) in sum(current.errors).enumerated() { offset[lag] += left }
    }
    throw LinearAlgebraError.notOptimal(residual: current.residual)
  }

  private static let rounds = 200

  private func relativeAverageGap(_ found: PooledWeights) -> Double {
    let total = sum(found.errors)
    var gap = 0.0
    var least = 0.0
    for (part, error) in zip(parts, found.errors) {
      gap += part.problem.gap(part.lags.map { total[$0 - 1] }, at: error)
      least += part.problem.largestNorm
    }
    return 2 * gap / max(sequentialDot(total, total), 1e-6 * least, .leastNormalMagnitude)
  }
}

extension SimplexProblem {
  /// The same problem with every point moved.
  fileprivate func moved(by move: [Double]) -> SimplexProblem {
    with(points: points.indices.map { points[$0] + move[$0 % length] })
  }

  /// The square of the farthest point's distance from the target.
  fileprivate var largestNorm: Double {
    (0..<count).reduce(0) { largest, row in
      let point = Array(points[row * length..<(row + 1) * length])
      return max(largest, sequentialDot(point, point))
    }
  }

  /// How much lower a linear function is at some point than where the errors are.
  fileprivate func gap(_ gradient: [Double], at errors: [Double]) -> Double {
    sequentialDot(gradient, errors) - (products(gradient).min() ?? 0)
  }

  /// Orthonormal directions in which the errors can move while the same points carry weight.
  fileprivate func faceDirections(_ weights: [Double]) -> [[Double]] {
    let carrying = weights.indices.filter { weights[$0] > 0 }
    guard let first = carrying.first else { return [] }
    var found: [[Double]] = []
    for place in carrying.dropFirst() {
      var own = (0..<length).map { points[place * length + $0] - points[first * length + $0] }
      let size = sequentialDot(own, own).squareRoot()
      for _ in 0..<2 {
        for known in found {
          let share = sequentialDot(own, known)
          for lag in own.indices { own[lag] -= share * known[lag] }
        }
      }
      let left = sequentialDot(own, own).squareRoot()
      guard left > 1e-10 * size, left > 0 else { continue }
      found.append(own.map { $0 / left })
    }
    return found
  }
}

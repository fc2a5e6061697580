import Foundation
import LinearAlgebra

/// The confidence set when trends change after the treatment by at most m times their largest change before.
///
/// Rambachan and Roth 2023, sections 2.4.2 and 3.3: the union, over the change before that is largest and
/// its sign, of the sets that the hybrid test of Andrews, Roth and Pakes 2023 (10.1093/restud/rdac086)
/// does not reject. As in `HonestDiD` 0.2.8 the test takes the moments that bound the changes after the
/// treatment, and a tenth of its size for the least favourable test.
struct RelativeMagnitudes {
  private let study: EventStudy
  private let estimate: Double
  private let error: Double
  private let level: Double
  /// aₜ = Σ over e ≥ t of ℓₑ: the effect is Σ aₜ·(change of the effects at t).
  private let shares: [Double]
  /// Each change before the treatment, with either sign, as weights of the effects.
  private let changes: [[Double]]

  init(_ study: EventStudy, weights: [Double], level: Double) {
    self.study = study
    self.level = level
    estimate = zip(weights, study.post).reduce(0) { $0 + $1.0 * $1.1 }
    let padded = [Double](repeating: 0, count: study.preCount) + weights
    error = study.covariance(padded, padded).squareRoot()
    shares = weights.indices.map { weights[$0...].reduce(0, +) }
    changes = (0..<study.preCount).flatMap { place in
      [1.0, -1].map { sign in
        var change = [Double](repeating: 0, count: study.effects.count)
        change[place] = -sign
        // The change into the reference period has nothing to add: its effect is zero.
        if place + 1 < study.preCount { change[place + 1] = sign }
        return change
      }
    }
  }

  /// Half the width, in errors, and the number of points of the first grid.
  private static let gridReach = 20.0
  private static let gridPoints = 1_000
  /// How often wider than the first grid a set is looked for.
  private static let widest = 1e18

  /// Finds the outermost effects that are not rejected: on a grid that is widened while an end is held,
  /// then between its points.
  ///
  /// - Throws: `EffectError.notADeparture` when an end is still held at 10¹⁸ times the first grid.
  func interval(_ m: Double) throws -> ClosedRange<Double> {
    var tests = self.tests(m)
    func isHeld(_ effect: Double) -> Bool { tests.indices.contains { tests[$0].holds(effect) } }
    func end(_ direction: Double) throws -> Double {
      var reach = Self.gridReach * error
      while isHeld(estimate + direction * reach) {
        reach *= 2
        guard reach < Self.widest * Self.gridReach * error else {
          throw EffectError.notADeparture(m)
        }
      }
      let step = reach / Double(Self.gridPoints / 2)
      let count = Self.gridPoints / 2
      let outermost = (1..<count).last { isHeld(estimate + direction * step * Double($0)) } ?? 0
      let held = bisect(
        step * Double(outermost), step * Double(outermost + 1),
        // Far out, neighbouring numbers are wider apart than that.
        while: { $2 - $1 > max(1e-10 * error, 4 * Double.ulpOfOne * $2) },
        holds: { isHeld(estimate + direction * $0) }
      ).inside
      return estimate + direction * held
    }
    return try end(-1)...end(1)
  }

  /// Whether an effect is in the set under the restriction m.
  func holds(_ effect: Double, _ m: Double) -> Bool {
    changes.contains { change in
      var test = HybridTest(vertices: vertices(change, m), study: study, level: level)
      return test.holds(effect)
    }
  }

  private func tests(_ m: Double) -> [HybridTest] {
    changes.map { change in
      HybridTest(vertices: vertices(change, m), study: study, level: level)
    }
  }

  /// The vertices of the dual problem of one test.
  ///
  /// The moments are ±(change of the effects at t) ∓ xₜ − m·(change before) ≤ 0, x being what the
  /// treatment adds, Σ aₜxₜ the effect under test. Weights of the moments that leave no xₜ free are λaₜ
  /// on one side: λ > 0 and λ < 0 give one vertex each, and λ = 0 one for each t with both its sides.
  func vertices(_ change: [Double], _ m: Double) -> [HybridTest.Vertex] {
    let steps = shares.indices.map { time -> [Double] in
      var step = [Double](repeating: 0, count: study.effects.count)
      step[study.preCount + time] = 1
      if time > 0 { step[study.preCount + time - 1] = -1 }
      return step
    }
    func moment(_ time: Int, _ sign: Double) -> [Double] {
      zip(steps[time], change).map { sign * $0 - m * $1 }
    }
    func vertex(_ parts: [(time: Int, sign: Double, weight: Double)], ofEffect: Double)
      -> HybridTest.Vertex
    {
      var vector = [Double](repeating: 0, count: study.effects.count)
      var size = 0.0
      for part in parts {
        let moment = moment(part.time, part.sign)
        for place in vector.indices { vector[place] += part.weight * moment[place] }
        size += part.weight * study.covariance(moment, moment).squareRoot()
      }
      return HybridTest.Vertex(weights: vector.map { $0 / size }, ofEffect: ofEffect / size)
    }
    let active = shares.indices.filter { shares[$0] != 0 }
    let sided = [1.0, -1].map { side in
      vertex(
        active.map { ($0, shares[$0] * side > 0 ? 1 : -1, abs(shares[$0])) }, ofEffect: -side)
    }
    // With one active change its two sides are the two vertices above.
    let paired = shares.indices.filter { active != [$0] }
      .map { vertex([($0, 1, 1), ($0, -1, 1)], ofEffect: 0) }
    return sided + paired
  }
}

/// The test that some moments are not above zero, whatever is left free in them.
///
/// Its statistic is the largest vertex. It is rejected above the least favourable critical value, else
/// held against the normal number truncated to where the same vertex stays the largest.
struct HybridTest {
  /// A vertex: its value is weights′β̂ + ofEffect · effect.
  struct Vertex {
    let weights: [Double]
    let ofEffect: Double
  }

  private let estimates: [Double]
  private let ofEffect: [Double]
  private let products: Matrix
  private var criticalValue: LeastFavourable
  /// The size of the first test, and what is left for the second.
  private let firstSize: Double
  private let secondSize: Double

  init(vertices: [Vertex], study: EventStudy, level: Double) {
    estimates = vertices.map { vertex in
      sequentialDot(vertex.weights, study.effects)
    }
    ofEffect = vertices.map(\.ofEffect)
    products = Matrix(
      rows: vertices.count, columns: vertices.count,
      elements: vertices.flatMap { first in
        vertices.map { study.covariance(first.weights, $0.weights) }
      })
    let size = 1 - level
    firstSize = size / 10
    secondSize = (size - firstSize) / (1 - firstSize)
    criticalValue = LeastFavourable(
      vertices.map(\.weights), products: products, factor: Cholesky(study.covariance),
      size: firstSize)
  }

  /// Whether the moments are not rejected at this effect.
  mutating func holds(_ effect: Double) -> Bool {
    let values = estimates.indices.map { estimates[$0] + ofEffect[$0] * effect }
    guard let largest = values.indices.max(by: { values[$0] < values[$1] }), values[largest] > 0
    else { return true }
    // A larger critical value never rejects more: bounds on it decide nearly always.
    let (low, high) = criticalValue.bounds
    if holds(values, largest, criticalValue: low) { return true }
    if !holds(values, largest, criticalValue: high) { return false }
    return holds(values, largest, criticalValue: criticalValue.simulated())
  }

  private func holds(_ values: [Double], _ largest: Int, criticalValue: Double) -> Bool {
    let value = values[largest]
    guard value <= criticalValue else { return false }
    let variance = products[largest, largest]
    guard variance > Double.ulpOfOne * Double.ulpOfOne else { return false }
    var (from, to) = (-Double.infinity, criticalValue)
    for place in values.indices where place != largest {
      let share = products[place, largest] / variance
      guard abs(1 - share) > 1e-12 else { continue }
      let bound = (values[place] - share * value) / (1 - share)
      if share < 1 { from = max(from, bound) } else { to = min(to, bound) }
    }
    let error = variance.squareRoot()
    return truncatedTail(value / error, from: from / error, to: to / error) >= secondSize
  }
}

/// The value that the largest of some normal numbers exceeds with a small probability.
private struct LeastFavourable {
  private let vertices: [[Double]]
  private let factor: Cholesky
  private let size: Double
  /// The value lies between these: that of the widest number alone, and Bonferroni's.
  let bounds: (low: Double, high: Double)
  private var known: Double?

  init(_ vertices: [[Double]], products: Matrix, factor: Cholesky, size: Double) {
    self.vertices = vertices
    self.factor = factor
    self.size = size
    let widest = vertices.indices.map { products[$0, $0] }.max()?.squareRoot() ?? 0
    bounds = (
      widest * -normalQuantile(size), widest * -normalQuantile(size / Double(vertices.count))
    )
  }

  private static let draws = 2_000
  private static let stream: UInt32 = 11
  /// The longest draws that are kept: most problems have fewer effects.
  private static let keptLength = 32
  /// The numbers of draws up to that length, one after the other: they are the same for all problems.
  private static let kept = normals(draws * keptLength)

  private static func normals(_ count: Int) -> [Double] {
    var random = Philox(seed: 0, stream: stream, index: 0)
    return (0..<count).map { _ in random.nextNormal() }
  }

  /// The quantile of 2,000 draws, the same for the same problem.
  mutating func simulated() -> Double {
    if let known { return known }
    let length = vertices.first?.count ?? 0
    let normals = length > Self.keptLength ? Self.normals(Self.draws * length) : Self.kept
    let rows = vertices.flatMap(factor.transposedProduct)
    let largest = (0..<Self.draws).map { draw in
      let normal = normals[(draw * length)..<((draw + 1) * length)]
      return vertices.indices.map { vertex in
        zip(rows[(vertex * length)...], normal).reduce(0) { $0 + $1.0 * $1.1 }
      }.max() ?? 0
    }.sorted()
    let value = largest[Int((Double(Self.draws) * (1 - size)).rounded(.up)) - 1]
    known = min(max(value, bounds.low), bounds.high)
    return known ?? value
  }
}

/// P(Z ≥ z | from ≤ Z ≤ to) of a standard normal Z, also far out in its tails.
func truncatedTail(_ z: Double, from: Double, to: Double) -> Double {
  guard z < to else { return 0 }
  guard z > from else { return 1 }
  // Shares of P(Z ≥ from), by their logarithms.
  let start = logUpperTail(from)
  let end = exp(logUpperTail(to) - start)
  return (exp(logUpperTail(z) - start) - end) / (1 - end)
}

/// ln P(Z ≥ z) of a standard normal Z.
func logUpperTail(_ z: Double) -> Double {
  if z == -.infinity { return 0 }
  if z == .infinity { return -.infinity }
  guard z > 30 else { return log(normalProbability(-z)) }
  // The asymptotic series; its next term is below 1e-8 of the sum.
  let square = 1 / (z * z)
  return -z * z / 2 - log(z * (2 * Double.pi).squareRoot())
    + log1p(-square * (1 - 3 * square * (1 - 5 * square)))
}

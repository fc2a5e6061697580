import TestSupport
import Testing

@testable import LinearAlgebra

@Suite struct SimplexSolverTests {
  /// Random points: `spread` is how far their centre lies from the target.
  private static func points(
    _ count: Int, _ dimension: Int, spread: Double, seed: UInt64
  ) -> [[Double]] {
    var random = Philox(seed: seed, stream: 98, index: 0)
    return (0..<count).map { _ in (0..<dimension).map { _ in spread + random.nextNormal() } }
  }

  private static func solution(
    _ points: [[Double]], ridge: Double, start: [Int] = []
  ) throws -> (weights: [Double], certificate: SimplexSolver.Certificate) {
    var solver = SimplexSolver(count: points.count, dimension: points[0].count)
    for (index, value) in points.joined().enumerated() { solver.points[index] = value }
    let certificate = try solver.solve(ridge: ridge, start: start)
    return ((0..<points.count).map { solver.weights[$0] }, certificate)
  }

  @Test(arguments: [0, 0.3, 1, 4], [0, 1e-6, 0.5, 30])
  func equalsTheBestOfAllSupports(_ spread: Double, _ ridge: Double) throws {
    for seed in 0..<6 as Range<UInt64> {
      let points = Self.points(6, 7, spread: spread, seed: seed)
      let (weights, certificate) = try Self.solution(points, ridge: ridge)
      let reference = enumeratedSimplexWeights(points: points, ridge: ridge)
      #expect(zip(weights, reference).allSatisfy { abs($0 - $1) < 1e-11 })
      #expect(certificate.residual < 1e-12)
    }
  }

  @Test func attainsTheBestOfAllSupportsWithMorePointsThanDimensions() throws {
    for seed in 0..<20 as Range<UInt64> {
      let points = Self.points(8, 3, spread: 0.6, seed: seed)
      let (weights, _) = try Self.solution(points, ridge: 0)
      let reference = enumeratedSimplexWeights(points: points, ridge: 0)
      let ours = simplexObjective(points: points, weights: weights, ridge: 0)
      let theirs = simplexObjective(points: points, weights: reference, ridge: 0)
      #expect(abs(ours - theirs) < 1e-13)
      #expect(abs(weights.reduce(0, +) - 1) < 1e-13)
      #expect(weights.allSatisfy { $0 >= 0 })
    }
  }

  /// Of equal points the first has the weight of all, wherever they stand.
  @Test func equalPointsLeaveTheirWeightToTheFirst() throws {
    let plain = Self.points(5, 7, spread: 0.5, seed: 4)
    let weights = try Self.solution(plain, ridge: 0).weights
    let doubled = try Self.solution(plain + plain, ridge: 0).weights
    #expect(zip(doubled, weights).allSatisfy { abs($0 - $1) < 1e-14 })
    #expect(doubled.dropFirst(5).allSatisfy { $0 == 0 })
    let (heaviest, _) = try #require(weights.enumerated().max { $0.element < $1.element })
    let moved = try Self.solution([plain[heaviest]] + plain, ridge: 0).weights
    #expect(abs(moved[0] - weights[heaviest]) < 1e-14 && moved[heaviest + 1] == 0)
  }

  /// On a line any two points around the target meet it: taken is the mixture of the nearest one and of
  /// the one towards which the objective falls fastest, the farthest on the other side.
  @Test func takesTheMixtureThatTheNearestPointLeadsTo() throws {
    let weights = try Self.solution([[-3], [-1], [2], [5]], ridge: 0).weights
    #expect(zip(weights, [0, 5.0 / 6, 0, 1.0 / 6]).allSatisfy { abs($0 - $1) < 1e-15 })
    // Two equally near points: the first.
    let tied = try Self.solution([[1], [-1], [2], [-4]], ridge: 0).weights
    #expect(zip(tied, [0.8, 0, 0, 0.2]).allSatisfy { abs($0 - $1) < 1e-15 })
    let turned = try Self.solution([[-1], [1], [2], [-4]], ridge: 0).weights
    #expect(zip(turned, [2.0 / 3, 0, 1.0 / 3, 0]).allSatisfy { abs($0 - $1) < 1e-15 })
  }

  /// No more points have a weight than dimensions and one, even where many more could.
  @Test func pointsWithAWeightDoNotDependOnEachOther() throws {
    for seed in 0..<20 as Range<UInt64> {
      let points = Self.points(60, 5, spread: 0, seed: seed)
      let (weights, certificate) = try Self.solution(points, ridge: 0)
      #expect(weights.count { $0 > 0 } <= 6 && certificate.objective < 1e-25)
    }
  }

  @Test func isTheSameFromAnyStart() throws {
    for seed in 0..<20 as Range<UInt64> {
      let points = Self.points(40, 25, spread: 1, seed: seed)
      let cold = try Self.solution(points, ridge: 0.1).weights
      for start in [Array(0..<40), Array(20..<40), [Int(seed)]] {
        let warm = try Self.solution(points, ridge: 0.1, start: start).weights
        #expect(zip(cold, warm).allSatisfy { abs($0 - $1) < 1e-12 })
      }
    }
  }

  @Test func isInvariantToATurnOfTheSpace() throws {
    let points = Self.points(12, 6, spread: 1, seed: 3)
    let turned = points.map { point in
      [0.6 * point[0] - 0.8 * point[1], 0.8 * point[0] + 0.6 * point[1]] + point[2...]
    }
    let first = try Self.solution(points, ridge: 0.01).weights
    let second = try Self.solution(turned, ridge: 0.01).weights
    #expect(zip(first, second).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test func findsThePointThatIsTheTarget() throws {
    var points = Self.points(6, 4, spread: 1, seed: 1)
    points[3] = [0, 0, 0, 0]
    let (weights, certificate) = try Self.solution(points, ridge: 0)
    #expect(weights[3] == 1)
    #expect(certificate.objective == 0)
  }

  /// What one donor leaves of its periods without their mean: nothing, and a penalty next to nothing.
  @Test(arguments: [1e-15, 1e-6, 1])
  func pointsWithoutLengthShareEqually(_ ridge: Double) throws {
    let points = [[Double]](repeating: [0], count: 14)
    for start in [[], Array(0..<14)] {
      let (weights, certificate) = try Self.solution(points, ridge: ridge, start: start)
      #expect(weights.allSatisfy { abs($0 - 1.0 / 14) < 1e-12 })
      #expect(certificate.residual <= SimplexSolver.tolerance)
    }
  }

  @Test func takesOneOfTwoEqualPointsWithoutARidgeAndHalvesWithOne() throws {
    let points = [[1.0, 0.5], [1, 0.5], [2, 3]]
    let (one, _) = try Self.solution(points, ridge: 0)
    #expect(abs(one[0] + one[1] - 1) < 1e-15)
    let (both, _) = try Self.solution(points, ridge: 1e-3)
    #expect(abs(both[0] - both[1]) < 1e-12)
  }

  /// With a tiny ridge and more weights than equations, the squared condition is about 1e12.
  @Test func resolvesATinyRidge() throws {
    for seed in 0..<20 as Range<UInt64> {
      let points = Self.points(9, 3, spread: 0, seed: seed)
      let (weights, certificate) = try Self.solution(points, ridge: 1e-10)
      let larger = try Self.solution(points, ridge: 1.01e-10).weights
      #expect(certificate.residual < SimplexSolver.tolerance)
      #expect(zip(weights, larger).allSatisfy { abs($0 - $1) < 1e-7 })
    }
  }

  @Test func solvesManyPointsOfUnequalSize() throws {
    for seed in 0..<5 as Range<UInt64> {
      var points = Self.points(300, 40, spread: 0.5, seed: seed)
      for place in 0..<30 { points[place] = points[place].map { 1e6 * $0 } }
      #expect(try Self.solution(points, ridge: 0).certificate.residual < 1e-9)
      #expect(try Self.solution(points, ridge: 5).certificate.residual < 1e-9)
    }
  }
}

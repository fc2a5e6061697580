import LinearAlgebra
public import Panels

/// A test of a regression's effect by giving the residuals of whole clusters random signs.
///
/// The wild cluster bootstrap with the tested effect imposed (Cameron, Gelbach and Miller 2008,
/// 10.1162/rest.90.3.414), from sums within clusters instead of repeated fits (Roodman, MacKinnon, Nielsen
/// and Webb 2019, 10.1177/1536867X19830877). With few clusters it holds its level better than Student's t;
/// with few treated ones it does not: then reassign the dates.
public struct WildBootstrap: Hashable, Sendable {
  public let draws: Int
  public let seed: UInt64
  /// The chance with which the interval holds the effect.
  public let level: Double
  public let threads: Int

  public init(draws: Int = 9_999, seed: UInt64, level: Double = 0.95, threads: Int = 1) {
    precondition(draws > 0 && threads > 0, "A bootstrap needs a draw and a thread.")
    precondition(level > 0 && level < 1, "A confidence level lies between 0 and 1.")
    self.draws = draws
    self.seed = seed
    self.level = level
    self.threads = threads
  }

  /// Tests the overall effect of a regression.
  ///
  /// - Throws: `EffectError` as the estimate does, or when the residuals cannot be given signs.
  public func test(_ estimator: some SignedRegression, on panel: Panel) throws -> WildTest {
    try test(estimator.clusterSums(on: panel))
  }
}

/// A regression whose residuals can be given random signs by clusters.
public protocol SignedRegression: Sendable {
  /// The sums within clusters that every draw of signs is made from.
  ///
  /// - Throws: as the estimate does.
  func clusterSums(on panel: Panel) throws -> ClusterSums
}

/// What random signs of the residuals say about an effect.
public struct WildTest: Hashable, Sendable {
  /// The two-sided p of no effect: the share of draws whose t is at least as far from zero.
  public let p: Double
  /// The effects around the estimate that the test does not reject; nil when unbounded.
  public let interval: ClosedRange<Double>?
  /// The number of draws; when enumerated, of all signs up to a common one, which moves no t's size.
  public let draws: Int
  public let isEnumerated: Bool
  public let clusters: Int
}

extension WildBootstrap {
  private static let stream: UInt32 = 7
  /// The ends of the interval are looked for in steps of this share of the error, up to so many errors.
  private static let step = 0.05
  private static let reach = 200.0
  /// Two sums of the same scores in another order differ by rounding only.
  private static let tie = 1e-10

  func test(_ sums: ClusterSums) throws -> WildTest {
    let clusters = sums.clusterCount
    guard clusters > 1 else { throw EffectError.oneCluster }
    guard sums.hasResiduals else { throw EffectError.residualsVanish }
    let patterns = clusters <= 32 ? 1 << (clusters - 1) : Int.max
    let isEnumerated = patterns <= draws
    let count = isEnumerated ? patterns : draws
    let drawn = mapBlocks(count, blockSize: 16, threads: threads) { range in
      range.map { draw in
        sums.draw(isEnumerated ? Self.signs(clusters, pattern: draw) : signs(clusters, draw: draw))
      }
    }
    let own = isEnumerated ? 0.0 : 1
    func p(_ distance: Double) -> Double {
      let square = distance * distance / sums.variance * (1 - Self.tie)
      let extreme = drawn.count { $0.square(at: distance) >= square }
      return (Double(extreme) + own) / (Double(count) + own)
    }
    return WildTest(
      p: p(sums.estimate), interval: interval(sums, p), draws: count, isEnumerated: isEnumerated,
      clusters: clusters)
  }

  /// The nearest effects on both sides of the estimate at which p falls to one less the level.
  private func interval(
    _ sums: ClusterSums, _ p: (Double) -> Double
  ) -> ClosedRange<Double>? {
    let error = sums.variance.squareRoot()
    func end(_ side: Double) -> Double? {
      var inside = 0.0
      var step = Self.step * error
      while inside < Self.reach * error {
        let outside = inside + step
        if p(side * outside) <= 1 - level + 1e-12 {
          // To the last bits.
          return bisect(inside, outside, while: { steps, _, _ in steps < 60 }) {
            p(side * $0) > 1 - level + 1e-12
          }.inside
        }
        inside = outside
        if inside > 20 * error { step *= 2 }
      }
      return nil
    }
    // An effect below the estimate is a positive distance from it.
    guard let below = end(1), let above = end(-1) else { return nil }
    return (sums.estimate - below)...(sums.estimate + above)
  }

  private func signs(_ count: Int, draw: Int) -> [Double] {
    var random = Philox(seed: seed, stream: Self.stream, index: UInt64(draw))
    return random.nextSigns(count)
  }

  /// The first cluster keeps its sign; the others have those of the pattern's bits.
  private static func signs(_ count: Int, pattern: Int) -> [Double] {
    (0..<count).map { $0 > 0 && pattern >> ($0 - 1) & 1 == 1 ? -1 : 1 }
  }
}

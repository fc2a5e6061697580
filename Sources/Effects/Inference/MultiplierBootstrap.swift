import LinearAlgebra

/// Errors and simultaneous bands from influences with random signs.
///
/// Callaway and Sant'Anna 2021, algorithm 1, with signs for multipliers: each unit, or cluster, gets +1 or
/// −1 with equal chance. Draws depend on the seed and their number, not on the threads.
public struct MultiplierBootstrap: Hashable, Sendable {
  public let draws: Int
  public let seed: UInt64
  /// The chance with which the band holds all effects at once.
  public let level: Double
  public let threads: Int

  public init(draws: Int = 999, seed: UInt64, level: Double = 0.95, threads: Int = 1) {
    precondition(draws > 1 && threads > 0, "A bootstrap needs two draws and a thread.")
    precondition(level > 0 && level < 1, "A confidence level lies between 0 and 1.")
    self.draws = draws
    self.seed = seed
    self.level = level
    self.threads = threads
  }

  /// The errors of several effects and the critical value of a band around all of them.
  struct Band {
    let errors: [Double]
    let criticalValue: Double
  }

  private static let stream: UInt32 = 2

  /// Draws signs and measures how far each effect moves.
  ///
  /// The error is the distance of the quartiles over that of a normal number's; the critical value the
  /// type-1 quantile of the largest |t|, never below that of one effect alone.
  func band(_ influences: [[Double]], clustering: Clustering?) -> Band {
    let sums = influences.map { clustering?.sums($0) ?? $0 }
    let units = Double(influences.first?.count ?? 1)
    let moves = self.moves(sums, over: units)
    let errors = moves.map(Self.error)
    var largest = [Double](repeating: 0, count: draws)
    for (effect, error) in zip(moves, errors) where error > 0 {
      for draw in 0..<draws { largest[draw] = max(largest[draw], abs(effect[draw]) / error) }
    }
    let pointwise = normalQuantile(0.5 + level / 2)
    return Band(
      errors: errors, criticalValue: max(pointwise, Self.quantile(largest.sorted(), level)))
  }

  /// The mean of each effect's influences under every draw of signs, effect by effect.
  private func moves(_ sums: [[Double]], over units: Double) -> [[Double]] {
    let count = sums.first?.count ?? 0
    let rows = mapBlocks(draws, blockSize: 64, threads: threads) { range in
      range.map { draw -> [Double] in
        let signs = Self.signs(count, seed: seed, draw: draw)
        return sums.map { dot(signs, $0) / units }
      }
    }
    return sums.indices.map { effect in rows.map { $0[effect] } }
  }

  private static func signs(_ count: Int, seed: UInt64, draw: Int) -> [Double] {
    var random = Philox(seed: seed, stream: stream, index: UInt64(draw))
    return random.nextSigns(count)
  }

  private static func error(_ moves: [Double]) -> Double {
    let sorted = moves.sorted()
    return (quantile(sorted, 0.75) - quantile(sorted, 0.25))
      / (normalQuantile(0.75) - normalQuantile(0.25))
  }

  /// The type-1 quantile x₍⌈np⌉₎.
  private static func quantile(_ sorted: [Double], _ p: Double) -> Double {
    let place = (Double(sorted.count) * p - 1e-9).rounded(.up)
    return sorted[min(max(Int(place) - 1, 0), sorted.count - 1)]
  }
}

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

  /// How far each effect moves under every draw of signs: the mean of its influences, effect by effect.
  ///
  /// Moves of a sum of effects are the sum of their moves. Units without influence on the same effects
  /// should stand together in `order`; it changes no sign.
  func moves(
    _ influences: [[Double]], clustering: Clustering?, order: [Int]
  ) -> [[Double]] {
    let sums = influences.map { clustering?.sums($0) ?? $0 }
    let signs = SignPatterns(
      rows: clustering?.count ?? order.count, draws: draws, seed: seed, stream: Self.stream,
      threads: threads)
    let ordered = signs.ordered(by: clustering?.order(order) ?? order, threads: threads)
    let units = Double(order.count)
    return signedSums(sums, ordered, threads: threads).map { $0.map { $0 / units } }
  }

  /// Measures how far effects move.
  ///
  /// The error is the distance of the quartiles over that of a normal number's; the critical value the
  /// type-1 quantile of the largest |t|, never below that of one effect alone.
  func band(_ moves: [[Double]]) -> Band {
    let errors = mapBlocks(moves.count, blockSize: 8, threads: threads) { effects in
      effects.map { Self.error(moves[$0]) }
    }
    let moving = zip(moves, errors).filter { $0.1 > 0 }
    var largest = mapBlocks(draws, threads: threads) { draws in
      draws.map { draw in moving.reduce(0) { max($0, abs($1.0[draw]) / $1.1) } }
    }
    let pointwise = normalQuantile(0.5 + level / 2)
    return Band(
      errors: errors, criticalValue: max(pointwise, Self.quantile(&largest, level)))
  }

  private static func error(_ moves: [Double]) -> Double {
    var moves = moves
    let upper = quantile(&moves, 0.75)
    return (upper - quantile(&moves, 0.25)) / (normalQuantile(0.75) - normalQuantile(0.25))
  }

  /// The type-1 quantile x₍⌈np⌉₎; brings the numbers into another order.
  private static func quantile(_ values: inout [Double], _ p: Double) -> Double {
    let place = (Double(values.count) * p - 1e-9).rounded(.up)
    return orderStatistic(min(max(Int(place) - 1, 0), values.count - 1), of: &values)
  }
}

/// The number that would stand at a place were the numbers sorted; brings them into another order.
///
/// Hoare 1961 (10.1145/366622.366647), with the middle number as pivot.
private func orderStatistic(_ place: Int, of values: inout [Double]) -> Double {
  values.withUnsafeMutableBufferPointer { values in
    var low = 0
    var high = values.count - 1
    while low < high {
      let pivot = values[(low + high) / 2]
      var (left, right) = (low, high)
      while left <= right {
        while values[left] < pivot { left += 1 }
        while values[right] > pivot { right -= 1 }
        guard left <= right else { break }
        values.swapAt(left, right)
        left += 1
        right -= 1
      }
      if place <= right { high = right } else if place >= left { low = left } else { break }
    }
    return values[place]
  }
}

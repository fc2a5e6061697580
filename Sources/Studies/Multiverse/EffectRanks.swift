import Effects
import LinearAlgebra

/// The matrix of specifications × draws, the observed dates in the first column, with each p as a rank
/// in its row.
struct EffectRanks {
  private let rows: [SpecificationResult.Estimated]
  private let draws: Int
  private let threads: Int
  /// Row by row, the two-sided p of each column; nil where it is not defined.
  private let p: [[Double?]]

  init(_ rows: [SpecificationResult.Estimated], draws: Int, threads: Int) {
    self.rows = rows
    self.draws = draws
    self.threads = threads
    p = mapBlocks(rows.count, blockSize: 16, threads: threads) { range in
      range.map { Self.ranks([rows[$0].statistic] + rows[$0].statistics) }
    }
  }

  /// The share of the defined statistics at least as far from zero as each, itself among them.
  static func ranks(_ statistics: [Double?]) -> [Double?] {
    let sizes = statistics.compactMap { $0.map { abs($0) } }.sorted()
    return statistics.map { statistic in
      guard let size = statistic.map({ abs($0) }) else { return nil }
      // Two sums of the same numbers in another order differ by rounding only.
      let tie = size.isFinite ? size - 1e-12 * max(1, size) : size
      let below = sizes.partitioningIndex { $0 >= tie }
      return Double(sizes.count - below) / Double(sizes.count)
    }
  }

  /// The p of each specification.
  var observed: [Double] { p.map { $0[0] ?? 1 } }

  /// What one column says: the median effect, and the share at p ≤ 0.05 in a direction.
  private struct Column {
    let median: Double
    let share: Double
  }

  /// Holds the observed column against the others.
  func jointTest(isThesisPositive: Bool?) -> Multiverse.JointTest {
    let columns = mapBlocks(draws + 1, blockSize: 8, threads: threads) { range in
      range.map { column($0, isThesisPositive: isThesisPositive) }
    }
    let undefined = rows.reduce(0) { $0 + $1.effects.count { $0 == nil } }
    guard let own = columns.first ?? nil else {
      preconditionFailure("A joint test needs a specification.")
    }
    let others = columns.dropFirst().compactMap { $0 }
    func p(_ value: (Column) -> Double) -> Double {
      let tie = value(own) - 1e-12 * max(1, abs(value(own)))
      return Double(1 + others.count { value($0) >= tie }) / Double(others.count + 1)
    }
    return Multiverse.JointTest(
      medianP: p { abs($0.median) }, shareP: p(\.share), share: own.share,
      medianShare: others.isEmpty ? 0 : median(ofSorted: others.map(\.share).sorted()),
      draws: others.count,
      cells: rows.count * draws, undefined: undefined,
      blunt: rows.count { row in
        Double(row.effects.count { $0 != nil } + 1) * significance < 1
      })
  }

  private func column(_ place: Int, isThesisPositive: Bool?) -> Column? {
    var effects: [Double] = []
    effects.reserveCapacity(rows.count)
    var found = 0
    for (row, p) in zip(rows, p) {
      guard let effect = place == 0 ? row.effect : row.effects[place - 1], let p = p[place] else {
        continue
      }
      effects.append(effect)
      let isInDirection = isThesisPositive.map { $0 ? effect > 0 : effect < 0 } ?? true
      if isInDirection, p <= significance { found += 1 }
    }
    guard !effects.isEmpty else { return nil }
    let share = Double(found) / Double(effects.count)
    return Column(median: LinearAlgebra.median(ofSorted: effects.sorted()), share: share)
  }
}

import LinearAlgebra
import Panels

/// The untreated cells in ten parts, each to be predicted from the nine others.
struct CellFolds: Sendable {
  private let cells: UntreatedCells
  /// The part that each cell is in, unit after unit; nil for cells that always stay.
  private let parts: [Int?]

  private static let count = 10
  /// The stream of random numbers that cells are dealt out by.
  private static let stream: UInt32 = 7

  /// Deals the known cells of each unit out; units that would keep fewer than `kept` stay whole.
  init(_ cells: UntreatedCells, kept: Int, seed: UInt64) {
    var parts = [Int?](repeating: nil, count: cells.isKnown.count)
    for row in cells.units.indices {
      var known = (0..<cells.width).filter { cells.isKnown[row * cells.width + $0] }
      let most = (known.count + Self.count - 1) / Self.count
      guard known.count - most >= kept else { continue }
      var random = Philox(seed: seed, stream: Self.stream, index: UInt64(row))
      let first = Int(random.next(below: UInt32(Self.count)))
      for place in known.indices {
        let other = place + Int(random.next(below: UInt32(known.count - place)))
        known.swapAt(place, other)
        parts[row * cells.width + known[place]] = (first + place) % Self.count
      }
    }
    self.cells = cells
    self.parts = parts
  }

  /// For each way of shrinking, the squared errors of all cells predicted.
  ///
  /// Penalties begin where the one before ended. A part without which the cells fall apart is not left
  /// out.
  ///
  /// - Throws: `EffectError.untreatedCellsApart`; `LinearAlgebraError`.
  func squares(
    _ sample: WeightingSample, _ shrinkages: [CompletedOutcomes.Shrinkage], threads: Int = 1
  ) throws -> [[Double]] {
    let found = mapBlocks(Self.count, blockSize: 1, threads: threads) { range in
      range.map { part in Result { try squares(sample, shrinkages, leavingOut: part) } }
    }
    let all = try found.compactMap { result -> [[Double]]? in
      if case .failure(EffectError.untreatedCellsApart) = result { return nil }
      return try result.get()
    }
    guard !all.isEmpty else { throw EffectError.untreatedCellsApart }
    return shrinkages.indices.map { place in all.flatMap { $0[place] } }
  }

  private func squares(
    _ sample: WeightingSample, _ shrinkages: [CompletedOutcomes.Shrinkage], leavingOut part: Int
  ) throws -> [[Double]] {
    let columns = Dictionary(
      uniqueKeysWithValues: cells.periods.enumerated().map { ($1, $0) })
    let fewer = try UntreatedCells(cells.panel, sample: sample) { row, period in
      columns[period].map { parts[row * cells.width + $0] == part } ?? false
    }
    let left = parts.indices.filter { parts[$0] == part }
    var start: [Double]?
    return try shrinkages.map { shrinkage in
      let whole = try CompletedOutcomes(fewer, shrinkage, from: start, precision: .rough)
      if case .threshold = shrinkage { start = whole.rest }
      return left.compactMap { cell in
        let (row, period) = (cell / cells.width, cells.periods[cell % cells.width])
        guard let column = fewer.periods.firstIndex(of: period) else { return nil }
        let error =
          cells.additive[cell] + cells.rest[cell] - whole.outcomes[row * fewer.width + column]
        return error * error
      }
    }
  }
}

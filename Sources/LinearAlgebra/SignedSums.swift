/// Random signs for rows in many draws, eight rows to a byte; a bit that is set makes its row negative.
package struct SignPatterns: Sendable {
  package let rows: Int
  package let draws: Int
  /// Eight rows after eight rows, a byte for each draw.
  fileprivate let bytes: [UInt8]

  /// Draws signs: one row after the other takes a bit, lowest first, of its draw's random numbers.
  package init(rows: Int, draws: Int, seed: UInt64, stream: UInt32, threads: Int) {
    self.rows = rows
    self.draws = draws
    let groups = (rows + 7) / 8
    bytes = [UInt8](unsafeUninitializedCapacity: groups * draws) { buffer, filled in
      nonisolated(unsafe) let target = buffer
      _ = mapBlocks(draws, blockSize: 64, threads: threads) { range -> [Bool] in
        for draw in range {
          var random = Philox(seed: seed, stream: stream, index: UInt64(draw))
          var bits: UInt32 = 0
          for group in 0..<groups {
            bits = group % 4 == 0 ? random.next() : bits >> 8
            target.initializeElement(
              at: group * draws + draw, to: UInt8(truncatingIfNeeded: bits))
          }
        }
        return []
      }
      filled = groups * draws
    }
  }
}

/// The sum of each column under each draw of signs, column after column.
///
/// For every eight rows the 256 sums that their signs can give are tabled once, and each draw adds one of
/// them: an eighth of the additions, in the manner of Arlazarov, Dinic, Kronrod and Faradzhev (1970).
package func signedSums(
  _ columns: [[Double]], _ signs: SignPatterns, threads: Int
) -> [[Double]] {
  precondition(columns.allSatisfy { $0.count == signs.rows }, "Each row has one sign in a draw.")
  return mapBlocks(columns.count, blockSize: Lanes.scalarCount, threads: threads) { block in
    let sums = signedSums(interleaved(columns[block], rows: signs.rows), signs)
    return (0..<block.count).map { lane in sums.map { $0[lane] } }
  }
}

/// Eight columns are worked on at once.
private typealias Lanes = SIMD8<Double>

/// Up to eight columns side by side, with zeros up to a multiple of the rows of one pass.
private func interleaved(_ columns: ArraySlice<[Double]>, rows: Int) -> [Lanes] {
  var lines = [Lanes](
    repeating: .zero, count: (rows + rowsOfPass - 1) / rowsOfPass * rowsOfPass)
  for (lane, column) in columns.enumerated() {
    for row in 0..<rows { lines[row][lane] = column[row] }
  }
  return lines
}

private let tableSize = 256
private let tablesOfPass = 4
private let rowsOfPass = 8 * tablesOfPass

private func signedSums(_ lines: [Lanes], _ signs: SignPatterns) -> [Lanes] {
  let draws = signs.draws
  let groups = (signs.rows + 7) / 8
  var sums = [Lanes](repeating: .zero, count: draws)
  withUnsafeTemporaryAllocation(of: Lanes.self, capacity: tablesOfPass * tableSize) { tables in
    signs.bytes.withUnsafeBufferPointer { bytes in
      sums.withUnsafeMutableBufferPointer { sums in
        lines.withUnsafeBufferPointer { lines in
          for group in stride(from: 0, to: groups, by: tablesOfPass) {
            for table in 0..<tablesOfPass {
              fill(tables, from: table * tableSize, lines, row: (group + table) * 8)
            }
            // Beyond the last rows all tables are zero, so any pattern does.
            let patterns = (0..<tablesOfPass).map { min(group + $0, groups - 1) * draws }
            add(
              tables, bytes, (patterns[0], patterns[1], patterns[2], patterns[3]), to: sums)
          }
        }
      }
    }
  }
  return sums
}

/// Writes the sums of eight rows under every pattern of signs.
private func fill(
  _ tables: UnsafeMutableBufferPointer<Lanes>, from start: Int,
  _ lines: UnsafeBufferPointer<Lanes>, row: Int
) {
  var sum = Lanes.zero
  for place in row..<(row + 8) { sum += lines[place] }
  tables.initializeElement(at: start, to: sum)
  for bit in 0..<8 {
    let change = 2 * lines[row + bit]
    let half = 1 << bit
    for pattern in 0..<half {
      tables.initializeElement(
        at: start + half + pattern, to: tables[start + pattern] - change)
    }
  }
}

/// Adds what four groups of rows give in each draw.
private func add(
  _ tables: UnsafeMutableBufferPointer<Lanes>, _ bytes: UnsafeBufferPointer<UInt8>,
  _ patterns: (Int, Int, Int, Int), to sums: UnsafeMutableBufferPointer<Lanes>
) {
  for draw in sums.indices {
    let first = tables[Int(bytes[patterns.0 + draw])]
    let second = tables[tableSize + Int(bytes[patterns.1 + draw])]
    let third = tables[2 * tableSize + Int(bytes[patterns.2 + draw])]
    let fourth = tables[3 * tableSize + Int(bytes[patterns.3 + draw])]
    sums[draw] += (first + second) + (third + fourth)
  }
}

/// The sum of each column under each draw of signs, column after column.
///
/// For every eight rows the 256 sums that their signs can give are tabled once, and each draw adds one of
/// them: an eighth of the additions, in the manner of Arlazarov, Dinic, Kronrod and Faradzhev (1970).
package func signedSums(
  _ columns: [[Double]], _ signs: SignPatterns, threads: Int
) -> [[Double]] {
  precondition(columns.allSatisfy { $0.count == signs.rows }, "Each row has one sign in a draw.")
  return mapBlocks(columns.count, blockSize: Lanes.scalarCount, threads: threads) { block in
    let sums = signedSums(interleaved(columns[block], signs.order), signs)
    return (0..<block.count).map { lane in sums.map { $0[lane] } }
  }
}

/// Eight columns are worked on at once.
private typealias Lanes = SIMD8<Double>

/// Up to eight columns side by side, their rows in an order, with zeros up to a multiple of one pass.
private func interleaved(_ columns: ArraySlice<[Double]>, _ order: [Int]) -> [Lanes] {
  var lines = [Lanes](
    repeating: .zero, count: (order.count + rowsOfPass - 1) / rowsOfPass * rowsOfPass)
  lines.withUnsafeMutableBufferPointer { lines in
    for (lane, column) in columns.enumerated() {
      column.withUnsafeBufferPointer { column in
        for (place, row) in order.enumerated() { lines[place][lane] = column[row] }
      }
    }
  }
  return lines
}

private let tableSize = 256
private let tablesOfPass = 4
private let rowsOfPass = 8 * tablesOfPass

private func signedSums(_ lines: [Lanes], _ signs: SignPatterns) -> [Lanes] {
  let width = signs.wordsOfGroup * MemoryLayout<UInt64>.size
  let groups = (signs.rows + 7) / 8
  var sums = [Lanes](repeating: .zero, count: signs.draws)
  withUnsafeTemporaryAllocation(of: Lanes.self, capacity: tablesOfPass * tableSize) { tables in
    signs.words.withUnsafeBytes { bytes in
      sums.withUnsafeMutableBufferPointer { sums in
        lines.withUnsafeBufferPointer { lines in
          for group in stride(from: 0, to: groups, by: tablesOfPass)
          where lines[(group * 8)..<(group * 8 + rowsOfPass)].contains(where: { $0 != .zero }) {
            for table in 0..<tablesOfPass {
              fill(tables, from: table * tableSize, lines, row: (group + table) * 8)
            }
            // Beyond the last rows all tables are zero, so any pattern does.
            let patterns = (0..<tablesOfPass).map { min(group + $0, groups - 1) * width }
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
  _ tables: UnsafeMutableBufferPointer<Lanes>, _ bytes: UnsafeRawBufferPointer,
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

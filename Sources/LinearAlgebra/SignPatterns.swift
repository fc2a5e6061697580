/// Random signs for rows in many draws, a bit for each; a bit that is set makes its row negative.
package struct SignPatterns: Sendable {
  package let draws: Int
  /// The row that stands at each place.
  package let order: [Int]
  /// Eight places after eight places, a byte for each draw in whole words.
  let words: [UInt64]
  /// The words of eight places.
  let wordsOfGroup: Int

  package var rows: Int { order.count }

  /// Draws signs: one row after the other takes a bit, lowest first, of its draw's random numbers.
  package init(rows: Int, draws: Int, seed: UInt64, stream: UInt32, threads: Int) {
    let (groups, width) = ((rows + 7) / 8, (draws + 7) / 8)
    self.init(draws: draws, order: Array(0..<rows), width: width) { words in
      nonisolated(unsafe) let bytes = UnsafeMutableRawPointer(words)
      _ = mapBlocks(2 * width, blockSize: 16, threads: threads) { range -> [Bool] in
        for draw in stride(from: 4 * range.lowerBound, to: 4 * range.upperBound, by: 4) {
          fill(bytes + draw, groups: groups, stride: 8 * width) { block in
            Philox.blocks(block, seed: seed, stream: stream, firstIndex: UInt64(draw))
          }
        }
        return []
      }
    }
  }

  /// The same sign for each row, with the rows in another order.
  ///
  /// Rows that are zero in the same columns should stand together: sums pass over them.
  package func ordered(by order: [Int], threads: Int) -> SignPatterns {
    precondition(order.count == rows, "Every row has one place.")
    var places = [Int](repeating: 0, count: rows)
    for (place, row) in self.order.enumerated() { places[row] = place }
    let sources = order.map { places[$0] }
    return SignPatterns(draws: draws, order: order, width: wordsOfGroup) { target in
      nonisolated(unsafe) let target = target
      words.withUnsafeBufferPointer { words in
        guard let words = words.baseAddress else { return }
        nonisolated(unsafe) let source = words
        let groups = (sources.count + 7) / 8
        _ = mapBlocks(groups, blockSize: 64, threads: threads) { groups -> [Bool] in
          for place in (8 * groups.lowerBound)..<min(8 * groups.upperBound, sources.count) {
            moveBit(
              sources[place] % 8, of: source + sources[place] / 8 * wordsOfGroup, to: place % 8,
              of: target + place / 8 * wordsOfGroup, wordsOfGroup)
          }
          return []
        }
      }
    }
  }

  private init(
    draws: Int, order: [Int], width: Int, fill: (UnsafeMutablePointer<UInt64>) -> Void
  ) {
    self.draws = draws
    self.order = order
    wordsOfGroup = width
    let count = (order.count + 7) / 8 * width
    words = [UInt64](unsafeUninitializedCapacity: count) { buffer, filled in
      buffer.initialize(repeating: 0)
      if let start = buffer.baseAddress { fill(start) }
      filled = count
    }
  }
}

/// Writes the bits of four draws, a byte of each draw for every group of rows.
private func fill(
  _ bytes: UnsafeMutableRawPointer, groups: Int, stride: Int,
  _ numbers: (UInt32) -> InlineArray<4, SIMD4<UInt32>>
) {
  for block in 0..<(groups + 15) / 16 {
    let numbers = numbers(UInt32(block))
    for group in (16 * block)..<min(16 * block + 16, groups) {
      let bits = numbers[group / 4 % 4] &>> UInt32(8 * (group % 4))
      bytes.storeBytes(
        of: SIMD4<UInt8>(truncatingIfNeeded: bits), toByteOffset: group * stride,
        as: SIMD4<UInt8>.self)
    }
  }
}

/// Sets a bit of every byte where another byte has one set.
private func moveBit(
  _ from: Int, of source: UnsafePointer<UInt64>, to place: Int,
  of target: UnsafeMutablePointer<UInt64>, _ count: Int
) {
  for word in 0..<count {
    target[word] |= (source[word] &>> UInt64(from) & 0x0101_0101_0101_0101) &<< UInt64(place)
  }
}

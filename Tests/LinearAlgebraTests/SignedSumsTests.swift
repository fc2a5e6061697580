import LinearAlgebra
import TestSupport
import Testing

@Suite struct SignedSumsTests {
  /// Signs of a row in a draw, read off a column that is one there and zero elsewhere.
  private static func signs(_ patterns: SignPatterns) -> [[Double]] {
    let units = (0..<patterns.rows).map { row in
      (0..<patterns.rows).map { $0 == row ? 1.0 : 0 }
    }
    return signedSums(units, patterns, threads: 1)
  }

  @Test(arguments: [1, 7, 8, 31, 32, 33, 70])
  func equalTheSumsTakenTermByTerm(_ rows: Int) {
    let patterns = SignPatterns(rows: rows, draws: 19, seed: 5, stream: 2, threads: 1)
    var random = SeededGenerator(seed: 3)
    let columns = (0..<11).map { _ in
      (0..<rows).map { _ in Double.random(in: -1...1, using: &random) }
    }
    let signs = Self.signs(patterns)
    let sums = signedSums(columns, patterns, threads: 1)
    #expect(sums.count == columns.count)
    for (column, own) in zip(columns, sums) {
      for draw in 0..<patterns.draws {
        let expected = column.indices.reduce(0) { $0 + signs[$1][draw] * column[$1] }
        // Eight roundings of numbers up to the number of rows.
        #expect(abs(own[draw] - expected) < 1e-15 * Double(rows))
      }
    }
  }

  @Test(arguments: [1, 40, 128, 300])
  func haveTheSignsThatAGeneratorGivesInTurn(_ rows: Int) {
    let patterns = SignPatterns(rows: rows, draws: 6, seed: 1 << 40 + 9, stream: 4, threads: 1)
    let signs = Self.signs(patterns)
    for draw in 0..<6 {
      var random = Philox(seed: 1 << 40 + 9, stream: 4, index: UInt64(draw))
      let expected = random.nextSigns(rows)
      #expect((0..<rows).allSatisfy { signs[$0][draw] == expected[$0] })
    }
  }

  @Test func keepTheSignOfEachRowInAnyOrder() {
    var random = Philox(seed: 6, stream: 4, index: 0)
    for rows in [1, 9, 64, 75] {
      let patterns = SignPatterns(rows: rows, draws: 19, seed: 5, stream: 2, threads: 1)
      var order = Array(0..<rows)
      random.shuffle(&order)
      let moved = patterns.ordered(by: order, threads: 3)
      #expect(Self.signs(moved) == Self.signs(patterns))
      #expect(
        Self.signs(moved.ordered(by: order.reversed(), threads: 1)) == Self.signs(patterns))
    }
  }

  @Test func passOverRowsThatAreZero() {
    let rows = 200
    let patterns = SignPatterns(rows: rows, draws: 19, seed: 5, stream: 2, threads: 1)
    let columns = (0..<3).map { column in
      (0..<rows).map { 64..<96 ~= $0 ? 0 : Double($0 % 7 + column) }
    }
    let signs = Self.signs(patterns)
    for (column, own) in zip(columns, signedSums(columns, patterns, threads: 1)) {
      for draw in 0..<patterns.draws {
        #expect(own[draw] == column.indices.reduce(0) { $0 + signs[$1][draw] * column[$1] })
      }
    }
  }

  @Test func areTheSameOnAnyNumberOfThreads() {
    var random = SeededGenerator(seed: 4)
    let columns = (0..<20).map { _ in (0..<50).map { _ in Double.random(in: 0...1, using: &random) }
    }
    let sums = [1, 3].map { threads in
      signedSums(
        columns, SignPatterns(rows: 50, draws: 200, seed: 1, stream: 2, threads: threads),
        threads: threads)
    }
    #expect(sums[0] == sums[1])
  }
}

import LinearAlgebra

/// The normal equations of two sets of effects, such as of units and of periods.
///
/// Rows are grouped into lines, the set that is eliminated; each row stands in a column of the other
/// set. What is left after elimination is S·x = s with S = Σ W − w w′/Σw over the lines, solved by
/// Cholesky's factorisation while it is small and by conjugate gradients else. The larger set should be
/// the lines.
struct TwoWayEquations: Sendable {
  let lineCount: Int
  let columnCount: Int
  /// The place of each row, line after line, in the caller's order; nil when they came so.
  let order: [Int32]?
  /// Where the rows of each line begin, and the end.
  let bounds: [Int]
  /// The column of each row, line after line.
  let columns: [Int32]
  /// The weight of each row, line after line; nil: one each.
  let weights: [Double]?
  /// The sum of weights in each line.
  let totals: [Double]
  private let threads: Int
  /// The diagonal of S.
  private let diagonal: [Double]
  private let factor: Cholesky?

  /// The most columns for which S is written out.
  private static let denseLimit = 256
  /// Work is cut into this many shares, whatever the number of threads.
  private static let shareCount = 32
  /// Conjugate gradients stop when the residual has shrunk by this factor.
  private static let settled = 1e-15

  /// Two columns of numbers that are worked on at once.
  typealias Pair = SIMD2<Double>

  init(
    lines: [Int32], columns: [Int32], lineCount: Int, columnCount: Int, weights: [Double]? = nil,
    threads: Int = 1
  ) {
    let grouping = Grouping(lines, count: lineCount)
    let order = grouping.order
    self.init(
      bounds: grouping.bounds,
      columns: order.map { Effects.arranged(columns, $0, threads) } ?? columns,
      columnCount: columnCount,
      weights: order.map { order in weights.map { Effects.arranged($0, order, threads) } }
        ?? weights,
      order: order, threads: threads)
  }

  /// Rows that come line after line.
  init(
    bounds: [Int], columns: [Int32], columnCount: Int, weights: [Double]?, order: [Int32]? = nil,
    threads: Int = 1
  ) {
    lineCount = bounds.count - 1
    self.columnCount = columnCount
    self.bounds = bounds
    self.columns = columns
    self.weights = weights
    self.order = order
    self.threads = threads
    totals = lineTotals(bounds, weights)
    if columnCount <= Self.denseLimit {
      let matrix = denseMatrix(bounds, columns, columnCount, weights, totals)
      diagonal = []
      factor = Cholesky(matrix)
    } else {
      diagonal = sparseDiagonal(bounds, columns, columnCount, weights, totals)
      factor = nil
    }
  }

  /// Whether it is known that all lines and columns hang together.
  var isConnected: Bool { factor?.dependent.count == 1 }

  /// What belongs to the rows, line after line.
  func arranged<Value: Sendable>(_ values: [Value]) -> [Value] {
    order.map { Effects.arranged(values, $0, threads) } ?? values
  }

  /// The sum of what ranges of rows add, in the order of the ranges.
  func sum(_ body: @escaping @Sendable (Range<Int>) -> Double) -> Double {
    mapBlocks(columns.count, blockSize: 1 << 16, threads: threads) { [body($0)] }.reduce(0, +)
  }

  /// The effects that fit numbers given line after line.
  func effects(of values: [Double]) throws -> (lines: [Double], columns: [Double]) {
    var right = [Double](repeating: 0, count: columnCount)
    var means = [Double](repeating: 0, count: lineCount)
    for line in 0..<lineCount where totals[line] > 0 {
      let rows = bounds[line]..<bounds[line + 1]
      var sum = 0.0
      for row in rows { sum += values[row] * (weights?[row] ?? 1) }
      means[line] = sum / totals[line]
      for row in rows {
        right[Int(columns[row])] += (values[row] - means[line]) * (weights?[row] ?? 1)
      }
    }
    let solution = try solve(reduced: right)
    for line in 0..<lineCount where totals[line] > 0 { means[line] -= lineMean(solution, line) }
    return (means, solution)
  }

  /// The effects whose sums, weighted by rows, are these.
  func solve(lineSums: [Double], columnSums: [Double]) throws -> (
    lines: [Double], columns: [Double]
  ) {
    var right = columnSums
    for line in 0..<lineCount where totals[line] > 0 {
      let mean = lineSums[line] / totals[line]
      guard mean != 0 else { continue }
      for row in bounds[line]..<bounds[line + 1] {
        right[Int(columns[row])] -= mean * (weights?[row] ?? 1)
      }
    }
    let solution = try solve(reduced: right)
    let lines = (0..<lineCount).map { line in
      totals[line] > 0 ? lineSums[line] / totals[line] - lineMean(solution, line) : 0
    }
    return (lines, solution)
  }

  /// Solves S·x = s for an s that the rows could have made.
  func solve(reduced right: [Double]) throws -> [Double] {
    if let factor { return factor.solve(right) }
    return try conjugateGradients(right.map { Pair($0, 0) }).map(\.x)
  }

  /// Takes both sets of effects out of numbers given line after line.
  func removeEffects(from values: inout [[Double]]) throws {
    for place in stride(from: 0, to: values.count, by: 2) {
      let isLast = place + 1 == values.count
      var first: [Double] = []
      var second = isLast ? [Double](repeating: 0, count: columns.count) : []
      swap(&first, &values[place])
      if !isLast { swap(&second, &values[place + 1]) }
      try removeEffects(&first, &second)
      swap(&first, &values[place])
      if !isLast { swap(&second, &values[place + 1]) }
    }
  }

  private func removeEffects(_ first: inout [Double], _ second: inout [Double]) throws {
    let right = first.withUnsafeMutableBufferPointer { first in
      second.withUnsafeMutableBufferPointer { second in centre(first, second) }
    }
    let effects: [Pair]
    if let factor {
      effects = zip(factor.solve(right.map(\.x)), factor.solve(right.map(\.y))).map { Pair($0, $1) }
    } else {
      effects = try conjugateGradients(right)
    }
    first.withUnsafeMutableBufferPointer { first in
      second.withUnsafeMutableBufferPointer { second in subtract(effects, first, second) }
    }
  }
}

// Passes over the rows.
extension TwoWayEquations {
  /// The lines of each share, with about equally many rows.
  private var shares: [Range<Int>] {
    let size = (columns.count + Self.shareCount - 1) / Self.shareCount
    var cuts = [0]
    for share in 1..<Self.shareCount {
      let cut = bounds.partitioningIndex { $0 >= share * size }
      cuts.append(min(max(cut, cuts[share - 1]), lineCount))
    }
    return zip(cuts, cuts.dropFirst() + [lineCount]).map { $0..<$1 }
  }

  /// The sum of what each share adds to the columns, in the order of the shares.
  private func columnSums(
    _ body: @escaping @Sendable (Range<Int>, UnsafeMutablePointer<Pair>) -> Void
  ) -> [Pair] {
    let shares = self.shares
    let count = columnCount
    let partial = mapBlocks(shares.count, blockSize: 1, threads: threads) { range in
      range.map { share in
        [Pair](unsafeUninitializedCapacity: count) { buffer, filled in
          buffer.initialize(repeating: .zero)
          if let base = buffer.baseAddress { body(shares[share], base) }
          filled = count
        }
      }
    }
    var sums = partial[0]
    for other in partial.dropFirst() {
      for place in 0..<count { sums[place] += other[place] }
    }
    return sums
  }

  /// Takes the mean out of each line and gives the sums that are left in the columns.
  private func centre(
    _ first: UnsafeMutableBufferPointer<Double>, _ second: UnsafeMutableBufferPointer<Double>
  ) -> [Pair] {
    nonisolated(unsafe) let (first, second) = (first, second)
    return columns.withUnsafeBufferPointer { columns in
      nonisolated(unsafe) let columns = columns
      return columnSums { lines, sums in
        for line in lines where totals[line] > 0 {
          var sum = Pair.zero
          for row in bounds[line]..<bounds[line + 1] {
            sum += Pair(first[row], second[row]) * (weights?[row] ?? 1)
          }
          let mean = sum / totals[line]
          for row in bounds[line]..<bounds[line + 1] {
            let value = Pair(first[row], second[row]) - mean
            first[row] = value.x
            second[row] = value.y
            sums[Int(columns[row])] += value * (weights?[row] ?? 1)
          }
        }
      }
    }
  }

  /// Takes the columns' effects, less their mean in the line, out of numbers without line means.
  private func subtract(
    _ effects: [Pair], _ first: UnsafeMutableBufferPointer<Double>,
    _ second: UnsafeMutableBufferPointer<Double>
  ) {
    nonisolated(unsafe) let (first, second) = (first, second)
    let shares = self.shares
    _ = mapBlocks(shares.count, blockSize: 1, threads: threads) { range -> [Bool] in
      for line in range.lazy.flatMap({ shares[$0] }) where totals[line] > 0 {
        let mean = lineMean(effects, line)
        for row in bounds[line]..<bounds[line + 1] {
          let value = effects[Int(columns[row])] - mean
          first[row] -= value.x
          second[row] -= value.y
        }
      }
      return []
    }
  }

  private func lineMean(_ values: [Pair], _ line: Int) -> Pair {
    var sum = Pair.zero
    for row in bounds[line]..<bounds[line + 1] {
      sum += values[Int(columns[row])] * (weights?[row] ?? 1)
    }
    return sum / totals[line]
  }

  private func lineMean(_ values: [Double], _ line: Int) -> Double {
    var sum = 0.0
    for row in bounds[line]..<bounds[line + 1] {
      sum += values[Int(columns[row])] * (weights?[row] ?? 1)
    }
    return sum / totals[line]
  }

  /// The connected part that each line and each column belongs to; −1 for a line without rows.
  ///
  /// The sum of a line's and a column's effect is known when they belong to one part.
  func parts() -> (lines: [Int], columns: [Int]) {
    var parents = Array(0..<columnCount)
    func root(_ column: Int) -> Int {
      var place = column
      while parents[place] != place {
        parents[place] = parents[parents[place]]
        place = parents[place]
      }
      return place
    }
    for line in 0..<lineCount where bounds[line] < bounds[line + 1] {
      let own = root(Int(columns[bounds[line]]))
      for row in bounds[line]..<bounds[line + 1] {
        let other = root(Int(columns[row]))
        if other != own { parents[other] = own }
      }
    }
    let lines = (0..<lineCount).map { line in
      bounds[line] < bounds[line + 1] ? root(Int(columns[bounds[line]])) : -1
    }
    return (lines, (0..<columnCount).map { root($0) })
  }

  /// S·x, as the sum over lines of what is left of x without the line's mean.
  private func product(_ x: [Pair]) -> [Pair] {
    x.withUnsafeBufferPointer { x in
      columns.withUnsafeBufferPointer { columns in
        nonisolated(unsafe) let (x, columns) = (x, columns)
        return columnSums { lines, sums in
          for line in lines where totals[line] > 0 {
            var sum = Pair.zero
            for row in bounds[line]..<bounds[line + 1] {
              sum += x[Int(columns[row])] * (weights?[row] ?? 1)
            }
            let mean = sum / totals[line]
            for row in bounds[line]..<bounds[line + 1] {
              let column = Int(columns[row])
              sums[column] += (x[column] - mean) * (weights?[row] ?? 1)
            }
          }
        }
      }
    }
  }

  /// Solves S·x = s for two right sides, with S's diagonal as preconditioner.
  ///
  /// S is singular in each constant over a connected part; s has none of it, so neither has x.
  private func conjugateGradients(_ right: [Pair]) throws -> [Pair] {
    let inverse = diagonal.map { $0 > 0 ? 1 / $0 : 0 }
    var x = [Pair](repeating: .zero, count: right.count)
    var residual = right
    var direction = zip(residual, inverse).map { $0 * $1 }
    var size = Self.inner(residual, direction)
    let goal = size * (Self.settled * Self.settled)
    let limit = 100 + 20 * columnCount
    for _ in 0..<limit {
      guard size.x > goal.x || size.y > goal.y else { return x }
      let image = product(direction)
      let step = Self.ratio(size, Self.inner(direction, image))
      for place in x.indices {
        x[place] += step * direction[place]
        residual[place] -= step * image[place]
      }
      let scaled = zip(residual, inverse).map { $0 * $1 }
      let next = Self.inner(residual, scaled)
      let turn = Self.ratio(next, size)
      for place in x.indices { direction[place] = scaled[place] + turn * direction[place] }
      size = next
    }
    throw EffectError.effectsDoNotSettle(rounds: limit)
  }

  private static func inner(_ left: [Pair], _ right: [Pair]) -> Pair {
    var sum = Pair.zero
    for place in left.indices { sum += left[place] * right[place] }
    return sum
  }

  /// The quotient, zero where there is nothing left to divide.
  private static func ratio(_ above: Pair, _ below: Pair) -> Pair {
    (above / below).replacing(with: Pair.zero, where: below .<= Pair.zero)
  }
}

private func lineTotals(_ bounds: [Int], _ weights: [Double]?) -> [Double] {
  (0..<bounds.count - 1).map { line in
    guard let weights else { return Double(bounds[line + 1] - bounds[line]) }
    return weights[bounds[line]..<bounds[line + 1]].reduce(0, +)
  }
}

/// S, its lower half first: Σ W − w w′/Σw over the lines.
private func denseMatrix(
  _ bounds: [Int], _ columns: [Int32], _ count: Int, _ weights: [Double]?, _ totals: [Double]
) -> Matrix {
  var elements = [Double](repeating: 0, count: count * count)
  var line = [Double](repeating: 0, count: count)
  elements.withUnsafeMutableBufferPointer { elements in
    line.withUnsafeMutableBufferPointer { line in
      guard let matrix = elements.baseAddress, let dense = line.baseAddress else { return }
      for place in totals.indices where totals[place] > 0 {
        let rows = bounds[place]..<bounds[place + 1]
        for row in rows { dense[Int(columns[row])] += weights?[row] ?? 1 }
        for row in rows {
          let column = Int(columns[row])
          let weight = weights?[row] ?? 1
          matrix[column * count + column] += weight
          add(-weight / totals[place], dense, to: matrix + column * count, column + 1)
        }
        for row in rows { dense[Int(columns[row])] = 0 }
      }
      for row in 0..<count {
        for column in 0..<row { matrix[column * count + row] = matrix[row * count + column] }
      }
    }
  }
  return Matrix(rows: count, columns: count, elements: elements)
}

/// The diagonal of S, without what rows of one line and column have in common: never too small.
private func sparseDiagonal(
  _ bounds: [Int], _ columns: [Int32], _ count: Int, _ weights: [Double]?, _ totals: [Double]
) -> [Double] {
  var diagonal = [Double](repeating: 0, count: count)
  for line in totals.indices where totals[line] > 0 {
    for row in bounds[line]..<bounds[line + 1] {
      let weight = weights?[row] ?? 1
      diagonal[Int(columns[row])] += weight * (1 - weight / totals[line])
    }
  }
  return diagonal
}

/// Rows by their line, in their own order within it.
private struct Grouping {
  let bounds: [Int]
  /// nil when the rows already come line after line.
  let order: [Int32]?

  init(_ lines: [Int32], count: Int) {
    var bounds = [Int](repeating: 0, count: count + 1)
    var isGrouped = true
    var last: Int32 = 0
    for line in lines {
      bounds[Int(line) + 1] += 1
      isGrouped = isGrouped && line >= last
      last = line
    }
    for line in 0..<count { bounds[line + 1] += bounds[line] }
    self.bounds = bounds
    order = isGrouped ? nil : Self.order(lines, bounds)
  }

  private static func order(_ lines: [Int32], _ bounds: [Int]) -> [Int32] {
    var next = bounds
    return [Int32](unsafeUninitializedCapacity: lines.count) { order, filled in
      for (row, line) in lines.enumerated() {
        order[next[Int(line)]] = Int32(row)
        next[Int(line)] += 1
      }
      filled = lines.count
    }
  }
}

/// The values at these places.
private func arranged<Value: Sendable>(
  _ values: [Value], _ order: [Int32], _ threads: Int
) -> [Value] {
  [Value](unsafeUninitializedCapacity: order.count) { buffer, filled in
    nonisolated(unsafe) let buffer = buffer
    _ = mapBlocks(order.count, blockSize: 1 << 16, threads: threads) { range -> [Bool] in
      for row in range { buffer.initializeElement(at: row, to: values[Int(order[row])]) }
      return []
    }
    filled = order.count
  }
}

/// Σ aᵢbᵢ over `count` numbers, in a fixed lane order: the same bits on any x86-64 processor.
package func dot(
  _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int
) -> Double {
  let left = UnsafeRawPointer(a)
  let right = UnsafeRawPointer(b)
  var lanes = SIMD4<Double>.zero
  let whole = count & ~3
  var index = 0
  while index < whole {
    let offset = index * MemoryLayout<Double>.stride
    lanes +=
      left.loadUnaligned(fromByteOffset: offset, as: SIMD4<Double>.self)
      * right.loadUnaligned(fromByteOffset: offset, as: SIMD4<Double>.self)
    index += 4
  }
  var sum = lanes.sum()
  while index < count {
    sum += a[index] * b[index]
    index += 1
  }
  return sum
}

/// Σ aᵢbᵢ over two arrays of one length, in the same order.
package func dot(_ a: [Double], _ b: [Double]) -> Double {
  precondition(a.count == b.count)
  return a.withUnsafeBufferPointer { first in
    b.withUnsafeBufferPointer { second in
      guard let a = first.baseAddress, let b = second.baseAddress else { return 0 }
      return dot(a, b, first.count)
    }
  }
}

/// Σ aᵢbᵢ over the shorter length, summed from the first to the last: other bits than `dot`, which adds
/// four lanes.
package func sequentialDot(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
}

/// The products of the rows of two matrices, `width` numbers each: a row for each of the first's, a column
/// for each of the second's.
///
/// Each has the bits of `dot`.
package func rowProducts(_ first: [Double], _ second: [Double], width: Int) -> Matrix {
  let (rows, columns) = (first.count / width, second.count / width)
  let elements = [Double](unsafeUninitializedCapacity: rows * columns) { target, filled in
    filled = rows * columns
    first.withUnsafeBufferPointer { first in
      second.withUnsafeBufferPointer { second in
        guard let a = first.baseAddress, let b = second.baseAddress else { return }
        let whole = rows & ~3
        for row in stride(from: 0, to: whole, by: 4) {
          for column in 0..<columns {
            let first = a + row * width
            let products = fourDots(
              b + column * width, first, first + width, first + 2 * width, first + 3 * width, width)
            for lane in 0..<4 { target[(row + lane) * columns + column] = products[lane] }
          }
        }
        for row in whole..<rows {
          for column in 0..<columns {
            target[row * columns + column] = dot(b + column * width, a + row * width, width)
          }
        }
      }
    }
  }
  return Matrix(rows: rows, columns: columns, elements: elements)
}

/// The products of all pairs of some rows of one length, on several threads.
///
/// Each has the bits of `dot`.
package func rowProducts(_ rows: [[Double]], threads: Int) -> Matrix {
  let triangle = mapBlocks(rows.count, blockSize: 4, threads: threads) { block -> [[Double]] in
    let own = rows[block]
    let products = rows[..<block.upperBound].map { row in
      own.count == 4 ? fourDots(row, own) : own.map { dot(row, $0) }
    }
    return own.indices.map { row in (0...row).map { products[$0][row - block.lowerBound] } }
  }
  var matrix = Matrix(zeros: rows.count, rows.count)
  for (row, products) in triangle.enumerated() {
    for (column, product) in products.enumerated() {
      matrix[row, column] = product
      matrix[column, row] = product
    }
  }
  return matrix
}

/// `dot` of one row with each of four.
private func fourDots(_ a: [Double], _ four: ArraySlice<[Double]>) -> [Double] {
  let first = four.startIndex
  return a.withUnsafeBufferPointer { a in
    four[first].withUnsafeBufferPointer { b in
      four[first + 1].withUnsafeBufferPointer { c in
        four[first + 2].withUnsafeBufferPointer { d in
          four[first + 3].withUnsafeBufferPointer { e in
            let counts = [b.count, c.count, d.count, e.count]
            precondition(counts.allSatisfy { $0 == a.count }, "Rows are of one length.")
            guard let a0 = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress,
              let d = d.baseAddress, let e = e.baseAddress
            else { return [0, 0, 0, 0] }
            let products = fourDots(a0, b, c, d, e, a.count)
            return (0..<4).map { products[$0] }
          }
        }
      }
    }
  }
}

/// `dot` of one row with four others: each number of the one is loaded once.
package func fourDots(
  _ a: UnsafePointer<Double>, _ first: UnsafePointer<Double>, _ second: UnsafePointer<Double>,
  _ third: UnsafePointer<Double>, _ fourth: UnsafePointer<Double>, _ count: Int
) -> SIMD4<Double> {
  let left = UnsafeRawPointer(a)
  let rows = (
    UnsafeRawPointer(first), UnsafeRawPointer(second), UnsafeRawPointer(third),
    UnsafeRawPointer(fourth)
  )
  var lanes = (SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero)
  let whole = count & ~3
  for index in stride(from: 0, to: whole, by: 4) {
    let offset = index * MemoryLayout<Double>.stride
    let x = left.loadUnaligned(fromByteOffset: offset, as: SIMD4<Double>.self)
    lanes.0 += x * rows.0.loadUnaligned(fromByteOffset: offset, as: SIMD4<Double>.self)
    lanes.1 += x * rows.1.loadUnaligned(fromByteOffset: offset, as: SIMD4<Double>.self)
    lanes.2 += x * rows.2.loadUnaligned(fromByteOffset: offset, as: SIMD4<Double>.self)
    lanes.3 += x * rows.3.loadUnaligned(fromByteOffset: offset, as: SIMD4<Double>.self)
  }
  var sums = SIMD4(lanes.0.sum(), lanes.1.sum(), lanes.2.sum(), lanes.3.sum())
  for index in whole..<count {
    sums += a[index] * SIMD4(first[index], second[index], third[index], fourth[index])
  }
  return sums
}

/// Adds `factor` · `source` to `target`, number by number.
package func add(
  _ factor: Double, _ source: UnsafePointer<Double>, to target: UnsafeMutablePointer<Double>,
  _ count: Int
) {
  for index in 0..<count { target[index] += factor * source[index] }
}

/// Adds rows to `target` one after the other, `count` numbers of each from the place `first` on.
///
/// The same bits as adding each by itself; four are added while a number of the target is loaded.
package func addRows(
  _ rows: UnsafeBufferPointer<UnsafePointer<Double>>, from first: Int,
  to target: UnsafeMutablePointer<Double>, _ count: Int
) {
  let whole = rows.count & ~3
  for row in stride(from: 0, to: whole, by: 4) {
    let (a, b) = (rows[row] + first, rows[row + 1] + first)
    let (c, d) = (rows[row + 2] + first, rows[row + 3] + first)
    for index in 0..<count {
      target[index] = (((target[index] + a[index]) + b[index]) + c[index]) + d[index]
    }
  }
  for row in whole..<rows.count { add(1, rows[row] + first, to: target, count) }
}

/// Adds `factor` · `source` to `target`, an array of the same length.
package func add(_ factor: Double, _ source: [Double], to target: inout [Double]) {
  precondition(source.count == target.count)
  source.withUnsafeBufferPointer { source in
    target.withUnsafeMutableBufferPointer { target in
      guard let from = source.baseAddress, let to = target.baseAddress else { return }
      add(factor, from, to: to, source.count)
    }
  }
}

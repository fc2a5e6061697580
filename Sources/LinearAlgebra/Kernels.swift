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

/// Adds `factor` · `source` to `target`, number by number.
package func add(
  _ factor: Double, _ source: UnsafePointer<Double>, to target: UnsafeMutablePointer<Double>,
  _ count: Int
) {
  for index in 0..<count { target[index] += factor * source[index] }
}

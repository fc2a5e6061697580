import Dispatch

/// What this machine can do at most, measured in this process with the vectors that the kernels use.
struct MachineLimits {
  /// Bytes read from memory in a second, by one thread and by two.
  let bandwidth: Double
  let bandwidthOfTwo: Double
  /// Multiplications and additions in a second, from registers, by one thread.
  let arithmetic: Double

  private static let runs = 5

  init() {
    let count = 1 << 24
    let numbers = UnsafeMutableBufferPointer<SIMD8<Double>>.allocate(capacity: count / 8)
    defer { numbers.deallocate() }
    numbers.initialize(repeating: SIMD8(repeating: 1))
    nonisolated(unsafe) let shared = numbers
    let bytes = Double(count * MemoryLayout<Double>.stride)
    bandwidth = bytes / Self.shortest { Self.keep(Self.sum(shared, 0..<count / 8)) }
    bandwidthOfTwo =
      bytes
      / Self.shortest {
        DispatchQueue.concurrentPerform(iterations: 2) { half in
          let size = shared.count / 2
          Self.keep(Self.sum(shared, half * size..<(half + 1) * size))
        }
      }
    let rounds = 1 << 22
    arithmetic =
      Double(rounds * 2 * Self.chains * 2) / Self.shortest { Self.keep(Self.multiplyAdds(rounds)) }
  }

  private static let chains = 12

  private static func shortest(_ work: () -> Void) -> Double {
    let clock = ContinuousClock()
    return (0..<runs).map { _ in clock.measure(work) / .seconds(1) }.min() ?? 0
  }

  @inline(never)
  private static func sum(
    _ numbers: UnsafeMutableBufferPointer<SIMD8<Double>>, _ range: Range<Int>
  ) -> Double {
    var (first, second) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
    for place in stride(from: range.lowerBound, to: range.upperBound, by: 2) {
      first += numbers[place]
      second += numbers[place + 1]
    }
    return (first + second).sum()
  }

  /// Twelve independent chains of x ← x·a + b, two numbers to a register.
  @inline(never)
  private static func multiplyAdds(_ rounds: Int) -> Double {
    let (a, b) = (SIMD8<Double>(repeating: 0.999), SIMD8<Double>(repeating: 1e-3))
    var (first, second, third) = (a, b, a + b)
    for _ in 0..<rounds {
      first = first * a + b
      second = second * a + b
      third = third * a + b
    }
    return (first + second + third).sum()
  }

  /// Keeps a result from being optimised away.
  @inline(never)
  private static func keep(_ value: Double) {
    precondition(!value.isNaN, "Sums of ones are numbers.")
  }

  var lines: [String] {
    [
      "| machine | at most |", "|---|---|",
      "| reading memory, one thread | \(Self.billions(bandwidth)) GB/s |",
      "| reading memory, two threads | \(Self.billions(bandwidthOfTwo)) GB/s |",
      "| multiplying and adding, one thread | \(Self.billions(arithmetic)) Gflop/s |",
    ]
  }

  private static func billions(_ value: Double) -> Double { (value / 1e8).rounded() / 10 }
}

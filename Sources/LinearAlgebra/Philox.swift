import Foundation

/// Gives random numbers that depend only on a seed, a stream, an index and a position.
///
/// Philox 4×32 with ten rounds (Salmon et al. 2011, 10.1145/2063384.2063405). Two generators with the
/// same key and index give the same numbers wherever and in whichever order they run.
public struct Philox: Sendable {
  private let key: (UInt32, UInt32)
  private let index: UInt64
  private let stream: UInt32
  private var block: UInt32 = 0
  private var buffer: SIMD4<UInt32> = .zero
  private var position = 4

  public init(seed: UInt64, stream: UInt32, index: UInt64) {
    key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    self.index = index
    self.stream = stream
  }

  /// The next 32 random bits.
  public mutating func next() -> UInt32 {
    if position == 4 {
      let counter = SIMD4(
        block, stream, UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32))
      buffer = Self.block(counter: counter, key: key)
      block &+= 1
      position = 0
    }
    defer { position += 1 }
    return buffer[position]
  }

  /// A whole number from 0 up to, not including, `bound`, each equally likely.
  ///
  /// Lemire's multiplication with rejection (2019, 10.1145/3230636).
  public mutating func next(below bound: UInt32) -> UInt32 {
    precondition(bound > 0, "A random number needs a bound above zero.")
    var product = UInt64(next()) * UInt64(bound)
    if UInt32(truncatingIfNeeded: product) < bound {
      let threshold = (0 &- bound) % bound
      while UInt32(truncatingIfNeeded: product) < threshold {
        product = UInt64(next()) * UInt64(bound)
      }
    }
    return UInt32(truncatingIfNeeded: product >> 32)
  }

  /// A number in [0, 1) with 53 random bits.
  public mutating func nextUnit() -> Double {
    let high = UInt64(next()) << 32 | UInt64(next())
    return Double(high >> 11) * 0x1p-53
  }

  /// A standard normal number, by inversion of a uniform one.
  public mutating func nextNormal() -> Double {
    let high = UInt64(next()) << 32 | UInt64(next())
    return normalQuantile((Double(high >> 11) + 0.5) * 0x1p-53)
  }

  /// A chi-square number, by rejection from a cubed normal one (Marsaglia and Tsang 2000,
  /// 10.1145/358407.358414).
  public mutating func nextChiSquare(_ degreesOfFreedom: Int) -> Double {
    precondition(degreesOfFreedom > 0, "A chi-square number needs a degree of freedom.")
    guard degreesOfFreedom > 1 else {
      let normal = nextNormal()
      return normal * normal
    }
    let shift = Double(degreesOfFreedom) / 2 - 1.0 / 3
    let slope = 1 / (9 * shift).squareRoot()
    while true {
      let normal = nextNormal()
      let root = 1 + slope * normal
      guard root > 0 else { continue }
      let cube = root * root * root
      let bound = 0.5 * normal * normal + shift * (1 - cube + log(cube))
      if log(1 - nextUnit()) < bound { return 2 * shift * cube }
    }
  }

  /// Signs, +1 or −1 with equal chance, 32 of each random number.
  package mutating func nextSigns(_ count: Int) -> [Double] {
    var signs: [Double] = []
    signs.reserveCapacity(count)
    while signs.count < count {
      var bits = next()
      for _ in 0..<min(32, count - signs.count) {
        signs.append(bits & 1 == 0 ? 1 : -1)
        bits >>= 1
      }
    }
    return signs
  }

  /// Puts `values[start...]` in a random order (Fisher and Yates).
  public mutating func shuffle(_ values: inout [Int]) {
    guard values.count > 1 else { return }
    for last in stride(from: values.count - 1, to: 0, by: -1) {
      values.swapAt(last, Int(next(below: UInt32(last + 1))))
    }
  }

  private static var multipliers: (UInt64, UInt64) { (0xD251_1F53, 0xCD9E_8D57) }
  /// What the key grows by in each round.
  private static var growth: (UInt32, UInt32) { (0x9E37_79B9, 0xBB67_AE85) }
  private static let rounds = 10

  /// One block of four numbers: the ten rounds of the published algorithm.
  package static func block(
    counter: SIMD4<UInt32>, key: (UInt32, UInt32)
  ) -> SIMD4<UInt32> {
    var state = counter
    var (first, second) = key
    for _ in 0..<rounds {
      let left = multipliers.0 * UInt64(state[0])
      let right = multipliers.1 * UInt64(state[2])
      state = SIMD4(
        UInt32(truncatingIfNeeded: right >> 32) ^ state[1] ^ first,
        UInt32(truncatingIfNeeded: right),
        UInt32(truncatingIfNeeded: left >> 32) ^ state[3] ^ second,
        UInt32(truncatingIfNeeded: left))
      first &+= growth.0
      second &+= growth.1
    }
    return state
  }

  /// One block of each of four generators whose indices follow one another.
  ///
  /// A vector has the first numbers of the four, the next their second ones: those of `block`.
  static func blocks(
    _ block: UInt32, seed: UInt64, stream: UInt32, firstIndex: UInt64
  ) -> InlineArray<4, SIMD4<UInt32>> {
    let indices = SIMD4<UInt64>(0, 1, 2, 3) &+ firstIndex
    var state = (
      SIMD4(repeating: block), SIMD4(repeating: stream), SIMD4<UInt32>(truncatingIfNeeded: indices),
      SIMD4<UInt32>(truncatingIfNeeded: indices &>> 32)
    )
    var first = UInt32(truncatingIfNeeded: seed)
    var second = UInt32(truncatingIfNeeded: seed >> 32)
    for _ in 0..<rounds {
      let left = multipliers.0 &* SIMD4<UInt64>(truncatingIfNeeded: state.0)
      let right = multipliers.1 &* SIMD4<UInt64>(truncatingIfNeeded: state.2)
      state = (
        SIMD4(truncatingIfNeeded: right &>> 32) ^ state.1 ^ first,
        SIMD4(truncatingIfNeeded: right),
        SIMD4(truncatingIfNeeded: left &>> 32) ^ state.3 ^ second,
        SIMD4(truncatingIfNeeded: left)
      )
      first &+= growth.0
      second &+= growth.1
    }
    return [state.0, state.1, state.2, state.3]
  }
}

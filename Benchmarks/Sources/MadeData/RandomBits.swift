/// SplitMix64 (Steele, Lea and Flood 2014, 10.1145/2660193.2660195).
package struct RandomBits {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  /// The next 64 random bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// A number in [0, 1) with 53 random bits.
  package mutating func nextUnit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number with mean 0 and standard deviation 1: the sum of twelve in [0, 1), less 6.
  package mutating func nextBell() -> Double {
    (0..<12).reduce(-6) { sum, _ in sum + nextUnit() }
  }
}

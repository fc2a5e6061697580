import LinearAlgebra
import Testing

@Suite struct PhiloxTests {
  /// The known answers published with Random123 1.09 for philox4x32-10.
  @Test func givesThePublishedKnownAnswers() {
    let zeros = Philox.block(counter: .zero, key: (0, 0))
    #expect(zeros == SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
    let ones = Philox.block(counter: SIMD4(repeating: .max), key: (.max, .max))
    #expect(ones == SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
    let pi = Philox.block(
      counter: SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
      key: (0xa409_3822, 0x299f_31d0))
    #expect(pi == SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
  }

  @Test func boundedNumbersAreEvenlySpread() {
    var random = Philox(seed: 7, stream: 0, index: 0)
    var counts = [Int](repeating: 0, count: 6)
    for _ in 0..<60_000 { counts[Int(random.next(below: 6))] += 1 }
    // Five standard deviations of a binomial count around 10,000.
    #expect(counts.allSatisfy { abs($0 - 10_000) < 460 })
  }

  @Test func differsBetweenStreamsAndIndices() {
    var first = Philox(seed: 1, stream: 1, index: 1)
    var otherStream = Philox(seed: 1, stream: 2, index: 1)
    var otherIndex = Philox(seed: 1, stream: 1, index: 2)
    let value = first.next()
    #expect(value != otherStream.next())
    #expect(value != otherIndex.next())
  }
}

import Testing

@testable import Publishing

@Suite struct ProseTests {
  @Test func numbersKeepTheDigitsThatMatter() {
    #expect(
      [0.2134, 12.34, 1234.6, -0.02345, 0].map(plain) == ["0.21", "12.3", "1235", "−0.023", "0.00"])
    #expect([0.2, -0.2, 0.00001].map(signed) == ["+0.20", "−0.20", "0.000"])
  }

  @Test func chancesReadAsOneInSo() {
    #expect(oneIn(1.0 / 20) == "1 in 20")
    #expect(oneIn(1.0 / 10_000) == "1 in 10,000")
    #expect(oneIn(0.3) == "0.30")
    #expect(oneIn(1e-12) == "less than 1 in a billion")
  }

  @Test func pValuesBelowAThousandthSaySo() {
    #expect([0.0001, 0.0123, 0.5].map(plainP) == ["below 0.001", "0.012", "0.50"])
  }

  @Test func listsReadAsSentences() {
    #expect(listed(["a"]) == "a")
    #expect(listed(["a", "b", "c"]) == "a, b and c")
    #expect(counted(3) == "three")
    #expect(counted(1234) == "1,234")
  }
}

import Testing

@testable import Publishing
@testable import Studies

@Suite struct ProseTests {
  @Test func numbersKeepTheDigitsThatMatter() {
    #expect(
      [0.2134, 12.34, 1234.6, -0.02345, 0].map(plain) == ["0.21", "12.3", "1235", "−0.023", "0.00"])
    #expect([0.2, -0.2, 0.00001].map(signed) == ["+0.20", "−0.20", "0.000"])
  }

  @Test func hugeNumbersHaveAPowerOfTen() {
    #expect([1e99, -2.25e15].map(signed) == ["+1.0e+99", "−2.2e+15"])
    #expect(plain(999_999_999_999_999) == "999999999999999")
  }

  @Test(arguments: [1, 20, 80]) func theCurveIsDrawnInAnyWidth(_ width: Int) {
    let points = [-1e99, 0.5, 1e99].map {
      Multiverse.Point(
        specification: Specification(), options: [], estimate: $0, p: 0.5, treated: 1, compared: 1,
        undefined: 0)
    }
    #expect(CurveText(points).text(TextLayout(width: width, isColoured: false)).contains("·"))
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

import Documents
import Testing

@testable import Publishing

@Suite struct FiguresTests {
  @Test(arguments: [
    (1234.5, 0, "1,235"), (-0.0049, 2, "0.00"), (-0.005001, 2, "\u{2212}0.01"), (12, 1, "12.0"),
    (0.125, 2, "0.13"), (1_000_000.25, 1, "1,000,000.3"),
  ])
  func roundsToAFixedCountOfDecimals(number: Double, decimals: Int, text: String) {
    #expect(figure(number, decimals: decimals) == text)
  }

  @Test func givesTheLargestThreeSignificantDigits() {
    #expect(
      [[0.0], [123], [12.3], [1.23], [0.123], [0.0123, 0.001]].map { decimals(for: $0) }
        == [0, 0, 1, 2, 3, 4])
  }

  @Test func dropsZerosThatSayNothing() {
    #expect(
      [0.5, 12, 0.3333333, 0.00012, 1234567].map(plainFigure)
        == ["0.5", "12", "0.3333", "0.00012", "1,234,567"])
  }

  @Test func movesLabelsApartWithinTheirRange() {
    #expect(apart([0, 0.1, 5], by: 1, within: 0...10) == [0, 1, 5])
    #expect(apart([9.5, 9.8], by: 1, within: 0...10) == [9, 10])
  }
}

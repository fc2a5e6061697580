import Testing

@testable import Tables

@Suite struct NumeralTests {
  @Test func writesNumbersThatReadBackTheSame() {
    for number in [0, 1, -0.5, 1.0 / 3, 1_656_728_032.8235786, 540_000, 1e20, 2.5e-300] {
      #expect(Numeral.number(Numeral.text(number)) == number)
    }
    #expect(Numeral.text(540_000) == "540000")
  }
}

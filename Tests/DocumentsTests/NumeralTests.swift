import TestSupport
import Testing

@testable import Documents

@Suite struct NumeralTests {
  private func read(_ text: String) -> Double? {
    Array(text.utf8).withUnsafeBufferPointer { Numeral.number($0) }
  }

  @Test func writesNumbersThatReadBackTheSame() {
    for number in [0, 1, -0.5, 1.0 / 3, 1_656_728_032.8235786, 540_000, 1e20, 2.5e-300] {
      #expect(Numeral.number(Numeral.text(number)) == number)
      #expect(read(Numeral.text(number)) == number)
    }
    #expect(Numeral.text(540_000) == "540000")
  }

  @Test func readsBytesToTheBitAsItReadsText() {
    var random = SeededGenerator(seed: 9)
    let alphabet = Array("0123456789012345678901234567890123456789.-+eEx ")
    for _ in 0..<20_000 {
      let text = String(
        (0..<Int.random(in: 0...18, using: &random)).map { _ in
          alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
        })
      #expect(read(text)?.bitPattern == Numeral.number(text)?.bitPattern, "\(text)")
    }
  }

  @Test(arguments: ["", "-", ".", "1.2.3", "0x10", "inf", "nan", "1e999", "1,5", " 1"])
  func refusesWhatIsNoDecimalNumber(_ text: String) {
    #expect(read(text) == nil)
  }
}

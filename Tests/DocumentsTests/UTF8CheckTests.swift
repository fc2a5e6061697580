import TestSupport
import Testing

@testable import Documents

@Suite struct UTF8CheckTests {
  private func offsets(_ bytes: [UInt8], most: Int = UTF8Check.most) -> [Int] {
    bytes.withUnsafeBufferPointer { UTF8Check.invalidOffsets(in: $0, most: most) }
  }

  @Test func noMoreFaultsAreLookedForThanAreTold() {
    let bytes = [UInt8](repeating: 0xFF, count: 100_000)
    #expect(offsets(bytes) == Array(0..<UTF8Check.most))
    #expect(offsets(bytes, most: 1) == [0])
  }

  @Test func theMessageSaysTheFirstAndHowManyFollow() {
    #expect(UTF8Check.message([7]) == "byte 7 of the file is not UTF-8")
    #expect(UTF8Check.message([7, 9]) == "byte 7 of the file is not UTF-8, nor are 1 later ones")
    #expect(
      UTF8Check.message(Array(0..<1000))
        == "byte 0 of the file is not UTF-8, nor are 999 later ones or more")
  }

  /// The standard library decodes the same sequences.
  @Test func aSequenceIsWellFormedWhereTheStandardLibrarySaysSo() {
    var random = SeededGenerator(seed: 3)
    let telling: [UInt8] = [
      0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF,
      0xF0,
      0xF3, 0xF4, 0xF5, 0xFF,
    ]
    for _ in 0..<20_000 {
      let bytes = (0..<4).map { _ in telling[Int.random(in: 0..<telling.count, using: &random)] }
      let length = bytes.withUnsafeBufferPointer { UTF8Check.length(ofSequenceAt: 0, in: $0) }
      let whole = (1...4).first { String(validating: bytes.prefix($0), as: UTF8.self) != nil }
      #expect(length == whole ?? 0, "\(bytes)")
    }
  }
}

import TestSupport
import Testing

@testable import Documents

@Suite struct NamePoolTests {
  @Test func numbersNamesOfAnyLengthInTheOrderOfTheirFirstComing() {
    var random = SeededGenerator(seed: 5)
    let letters = Array("ab\u{0}č".utf8)
    var pool = NamePool()
    var places: [[UInt8]: Int] = [:]
    var order: [[UInt8]] = []
    for _ in 0..<4_000 {
      // Names of the same start and of lengths about one and two words are hard to tell apart.
      let shared = [UInt8](repeating: 0, count: Int.random(in: 0...14, using: &random))
      let name =
        shared
        + (0..<Int.random(in: 0...6, using: &random)).map { _ in
          letters[Int.random(in: 0..<letters.count, using: &random)]
        }
      let isKnown = places[name] != nil
      if !isKnown {
        places[name] = order.count
        order.append(name)
      }
      name.withUnsafeBufferPointer { bytes in
        #expect((pool.knownPlace(of: bytes) != nil) == isKnown)
        #expect(pool.place(of: bytes) == places[name])
      }
    }
    #expect(order.count > 1000)
    #expect(pool.names == order.map { String(decoding: $0, as: UTF8.self) })
  }

  @Test func tellsBytesApartByAllOfThem() {
    let text = Array("Serbia and Montenegro".utf8)
    text.withUnsafeBufferPointer { bytes in
      #expect(bytes.holds(text))
      #expect(!bytes.holds(Array(text.dropLast())))
      #expect(!bytes.holds(Array("Serbia and MontenegrO".utf8)))
      #expect(UnsafeBufferPointer(rebasing: bytes[0..<0]).holds([]))
    }
  }
}

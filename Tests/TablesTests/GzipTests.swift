import Foundation
import TestSupport
import Testing

@testable import Tables

@Suite struct GzipTests {
  @Test func refusesDamagedGzipAndNeverTraps() {
    var random = SeededGenerator(seed: 8)
    for _ in 0..<300 {
      let bytes = (0..<40).map { _ in UInt8.random(in: 0...255, using: &random) }
      #expect(throws: GzipError.damaged) {
        try Gzip.unpack(Data([0x1F, 0x8B, 8, 0] + bytes))
      }
    }
  }

  /// "one\ntwo\n" packed by `gzip -n`.
  private static let packed: [UInt8] = [
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xcb, 0xcf, 0x4b, 0xe5, 0x2a, 0x29,
    0xcf, 0xe7, 0x02, 0x00, 0xe6, 0x0b, 0xba, 0x12, 0x08, 0x00, 0x00, 0x00,
  ]

  @Test func unpacksEveryMemberAndZerosAtTheEnd() throws {
    let text = Data("one\ntwo\n".utf8)
    let twice = Data(Self.packed + Self.packed)
    #expect(try Gzip.unpack(Data(Self.packed)) == text)
    #expect(try Gzip.unpack(twice) == text + text)
    #expect(try Gzip.unpack(twice + Data(count: 100)) == text + text)
  }

  @Test func refusesAFileCutShortAtAnyByte() {
    let twice = Data(Self.packed + Self.packed)
    for length in 0..<twice.count where length != Self.packed.count {
      #expect(throws: GzipError.damaged) { try Gzip.unpack(twice.prefix(length)) }
    }
  }

  @Test func whatUnpacksToMoreThanTheLimitIsRefusedByIt() throws {
    let zeros = try #require(Gzip.pack(Data(count: 10 << 20)))
    #expect(try Gzip.unpack(zeros, limit: 10 << 20).count == 10 << 20)
    #expect(throws: GzipError.tooLarge(limit: 1 << 20)) { try Gzip.unpack(zeros, limit: 1 << 20) }
  }
}

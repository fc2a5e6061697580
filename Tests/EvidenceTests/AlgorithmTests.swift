@testable import Importing
import Documents
import Foundation
import TestSupport
import Testing

@testable import Evidence

@Suite struct AlgorithmTests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func hashesTheVectorsOfFIPS180(_ text: String, _ hash: String) {
    #expect(SHA256.hash(of: Data(text.utf8)) == hash)
  }

  @Test func hashesTheSameInAnyPieces() {
    let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let whole = SHA256.hash(of: Data(bytes))
    for size in 1...130 {
      var hash = SHA256()
      for start in stride(from: 0, to: bytes.count, by: size) {
        hash.append(Array(bytes[start..<min(start + size, bytes.count)]))
      }
      #expect(hash.digest() == whole)
    }
  }

  @Test func findsAnOverlapWhereBruteForceFindsOne() {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<2000 {
      let spans = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        CertainSpan(
          start: Day(year: Int.random(in: 2000...2009, using: &random), month: 1, day: 1),
          end: Day(year: Int.random(in: 2000...2009, using: &random), month: 1, day: 1))
      }
      let found = Overlaps.pairs(spans)
      #expect(found.allSatisfy { spans[$0].overlaps(spans[$1]) && $0 != $1 })
      let proper = spans.filter { $0.start < $0.end }
      let exists = proper.indices.contains { one in
        proper.indices.contains { $0 != one && proper[one].overlaps(proper[$0]) }
      }
      #expect(!exists || !found.isEmpty)
    }
  }

  @Test func findsACircleExactlyWhereBruteForceFindsOne() {
    var random = SeededGenerator(seed: 6)
    for _ in 0..<1000 {
      let size = Int.random(in: 1...6, using: &random)
      let arrows = (0..<Int.random(in: 0...8, using: &random)).map { place in
        (place, Int.random(in: 0..<size, using: &random), Int.random(in: 0..<size, using: &random))
      }
      var reach = Array(repeating: Array(repeating: false, count: size), count: size)
      for (_, from, to) in arrows { reach[from][to] = true }
      for k in 0..<size {
        for i in 0..<size {
          for j in 0..<size where reach[i][k] && reach[k][j] { reach[i][j] = true }
        }
      }
      let loops = Loops.find(arrows.map { ($0, ClaimID("\($1)"), ClaimID("\($2)")) })
      #expect(loops.isEmpty == !(0..<size).contains { reach[$0][$0] })
      for loop in loops {
        for (place, name) in loop.names.enumerated() {
          let next = loop.names[(place + 1) % loop.names.count]
          #expect(arrows.contains { "\($1)" == name.rawValue && "\($2)" == next.rawValue })
        }
      }
    }
  }

  @Test(arguments: ["page=3", "paragraph=14", "chars=9120-9241"])
  func readsALocatorAsItWritesIt(_ text: String) {
    #expect(Locator(text)?.description == text)
  }

  @Test(arguments: [
    "page=0", "page=-1", "page", "chars=5-5", "chars=6-5", "chars=5", "Page=3", "page= 3", "",
    "chars=1-2-3", "chars=a-b", "page=99999999999999999999",
  ])
  func refusesWhatIsNoLocator(_ text: String) {
    #expect(Locator(text) == nil)
  }
}

import TestSupport
import Testing

@testable import Documents

@Suite struct SuggestionTests {
  @Test func countsEditsAsTheRecursiveDefinitionDoes() {
    func slow(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Int {
      guard let x = a.last, let y = b.last else { return max(a.count, b.count) }
      var best = min(
        slow(a.dropLast(), b) + 1, slow(a, b.dropLast()) + 1,
        slow(a.dropLast(), b.dropLast()) + (x == y ? 0 : 1))
      if a.count > 1, b.count > 1, a.dropLast().last == y, b.dropLast().last == x {
        best = min(best, slow(a.dropLast(2), b.dropLast(2)) + 1)
      }
      return best
    }
    var random = SeededGenerator(seed: 7)
    for _ in 0..<200 {
      let (a, b) = (word(&random), word(&random))
      #expect(Suggestion.distance(a, b) == slow(a[...], b[...]))
    }
  }

  private func word(_ random: inout SeededGenerator) -> [UInt8] {
    (0..<Int.random(in: 0...5, using: &random)).map { _ in
      UInt8.random(in: 97...99, using: &random)
    }
  }

  @Test func offersTheNearestNameAndNoneThatIsFar() {
    #expect(Suggestion.nearest(to: "MNR", among: ["SRB", "MNE", "MKD"]) == "MNE")
    #expect(Suggestion.nearest(to: "mne", among: ["MNE"]) == "MNE")
    #expect(Suggestion.nearest(to: "Albania", among: ["SRB", "MNE"]) == nil)
  }
}

import Effects
import Evidence
import Panels
import TestSupport
import Testing

@testable import Studies

@Suite struct LikelihoodTests {
  private static func test(effect: Double) throws -> RandomizationTest {
    let panel = try generatedPanel(
      starts: (0..<20).map { $0 < 8 ? 6 + $0 % 3 : nil }, periods: 14, effect: effect, seed: 12)
    return try Randomization(draws: 999, seed: 1).test(
      GroupTimeDiD(comparison: .notYetTreated), on: panel)
  }

  @Test func lowEvidenceAllowsNoWordBeyondLikely() throws {
    let test = try Self.test(effect: 10)
    let low = Likelihood(test, isThesisPositive: true, evidence: .low)
    #expect(low.word == .likely)
    #expect(low.confidence == 1 - test.greater.floor)
    #expect(Likelihood(test, isThesisPositive: true, evidence: .moderate).word == .veryLikely)
    #expect(Likelihood(test, isThesisPositive: true, evidence: .high).word == .almostCertain)
  }

  @Test func theWordsOfTheOtherSignAreCappedAlike() throws {
    let test = try Self.test(effect: 10)
    #expect(Likelihood(test, isThesisPositive: false, evidence: .low).word == .unlikely)
    #expect(
      Likelihood(test, isThesisPositive: false, evidence: .high).word == .almostNoChance)
  }

  @Test func confidenceInBothSignsAddsUpToOne() throws {
    let test = try Self.test(effect: 0.3)
    let up = Likelihood(test, isThesisPositive: true, evidence: .high).confidence
    let down = Likelihood(test, isThesisPositive: false, evidence: .high).confidence
    #expect(abs(up + down - 1) < 1e-12)
  }
}

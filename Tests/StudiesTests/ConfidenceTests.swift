import Effects
import Panels
import Testing

@testable import Evidence
@testable import Studies

/// What lowers the confidence in the evidence.
@Suite struct ConfidenceTests {
  private static func outcome(_ change: (inout MadeStudy) -> Void) throws -> OutcomeAnswer {
    var made = MadeStudy()
    change(&made)
    var study = made.study
    var few = Specification()
    few.draws = 99
    study = try study.applying(few)
    return try study.answer(from: made.casebook).channels[0].outcomes[0]
  }

  private static func fragility(_ outcome: OutcomeAnswer) -> Double? {
    outcome.evidence.reasons.compactMap { doubt -> Double? in
      if case .fragile(let breakdown) = doubt { breakdown } else { nil }
    }.first
  }

  /// An effect of thirty against noise of one is lost only far beyond what was seen before.
  @Test func aLargeEffectHasASoundBreakdown() throws {
    let outcome = try Self.outcome { $0.effect = 30 }
    let sensitivity = try #require(outcome.estimates.first?.sensitivity)
    #expect((sensitivity.breakdown ?? .infinity) > 1)
    #expect(Self.fragility(outcome) == nil)
  }

  @Test func aLowBreakdownLowersTheConfidence() throws {
    let outcome = try Self.outcome { $0.effect = 1 }
    let sensitivity = try #require(outcome.estimates.first?.sensitivity)
    let breakdown = try #require(sensitivity.breakdown)
    #expect(breakdown > 0 && breakdown < EvidenceConfidence.soundBreakdown)
    #expect(Self.fragility(outcome) == breakdown)
    #expect(outcome.evidence.level == .low)
  }

  @Test func anOpenSignIsSaid() throws {
    let outcome = try Self.outcome { $0.effect = 0 }
    #expect(outcome.estimates.first?.sensitivity?.breakdown == 0)
    #expect(Self.fragility(outcome) == 0)
  }

  /// The bounds are those of the event study itself.
  @Test func theBreakdownIsThatOfTheEventStudy() throws {
    let outcome = try Self.outcome { $0.effect = 2 }
    let effects = try GroupTimeDiD(comparison: .notYetTreated, base: .universal)
      .estimate(outcome.panel)
    let study = try EventStudy(effects, at: -5...4)
    #expect(study.eventTimes == Array(-5...(-2)) + Array(0...4))
    let bounds = try HonestSensitivity(restriction: .relativeMagnitudes, target: .average)
      .bounds(study, m: [])
    #expect(outcome.estimates.first?.sensitivity == bounds)
  }

  @Test func fewUnitsOrAnotherEstimatorHaveNone() throws {
    let few = try Self.outcome { $0.starts = (0..<24).map { $0 < 8 ? 2004 + $0 % 5 : nil } }
    #expect(few.estimates.first != nil && few.estimates.first?.sensitivity == nil)
    let made = MadeStudy()
    var specification = Specification()
    specification.method = .imputation
    specification.draws = 39
    let other = try made.study.applying(specification).answer(from: made.casebook)
    #expect(other.channels[0].outcomes[0].estimates.first?.sensitivity == nil)
  }

  @Test func yearsThatNobodySearchedAreCounted() throws {
    let made = MadeEvidence(states: 12, density: 0.5, draws: 99)
    let missing = EvidenceConfidence.Doubt.unsearched(13, of: 156)
    func isDoubted(_ casebook: Casebook) throws -> Bool {
      try made.study.answer(from: casebook).channels[0].outcomes[0].evidence.reasons
        .contains(missing)
    }
    #expect(try !isDoubted(made.casebook))
    var casebook = made.casebook
    casebook.coverage.removeLast()
    casebook.reindex()
    #expect(try isDoubted(casebook))
  }
}

import Effects
import Evidence
import Panels
import Testing

@testable import Studies

@Suite struct AnswerabilityTests {
  private func failed(_ outcome: OutcomeAnswer) -> [Answerability.Rule] {
    outcome.answerability.reasons.filter { !$0.passed }.map(\.rule)
  }

  @Test func aLargeEffectInALargePoolIsDecidableWithTheRightSignAndSize() throws {
    let outcome = try MadeStudy().outcome()
    #expect(outcome.answerability.verdict == .decidable)
    let estimate = try #require(outcome.estimates.first)
    // Twelve joiners with unit noise: three standard errors.
    #expect(abs(estimate.effects.overall.att - 3) < 1)
    #expect(estimate.randomization.p < 0.01)
    #expect(try #require(outcome.likelihood).confidence > 0.95)
  }

  @Test func noEffectIsNotFound() throws {
    var study = MadeStudy()
    study.effect = 0
    let outcome = try study.outcome()
    #expect(outcome.answerability.verdict == .decidable)
    #expect(try #require(outcome.estimates.first).randomization.p > 0.05)
    let interval = try #require(outcome.estimates.first?.randomization.interval)
    #expect(interval.contains(0))
  }

  @Test func theVerdictDoesNotDependOnTheEffect() throws {
    var with = MadeStudy()
    var without = MadeStudy()
    with.effect = 50
    without.effect = 0
    #expect(try with.outcome().answerability.verdict == without.outcome().answerability.verdict)
  }

  @Test func threeOfSixAreRefusedWithoutANumberOrALikelihoodWord() throws {
    var study = MadeStudy()
    study.starts = [2004, 2006, 2008, nil, nil, nil]
    study.named = [0, 1, 2, 3, 4, 5]
    study.effect = 100
    let outcome = try study.outcome()
    #expect(outcome.answerability.verdict == .undecidable)
    #expect(failed(outcome) == [.whoFloor])
    #expect(outcome.design.floor == .init(who: 1.0 / 20, whoAndWhen: 1.0 / 120))
    #expect(outcome.design.namedFloor == .init(joined: 3, of: 6, who: 1.0 / 20))
    #expect(outcome.estimates.isEmpty)
    #expect(outcome.likelihood == nil)
  }

  @Test func floorsAreThoseOfTheDatesWhereNothingCanBeTested() throws {
    var study = MadeStudy()
    study.starts = [2004, 2006, 2008, nil, nil, nil]
    study.values = .unsearched
    let outcome = try study.outcome()
    #expect(outcome.design.floor == .init(who: 1.0 / 20, whoAndWhen: 1.0 / 120))
    #expect(
      outcome.answerability.reasons.contains(.whoFloor(1.0 / 20, isByWho: true, below: 0.05)))
  }

  @Test func aStateForWhichNothingCanExistLeavesTheContrast() throws {
    var study = MadeStudy()
    study.starts = [2004, 2006, 2008, nil, nil, nil]
    study.named = [0, 1, 2, 3, 4, 5]
    study.impossible = [5]
    let outcome = try study.outcome()
    #expect(outcome.design.namedFloor == .init(joined: 3, of: 5, who: 1.0 / 10))
    let unit = try #require(outcome.design.named.last)
    #expect(unit.role == .absent && unit.absence == .impossible)
  }

  @Test func oneTreatedUnitIsACaseStudy() throws {
    var study = MadeStudy()
    study.starts = (0..<40).map { $0 == 0 ? 2005 : nil }
    let outcome = try study.outcome()
    #expect(failed(outcome).contains(.treatedUnits))
    #expect(outcome.answerability.verdict == .undecidable)
    guard case .treatedUnits(seen: 1, needed: 2, _)? = outcome.answerability.reasons.first else {
      Issue.record("\(outcome.answerability.reasons)")
      return
    }
  }

  @Test func aQuestionAboutStatesThatNeverJoinIsRefused() throws {
    var study = MadeStudy()
    study.named = [20, 21]
    #expect(failed(try study.outcome()) == [.namedTreated])
  }

  @Test func aCoTreatmentThatAlmostAllShareCannotBeToldApart() throws {
    var study = MadeStudy()
    study.coStarts = Dictionary(uniqueKeysWithValues: (1..<12).map { ($0, 2005) })
    let outcome = try study.outcome()
    #expect(outcome.answerability.verdict == .undecidable)
    #expect(failed(outcome) == [.coTreatment])
    guard case .coTreatment(let found)? = outcome.answerability.reasons.last else {
      Issue.record("\(outcome.answerability.reasons)")
      return
    }
    #expect(found.units == 11 && found.left == 1)
  }

  @Test func aCoTreatmentThatSomeShareIsShownBesideTheMainEstimate() throws {
    var study = MadeStudy()
    study.coStarts = [4: 2004, 5: 2007, 21: 2003]
    let outcome = try study.outcome()
    #expect(outcome.design.coTreated == [4, 5, 21].map { MadeStudy.actor($0) })
    #expect(outcome.estimates.map(\.sample) == [.all, .withoutCoTreated])
    let units = outcome.estimates.compactMap { $0.effects.groupTime?.units.count }
    #expect(units.count == 2 && units[1] == units[0] - 3)
    let answer = try study.answer()
    #expect(
      answer.caveats.first == .coTreatment(treated: 12, both: 2, separated: [outcome.id]))
  }

  @Test func aPathOfTheirOwnBeforeJoiningMakesItWeak() throws {
    var study = MadeStudy()
    study.drift = 2
    let outcome = try study.outcome()
    #expect(outcome.answerability.verdict == .weak)
    #expect(failed(outcome).contains(.preTrend))
  }

  @Test func aNamedStateSeenTooShortlyMakesItWeak() throws {
    var study = MadeStudy()
    study.starts[0] = 2013
    let outcome = try study.outcome()
    #expect(outcome.answerability.verdict == .weak)
    #expect(failed(outcome) == [.namedPeriods])
    #expect(outcome.likelihood != nil)
  }

  @Test func anEffectWorthKnowingThatCouldBeMissedMakesItWeak() throws {
    var study = MadeStudy()
    study.smallestEffect = 0.01
    #expect(failed(try study.outcome()) == [.detectableEffect])
    study.smallestEffect = nil
    #expect(failed(try study.outcome()) == [.detectableEffect])
  }

  @Test func aPoolWithNobodyTreatedIsAnError() throws {
    var study = MadeStudy()
    study.starts = [nil, nil, nil, nil]
    study.named = [0]
    #expect(
      throws: StudyError.emptyPool(
        outcome: "distance", problem: .nobodyTreated(organisation: "ORG", pool: "all"))
    ) { try study.outcome() }
  }

  @Test func aPoolWithNobodyUntreatedIsAnError() throws {
    var study = MadeStudy()
    study.starts = [2003, 2004, 2005]
    study.named = [0]
    #expect(
      throws: StudyError.emptyPool(
        outcome: "distance", problem: .nobodyUntreated(organisation: "ORG", pool: "all"))
    ) { try study.outcome() }
  }

  @Test func theAnswerIsTheSameOnAnyNumberOfThreads() throws {
    let study = MadeStudy()
    #expect(try study.answer(threads: 1).channels == study.answer(threads: 3).channels)
  }
}

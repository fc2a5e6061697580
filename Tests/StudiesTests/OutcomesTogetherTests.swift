import Effects
import Foundation
import Panels
import Testing

@testable import Evidence
@testable import Studies

/// The p's of a study's outcomes, adjusted for each other.
@Suite struct OutcomesTogetherTests {
  private static let examples = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Examples")

  private static func read(_ folder: URL) throws -> (study: Study, casebook: Casebook) {
    let casebook = try Casebook(contentsOf: folder)
    let file = try #require(casebook.studies.values.first)
    return (try Study(contentsOf: file, for: casebook), casebook)
  }

  private static let harbour = Result {
    let (study, casebook) = try read(examples.appending(path: "harbour-league/casebook"))
    return try study.answer(from: casebook, threads: 2)
  }

  @Test func areThoseThatTheEvidenceCanDecideInTheirOrder() throws {
    let answer = try Self.harbour.get()
    let decided = answer.channels.flatMap(\.outcomes)
      .filter { $0.answerability.verdict != .undecidable }.map(\.id)
    #expect(decided.count == 2 && answer.together?.outcomes == decided)
    #expect(answer.together?.obstacle == nil)
    let refused = answer.channels.flatMap(\.outcomes)
      .first { $0.answerability.verdict == .undecidable }
    #expect(try answer.adjusted(#require(refused).id) == nil)
  }

  @Test func areAdjustedByTheEstimatorsOwnStepDown() throws {
    let answer = try Self.harbour.get()
    let outcomes = answer.channels.flatMap(\.outcomes).filter { !$0.estimates.isEmpty }
    let pairs = outcomes.compactMap { outcome in
      outcome.estimates[0].estimator.groupTime.map { (estimator: $0, panel: outcome.panel) }
    }
    let direct = try Randomization(
      draws: answer.study.draws, seed: answer.study.seed,
      enumerationLimit: answer.study.enumerationLimit
    ).stepDown(pairs.map { ($0.estimator, $0.panel) })
    #expect(pairs.count == 2 && answer.together?.test == direct)
    for outcome in outcomes {
      let found = try #require(answer.adjusted(outcome.id))
      #expect(found.adjusted >= found.p)
      // Other draws of the same test: five standard errors of a share.
      let own = outcome.estimates[0].randomization.p
      let draws = Double(answer.study.draws)
      let error: Double = (own * (1 - own) / draws).squareRoot()
      let distance: Double = abs(found.p - own)
      #expect(distance <= 5 * error + 2 / draws)
    }
  }

  @Test func oneOutcomeHasNobodyBesideIt() throws {
    let (study, casebook) = try Self.read(
      Self.examples.appending(path: "river-commission/casebook"))
    let answer = try study.answer(from: casebook, threads: 2)
    #expect(answer.channels.flatMap(\.outcomes).count { !$0.estimates.isEmpty } == 1)
    #expect(answer.together == nil)
  }

  /// An outcome that repeats another costs nothing more: both fall under the same assignments.
  @Test func anOutcomeThatRepeatsAnotherAdjustsNothing() throws {
    let answer = try Self.harbour.get()
    let channel = try #require(answer.channels.first { $0.verdict == .decidable })
    let twice = try #require(
      try answer.study.together([channel, channel], threads: 1)?.test)
    #expect(twice.adjusted == twice.p && Set(twice.p).count == 1)
  }

  @Test func aReassignmentThatCannotBeIsSaid() throws {
    let answer = try Self.harbour.get()
    let channel = try #require(answer.channels.first { $0.verdict == .decidable })
    let outcome = try #require(channel.headline)
    // The same states with everybody's date a year later are another treatment.
    let moved = try outcome.panel.with(
      cohorts: outcome.panel.cohorts.map { cohort in
        cohort.start.map { .firstTreated(Period($0.number + 1)) } ?? cohort
      })
    let other = OutcomeAnswer(
      id: "other", isHeadline: true, series: outcome.series, design: outcome.design,
      answerability: outcome.answerability, estimates: outcome.estimates, smallestEffect: nil,
      likelihood: nil, evidence: outcome.evidence, panel: moved, trace: [])
    let together = try answer.study.together(
      [channel, ChannelAnswer(id: "x", title: "", outcomes: [other])], threads: 1)
    guard case .datesDiffer? = together?.obstacle else {
      Issue.record("\(String(describing: together))")
      return
    }
    #expect(together?.test == nil)
  }
}

import Effects
import Foundation
import Testing

@testable import Evidence
@testable import Studies

/// What an answer is without a part of its evidence, against a casebook that never had the part.
@Suite struct InfluenceTests {
  /// Answers from tables with rows taken out by hand.
  private static func bruteForce(
    _ kind: Influence.PartKind, _ name: String, _ casebook: Casebook, _ study: Study, draws: Int
  ) throws -> [String: Influence.Standing] {
    var casebook = casebook
    let gone: (Claim) -> Bool = { claim in
      switch kind {
      case .claim: claim.id.rawValue == name
      case .source: claim.source.rawValue == name
      case .coder: claim.coder == name
      case .state, .period: false
      }
    }
    let names = Set(casebook.claims.filter(gone).map(\.id))
    casebook.claims.removeAll(where: gone)
    casebook.memberships.removeAll { $0.claim.map(names.contains) ?? false }
    casebook.coverage.removeAll { $0.claim.map(names.contains) ?? false }
    casebook.judgements.removeAll { names.contains($0.claim) }
    if kind == .source { casebook.series.removeAll { $0.source?.rawValue == name } }
    casebook.reindex()
    var specification = Specification()
    specification.draws = draws
    if kind == .state { specification.leftOut.states = [ActorID(name)] }
    if kind == .period { specification.leftOut.periods = [Int(name) ?? 0] }
    let asked = try study.applying(specification)
    var standings: [String: Influence.Standing] = [:]
    for channel in asked.channels {
      for outcome in channel.outcomes {
        let workings = Workings(casebook: casebook, threads: 1)
        let answer = try? OutcomeStudy(
          study: asked, channel: channel, outcome: outcome, workings: workings
        ).answer()
        standings[outcome.id] = Influence.Standing(
          estimate: answer?.estimates.first?.effects.overall.att,
          p: answer?.estimates.first?.randomization.p,
          verdict: answer?.answerability.verdict ?? .undecidable)
      }
    }
    return standings
  }

  @Test func onGeneratedClaimsEveryPartEqualsBruteForce() throws {
    let made = MadeEvidence(states: 12, density: 0.5, draws: 99)
    let casebook = made.casebook
    let influence = try made.study.influence(in: casebook, draws: 99, threads: 2)
    let outcome = try #require(influence.outcomes.first)
    #expect(outcome.whole.estimate != nil)
    let parts = Dictionary(
      uniqueKeysWithValues: outcome.parts.map { ("\($0.kind.rawValue) \($0.name)", $0.without) })
    var names: [(Influence.PartKind, String)] = casebook.claims.map { (.claim, $0.id.rawValue) }
    names += [(.source, "paper"), (.source, "blog"), (.coder, "ana"), (.coder, "ben")]
    names += (0..<12).map { (.state, MadeStudy.actor($0).rawValue) }
    names += made.years.map { (.period, String($0)) }
    for (kind, name) in names {
      let expected = try Self.bruteForce(kind, name, casebook, made.study, draws: 99)["visits"]
      #expect((parts["\(kind.rawValue) \(name)"] ?? outcome.whole) == expected, "\(kind) \(name)")
    }
    #expect(parts.keys.contains { $0.hasPrefix("claim claim-") })
    #expect(outcome.parts.count + outcome.unmoved.values.reduce(0, +) == names.count)
  }

  @Test func oneClaimAloneIsThatClaimOfTheWhole() throws {
    let made = MadeEvidence(states: 8, density: 0.6, draws: 99)
    let single = try ClaimInfluence(Recomputation(made.study, from: made.casebook), draws: 99)
    let whole = try #require(
      try made.study.influence(in: made.casebook, draws: 99).outcomes.first)
    for claim in made.casebook.claims {
      let alone = try single.influence(of: claim.id).outcomes.first
      let part = whole.parts.first { $0.kind == .claim && $0.name == claim.id.rawValue }
      #expect(alone?.parts.first == part)
      #expect(alone == nil || alone?.whole == whole.whole)
    }
    #expect(whole.parts.contains { $0.kind == .claim })
  }

  @Test(arguments: [
    (Influence.PartKind.claim, "public-record-alb-nato-member"),
    (.claim, "public-record-ltu-eu-member"),
    (.source, "un-votes"), (.state, "UKR"), (.period, "2003"), (.source, "krstinovska"),
  ])
  func inTheBuiltInCasebookAPartEqualsBruteForce(
    _ kind: Influence.PartKind, _ name: String
  ) throws {
    let casebook = try Casebook(contentsOf: Casebook.westernBalkans)
    let file = try #require(casebook.studies["nato-china"])
    let study = try Study(contentsOf: file, for: casebook)
    let expected = try Self.bruteForce(kind, name, casebook, study, draws: 99)
    let influence = InfluenceStudy(
      Recomputation(study, from: casebook), study.channels, draws: 99, threads: 2)
    let found = try influence.standings(
      without: [.init(kind: kind, name: name)], for: influence.subjects)
    for (subject, standing) in zip(influence.subjects, found) {
      #expect(standing == expected[subject.outcome.id], "\(subject.outcome.id)")
    }
  }

  @Test func theSmallestFlippingSetIsFoundByTryingAll() throws {
    let made = MadeEvidence(states: 8, density: 0.6, draws: 99)
    let outcome = try #require(
      try made.study.influence(in: made.casebook, draws: 99, threads: 2).outcomes.first)
    for set in outcome.flips where set.isSmallest && set.names.count == 1 {
      let single = outcome.parts.first { $0.kind == set.kind && $0.name == set.names[0] }
      #expect(single?.without == set.without)
      #expect(outcome.whole.flip(to: set.without) == set.flip)
    }
    // No single part flips where the smallest set has two.
    for set in outcome.flips where set.names.count == 2 {
      let singles = outcome.parts.filter { $0.kind == set.kind }
      #expect(singles.allSatisfy { outcome.whole.flip(to: $0.without) == nil })
    }
    #expect(!outcome.flips.isEmpty)
  }

  @Test func estimatesAloneAreThoseOfTheTestedRun() throws {
    let made = MadeEvidence(states: 12, density: 0.5)
    let tested = try #require(
      try made.study.influence(in: made.casebook, draws: 99, threads: 2).outcomes.first)
    let quick = try #require(
      try made.study.influence(in: made.casebook, draws: nil, threads: 2).outcomes.first)
    let estimates = Dictionary(
      uniqueKeysWithValues: quick.parts.map { ("\($0.kind) \($0.name)", $0.without.estimate) })
    for part in tested.parts where part.without.estimate != nil {
      let name = "\(part.kind) \(part.name)"
      #expect((estimates[name] ?? quick.whole.estimate) == part.without.estimate, "\(name)")
    }
    #expect(quick.flips.isEmpty && quick.parts.allSatisfy { $0.without.p == nil })
  }

  @Test func isTheSameOnAnyNumberOfThreads() throws {
    let made = MadeEvidence(states: 8, density: 0.5)
    let one = try made.study.influence(in: made.casebook, draws: 99, threads: 1)
    #expect(one == (try made.study.influence(in: made.casebook, draws: 99, threads: 3)))
  }

  @Test func aTurnOfSignIsGraverThanOneOfSignificance() {
    let whole = Influence.Standing(estimate: 1, p: 0.04, verdict: .decidable)
    let turned = Influence.Standing(estimate: -1, p: 0.5, verdict: .weak)
    let faded = Influence.Standing(estimate: 1, p: 0.06, verdict: .decidable)
    let refused = Influence.Standing(estimate: nil, p: nil, verdict: .undecidable)
    #expect(whole.flip(to: turned) == .sign && whole.flip(to: faded) == .significance)
    #expect(whole.flip(to: refused) == .verdict && whole.flip(to: whole) == nil)
  }
}

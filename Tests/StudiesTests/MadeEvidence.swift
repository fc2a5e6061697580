import Documents
import Foundation
import Indicators
import LinearAlgebra

@testable import Evidence
@testable import Studies

/// A made-up question on generated claims: rivals, corrections and searches, all resting on claims.
struct MadeEvidence {
  var states = 20
  var years = 2000...2012
  var seed: UInt64 = 1
  /// Claims of events for each state and year, on average.
  var density = 0.8
  var draws = 199

  private var actors: [ActorID] { (0..<states).map(MadeStudy.actor) }
  private func start(_ state: Int) -> Int? { state % 2 == 0 ? 2005 + state % 3 : nil }

  var casebook: Casebook {
    var casebook = Casebook(folder: URL(filePath: "/"))
    casebook.id = "made-evidence"
    casebook.actors =
      [Self.record("ORG", .organisation), Self.record("POWER", .state)]
      + actors.map { Self.record($0, .state) }
    casebook.sources = [Self.source("paper", .b), Self.source("blog", .d)]
    casebook.claims = events + joinings + searches
    casebook.memberships = (0..<states).compactMap { state in
      start(state).map {
        Membership(
          actor: MadeStudy.actor(state), organisation: "ORG", stage: "member",
          from: EDTFDate(year: $0), to: nil, claim: ClaimID("joined-\(state)"))
      }
    }
    casebook.coverage = (0..<states).map { state in
      Coverage(
        actor: MadeStudy.actor(state), counterpart: nil, channel: "diplomacy",
        from: EDTFDate(year: years.lowerBound), to: EDTFDate(year: years.upperBound),
        status: .searched, note: nil, claim: ClaimID("searched-\(state)"))
    }
    casebook.reindex()
    return casebook
  }

  /// Events a year; every fifth has a rival elsewhere in time, every ninth is corrected.
  private var events: [Claim] {
    var random = Philox(seed: seed, stream: 77, index: 0)
    var claims: [Claim] = []
    for state in 0..<states {
      for year in years {
        let joined = start(state).map { year >= $0 } ?? false
        let mean = density * (joined ? 0.4 : 1) * (1 + 0.1 * Double(state % 4))
        while random.nextUnit() < mean / (1 + mean) {
          let number = claims.count
          let fact = "event-\(number)"
          claims.append(claim(number, fact, state, year, "paper", "ana"))
          if number % 5 == 0 {
            claims.append(claim(number + 1, fact, state, year + 1, "blog", "ben"))
          }
          if number % 9 == 0 {
            claims.append(
              claim(
                claims.count, fact, state, year - 1, "paper", "ben",
                supersedes: ClaimID("claim-\(number)")))
          }
        }
      }
    }
    return claims
  }

  private var joinings: [Claim] {
    (0..<states).filter { start($0) != nil }.map { state in
      claim(
        nil, "joined-\(state)", state, start(state) ?? 0, "paper", "ana", channel: "accession")
    }
  }

  private var searches: [Claim] {
    (0..<states).map { claim(nil, "searched-\($0)", $0, 2013, "paper", "ana", channel: "context") }
  }

  private func claim(
    _ number: Int?, _ fact: String, _ state: Int, _ year: Int, _ source: SourceID,
    _ coder: String, channel: ChannelID = "diplomacy", supersedes: ClaimID? = nil
  ) -> Claim {
    Claim(
      id: ClaimID(number.map { "claim-\($0)" } ?? fact), fact: FactID(fact), deal: nil,
      partOf: nil, actor: MadeStudy.actor(state), by: nil, with: [], counterpart: "POWER",
      channel: channel, instrument: "visit", assertion: .reported, direction: .toward, phase: nil,
      on: EDTFDate(year: year), ordered: nil, delivered: nil, until: nil, value: nil, low: nil,
      high: nil, unit: nil, currency: nil, priceYear: nil, of: nil, statement: "A visit.",
      source: source, locator: nil, credibility: .probable, coder: coder,
      codedOn: EDTFDate(year: 2020), supersedes: supersedes)
  }

  var study: Study {
    let outcome = Study.Outcome(
      id: "visits", isHeadline: true,
      indicator: Indicator(
        title: "Visits", unit: "a year", concept: .engagement, direction: .toward,
        definition: .claims(
          ClaimRule(measure: .count, channel: "diplomacy", counterpart: "POWER"))),
      pool: "all", periods: years, smallestEffect: 5, estimator: .standard, overlaps: nil,
      caveat: nil)
    return Study(
      id: "made", question: "Did joining ORG change visits?", estimand: "The mean change.",
      treatment: .init(organisation: "ORG", stage: "member", label: "ORG"), coTreatment: nil,
      counterpart: "POWER", named: (0..<4).map(MadeStudy.actor),
      pools: ["all": .init(title: "All", actors: actors, note: "")], periods: years,
      channels: [
        .init(id: "diplomacy", title: "Diplomacy", thesis: .away, outcomes: [outcome], note: nil)
      ], seed: 5, draws: draws)
  }

  private static func record(_ id: ActorID, _ kind: ActorKind) -> Actor {
    Actor(
      id: id, name: "State \(id)", kind: kind, parent: nil, members: [], from: nil, to: nil,
      note: nil)
  }

  private static func source(_ id: SourceID, _ reliability: Reliability) -> Source {
    Source(
      id: id, type: "report", title: "Title", author: nil, publisher: nil, issued: nil,
      accessed: nil, url: nil, language: nil, license: nil, sha256: nil, reliability: reliability)
  }
}

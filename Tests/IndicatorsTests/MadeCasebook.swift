import Documents
import Foundation

@testable import Evidence

extension Casebook {
  /// A casebook of a few claims, made in memory.
  static func made(
    claims: [Claim], coverage: [Coverage] = [], series: [SeriesValue] = [],
    memberships: [Membership] = [], reliability: Reliability? = .b
  ) -> Casebook {
    var casebook = Casebook(folder: URL(filePath: "/"))
    casebook.claims = claims
    casebook.coverage = coverage
    casebook.series = series
    casebook.memberships = memberships
    casebook.sources = [
      Source(
        id: "s", type: "article", title: "A source", author: nil, publisher: nil, issued: nil,
        accessed: nil, url: nil, language: nil, license: nil, sha256: nil,
        reliability: reliability)
    ]
    casebook.actors = [
      Actor(
        id: "AAA", name: "A", kind: .state, parent: nil, members: [], from: nil, to: nil,
        note: nil),
      Actor(
        id: "a-firm", name: "Firm", kind: .company, parent: "AAA", members: [], from: nil, to: nil,
        note: nil),
    ]
    casebook.codebook.roles.instruments = [.endsDeal: ["divestment"]]
    casebook.reindex()
    return casebook
  }
}

extension Claim {
  /// A claim of one actor, with the columns that a test needs.
  static func made(
    _ id: String, fact: String? = nil, deal: String? = nil, partOf: String? = nil,
    actor: ActorID = "AAA", instrument: Instrument = "donation",
    assertion: Assertion = .reported, direction: Direction? = .toward, phase: Phase? = nil,
    on: String? = nil, until: String? = nil, value: Double? = nil, low: Double? = nil,
    high: Double? = nil, of: String? = nil, credibility: Credibility? = .possible
  ) throws -> Claim {
    Claim(
      id: ClaimID(id), fact: FactID(fact ?? "f-" + id), deal: deal.map { DealID($0) },
      partOf: partOf.map { FactID($0) }, actor: actor, by: nil, with: [], counterpart: "CCC",
      channel: "security", instrument: instrument, assertion: assertion, direction: direction,
      phase: phase, on: try on.map { try EDTFDate($0) }, ordered: nil, delivered: nil,
      until: try until.map { try EDTFDate($0) }, value: value, low: low, high: high,
      unit: "money", currency: "EUR", priceYear: nil, of: of, statement: "It is said.",
      source: "s", locator: nil, credibility: credibility, coder: "test",
      codedOn: EDTFDate(year: 2026), supersedes: nil)
  }
}

extension Coverage {
  static func made(_ status: CoverageStatus, _ from: Int, _ to: Int) -> Coverage {
    Coverage(
      actor: "AAA", counterpart: nil, channel: "security", from: EDTFDate(year: from),
      to: EDTFDate(year: to), status: status, note: nil, claim: nil)
  }
}

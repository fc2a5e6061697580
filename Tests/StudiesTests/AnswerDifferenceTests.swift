import Documents
import Effects
import Testing

@testable import Evidence
@testable import Studies

/// Why an answer is another one: each kind of change with its part.
@Suite struct AnswerDifferenceTests {
  /// The estimate and the verdict that a cold run gives.
  private static func standing(_ study: Study, _ casebook: Casebook) throws -> Influence.Standing {
    let outcome = try study.answer(from: casebook).channels[0].outcomes[0]
    return Influence.Standing(
      estimate: outcome.estimates.first?.effects.overall.att,
      p: outcome.estimates.first?.randomization.p, verdict: outcome.answerability.verdict)
  }

  /// Evidence with every kind of change that claims can have.
  private static func changed(_ casebook: Casebook) -> Casebook {
    var other = casebook
    let events = casebook.claims.filter { $0.id.rawValue.hasPrefix("claim-") }
    other.claims.removeAll { claim in events.prefix(4).contains { $0.id == claim.id } }
    other.judgements = events.filter { $0.source == "blog" }.prefix(6).map {
      Judgement(
        fact: $0.fact, claim: $0.id, by: "ana", on: EDTFDate(year: 2021), reason: "It is nearer.")
    }
    other.coverage.removeLast()
    other.memberships[0] = Membership(
      actor: other.memberships[0].actor, organisation: "ORG", stage: "member",
      from: EDTFDate(year: 2008), to: nil, claim: other.memberships[0].claim)
    other.reindex()
    return other
  }

  @Test func theStepsLeadFromOneAnswerToTheOther() throws {
    let made = MadeEvidence()
    let (first, last) = (made.casebook, Self.changed(made.casebook))
    let difference = try AnswerDifference(from: (made.study, first), to: (made.study, last))
    let channel = try #require(difference.channels.first)
    #expect(channel.before == (try Self.standing(made.study, first)))
    #expect(channel.after == (try Self.standing(made.study, last)))
    #expect(
      channel.steps.map(\.kind) == [.claimsWithdrawn, .judgements, .searches, .identity])
    var standing = channel.before
    for step in channel.steps {
      #expect(step.before == standing && step.values + (step.kind == .identity ? 1 : 0) > 0)
      standing = step.after
    }
    #expect(standing == channel.after)
    let parts = channel.steps.compactMap(\.part)
    let (before, after) = (
      try #require(channel.before.estimate), try #require(channel.after.estimate)
    )
    #expect(parts.count == 4)
    // Differences of neighbours: only rounding is left.
    #expect(abs(parts.reduce(0, +) - (after - before)) < 1e-12)
  }

  @Test(arguments: [1, 2, 3])
  func aDayIsComparedWithALaterOne(_ seed: UInt64) throws {
    var made = MadeEvidence()
    made.seed = seed
    var casebook = made.casebook
    casebook.claims = casebook.claims.enumerated().map { place, claim in
      claim.id.rawValue.hasPrefix("claim-") && place % 3 == 0 ? Self.later(claim) : claim
    }
    casebook.reindex()
    let early = casebook.asKnown(on: Day(year: 2020, month: 12, day: 31))
    #expect(early.claims.count < casebook.claims.count)
    let channel = try #require(
      try AnswerDifference(from: (made.study, early), to: (made.study, casebook)).channels.first)
    #expect(channel.before == (try Self.standing(made.study, early)))
    #expect(channel.after == (try Self.standing(made.study, casebook)))
    #expect(channel.steps.first?.kind == .claimsAdded)
    #expect(Set(channel.steps.map(\.kind)).isSubset(of: [.claimsAdded, .claimsSuperseded]))
  }

  /// The same claim, coded a year later.
  private static func later(_ claim: Claim) -> Claim {
    Claim(
      id: claim.id, fact: claim.fact, deal: claim.deal, partOf: claim.partOf, actor: claim.actor,
      by: claim.by, with: claim.with, counterpart: claim.counterpart, channel: claim.channel,
      instrument: claim.instrument, assertion: claim.assertion, direction: claim.direction,
      phase: claim.phase, on: claim.on, ordered: claim.ordered, delivered: claim.delivered,
      until: claim.until, value: claim.value, low: claim.low, high: claim.high, unit: claim.unit,
      currency: claim.currency, priceYear: claim.priceYear, of: claim.of,
      statement: claim.statement, source: claim.source, locator: claim.locator,
      credibility: claim.credibility, coder: claim.coder, codedOn: EDTFDate(year: 2021),
      supersedes: claim.supersedes)
  }

  @Test func anotherVintageAndAnotherMethodAreToldApart() throws {
    let made = MadeStudy()
    var casebook = made.casebook
    casebook.series = casebook.series.map { value in
      SeriesValue(
        variable: value.variable, actor: value.actor, period: value.period,
        value: value.value.map { value.actor == MadeStudy.actor(3) ? $0 + 1 : $0 }, low: nil,
        high: nil, status: value.status, source: value.source)
    }
    casebook.reindex()
    var specification = Specification()
    specification.anticipation = 1
    let other = try made.study.applying(specification)
    let channel = try #require(
      try AnswerDifference(from: (made.study, made.casebook), to: (other, casebook)).channels.first)
    #expect(channel.steps.map(\.kind) == [.vintages, .method])
    #expect(channel.steps[0].values == made.years.count && channel.steps[1].values == 0)
    #expect(channel.after == (try Self.standing(other, casebook)))
  }

  @Test func nothingChangedIsNoStep() throws {
    let made = MadeStudy()
    let side = (study: made.study, casebook: made.casebook)
    let channel = try #require(try AnswerDifference(from: side, to: side).channels.first)
    #expect(channel.steps.isEmpty && channel.before == channel.after)
  }

  /// What cannot be decided has no estimate on its side, and so no part.
  @Test func whatBecomesUndecidableHasNoPart() throws {
    let made = MadeStudy()
    var nobody = made
    nobody.starts = nobody.starts.map { _ in nil }
    nobody.starts[0] = 2005
    let channel = try #require(
      try AnswerDifference(
        from: (made.study, made.casebook), to: (made.study, nobody.casebook)
      ).channels.first)
    #expect(channel.before.verdict != .undecidable && channel.after.verdict == .undecidable)
    #expect(channel.after.estimate == nil)
    #expect(channel.steps.contains { $0.kind == .identity && $0.part == nil })
  }
}

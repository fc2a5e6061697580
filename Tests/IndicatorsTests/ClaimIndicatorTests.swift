import Evidence
import Panels
import Testing

@testable import Indicators

@Suite struct ClaimIndicatorTests {
  private static let years = Array(2000...2006)

  private func cells(
    _ measure: ClaimRule.Measure, _ casebook: Casebook,
    _ change: (ClaimRule) -> ClaimRule = { $0 }
  ) -> [IndicatorCell] {
    let rule = change(ClaimRule(measure: measure, channel: "security", counterpart: "CCC"))
    return Indicator(
      title: "t", unit: "u", concept: .engagement, direction: .toward, definition: .claims(rule)
    ).series(from: casebook, actors: ["AAA"], periods: Self.years).cells[0]
  }

  @Test func countsFactsOfTheirYearAndNamesTheClaims() throws {
    let casebook = Casebook.made(
      claims: [
        try .made("one", fact: "f", on: "2001-03"), try .made("two", fact: "f", on: "2001"),
        try .made("three", on: "2001"), try .made("four", on: "2003~"),
      ], coverage: [.made(.searched, 2000, 2006)])
    let cells = cells(.count, casebook)
    #expect(cells.map(\.cell.value) == [0, 2, 0, 1, 0, 0, 0])
    // Two claims about one fact are one fact; the better graded or the earlier one is used.
    #expect(cells[1].evidence == [.claim("one"), .claim("three")])
    #expect(cells.allSatisfy { !$0.isAtLeast })
  }

  @Test func aClaimWhoseDateSpansYearsIsUndatedAndNotCounted() throws {
    let casebook = Casebook.made(
      claims: [try .made("vague", on: "2001/2003"), try .made("dateless")],
      coverage: [.made(.searched, 2000, 2006)])
    // Either could belong to any year: no year is counted in full.
    #expect(cells(.count, casebook).allSatisfy { $0.cell.value == 0 && $0.isAtLeast })
    let rule = ClaimRule(measure: .count, channel: "security")
    let evaluation = ClaimEvaluation(
      rule, from: casebook, actors: ["AAA"], periods: Self.years)
    #expect(evaluation.undated(of: "AAA") == ["vague", "dateless"])
  }

  @Test func nothingFoundIsZeroOnlyWhereSomebodySearched() throws {
    let casebook = Casebook.made(
      claims: [try .made("one", on: "2004")],
      coverage: [
        .made(.searched, 2000, 2001), .made(.impossible, 2002, 2002), .made(.withheld, 2003, 2003),
      ])
    let cells = cells(.count, casebook)
    #expect(
      cells.map(\.cell) == [
        .observed(0), .observed(0), .absent(.impossible), .absent(.withheld), .observed(1),
        .absent(.notSearched), .absent(.notSearched),
      ])
    // Found without a search: at least one, and so no full count.
    #expect(cells[4].isAtLeast)
  }

  @Test func onlyReportedClaimsCountUnlessTheRuleSaysOtherwise() throws {
    let casebook = Casebook.made(
      claims: [
        try .made("said", on: "2001"), try .made("guess", assertion: .forecast, on: "2001"),
      ],
      coverage: [.made(.searched, 2000, 2006)])
    #expect(cells(.count, casebook)[1].cell.value == 1)
    let all = cells(.count, casebook) {
      ClaimRule(measure: $0.measure, channel: $0.channel, assertions: [.reported, .forecast])
    }
    #expect(all[1].cell.value == 2)
  }

  @Test func aGradeThatCannotBeJudgedNeverPassesAThreshold() throws {
    let casebook = Casebook.made(
      claims: [
        try .made("good", on: "2001", credibility: .probable),
        try .made("poor", on: "2001", credibility: .doubtful),
        try .made("unknown", on: "2001", credibility: .cannotBeJudged),
      ], coverage: [.made(.searched, 2000, 2006)])
    let graded = cells(.count, casebook) {
      ClaimRule(measure: $0.measure, channel: $0.channel, minimumCredibility: .possible)
    }
    #expect(graded[1].cell.value == 1)
    #expect(cells(.count, casebook)[1].cell.value == 3)
  }

  @Test func aSumTakesTheWholeOrItsPartsNeverBoth() throws {
    let parts = [
      try Claim.made("part1", partOf: "whole", on: "2001", value: 3),
      try Claim.made("part2", partOf: "whole", on: "2001", value: 4),
    ]
    let whole = try Claim.made("all", fact: "whole", on: "2001", value: 10)
    let measure = ClaimRule.Measure.sum(unit: "money", currency: "EUR", of: nil)
    let searched = [Coverage.made(.searched, 2000, 2006)]
    let both = cells(measure, .made(claims: parts + [whole], coverage: searched))
    #expect(both[1].cell.value == 10)
    let onlyParts = cells(measure, .made(claims: parts, coverage: searched))
    #expect(onlyParts[1].cell.value == 7)
  }

  @Test func aSumWithABoundIsALowerBound() throws {
    let casebook = Casebook.made(
      claims: [
        try .made("point", on: "2001", value: 3), try .made("over", on: "2001", low: 12),
        try .made("other", on: "2001", value: 9, of: "GDP"),
      ], coverage: [.made(.searched, 2000, 2006)])
    let cells = cells(.sum(unit: "money", currency: "EUR", of: nil), casebook)
    #expect(cells[1].cell.value == 15)
    #expect(cells[1].isAtLeast)
  }

  @Test func aDealIsInForceUntilItsRealEndElseItsPlannedOne() throws {
    let bought = try Claim.made(
      "bought", deal: "airport", instrument: "acquisition", on: "2001", until: "2006")
    let sold = try Claim.made(
      "sold", deal: "airport", instrument: "divestment", direction: .away, on: "2004~")
    let searched = [Coverage.made(.searched, 2000, 2006)]
    let planned = cells(.activeStock, .made(claims: [bought], coverage: searched))
    #expect(planned.map(\.cell.value) == [0, 1, 1, 1, 1, 1, 1])
    let real = cells(.activeStock, .made(claims: [bought, sold], coverage: searched))
    #expect(real.map(\.cell.value) == [0, 1, 1, 1, 1, 0, 0])
    #expect(real[2].evidence == [.claim("bought"), .claim("sold")])
  }

  @Test func aPositionHoldsUntilTheNextOne() throws {
    let casebook = Casebook.made(
      claims: [
        try .made("early", direction: .toward, on: "2001"),
        try .made("late", direction: .away, on: "2004"),
      ], coverage: [.made(.searched, 2000, 2006)])
    let cells = cells(.latestPosition, casebook)
    #expect(cells.map(\.cell.value) == [0, 1, 1, 1, -1, -1, -1])
    #expect(cells[6].evidence == [.claim("late")])
  }

  @Test func aCompanyCountsForItsStateWhereTheRuleSaysSo() throws {
    let casebook = Casebook.made(
      claims: [try .made("firm", actor: "a-firm", on: "2001")],
      coverage: [.made(.searched, 2000, 2006)])
    #expect(cells(.count, casebook)[1].cell.value == 0)
    let withParents = cells(.count, casebook) {
      ClaimRule(measure: $0.measure, channel: $0.channel, countsForParent: true)
    }
    #expect(withParents[1].cell.value == 1)
  }

  @Test func lowerBoundsLeaveThePanel() throws {
    let casebook = Casebook.made(
      claims: [try .made("one", on: "2004")], coverage: [.made(.searched, 2000, 2001)])
    let series = Indicator(
      title: "t", unit: "u", concept: .engagement, direction: .toward,
      definition: .claims(ClaimRule(measure: .count, channel: "security"))
    ).series(from: casebook, actors: ["AAA"], periods: Self.years)
    let panel = try Panel(series, treatment: [])
    #expect(panel.cell(unit: 0, period: 0) == .observed(0))
    #expect(panel.cell(unit: 0, period: 4) == .absent(.notSearched))
  }
}

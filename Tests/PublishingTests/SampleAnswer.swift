import Documents
import Foundation
import LinearAlgebra

@testable import Effects
@testable import Evidence
@testable import Indicators
@testable import Panels
@testable import Studies

/// A made-up answer: votes that can decide, weakly, and arms that cannot.
enum Sample {
  static func answer() throws -> Answer {
    let casebook = try Casebook.sample()
    let votes = try votes(casebook)
    let arms = try arms(casebook)
    return Answer(
      study: study, casebook: casebook, asKnownOn: Day(year: 2024, month: 2, day: 1),
      channels: [
        ChannelAnswer(id: "votes", title: "Votes & positions", outcomes: [votes]),
        ChannelAnswer(id: "arms", title: "Arms <and> security", outcomes: [arms]),
      ],
      caveats: [
        .data("League or <Union>? Two states joined both."),
        .data("Nobody searched everywhere."),
      ],
      conflicts: [
        Conflict(
          fact: "debt", claims: ["debt-a", "debt-b"], used: "debt-b",
          why: .rule(casebook.fact("debt")?.rule ?? .onlyClaim))
      ],
      wouldChange: [.moreStates(1, smallestP: 1.0 / 21)])
  }

  static let study = Study(
    id: "league", question: "Did joining the League change how states deal with Farland?",
    estimand: "The average change since joining.",
    treatment: .init(organisation: "LEA", stage: "member", label: "the League"), coTreatment: nil,
    counterpart: "FAR",
    named: ["AAA", "BBB", "CCC", "DDD"],
    pools: ["all": .init(title: "All", actors: Casebook.names.map(\.0), note: "A choice.")],
    periods: 2000...2019,
    channels: [
      .init(id: "votes", title: "Votes & positions", thesis: .away, outcomes: [], note: nil),
      .init(id: "arms", title: "Arms <and> security", thesis: .away, outcomes: [], note: "A note."),
    ], seed: 7, draws: 999)

  private static func panel(_ series: IndicatorSeries) throws -> Panel {
    try Panel(
      units: series.actors.map(\.rawValue), periods: series.periods.map { Period($0) },
      cells: series.cells.map { $0.map(\.cell) },
      cohorts: series.actors.map { actor in
        Casebook.joined[actor].map { .firstTreated(Period($0)) } ?? .neverTreated
      })
  }

  private static func votes(_ casebook: Casebook) throws -> OutcomeAnswer {
    let indicator = Indicator(
      title: "Distance to Farland", unit: "points", concept: .alignment, direction: .away,
      definition: .variable("distance", .none), range: ValueRange(least: 0, most: 10))
    let actors = Casebook.names.map(\.0)
    let series = indicator.series(
      from: casebook, actors: actors, periods: Array(2000...2019))
    let panel = try panel(series)
    let estimator = GroupTimeDiD(comparison: .notYetTreated)
    let test = try Randomization(draws: 999, seed: 7).test(estimator, on: panel)
    let estimate = OutcomeEstimate(
      estimator: ChosenEstimator(estimator), sample: .all,
      effects: ChosenEffects(try estimator.estimate(panel)),
      randomization: test, showsLargeSampleErrors: true, showsJointTest: false)
    return OutcomeAnswer(
      id: "vote-distance", isHeadline: true, series: series,
      design: design(test, treated: 4), answerability: weak, estimates: [estimate],
      smallestEffect: 0.25,
      likelihood: Likelihood(word: .likely, confidence: 0.97, isCapped: true),
      evidence: EvidenceConfidence(level: .low, reasons: [.fewTreated(4)]),
      panel: panel, trace: series.evidence)
  }

  private static func arms(_ casebook: Casebook) throws -> OutcomeAnswer {
    let indicator = Indicator(
      title: "Arms deals", unit: "deals a year", concept: .engagement, direction: .toward,
      definition: .claims(ClaimRule(measure: .count, channel: "arms", countsForParent: true)))
    let series = indicator.series(
      from: casebook, actors: study.named, periods: Array(2000...2019))
    return OutcomeAnswer(
      id: "arms-deals", isHeadline: true, series: series, design: design(nil, treated: 2),
      answerability: undecidable, estimates: [], smallestEffect: nil, likelihood: nil,
      evidence: EvidenceConfidence(level: .low, reasons: []),
      panel: try panel(series), trace: series.evidence)
  }

  private static func design(_ test: RandomizationTest?, treated: Int) -> DesignCard {
    DesignCard(
      pool: "All", poolNote: "A choice.",
      treated: Casebook.joined.keys.sorted().prefix(treated).map {
        .init(actor: $0, from: Casebook.joined[$0] ?? 0, periodsBefore: 9, periodsAfter: 10)
      },
      comparison: ["CCC", "DDD", "GGG", "HHH"],
      dropped: [Dropped(unit: "DDD", period: Period(2001), reason: "it did not exist")],
      periods: 2000...2019,
      named: [
        .init(actor: "AAA", role: .treated, periodsBefore: 9, periodsAfter: 11, absence: nil),
        .init(actor: "CCC", role: .comparison, periodsBefore: 10, periodsAfter: 10, absence: nil),
        .init(
          actor: "DDD", role: .absent, periodsBefore: 0, periodsAfter: 0, absence: .impossible),
      ],
      floor: test.map { .init(who: $0.floor.who, whoAndWhen: $0.floor.whoAndWhen) },
      namedFloor: .init(joined: 2, of: 4, who: 1.0 / 6),
      minimumDetectableEffect: test?.minimumDetectableEffect, preTrend: test?.preTrend,
      coTreated: [])
  }

  private static let weak = Answerability(
    verdict: .weak,
    reasons: [
      .treatedUnits(seen: 4, needed: 2), .detectableEffect(0.4, smallest: 0.25),
    ])

  private static let undecidable = Answerability(
    verdict: .undecidable, reasons: [.whoFloor(1.0 / 6, isByWho: false, below: 0.05)])
}

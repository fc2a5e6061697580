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
        ChannelAnswer(id: "votes", title: "Votes & positions", outcomes: [votes], text: votes.text),
        ChannelAnswer(id: "arms", title: "Arms <and> security", outcomes: [arms], text: arms.text),
      ],
      caveats: ["League or <Union>? Two states joined both.", "Nobody searched everywhere."],
      conflicts: [
        Conflict(
          fact: "debt", claims: ["debt-a", "debt-b"], used: "debt-b",
          why: "A judgement of 2024-02-01: It is the ministry's own.")
      ],
      wouldChange: ["One more state searched in the same way would help."],
      summary: "Joining the League may have moved votes; on arms the evidence cannot decide.",
      findings: ["Distance: +3.0.", "One channel cannot be decided: arms."])
  }

  static let study = Study(
    id: "league", question: "Did joining the League change how states deal with Farland?",
    estimand: "The average change since joining.",
    treatment: .init(organisation: "LEA", stage: .member, label: "the League"), coTreatment: nil,
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
      likelihood: Likelihood(word: "likely", confidence: 0.97, isCapped: true),
      evidence: EvidenceConfidence(level: .low, reasons: ["Few joined: four."]),
      text: "Joining goes with a change. It is likely that it moves states away (0.97).",
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
      text: "This comparison cannot decide.", panel: try panel(series), trace: series.evidence)
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
      .init(rule: .treatedUnits, value: 4, threshold: 2, passed: true, text: "Four joined."),
      .init(
        rule: .detectableEffect, value: 0.4, threshold: 0.25, passed: false,
        text: "Only a change of 0.40 would be found."),
    ])

  private static let undecidable = Answerability(
    verdict: .undecidable,
    reasons: [
      .init(
        rule: .whoFloor, value: 1.0 / 6, threshold: 0.05, passed: false,
        text: "The smallest p that this comparison could ever give is 1 in 6.")
    ])
}

import Documents
@testable import Evidence
import Indicators

@testable import Publishing
@testable import Scenarios
@testable import Studies

extension Sample {
  /// What the sample's pages show beyond the answer, each part with something in it.
  static func supplement(_ answer: Answer) throws -> Supplement {
    var supplement = Supplement()
    supplement.projections = [Projection(scenario, from: answer)]
    supplement.replays = [
      Replay(
        outcome: "vote-distance", actor: "AAA", event: 2009,
        result: .scored(
          .init(
            years: 2009...2018, crps: 0.4, naive: 0.6,
            covered: .init(half: 4, eighty: 8, ninetyFive: 9), count: 10))),
      Replay(
        outcome: "vote-distance", actor: "BBB", event: 2005,
        result: .notReplayable(.failed("no <earlier> accession can be learnt from"))),
    ]
    supplement.outlook = Outlook(
      of: "LEA", in: answer.casebook, asKnownOn: Day(year: 2024, month: 2, day: 1))
    supplement.exposures = try Supplement.Exposures(
      of: answer.study, in: answer.casebook, year: 2020)
    supplement.multiverses = [multiverse]
    return supplement
  }

  static let scenario = scenario(assuming: [:])

  /// The same scenario where an outcome's effect is assumed.
  static func assuming(_ outcome: String) -> Scenario {
    scenario(assuming: [outcome: .init(effect: 0...1, reason: "Nobody knows.")])
  }

  private static func scenario(assuming assumptions: [String: Scenario.Assumption]) -> Scenario {
    Scenario(
      id: "ccc-2022", title: "CCC <joins> in 2022", note: "What if & when.", study: "league",
      steps: [.init(actor: "CCC", organisation: "LEA", stage: "member", year: 2022, leaves: false)],
      transfer: 0.5...1, anticipation: 0, horizon: 5, assumptions: assumptions, draws: 199, seed: 7)
  }

  /// Twelve specifications of two choices, of which the first moves the estimate.
  static let multiverse = Multiverse(
    channel: "votes", outcome: "vote-distance", unit: "points", isThesisPositive: true,
    choices: [
      .init(
        id: "pool", title: "Who is <compared>", outcomes: [],
        options: [
          .init(label: "all & each", specification: .init()),
          .init(label: "some", specification: .init()),
        ]),
      .init(
        id: "window", title: "Which years", outcomes: [],
        options: [
          .init(label: "early", specification: .init()),
          .init(label: "late", specification: .init()),
          .init(label: "both", specification: .init()),
        ]),
    ],
    counts: .init(
      combinations: 6, impossible: [:], possible: 6, sampled: 6, planned: 6, done: 6, left: [:]),
    seed: 7, draws: 99,
    points: (0..<6).map { place in
      .init(
        specification: Specification(), options: [place / 3, place % 3],
        estimate: Double(place) * 0.5 - 0.75, p: place > 3 ? 0.01 : 0.4, treated: 4, compared: 4,
        undefined: 0)
    },
    summary: .init(
      median: 0.5, tenth: -0.75, ninetieth: 1.25, positive: 4.0 / 6, negative: 2.0 / 6,
      significantPositive: 2.0 / 6, significantNegative: 0,
      joint: .init(
        medianP: 0.2, shareP: 0.1, share: 2.0 / 6, medianShare: 0, draws: 99, cells: 594,
        undefined: 0, blunt: 0)),
    moves: [
      .init(
        choice: 0, share: 0.8,
        options: [
          .init(count: 3, median: -0.25, positive: 1.0 / 3, significant: 0),
          .init(count: 3, median: 1.25, positive: 1, significant: 2.0 / 3),
        ]),
      .init(
        choice: 1, share: 0.1,
        options: (0..<3).map { _ in .init(count: 2, median: 0.5, positive: 0.5, significant: 0.5) }),
    ])
}

import Documents
import Foundation

@testable import Evidence

extension Casebook {
  /// A made-up casebook: eight states, a league that four of them join, a power called Farland.
  ///
  /// Its texts hold what could break a page or a terminal.
  static func sample() throws -> Casebook {
    var casebook = Casebook(folder: URL(filePath: "/"))
    casebook.id = "sample"
    casebook.version = "1.0"
    casebook.sha256 = String(repeating: "0f", count: 32)
    casebook.codebook.channels = [
      .init(id: "votes", title: "Votes & positions", definition: "", isOutcome: true),
      .init(id: "arms", title: "Arms <and> security", definition: "", isOutcome: true),
      .init(id: "context", title: "Context", definition: "", isOutcome: false),
    ]
    casebook.codebook.roles.instruments = [
      .exposure: ["arms_purchase", "acquisition"], .onDelivery: ["arms_purchase"],
    ]
    casebook.codebook.ladders = ["LEA": ["partner", "action_plan", "member"]]
    casebook.actors =
      names.map { .sample($0.0, $0.1) } + [
        .sample("LEA", "The League", .organisation), .sample("FAR", "Farland"),
        .sample("alpha-steel", "Alpha Steel", .company, parent: "AAA"),
        .sample("all", "The named", .group, members: ["AAA", "BBB", "CCC", "DDD"]),
      ]
    casebook.sources = sampleSources
    casebook.variables = [
      Variable(
        id: "distance", title: "Distance in votes", unit: "points", channel: "votes",
        concept: .alignment, direction: .away, counterpart: "FAR", source: "records",
        method: "The difference between two positions.")
    ]
    casebook.series = values
    casebook.memberships = try memberships()
    casebook.claims = try claims()
    casebook.judgements = [
      Judgement(
        fact: "debt", claim: "debt-b", by: "project", on: try EDTFDate("2024-02-01"),
        reason: "It is the ministry's own.")
    ]
    casebook.coverage = [
      .sample("AAA", "arms", .searched), .sample("BBB", "arms", .searched),
      .sample("DDD", "arms", .impossible),
    ]
    casebook.reindex()
    return casebook
  }

  static let names: [(ActorID, String)] = [
    ("AAA", "Alphaland"), ("BBB", "Betaland \"B\""), ("CCC", "Gammaland"), ("DDD", "Deltaland"),
    ("EEE", "Epsilonia"), ("FFF", "Zetaland"), ("GGG", "Etaland"), ("HHH", "Thetaland"),
  ]

  static let joined: [ActorID: Int] = ["AAA": 2009, "BBB": 2012, "EEE": 2009, "FFF": 2014]

  /// A line of its own for each state, and a step of 0.6 for those that joined.
  static func value(_ place: Int, _ actor: ActorID, _ year: Int) -> Double {
    let wave = Double((place * 7 + year * 3) % 11) / 20
    let step = joined[actor].map { year >= $0 ? 0.6 : 0 } ?? 0
    return 1 + Double(place) * 0.2 + wave + step
  }

  private static var values: [SeriesValue] {
    names.enumerated().flatMap { place, name in
      (2000...2019).map { year in
        let isAbsent = name.0 == "DDD" && year < 2006
        return SeriesValue(
          variable: "distance", actor: name.0, period: year,
          value: isAbsent ? nil : value(place, name.0, year), low: nil, high: nil,
          status: isAbsent ? .impossible : .observed, source: nil)
      }
    }
  }

  private static func memberships() throws -> [Membership] {
    func spell(_ actor: ActorID, _ stage: Stage, _ from: String, _ to: String? = nil) throws
      -> Membership
    {
      Membership(
        actor: actor, organisation: "LEA", stage: stage, from: try EDTFDate(from),
        to: try to.map { try EDTFDate($0) }, claim: actor == "AAA" ? "step" : nil)
    }
    return [
      try spell("AAA", "partner", "2001-05", "2009-03"), try spell("AAA", "member", "2009-04-01"),
      try spell("BBB", "action_plan", "2005~", "2012"), try spell("BBB", "member", "2012"),
      try spell("CCC", "partner", "2007"), try spell("EEE", "member", "2009"),
      try spell("FFF", "member", "2014"),
    ]
  }

  private static var sampleSources: [Source] {
    [
      Source(
        id: "records", type: "dataset", title: "Roll <calls>", author: "A. Author",
        publisher: "An Archive", issued: nil, accessed: try? EDTFDate("2024-01-05"),
        url: "https://example.org/records?a=1&b=2", language: "en", license: "CC0",
        sha256: String(repeating: "a", count: 64), reliability: .b),
      Source(
        id: "paper", type: "article", title: "A paper", author: nil, publisher: nil, issued: nil,
        accessed: nil, url: "javascript:alert(1)", language: "en", license: nil, sha256: nil,
        reliability: .cannotBeJudged),
    ]
  }
}

extension Actor {
  fileprivate static func sample(
    _ id: ActorID, _ name: String, _ kind: ActorKind = .state, parent: ActorID? = nil,
    members: [ActorID] = []
  ) -> Actor {
    Actor(
      id: id, name: name, kind: kind, parent: parent, members: members, from: nil, to: nil,
      note: nil)
  }
}

extension Coverage {
  fileprivate static func sample(
    _ actor: ActorID, _ channel: ChannelID, _ status: CoverageStatus
  ) -> Coverage {
    Coverage(
      actor: actor, counterpart: "FAR", channel: channel, from: EDTFDate(year: 2000),
      to: EDTFDate(year: 2019), status: status, note: nil, claim: nil)
  }
}

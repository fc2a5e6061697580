import HTTP
import Documents
import Evidence
import Publishing

/// The addresses of a casebook's records.
struct EvidenceRoutes {
  let casebook: Casebook

  var all: [Route] { [summary, claims, claim, facts, fact, sources, variables, series] }

  private var summary: Route {
    Route(
      "/api/v1/casebook", "The casebook: its name, version, hash and counts.",
      Response([
        "id": .string(casebook.id), "version": .string(casebook.version),
        "title": .string(casebook.title), "sha256": .string(casebook.sha256),
        "claims": .integer(casebook.claims.count), "sources": .integer(casebook.sources.count),
        "seriesValues": .integer(casebook.series.count),
        "studies": .strings(casebook.studies.keys.sorted()),
        "scenarios": .strings(casebook.scenarios.keys.sorted()),
      ]))
  }

  private static let claimFilters: [Route.Parameter] = [
    .init("actor", "Only claims on this actor."),
    .init("channel", "Only claims of this channel."),
    .init("instrument", "Only claims of this instrument."),
    .init("source", "Only claims of this source."),
    .init("credibility", "Only claims of this credibility.", .word(Credibility.words)),
    .init("from", "Only claims dated in this year or later.", .whole(1000...2999)),
    .init("to", "Only claims dated in this year or earlier.", .whole(1000...2999)),
    .init("text", "Only claims whose statement has these words."),
    .init(
      "sort", "The order of the rows (default: the table's).", .word(["id", "actor", "on"])),
  ]

  private var claims: Route {
    Route(
      listing: "/api/v1/claims", "Claims, filtered, in pages.", Claim.listed,
      filters: Self.claimFilters
    ) { [casebook] call in
      let problems = EvidenceFilter.problems(in: call.accepted)
      guard problems.isEmpty else { throw HTTPProblem.badRequest(problems) }
      let words = (call["text"] ?? "").lowercased().split(separator: " ")
      let kept = casebook.claims.filter { claim in
        claim.matches(call) && words.allSatisfy { claim.statement.lowercased().contains($0) }
      }
      return kept.sorted(by: call["sort"]).map(\.json)
    }
  }

  private var claim: Route {
    Route(
      "GET", "/api/v1/claims/{id}", "One claim.", schema: Claim.fields.schema.jsonSchema
    ) { [casebook] call in
      guard let claim = casebook.claim(ClaimID(call["id"] ?? "")) else {
        throw HTTPProblem.notFound("No claim has this id", advice: "see /api/v1/claims.")
      }
      return Response(claim.json)
    }
  }

  private var facts: Route {
    Route(
      listing: "/api/v1/facts", "Facts with the claim that is used and the rule that chose it.",
      ["id", "used", "rule", .init("claims", "array"), .init("superseded", "array")]
    ) { [casebook] _ in casebook.facts.compactMap { casebook.fact($0)?.json } }
  }

  private var fact: Route {
    Route("GET", "/api/v1/facts/{id}", "One fact and its rival claims.") { [casebook] call in
      guard let fact = casebook.fact(FactID(call["id"] ?? "")) else {
        throw HTTPProblem.notFound("No fact has this id", advice: "see /api/v1/facts.")
      }
      return Response(fact.json)
    }
  }

  private var sources: Route {
    Route(
      listing: "/api/v1/sources", "Sources, with licence and grade.",
      Source.listed
    ) { [casebook] _ in casebook.sources.map(\.json) }
  }

  private var variables: Route {
    Route(
      listing: "/api/v1/variables", "The series' definitions.",
      Variable.listed
    ) { [casebook] _ in casebook.variables.map(\.json) }
  }

  private var series: Route {
    Route(
      listing: "/api/v1/series/{variable}", "The values of one series.",
      SeriesValue.listed, filters: [.init("actor", "Only values of this actor.")]
    ) { [casebook] call in
      let id = VariableID(call["variable"] ?? "")
      guard casebook.variable(id) != nil else {
        throw HTTPProblem.notFound("No series has this name", advice: "see /api/v1/variables.")
      }
      let rows = casebook.series(id).filter { row in
        call["actor"].map { row.actor.rawValue == $0 } ?? true
      }
      return rows.map(\.json)
    }
  }
}

extension Record {
  /// The columns of the record's table.
  static var listed: [Listing.Column] {
    fields.schema.fields.map { Listing.Column($0.name, schema: $0.jsonSchema) }
  }
}

extension [Claim] {
  fileprivate func sorted(by key: String?) -> [Claim] {
    switch key {
    case "id": sorted { $0.id < $1.id }
    case "actor": sorted { ($0.actor, $0.id) < ($1.actor, $1.id) }
    case "on":
      sorted {
        ($0.on?.earliest ?? .distantFuture, $0.id) < ($1.on?.earliest ?? .distantFuture, $1.id)
      }
    default: self
    }
  }
}

extension Claim {
  fileprivate func matches(_ call: Call) -> Bool {
    func fits(_ name: String, _ own: String?) -> Bool { call[name].map { $0 == own } ?? true }
    return fits("actor", actor.rawValue) && fits("channel", channel.rawValue)
      && fits("instrument", instrument.rawValue) && fits("source", source.rawValue)
      && fits("credibility", credibility?.rawValue)
      && isDated(from: call.number("from"), to: call.number("to"))
  }
}

extension ResolvedFact {
  var json: JSON {
    [
      "id": .string(id.rawValue), "used": .string(used.id.rawValue),
      "rule": .string(rule.name), "claims": .strings(claims.map(\.id.rawValue)),
      "superseded": .strings(superseded.map(\.id.rawValue)),
    ]
  }
}

extension ResolutionRule {
  fileprivate var name: String {
    switch self {
    case .onlyClaim: "only claim"
    case .judged: "judged"
    case .reliability: "reliability"
    case .credibility: "credibility"
    case .codedLater: "coded later"
    case .latest: "latest"
    case .tableOrder: "table order"
    }
  }
}

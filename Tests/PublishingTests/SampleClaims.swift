import Documents
@testable import Evidence

extension Casebook {
  /// The claims of the sample: two of them on one debt, one with a text made to break a page.
  static func claims() throws -> [Claim] {
    [
      try .sample(
        "guns", actor: "AAA", channel: "arms", instrument: "arms_purchase", direction: .toward,
        on: "2008-06", statement: "</script><script>alert('x')</script> & \"quotes\" \u{202E}gnirts"
      ),
      try .sample(
        "drill", actor: "AAA", channel: "arms", instrument: "drill", direction: .away, on: "2011",
        statement: "Trains with others."),
      try .sample(
        "plant", actor: "alpha-steel", channel: "arms", instrument: "acquisition",
        direction: .toward, on: "2003/2007", statement: "Buys a plant."),
      try .sample(
        "talks", actor: "CCC", channel: "arms", instrument: "visit", direction: nil, on: nil,
        statement: "Talks were held."),
      try .sample(
        "debt-a", fact: "debt", actor: "BBB", channel: "votes", instrument: "debt",
        direction: .toward, on: "2015", value: 0.2, of: "GDP", statement: "A fifth of GDP."),
      try .sample(
        "debt-b", fact: "debt", actor: "BBB", channel: "votes", instrument: "debt",
        direction: .toward, on: "2015", value: 0.25, of: "GDP", statement: "A quarter of GDP."),
      try .sample(
        "mood", actor: "all", channel: "context", instrument: "statement", direction: nil,
        on: "2016", statement: "The mood changed."),
      try .sample(
        "step", actor: "AAA", channel: "context", instrument: "ladder_step", direction: nil,
        on: "2009-04-01", statement: "Joins the League."),
    ]
  }
}

extension Claim {
  fileprivate static func sample(
    _ id: ClaimID, fact: FactID? = nil, actor: ActorID, channel: ChannelID,
    instrument: Instrument, direction: Direction?, on: String?, value: Double? = nil,
    of: String? = nil, statement: String
  ) throws -> Claim {
    Claim(
      id: id, fact: fact ?? FactID(id.rawValue + "-fact"), deal: nil, partOf: nil, actor: actor,
      by: nil, with: [], counterpart: "FAR", channel: channel, instrument: instrument,
      assertion: .reported, direction: direction, phase: nil, on: try on.map { try EDTFDate($0) },
      ordered: nil, delivered: nil, until: nil, value: value, low: nil, high: nil,
      unit: value == nil ? nil : "share", currency: nil, priceYear: nil, of: of,
      statement: statement, source: "paper", locator: .chars(10..<20), credibility: .possible,
      coder: "project", codedOn: try EDTFDate("2024-01-31"), supersedes: nil)
  }
}

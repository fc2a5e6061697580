public import Documents

/// A document or data set.
public struct Source: Hashable, Sendable {
  public package(set) var id: SourceID = ""
  /// The kind of document, as the Citation Style Language names it.
  public package(set) var type: String = ""
  public package(set) var title: String = ""
  public package(set) var author: String?
  public package(set) var publisher: String?
  public package(set) var issued: EDTFDate?
  public package(set) var accessed: EDTFDate?
  public package(set) var url: String?
  public package(set) var language: String?
  public package(set) var license: String?
  /// The hash of the text or file, in lower-case hexadecimal digits.
  public package(set) var sha256: String?
  public package(set) var reliability: Reliability?

  /// Whether figures of the source must not be handed on: its licence says so.
  public var isImportOnly: Bool { license?.hasPrefix("import only") ?? false }
}

/// One source saying one thing about one fact.
public struct Claim: Hashable, Sendable {
  public package(set) var id: ClaimID = ""
  public package(set) var fact: FactID = ""
  public package(set) var deal: DealID?
  /// The fact that this one is a part of: a sum takes the whole or its parts, never both.
  public package(set) var partOf: FactID?
  /// The state, group or sub-state that the claim is evidence on.
  public package(set) var actor: ActorID = ""
  /// Who acts or speaks, if another than `actor`.
  public package(set) var by: ActorID?
  public package(set) var with: [ActorID] = []
  /// The power or organisation that the claim relates to.
  public package(set) var counterpart: ActorID?
  public package(set) var channel: ChannelID = ""
  public package(set) var instrument: Instrument = ""
  public package(set) var assertion: Assertion = .reported
  public package(set) var direction: Direction?
  public package(set) var phase: Phase?
  /// When it happened or was in force.
  public package(set) var on: EDTFDate?
  public package(set) var ordered: EDTFDate?
  public package(set) var delivered: EDTFDate?
  /// The contractual or planned end.
  public package(set) var until: EDTFDate?
  public package(set) var value: Double?
  public package(set) var low: Double?
  public package(set) var high: Double?
  public package(set) var unit: String?
  public package(set) var currency: String?
  public package(set) var priceYear: Int?
  /// The denominator of `value`: claims with different ones are not rivals.
  public package(set) var of: String?
  /// What the source says, in the coder's own words.
  public package(set) var statement: String = ""
  public package(set) var source: SourceID = ""
  public package(set) var locator: Locator?
  public package(set) var credibility: Credibility?
  public package(set) var coder: String = ""
  public package(set) var codedOn: EDTFDate = EDTFDate.unread
  /// The claim that this one corrects.
  public package(set) var supersedes: ClaimID?

  var bounds: BoundedNumber { BoundedNumber(value: value, low: low, high: high) }
}

/// The recorded choice of which claim of a fact is used, and why.
public struct Judgement: Hashable, Sendable {
  public package(set) var fact: FactID = ""
  public package(set) var claim: ClaimID = ""
  public package(set) var by: String = ""
  public package(set) var on: EDTFDate = EDTFDate.unread
  public package(set) var reason: String = ""
}

extension Source: Record {
  package static let fields = Fields(
    "sources", title: "Documents and data sets", key: [\.id], of: Source()
  ) {
    Field("id", \.id, .name(), help: "Name of the source.")
    Field(
      "type", \.type, .shaped(.citationType),
      help: "Its type, as the Citation Style Language names it.")
    Field("title", \.title, .prose, help: "Its title.")
    Field("author", \.author, .prose, help: "Its authors.")
    Field("publisher", \.publisher, .prose, help: "Its publisher.")
    Field("issued", \.issued, .day, help: "When it was issued.")
    Field("accessed", \.accessed, .dayOfEntry, help: "When it was read.")
    Field("url", \.url, .shaped(.url), help: "Where it is, or where the copy read came from.")
    Field("language", \.language, .shaped(.language), help: "Its language (BCP 47).")
    Field("license", \.license, .text, help: "Its licence or terms.")
    Field("sha256", \.sha256, .shaped(.sha256), help: "Hash of the bytes read.")
    Field("reliability", \.reliability, .word(), help: "Grade of the source.")
  }
}

extension Claim: Record {
  package static let fields = Fields(
    "claims", title: "One source saying one thing about one fact", key: [\.id], of: Claim()
  ) {
    Field("id", \.id, .name(), help: "Name of the claim.")
    Field(
      "fact", \.fact, .sharedName(),
      help: "Name of the fact; claims about one event, position or quantity share it.")
    Field(
      "deal", \.deal, .sharedName(), help: "Name of the deal, project or piece of equipment.")
    Field("part_of", \.partOf, .reference(), help: "The fact that this one is a part of.")
    Field("actor", \.actor, .reference(), help: "Whom the claim is evidence on.")
    Field("by", \.by, .reference(), help: "Who acts or speaks, if another.")
    Field(
      "with", \.with, .references(), empty: [], help: "Further parties, separated by semicolons.")
    Field(
      "counterpart", \.counterpart, .reference(),
      help: "The power or organisation that it relates to.")
    Field("channel", \.channel, .term(of: "channels"), help: "The channel.")
    Field("instrument", \.instrument, .term(of: "instruments"), help: "The instrument.")
    Field("assertion", \.assertion, .word(), help: "How the source puts it.")
    Field("direction", \.direction, .word(), help: "Which way, relative to the counterpart.")
    Field("phase", \.phase, .word(), help: "How far it has come.")
    Field("on", \.on, .day, help: "When it happened or was in force.")
    Field("ordered", \.ordered, .day, help: "When it was ordered.")
    Field("delivered", \.delivered, .day, help: "When it was delivered.")
    Field("until", \.until, .day, help: "Contractual or planned end.")
    FieldGroup.bounded(
      \.bounds, value: Field("value", \.value, .number, help: "A number."),
      low: Field("low", \.low, .number, help: "Its lower bound."),
      high: Field("high", \.high, .number, help: "Its upper bound."))
    Field("unit", \.unit, .term(of: "units"), help: "Its unit.")
    Field("currency", \.currency, .shaped(.currency), help: "Currency (ISO 4217).")
    Field("price_year", \.priceYear, .year, help: "The year of the prices.")
    Field("of", \.of, .term(of: "denominators"), help: "The denominator.")
    Field(
      "statement", \.statement, .prose, help: "What the source says, in the coder's own words.")
    Field("source", \.source, .reference(), help: "The source.")
    Field(
      "locator", \.locator, .locator,
      help: "The place in the source; chars are Unicode scalar offsets, the end excluded; a row is "
        + "counted as a spreadsheet does, after the sheet of a workbook.")
    Field("credibility", \.credibility, .word(), help: "Grade of the claim.")
    Field("coder", \.coder, .term(of: "coders"), help: "Who coded it.")
    Field("coded_on", \.codedOn, .dayOfEntry, help: "When it was coded.")
    Field("supersedes", \.supersedes, .reference(), help: "The claim that this one corrects.")
  }
}

extension Judgement: Record {
  package static let fields = Fields(
    "judgements", title: "Which claim of a fact is used, and why", key: [\.fact, \.on],
    of: Judgement()
  ) {
    Field("fact", \.fact, .reference(), help: "The fact.")
    Field("claim", \.claim, .reference(), help: "The claim used.")
    Field("by", \.by, .text, help: "Who judged.")
    Field("on", \.on, .dayOfEntry, help: "When.")
    Field("reason", \.reason, .prose, help: "Why.")
  }
}

public import Documents

/// A document or data set.
public struct Source: Hashable, Sendable {
  public let id: SourceID
  /// The kind of document, as the Citation Style Language names it.
  public let type: String
  public let title: String
  public let author: String?
  public let publisher: String?
  public let issued: EDTFDate?
  public let accessed: EDTFDate?
  public let url: String?
  public let language: String?
  public let license: String?
  /// The hash of the text or file, in lower-case hexadecimal digits.
  public let sha256: String?
  public let reliability: Reliability?

  /// Whether figures of the source must not be handed on: its licence says so.
  public var isImportOnly: Bool { license?.hasPrefix("import only") ?? false }
}

/// One source saying one thing about one fact.
public struct Claim: Hashable, Sendable {
  public let id: ClaimID
  public let fact: FactID
  public let deal: DealID?
  /// The fact that this one is a part of: a sum takes the whole or its parts, never both.
  public let partOf: FactID?
  /// The state, group or sub-state that the claim is evidence on.
  public let actor: ActorID
  /// Who acts or speaks, if another than `actor`.
  public let by: ActorID?
  public let with: [ActorID]
  /// The power or organisation that the claim relates to.
  public let counterpart: ActorID?
  public let channel: ChannelID
  public let instrument: Instrument
  public let assertion: Assertion
  public let direction: Direction?
  public let phase: Phase?
  /// When it happened or was in force.
  public let on: EDTFDate?
  public let ordered: EDTFDate?
  public let delivered: EDTFDate?
  /// The contractual or planned end.
  public let until: EDTFDate?
  public let value: Double?
  public let low: Double?
  public let high: Double?
  public let unit: String?
  public let currency: String?
  public let priceYear: Int?
  /// The denominator of `value`: claims with different ones are not rivals.
  public let of: String?
  /// What the source says, in the coder's own words.
  public let statement: String
  public let source: SourceID
  public let locator: Locator?
  public let credibility: Credibility?
  public let coder: String
  public let codedOn: EDTFDate
  /// The claim that this one corrects.
  public let supersedes: ClaimID?
}

/// The recorded choice of which claim of a fact is used, and why.
public struct Judgement: Hashable, Sendable {
  public let fact: FactID
  public let claim: ClaimID
  public let by: String
  public let on: EDTFDate
  public let reason: String
}

/// A name that a casebook gives to something, distinct in type from every other kind of name.
public protocol Identifier: RawRepresentable, Hashable, Sendable, Codable, Comparable,
  ExpressibleByStringLiteral, CustomStringConvertible
where RawValue == String {
  init(rawValue: String)
}

extension Identifier {
  public init(_ text: String) { self.init(rawValue: text) }
  public init(stringLiteral text: String) { self.init(rawValue: text) }
  public var description: String { rawValue }
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension String {
  /// The text in lower-case letters and digits with single hyphens between them, as in an id.
  package var slug: String {
    lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.joined(separator: "-")
  }
}

/// The name of an actor: `MNE`, `CHN`, `NATO`.
public struct ActorID: Identifier {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// The name of one claim.
public struct ClaimID: Identifier {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// The name that rival claims about one event, position or quantity share.
public struct FactID: Identifier {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// The name that facts about one deal, project or piece of equipment share.
public struct DealID: Identifier {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// The name of a document or data set.
public struct SourceID: Identifier {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// The name of a quantitative series.
public struct VariableID: Identifier {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// The name of something on an organisation's list of concerns.
public struct ConcernID: Identifier {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// The codebook's word for a channel of engagement: `arms`, `diplomacy`.
public struct ChannelID: Identifier {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// The codebook's word for the means that a claim reports: `arms_purchase`, `loan`, `visit`.
public struct Instrument: Identifier {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// The codebook's word for a rung of an organisation's ladder: `partner`, `member`.
public struct Stage: Identifier {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The importers' word for full membership.
  package static let member: Stage = "member"
}

/// The codebook's word for a kind of contract clause: `cancellation`, `collateral`.
public struct ClauseKind: Identifier {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// The name of a system of country codes: `iso3`, `cow`, `unvotes`.
public struct CodeSystem: Identifier {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
}

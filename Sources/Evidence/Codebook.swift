/// A casebook's own vocabularies and ladders, read from `codebook.yaml`.
///
/// ```yaml
/// channels:        # word: {title, outcome}; an `outcome: false` channel is never estimated
///   arms: {title: Arms and security cooperation, outcome: true}
/// instruments:     # word: meaning
///   arms_purchase: The state buys weapons or equipment.
/// ladders:         # organisation: its stages, lowest first
///   NATO: [partner, action_plan, invited, protocol_signed, member]
/// clauses:         # word: meaning
///   cancellation: The lender may end the contract.
/// code_systems:    # word: meaning
///   iso3: ISO 3166-1 alpha-3
/// units:           # word: meaning, or {title, money: true} where a currency is required
///   money: {title: An amount of money, money: true}
///   share: A fraction of one
/// ```
///
/// `denominators`, `concerns` and `coders` may be added; then their words are checked too.
public struct Codebook: Hashable, Sendable {
  /// A channel of engagement.
  public struct Channel: Hashable, Sendable {
    public let id: ChannelID
    public let title: String
    /// Whether the channel may be an outcome of an estimate.
    public let isOutcome: Bool
  }

  /// The channels, in the codebook's order.
  public internal(set) var channels: [Channel] = []
  public internal(set) var instruments: [Instrument: String] = [:]
  /// The stages of each organisation, lowest first.
  public internal(set) var ladders: [ActorID: [Stage]] = [:]
  public internal(set) var clauses: [ClauseKind: String] = [:]
  public internal(set) var codeSystems: [CodeSystem: String] = [:]
  public internal(set) var units: [String: String] = [:]
  /// The units that are amounts of money, and so need a currency.
  public internal(set) var moneyUnits: Set<String> = []
  public internal(set) var denominators: [String: String] = [:]
  public internal(set) var concerns: [String: String] = [:]
  public internal(set) var coders: [String: String] = [:]

  /// Finds a channel by its word.
  public func channel(_ id: ChannelID) -> Channel? { channels.first { $0.id == id } }
}

/// A casebook's own vocabularies and ladders, read from `codebook.yaml`.
///
/// ```yaml
/// channels:        # a channel with `outcome: false` is never estimated
///   - {id: security, title: Arms and security, definition: Arms and drills., outcome: true}
/// instruments:
///   - {id: arms_purchase, title: Arms purchase, definition: A state buys weapons.}
///   - {id: credit, title: Credit, imports: [loan]}   # stands for what importers call a loan
///   - {id: sale, title: Sale, roles: [exposure, ends_deal]}   # what the program takes it for
/// units:           # a unit with `money: true` needs a currency
///   - {id: money, title: Money, definition: An amount of money., money: true}
/// ladders:         # the stages of each organisation, lowest first
///   - id: NATO
///     stages:
///       - {id: member, title: Member, definition: The accession is in force.}
/// denominators:    # what amounts are held against, and the yearly series of it where there is one
///   - {id: GDP, title: Gross domestic product, series: {variable: gdp, currency: USD}}
///   # or: {variable: gdp-per-head, times: population, currency: USD}; `over` divides, `scale: 1000000` is
///   # for a variable in millions
/// currencies:      # units of a currency for one of another, by year
///   - {id: EUR, title: Euro, rate: {variable: eur-per-usd, per: USD}}
/// ```
///
/// So do `clauses`, `code_systems`, `concerns` and `coders`; words of a
/// vocabulary that the codebook leaves out are not checked, except of the first three above.
public struct Codebook: Hashable, Sendable {
  /// A word with what it means.
  public struct Term: Hashable, Sendable {
    public let id: String
    public let title: String
    public let definition: String?
  }

  /// A channel of engagement.
  public struct Channel: Hashable, Sendable {
    public let id: ChannelID
    public let title: String
    public let definition: String?
    /// Whether the channel may be an outcome of an estimate.
    public let isOutcome: Bool
  }

  /// What amounts are held against: yearly series of money in one currency.
  public struct Denominator: Hashable, Sendable {
    /// A word of `denominators`.
    public let id: String
    public let title: String
    /// In units of `scale` times the currency, before it is multiplied and divided.
    public let variable: VariableID
    /// A series of the same years that the variable is multiplied by: per head, times heads.
    public let times: VariableID?
    /// A series of the same years that the variable is divided by: a part, over its share of the whole.
    public let over: VariableID?
    public let scale: Double
    public let currency: String

    public init(
      id: String, title: String, variable: VariableID, times: VariableID? = nil,
      over: VariableID? = nil, scale: Double = 1, currency: String
    ) {
      self.id = id
      self.title = title
      self.variable = variable
      self.times = times
      self.over = over
      self.scale = scale
      self.currency = currency
    }

    /// The series that a value is made of.
    public var variables: [VariableID] { [variable] + [times, over].compactMap(\.self) }
  }

  /// How many units of a currency one unit of another costs: a yearly series of one actor.
  public struct ExchangeRate: Hashable, Sendable {
    public let currency: String
    public let per: String
    public let variable: VariableID
  }

  /// The channels, in the codebook's order.
  public internal(set) var channels: [Channel] = []
  /// The stages of relations with each organisation, lowest first.
  public internal(set) var ladders: [ActorID: [Stage]] = [:]
  /// The titles of the stages of each organisation.
  public internal(set) var stageTitles: [ActorID: [Stage: String]] = [:]
  /// Every list of terms by its key in the file.
  public internal(set) var vocabularies: [String: [Term]] = [:]
  /// The units that are amounts of money, and so need a currency.
  public internal(set) var moneyUnits: Set<String> = []
  /// What amounts can be held against by a series, in the codebook's order.
  public internal(set) var denominators: [Denominator] = []
  public internal(set) var exchangeRates: [ExchangeRate] = []
  /// The words that the program asks for by what they do.
  var roles = Roles()
  /// The casebook's words by what importers call them, for each list of terms.
  package var importedWords: [String: [String: String]] = [:]

  /// How houses name the actors, beside the neutral style.
  public internal(set) var styles: [HouseStyle] = []

  /// Finds a channel by its word.
  public func channel(_ id: ChannelID) -> Channel? { channels.first { $0.id == id } }

  /// The title of a stage of relations with an organisation; its word where it has none.
  public func title(of stage: Stage, with organisation: ActorID) -> String {
    stageTitles[organisation]?[stage] ?? stage.rawValue
  }

  /// The titles of the instruments.
  public var instruments: [Instrument: String] {
    Dictionary(
      vocabularies["instruments", default: []].map { (Instrument($0.id), $0.title) },
      uniquingKeysWith: { first, _ in first })
  }
}

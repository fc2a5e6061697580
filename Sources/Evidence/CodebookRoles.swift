// What the program asks a word of a codebook for. It knows these roles, and none of the words.

/// A role that words of one vocabulary can have: `roles: [exposure, ends_deal]`.
public protocol CodebookRole: Word {
  /// The key of the vocabulary in the codebook.
  static var vocabulary: String { get }
  /// What a word with the role means to the program.
  var meaning: String { get }
}

extension CodebookRole {
  public var vocabulary: String { Self.vocabulary }
}

/// What an instrument can mean to the program.
public enum InstrumentRole: String, CodebookRole {
  case exposure
  case onDelivery = "on_delivery"
  case pledge
  case endsDeal = "ends_deal"
  case reduces
  case reducesAway = "reduces_away"
  case debt, loan, owed
  case position

  public static let vocabulary = "instruments"

  public var meaning: String {
    switch self {
    case .exposure: "ties a state to a power, or ends or rules out such a tie"
    case .onDelivery: "is a tie only once something is delivered"
    case .pledge: "is a promise to keep a power out, where its direction is `away`"
    case .endsDeal: "ends the deal that it belongs to"
    case .reduces: "reduces a tie, once it has a phase"
    case .reducesAway: "reduces a tie where its direction is `away`"
    case .debt: "makes its deal a debt"
    case .loan: "is repaid by the state that is tied"
    case .owed: "states how large a debt is"
    case .position: "is a stance on joining an organisation"
    }
  }
}

/// What a kind of contract clause can mean to the program.
public enum ClauseRole: String, CodebookRole {
  case compensation

  public static let vocabulary = "clauses"

  public var meaning: String {
    switch self {
    case .compensation: "has its holder paid when the other side ends the contract early"
    }
  }
}

/// What a unit can mean to the program.
public enum UnitRole: String, CodebookRole {
  case count, share

  public static let vocabulary = "units"

  public var meaning: String {
    switch self {
    case .count: "counts things"
    case .share: "is a share as a fraction of one"
    }
  }
}

extension Codebook {
  /// The words that have each role, by vocabulary.
  struct Roles: Hashable, Sendable {
    var instruments: [InstrumentRole: Set<Instrument>] = [:]
    var clauses: [ClauseRole: Set<ClauseKind>] = [:]
    var units: [UnitRole: Set<String>] = [:]
  }

  /// The instruments that have a role; empty where the codebook gives it to none.
  public func instruments(with role: InstrumentRole) -> Set<Instrument> {
    roles.instruments[role] ?? []
  }

  /// The kinds of clause that have a role; empty where the codebook gives it to none.
  public func clauses(with role: ClauseRole) -> Set<ClauseKind> { roles.clauses[role] ?? [] }

  /// The units that have a role; empty where the codebook gives it to none.
  public func units(with role: UnitRole) -> Set<String> { roles.units[role] ?? [] }

  /// The roles that no word has, of the vocabularies that the codebook gives.
  public var missingRoles: [any CodebookRole] {
    let missing: [any CodebookRole] =
      InstrumentRole.allCases.filter { instruments(with: $0).isEmpty }
      + ClauseRole.allCases.filter { clauses(with: $0).isEmpty }
      + UnitRole.allCases.filter { units(with: $0).isEmpty }
    return missing.filter { vocabularies[$0.vocabulary]?.isEmpty == false }
  }
}

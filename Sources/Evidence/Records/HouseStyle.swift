public import Documents

/// How a house names the actors of a casebook, and what it notes beside a name.
///
/// ```yaml
/// styles:          # in codebook.yaml
///   - id: eu
///     title: European Union
///     names:
///       - {actor: XKX, name: "Kosovo*", note: The house's words., source: council, from: 2012}
/// ```
public struct HouseStyle: Hashable, Sendable {
  /// The name that a house gives to an actor, for a time.
  public struct Label: Hashable, Sendable {
    public let actor: ActorID
    public let name: String
    /// What the house says beside the name.
    public let note: String?
    /// Where the house says so.
    public let source: SourceID?
    public let from: EDTFDate?
    public let to: EDTFDate?
  }

  /// The style that takes no side: the names of `actors.csv`, and who recognises whom.
  public static let neutral = "neutral"

  public let id: String
  public let title: String
  public let labels: [Label]
}

/// What is said beside an actor's name, and where that stands.
public struct NameNote: Hashable, Sendable {
  public let actor: ActorID
  /// The name as it is written in this style.
  public let name: String
  public let text: String
  public let sources: [SourceID]
}

extension HouseStyle.Label: Spell {
  package var start: EDTFDate? { from }
}

public import Documents

/// A state, sub-state unit, group of states, organisation or company.
public struct Actor: Hashable, Sendable {
  public let id: ActorID
  public let name: String
  public let kind: ActorKind
  /// The state that a sub-state unit or company belongs to.
  public let parent: ActorID?
  /// The states that a group is made of.
  public let members: [ActorID]
  public let from: EDTFDate?
  public let to: EDTFDate?
  public let note: String?
}

/// One code of one actor in one code system, for a time.
public struct Code: Hashable, Sendable, Spell {
  public let actor: ActorID
  public let system: CodeSystem
  public let code: String
  public let from: EDTFDate?
  public let to: EDTFDate?
}

/// One actor following another.
public struct Succession: Hashable, Sendable {
  public let predecessor: ActorID
  public let successor: ActorID
  public let kind: SuccessionKind
  public let on: EDTFDate
  public let claim: ClaimID?
}

/// One actor's stance on another's statehood, for a time.
public struct Recognition: Hashable, Sendable, Spell {
  public let by: ActorID
  public let of: ActorID
  public let status: RecognitionStatus
  public let from: EDTFDate?
  public let to: EDTFDate?
  public let claim: ClaimID?
}

/// A spell of one actor at one stage with one organisation.
public struct Membership: Hashable, Sendable {
  public let actor: ActorID
  public let organisation: ActorID
  public let stage: Stage
  public let from: EDTFDate
  public let to: EDTFDate?
  public let claim: ClaimID?
}

extension Membership: Spell {
  var start: EDTFDate? { from }
}

/// Something that holds from one date to another, either of which may not be stated.
protocol Spell {
  var start: EDTFDate? { get }
  var to: EDTFDate? { get }
}

extension Code { var start: EDTFDate? { from } }
extension Recognition { var start: EDTFDate? { from } }

public import Documents

/// Something that an organisation has put on its list of concerns.
public struct Concern: Hashable, Sendable {
  public let id: ConcernID
  public let organisation: ActorID
  public let counterpart: ActorID?
  public let channel: ChannelID?
  public let concern: String
  public let from: EDTFDate
  public let to: EDTFDate?
  public let claim: ClaimID
}

/// How well an actor, counterpart, channel and period were searched.
public struct Coverage: Hashable, Sendable {
  public let actor: ActorID
  public let counterpart: ActorID?
  public let channel: ChannelID
  public let from: EDTFDate
  public let to: EDTFDate
  public let status: CoverageStatus
  public let note: String?
  public let claim: ClaimID?
}

public import Evidence

/// Something that the evidence names as standing between a state and an organisation.
public struct Obstacle: Hashable, Sendable {
  public let kind: Kind
  /// Who holds the stance: another actor, a part of the state, or the state itself.
  public let holder: ActorID
  public let statement: String
  public let claim: ClaimID

  /// The sorts of obstacle that the evidence can tell apart.
  public enum Kind: Hashable, Sendable {
    /// Some do not recognise the state.
    case notRecognised
    /// The state itself stands away from the organisation or between the sides.
    case ownPosition
    /// A part of the state is against it.
    case partOpposed
    /// Another actor is against it.
    case othersOpposed
    /// The state has no common position.
    case noConsensus
  }
}

extension Casebook {
  /// What stands between a state and an organisation, in the order of the tables.
  ///
  /// Reported positions on the ladder's channel that do not point toward the organisation, and recognitions
  /// that its members refuse. Judgements of an author (assessments, forecasts) are not among them.
  public func obstacles(of state: ActorID, to organisation: ActorID) -> [Obstacle] {
    let ladder = memberships.filter { $0.organisation == organisation }
    let channels = Set(ladder.compactMap { $0.claim.flatMap { claim($0)?.channel } })
    let parts = Set(actors.filter { $0.parent == state && $0.kind == .substate }.map(\.id))
    let stances = codebook.instruments(with: .position)
    let positions = claims.compactMap { claim -> Obstacle? in
      guard channels.contains(claim.channel), stances.contains(claim.instrument),
        claim.assertion == .reported, !supersededClaims.contains(claim.id),
        claim.actor == state || parts.contains(claim.actor), claim.direction != .toward,
        claim.counterpart == organisation || claim.with.contains(organisation)
      else { return nil }
      return Obstacle(
        kind: kind(of: claim, isPart: parts.contains(claim.actor)),
        holder: claim.by ?? claim.actor, statement: claim.statement, claim: claim.id)
    }
    return refusals(of: state, to: organisation) + positions
  }

  private func kind(of claim: Claim, isPart: Bool) -> Obstacle.Kind {
    if isPart { return .partOpposed }
    if claim.by != nil { return .othersOpposed }
    return claim.direction == nil ? .noConsensus : .ownPosition
  }

  /// The refusals of those who have a say in the organisation: the states on its highest stage, and
  /// groups, whose members may not be named.
  private func refusals(of state: ActorID, to organisation: ActorID) -> [Obstacle] {
    let members = codebook.ladders[organisation]?.last.map { highest in
      memberships(in: organisation, stage: highest).filter { $0.to == nil }
    }
    let holders = Set((members ?? []).map(\.actor) + actors.filter { $0.kind == .group }.map(\.id))
    return recognitions.compactMap { recognition in
      guard recognition.of == state, recognition.status != .recognised, recognition.to == nil,
        holders.contains(recognition.by), let claim = recognition.claim.flatMap({ claim($0) })
      else { return nil }
      return Obstacle(
        kind: .notRecognised, holder: recognition.by, statement: claim.statement, claim: claim.id)
    }
  }
}

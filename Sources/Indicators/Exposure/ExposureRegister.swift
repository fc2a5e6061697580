import Documents
public import Evidence

/// What ties actors to a power: the loans, stakes, rights, deployments and equipment that claims report.
public struct ExposureRegister: Hashable, Sendable {
  public let counterpart: ActorID
  /// The year for which the register tells what is in force.
  public let year: Int
  /// By actor, then channel, then name.
  public let entries: [Entry]

  /// One deal, or one fact outside any deal.
  public struct Entry: Hashable, Sendable {
    public let actor: ActorID
    public let channel: ChannelID
    /// The deal, or the fact where there is none.
    public let name: String
    public let deal: DealID?
    public let instruments: [Instrument]
    public let status: Status
    /// The first year in force; nil where no claim dates it.
    public let since: Int?
    /// The last year, real or planned; nil where none is stated.
    public let until: Int?
    /// The number of things, where a claim states it.
    public let count: BoundedNumber
    /// One sentence for each fact, by the claim that is used.
    public let claims: [Claim]
  }

  /// Whether an exposure holds in the register's year.
  public enum Status: Hashable, Sendable, CaseIterable {
    case inForce
    /// Reported as lasting, and no claim tells since when.
    case undated
    case ended
    /// A promise to stay out, not a tie.
    case pledgedAgainst
    /// Announced or agreed, and nothing delivered yet.
    case planned
    /// Postponed, suspended or cancelled before it began.
    case onHold
  }

  /// Collects the reported facts of some actors that relate to a counterpart.
  ///
  /// They are those of the instruments to which the codebook gives the role `exposure`.
  public init(
    of actors: [ActorID], to counterpart: ActorID, in casebook: Casebook, year: Int
  ) {
    self.counterpart = counterpart
    self.year = year
    let codebook = casebook.codebook
    let (wanted, known) = (codebook.instruments(with: .exposure), Set(actors))
    let pledges = codebook.instruments(with: .pledge)
    let used = casebook.usedClaims.filter { claim in
      guard claim.counterpart == counterpart, claim.assertion == .reported else { return false }
      // To stay out of a pledge ties nobody.
      if pledges.contains(claim.instrument), claim.direction != .away { return false }
      return wanted.contains(claim.instrument) && known.contains(claim.actor)
    }
    let groups = Dictionary(grouping: used) { (claim: Claim) -> Key in
      Key(
        actor: claim.actor, channel: claim.channel,
        name: claim.deal?.rawValue ?? claim.fact.rawValue)
    }
    entries = groups.sorted { $0.key < $1.key }.map { key, claims in
      Entry(key, claims: claims, year: year, codebook)
    }
  }

  fileprivate struct Key: Hashable, Comparable {
    let actor: ActorID
    let channel: ChannelID
    let name: String

    static func < (left: Key, right: Key) -> Bool {
      (left.actor, left.channel.rawValue, left.name) < (
        right.actor, right.channel.rawValue, right.name
      )
    }
  }
}

extension ExposureRegister.Entry {
  fileprivate init(
    _ key: ExposureRegister.Key, claims: [Claim], year: Int, _ codebook: Codebook
  ) {
    let ending = codebook.instruments(with: .endsDeal)
    let spell = DealSpell(claims, endedBy: ending)
    actor = key.actor
    channel = key.channel
    name = key.name
    deal = claims[0].deal
    instruments = claims.map(\.instrument).reduce(into: []) { list, instrument in
      if !list.contains(instrument) { list.append(instrument) }
    }
    since = spell?.start
    until = spell?.end ?? claims.compactMap { $0.until?.latest.year }.max()
    status = Self.status(claims, spell: spell, year: year, codebook)
    let counts = codebook.units(with: .count)
    let counted = claims.filter { $0.unit.map(counts.contains) ?? false }
    count =
      counted.count == 1
      ? BoundedNumber(value: counted[0].value, low: counted[0].low, high: counted[0].high)
      : BoundedNumber(value: nil)
    self.claims = claims
  }

  private static func status(
    _ claims: [Claim], spell: DealSpell?, year: Int, _ codebook: Codebook
  ) -> ExposureRegister.Status {
    let ends = claims.filter { $0.endsItsDeal(by: codebook.instruments(with: .endsDeal)) }
    if ends.isEmpty, claims.allSatisfy({ $0.direction == .away }) { return .pledgedAgainst }
    if let spell, let end = spell.end, end < year || ends.contains(where: { $0.isDated(end) }) {
      return .ended
    }
    let phases = Set(claims.compactMap(\.phase))
    if !phases.isEmpty, phases.isSubset(of: [.postponed, .suspended, .cancelled]) {
      return .onHold
    }
    let onDelivery = codebook.instruments(with: .onDelivery)
    let isDelivered = claims.contains { !onDelivery.contains($0.instrument) }
    if !phases.isEmpty, phases.isSubset(of: [.announced, .agreed]), !isDelivered {
      return .planned
    }
    return spell.map { $0.start <= year } ?? false ? .inForce : .undated
  }
}

extension Claim {
  /// Whether what the claim reports happened in a year.
  fileprivate func isDated(_ year: Int) -> Bool { (on ?? delivered)?.earliest.year == year }
}

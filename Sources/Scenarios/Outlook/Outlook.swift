public import Documents
public import Evidence

/// How long states have stood on each stage of an organisation's ladder, and who waits there now.
///
/// It tells no probability of joining: the states that went on are not a sample of those that wait.
public struct Outlook: Hashable, Sendable {
  public let organisation: ActorID
  /// The day up to which waits that last are counted.
  public let asKnownOn: Day
  /// The stages from which somebody went on or on which somebody waits, lowest first.
  public let stages: [StageWait]

  /// One stage: how long it lasted, and who stands on it still.
  public struct StageWait: Hashable, Sendable {
    public let stage: Stage
    public let spells: [Spell]
    public let curve: KaplanMeier

    public var waiting: [Spell] { spells.filter { !$0.wait.hasEnded } }
  }

  /// One state's time on one stage.
  public struct Spell: Hashable, Sendable {
    public let actor: ActorID
    public let since: EDTFDate
    /// The next stage that it reached, and when.
    public let next: Membership?
    /// In years.
    public let wait: Wait
    public let claims: [ClaimID]
  }

  /// Reads the ladder's dates; a stage that states reach together with a higher one has no wait.
  public init(of organisation: ActorID, in casebook: Casebook, asKnownOn: Day) {
    self.organisation = organisation
    self.asKnownOn = asKnownOn
    let ladder = casebook.codebook.ladders[organisation] ?? []
    let steps = Dictionary(
      grouping: casebook.memberships.filter { $0.organisation == organisation }, by: \.actor)
    stages = ladder.dropLast().compactMap { stage in
      let spells = steps.sorted { $0.key < $1.key }.compactMap { actor, steps in
        Spell(actor, on: stage, of: ladder, steps: steps, until: asKnownOn)
      }
      guard !spells.isEmpty else { return nil }
      return StageWait(stage: stage, spells: spells, curve: KaplanMeier(spells.map(\.wait)))
    }
  }
}

extension Outlook.Spell {
  /// A state's wait on a stage: from its start to the first higher stage; nil when there was none.
  init?(
    _ actor: ActorID, on stage: Stage, of ladder: [Stage], steps: [Membership], until last: Day
  ) {
    guard let rank = ladder.firstIndex(of: stage),
      let step = steps.first(where: { $0.stage == stage })
    else { return nil }
    let next = steps.filter { (ladder.firstIndex(of: $0.stage) ?? 0) > rank }
      .min { $0.from.earliest < $1.from.earliest }
    let ended = next?.from ?? step.to
    let end = ended?.earliest ?? last
    let length = years(from: step.from.earliest, to: min(end, last))
    guard length > 0 else { return nil }
    self.actor = actor
    since = step.from
    self.next = next
    wait = Wait(length: length, hasEnded: next != nil)
    claims = [step.claim, next?.claim].compactMap { $0 }
  }
}

/// The years between two days, the days of a year counted as 365.2425.
private func years(from start: Day, to end: Day) -> Double {
  Double(end.number - start.number) / 365.2425
}

extension Day {
  /// The days since a fixed one, by the civil calendar (Gregorian rules).
  fileprivate var number: Int {
    let shifted = month > 2 ? year : year - 1
    let turned = (month + 9) % 12
    return 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + (153 * turned + 2) / 5
      + day
  }
}

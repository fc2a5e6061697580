public import Evidence
public import Indicators

/// The exposures in force, ordered by what is worse in every respect that the evidence tells.
public struct WatchList: Hashable, Sendable {
  /// The uppermost layer first; within a layer by name.
  public let items: [Item]
  /// What the shares are of; nil where no debt is a share of anything.
  public let shareOf: String?
  /// Acts that reduced exposures to the power, and are precedents for nothing on the list.
  public let otherPrecedents: [Precedent]

  /// One exposure, what is known of its weight, and what has reduced its like before.
  public struct Item: Hashable, Sendable {
    public let exposure: ExposureRegister.Entry
    public let respects: Respects
    /// 0: nothing on the list is worse in every respect.
    public let layer: Int
    /// The exposures that this one is worse than in every respect.
    public let above: [String]
    /// Acts on an exposure of the same channel or of the same kind.
    public let precedents: [Precedent]
  }

  /// What an exposure is compared by; nil: no evidence tells.
  public struct Respects: Hashable, Sendable {
    /// The share that would fall due at once, of what most debts can be held against.
    public let share: Bounds?
    /// The years until its planned end.
    public let yearsLeft: Double?
    /// The clauses that the other side may use.
    public let clauses: Double?
    public let exitPaidBy: ExitPayer?
    /// The concerns of the alliance on its channel.
    public let concerns: Double

    var values: [Bounds?] {
      [
        share, yearsLeft.map { Bounds($0) }, clauses.map { Bounds($0) },
        exitPaidBy.map { Bounds($0 == .actor ? 1 : 0) }, Bounds(concerns),
      ]
    }
  }

  /// Who bears what it costs to leave an exposure before its end.
  public enum ExitPayer: String, Hashable, Sendable {
    /// The actor that is exposed.
    case actor
    case counterpart
  }

  /// A reported act that ended, replaced or ruled out an exposure.
  public struct Precedent: Hashable, Sendable {
    public let actor: ActorID
    public let instrument: Instrument
    public let channel: ChannelID
    /// How far it has come, where a source tells.
    public let phase: Phase?
    public let statement: String
    public let claim: ClaimID
  }

  /// Orders what a register holds in force, by what its debts would ask for at once among the rest.
  public init(
    _ register: ExposureRegister, callIns: [CallIn], concernsOf organisation: ActorID,
    in casebook: Casebook
  ) {
    let reductions = Reductions(casebook.reductions(of: register.counterpart))
    let standing = register.entries.filter { $0.status == .inForce || $0.status == .undated }
    let denominator = callIns.commonDenominator
    shareOf = denominator
    let respects = standing.map { entry in
      Respects(
        entry, callIns: callIns, of: denominator, organisation: organisation, register, casebook)
    }
    let order = Dominance(respects.map(\.values))
    let precedents = reductions.precedents(of: standing)
    let items = standing.indices.map { place in
      Item(
        exposure: standing[place], respects: respects[place], layer: order.layers[place],
        above: order.below[place].map { standing[$0].name }, precedents: precedents[place])
    }
    otherPrecedents = reductions.precedents(besides: items)
    self.items = items.enumerated().sorted {
      ($0.element.layer, $0.offset) < ($1.element.layer, $1.offset)
    }.map(\.element)
  }
}

extension WatchList.Respects {
  fileprivate init(
    _ entry: ExposureRegister.Entry, callIns: [CallIn], of denominator: String?,
    organisation: ActorID, _ register: ExposureRegister, _ casebook: Casebook
  ) {
    let own = callIns.filter { $0.deal == entry.deal && $0.actor == entry.actor }
    share = own.compactMap { $0.share(of: denominator) }.max { $0.low < $1.low }
    yearsLeft = entry.until.map { Double($0 - register.year) }
    clauses = own.compactMap { callIn -> Double? in
      guard case .stated(let clauses) = callIn.clauses else { return nil }
      return Double(clauses.count { $0.holder == register.counterpart })
    }.max()
    exitPaidBy = WatchList.ExitPayer(
      entry, own, to: register.counterpart, casebook.codebook)
    concerns = Double(
      casebook.concerns.count { concern in
        concern.organisation == organisation && concern.channel == entry.channel
          && concern.counterpart == register.counterpart && concern.to == nil
      })
  }
}

extension WatchList.ExitPayer {
  /// Whoever owes compensation by a stated clause; else the debtor of a loan, who repays what is left.
  fileprivate init?(
    _ entry: ExposureRegister.Entry, _ callIns: [CallIn], to counterpart: ActorID,
    _ codebook: Codebook
  ) {
    let compensations = codebook.clauses(with: .compensation)
    let holders = callIns.flatMap { callIn -> [ActorID] in
      guard case .stated(let clauses) = callIn.clauses else { return [] }
      return clauses.filter { compensations.contains($0.kind) }.compactMap(\.holder)
    }
    if holders.contains(counterpart) {
      self = .actor
    } else if holders.contains(entry.actor) {
      self = .counterpart
    } else if !codebook.instruments(with: .loan).isDisjoint(with: entry.instruments) {
      self = .actor
    } else {
      return nil
    }
  }
}

extension CallIn {
  /// What the deal comes to: its loans together, or what claims say of it where that is more.
  fileprivate func share(of denominator: String?) -> Bounds? {
    let parts = loans.flatMap(\.shares).filter { $0.of == denominator }.map(\.bounds)
    let readings = stated.filter { $0.of == denominator }.map(\.bounds)
    let sum = parts.isEmpty ? [] : [parts.reduce(Bounds(0), +)]
    return (sum + readings).max { $0.low < $1.low }
  }
}

extension [CallIn] {
  /// What most of the deals can be held against; of several the first.
  fileprivate var commonDenominator: String? {
    let words = map { callIn in
      Set((callIn.loans.flatMap(\.shares) + callIn.stated).map(\.of)).sorted()
    }
    let counts = Dictionary(words.joined().map { ($0, 1) }, uniquingKeysWith: +)
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }
}

extension WatchList.Precedent {
  fileprivate init(_ claim: Claim) {
    self.init(
      actor: claim.actor, instrument: claim.instrument, channel: claim.channel,
      phase: claim.phase, statement: claim.statement, claim: claim.id)
  }
}

/// A reported act of a state that reduced an exposure, and what the deal was that it ended.
private struct Reduction {
  let precedent: WatchList.Precedent
  let deal: DealID?
  /// All that claims call the deal: a concession that was sold is a concession still.
  let kinds: Set<Instrument>

  /// Whether the act is of an exposure itself.
  func isOwn(of entry: ExposureRegister.Entry) -> Bool {
    entry.deal != nil && deal == entry.deal && precedent.actor == entry.actor
  }

  /// Whether the act is of an exposure's channel or kind.
  func isLike(_ kind: Reductions.Kind) -> Bool {
    precedent.channel == kind.channel || !kinds.isDisjoint(with: kind.instruments)
  }
}

/// The acts that reduced exposures, looked up once for all exposures of one channel and kind.
private struct Reductions {
  private let all: [Reduction]
  private let dealsEnded: Set<DealID>

  /// What exposures have in common that have the same precedents.
  struct Kind: Hashable {
    let channel: ChannelID
    let instruments: [Instrument]

    init(_ entry: ExposureRegister.Entry) {
      channel = entry.channel
      instruments = entry.instruments
    }
  }

  init(_ all: [Reduction]) {
    self.all = all
    dealsEnded = Set(all.compactMap(\.deal))
  }

  /// The acts on exposures like each of some, without those on itself.
  func precedents(of entries: [ExposureRegister.Entry]) -> [[WatchList.Precedent]] {
    var ofKind: [Kind: [WatchList.Precedent]] = [:]
    return entries.map { entry in
      let kind = Kind(entry)
      if let deal = entry.deal, dealsEnded.contains(deal) {
        return all.filter { $0.isLike(kind) && !$0.isOwn(of: entry) }.map(\.precedent)
      }
      let shared = ofKind[kind] ?? all.filter { $0.isLike(kind) }.map(\.precedent)
      ofKind[kind] = shared
      return shared
    }
  }

  /// The acts that are precedents for none of some exposures.
  func precedents(besides items: [WatchList.Item]) -> [WatchList.Precedent] {
    let ofKind = Dictionary(grouping: items) { Kind($0.exposure) }
    return all.filter { act in
      !ofKind.contains { kind, items in
        act.isLike(kind) && items.contains { !act.isOwn(of: $0.exposure) }
      }
    }.map(\.precedent)
  }
}

extension Casebook {
  /// The reported acts of states that reduced an exposure to a power, in the table's order.
  ///
  /// A divestment, a refinancing, a deal that ended or was cancelled, a pledge away, and what was closed to
  /// the power or steered away from it.
  fileprivate func reductions(of counterpart: ActorID) -> [Reduction] {
    usedClaims.filter { claim in
      claim.counterpart == counterpart && claim.assertion == .reported
        && claim.isReduction(codebook)
        && actor(claim.actor)?.kind == .state
    }.map { claim in
      let deal = claim.deal.map { claims(of: $0).filter { $0.actor == claim.actor } } ?? []
      return Reduction(
        precedent: WatchList.Precedent(claim), deal: claim.deal,
        kinds: Set(deal.map(\.instrument) + [claim.instrument]))
    }
  }
}

extension Claim {
  fileprivate func isReduction(_ codebook: Codebook) -> Bool {
    func has(_ role: InstrumentRole) -> Bool {
      codebook.instruments(with: role).contains(instrument)
    }
    if phase == .ended || phase == .cancelled { return true }
    return has(.reduces) && phase != nil
      || has(.pledge) && direction == .away && phase == .agreed
      || has(.reducesAway) && direction == .away
  }
}

import Documents
import Evidence
import Panels

/// The claims that a rule takes, sorted to their actors, and what is made of them.
struct ClaimEvaluation {
  private let rule: ClaimRule
  private let casebook: Casebook
  private let periods: [Int]
  private let claims: [ActorID: [Claim]]
  /// The instruments that end the deal they belong to.
  private let ending: Set<Instrument>

  init(
    _ rule: ClaimRule, from casebook: Casebook, actors: [ActorID], periods: [Int]
  ) {
    self.rule = rule
    self.casebook = casebook
    self.periods = periods
    ending = casebook.codebook.instruments(with: .endsDeal)
    let wanted = Set(actors)
    // Only a fact with a claim on one of the actors that the rule takes can have one that it uses.
    let taken = casebook.claims.filter { claim in
      wanted.contains(rule.actor(of: claim, in: casebook)) && rule.takes(claim, in: casebook)
    }
    let facts = Set(taken.map(\.fact))
    let used = casebook.facts.filter(facts.contains).compactMap { casebook.fact($0) }
      .flatMap { $0.readings.map(\.used) }.filter { rule.takes($0, in: casebook) }
    claims = Dictionary(grouping: used) { rule.actor(of: $0, in: casebook) }
  }

  /// The cells of one actor, one for each period.
  func cells(of actor: ActorID) -> [IndicatorCell] {
    let own = claims[actor] ?? []
    let coverage = casebook.coverage.filter { $0.actor == actor && covers($0) }
    // A claim that fits no year could belong to any of them: no year is then counted in full.
    let hasUndated = !undated(of: actor).isEmpty
    return periods.map { period in
      let status = coverage.status(in: period)
      let (value, evidence) = value(of: own, in: period)
      guard let value else { return status.cellWithoutClaims(isAtLeast: hasUndated) }
      return IndicatorCell(
        cell: .observed(value.number),
        isAtLeast: status != .searched || value.isBound || hasUndated,
        evidence: evidence.map { .claim($0) })
    }
  }

  /// The claims of one actor that no single year can be given to.
  func undated(of actor: ActorID) -> [ClaimID] {
    let own = claims[actor] ?? []
    return own.filter { isUndated($0, among: own) }.map(\.id)
  }

  private func covers(_ coverage: Coverage) -> Bool {
    coverage.channel == rule.channel
      && (coverage.counterpart == nil || rule.counterpart == nil
        || coverage.counterpart == rule.counterpart)
  }

  private func isUndated(_ claim: Claim, among claims: [Claim]) -> Bool {
    switch rule.measure {
    case .count, .sum: claim.year == nil
    case .latestPosition: claim.inForceSince == nil
    case .activeStock:
      claim.deal == nil
        ? claim.inForceSince == nil
        : DealSpell(claims.filter { $0.deal == claim.deal }, endedBy: ending) == nil
    }
  }

  /// What the claims make in one year, and which of them make it; no number when none does.
  private func value(of claims: [Claim], in period: Int) -> (Measured?, [ClaimID]) {
    switch rule.measure {
    case .count: count(claims.filter { $0.year == period })
    case .sum(let unit, let currency, let of):
      sum(
        claims.filter {
          $0.year == period && $0.unit == unit && $0.currency == currency && $0.of == of
        })
    case .activeStock: activeStock(claims, in: period)
    case .latestPosition: latestPosition(claims, in: period)
    }
  }

  private func count(_ claims: [Claim]) -> (Measured?, [ClaimID]) {
    guard !claims.isEmpty else { return (nil, []) }
    let facts = Set(claims.map(\.fact))
    return (Measured(number: Double(facts.count), isBound: false), claims.map(\.id))
  }

  /// Adds up facts with a value; a whole that has one stands for its parts.
  private func sum(_ claims: [Claim]) -> (Measured?, [ClaimID]) {
    let stated = claims.filter { $0.value != nil || $0.low != nil }
    let facts = Set(stated.map(\.fact))
    let counted = stated.filter { claim in claim.partOf.map { !facts.contains($0) } ?? true }
    guard !counted.isEmpty else { return (nil, []) }
    let total = counted.reduce(0) { $0 + ($1.value ?? $1.low ?? 0) }
    let isBound = counted.contains { $0.value == nil }
    return (Measured(number: total, isBound: isBound), counted.map(\.id))
  }

  private func activeStock(_ claims: [Claim], in period: Int) -> (Measured?, [ClaimID]) {
    let deals = Dictionary(grouping: claims) { $0.deal?.rawValue ?? "fact \($0.fact)" }
    let active = deals.sorted { $0.key < $1.key }.filter { deal in
      DealSpell(deal.value, endedBy: ending)?.contains(period) ?? false
    }
    guard !active.isEmpty else { return (nil, []) }
    return (
      Measured(number: Double(active.count), isBound: false),
      active.flatMap { $0.value.map(\.id) }
    )
  }

  private func latestPosition(_ claims: [Claim], in period: Int) -> (Measured?, [ClaimID]) {
    let taken = claims.filter { claim in
      claim.direction != nil && claim.inForceSince.map { $0 <= period } ?? false
    }
    guard let latest = taken.compactMap(\.inForceSince).max() else { return (nil, []) }
    let current = taken.filter { $0.inForceSince == latest }
    let signs = current.compactMap(\.direction).map(\.sign)
    let mean = signs.reduce(0, +) / Double(signs.count)
    return (Measured(number: mean, isBound: false), current.map(\.id))
  }
}

/// A number made of claims, and whether it is only a lower bound.
private struct Measured {
  let number: Double
  let isBound: Bool
}

/// From when to when a deal is in force, by years.
struct DealSpell: Hashable {
  let start: Int
  /// The last year; nil while no end, real or planned, is stated.
  let end: Int?

  /// The spell that the claims of one deal state; nil when none states its start.
  init?(_ claims: [Claim], endedBy instruments: Set<Instrument>) {
    let ends = claims.filter { $0.endsItsDeal(by: instruments) }
    let starts = claims.filter { !$0.endsItsDeal(by: instruments) }.compactMap(\.inForceSince)
    guard let start = starts.min() else { return nil }
    self.start = start
    end =
      ends.compactMap { ($0.on ?? $0.delivered)?.earliest.year }.min()
      ?? claims.compactMap { $0.until?.latest.year }.max()
  }

  func contains(_ year: Int) -> Bool { start <= year && end.map { year <= $0 } ?? true }
}

extension Claim {
  /// The year that the claim is dated to, when it is one.
  var year: Int? { (on ?? delivered ?? ordered)?.year }

  /// The first year of a state that lasts; nil when the claim does not fix it.
  var inForceSince: Int? {
    guard let date = on ?? delivered ?? ordered, !date.isOpenAtStart else { return nil }
    return date.isOpenAtEnd ? date.earliest.year : date.year
  }

  /// Whether the claim says that its deal has ended, by its phase or by one of some instruments.
  func endsItsDeal(by instruments: Set<Instrument>) -> Bool {
    phase == .ended || phase == .cancelled || instruments.contains(instrument)
  }
}

extension Direction {
  fileprivate var sign: Double {
    switch self {
    case .toward: 1
    case .neutral: 0
    case .away: -1
    }
  }
}

extension [Coverage] {
  /// The status of a year: nobody searched what no row speaks of.
  fileprivate func status(in year: Int) -> CoverageStatus {
    let statuses = filter { $0.from.earliest.year <= year && year <= $0.to.latest.year }
      .map(\.status)
    let order: [CoverageStatus] = [.impossible, .withheld, .searched, .notSearched]
    return order.first(where: statuses.contains) ?? .notSearched
  }
}

extension CoverageStatus {
  fileprivate func cellWithoutClaims(isAtLeast: Bool) -> IndicatorCell {
    let cell: Cell =
      switch self {
      case .searched: .observed(0)
      case .impossible: .absent(.impossible)
      case .notSearched: .absent(.notSearched)
      case .withheld: .absent(.withheld)
      }
    return IndicatorCell(
      cell: cell, isAtLeast: isAtLeast && cell.value != nil, evidence: [])
  }
}

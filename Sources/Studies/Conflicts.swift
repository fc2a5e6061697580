import Documents
public import Evidence

/// A fact on which claims differ, the one used and why.
public struct Conflict: Hashable, Sendable {
  public let fact: FactID
  public let claims: [ClaimID]
  public let used: ClaimID
  public let why: Why

  public enum Why: Hashable, Sendable {
    /// A rule chose the claim that is used.
    case rule(ResolutionRule)
    /// The claims have different denominators, so that all readings stand side by side.
    case denominators
  }
}

extension Casebook {
  /// The facts on which current claims differ, each with the claim used and why.
  func conflicts() -> [Conflict] { conflicts(in: facts) }

  /// The disagreements in some facts, in the order of the facts.
  func conflicts(in facts: [FactID]) -> [Conflict] {
    facts.compactMap { fact($0) }.flatMap { fact in
      let differing = fact.readings.filter { $0.isDisputed }.map { reading in
        Conflict(
          fact: fact.id, claims: reading.claims.map(\.id), used: reading.used.id,
          why: .rule(reading.rule))
      }
      return differing + denominators(of: fact)
    }
  }

  /// Readings with different denominators stand side by side.
  private func denominators(of fact: ResolvedFact) -> [Conflict] {
    guard fact.readings.count > 1 else { return [] }
    return [
      Conflict(
        fact: fact.id, claims: fact.readings.map(\.used.id), used: fact.used.id,
        why: .denominators)
    ]
  }
}

extension ResolvedFact.Reading {
  /// Whether the claims cannot all be right: dates apart, values apart, or another direction or phase.
  var isDisputed: Bool {
    let rivals = claims.dropFirst()
    return rivals.contains { differ(used, $0) } || claims.first.map { differ(used, $0) } ?? false
  }

  private func differ(_ first: Claim, _ second: Claim) -> Bool {
    areApart(first.on, second.on) || areApart(first.ordered, second.ordered)
      || areApart(first.delivered, second.delivered) || areApart(first.bounds, second.bounds)
      || (first.direction != second.direction && first.direction != nil && second.direction != nil)
      || (first.phase != second.phase && first.phase != nil && second.phase != nil)
  }
}

private func areApart(_ first: EDTFDate?, _ second: EDTFDate?) -> Bool {
  guard let first, let second else { return false }
  return first.latest < second.earliest || second.latest < first.earliest
}

private func areApart(_ first: ClosedRange<Double>?, _ second: ClosedRange<Double>?) -> Bool {
  guard let first, let second else { return false }
  return !first.overlaps(second)
}

extension Claim {
  /// What the claim says its quantity can be; nil when it states none.
  fileprivate var bounds: ClosedRange<Double>? {
    guard value != nil || low != nil || high != nil else { return nil }
    return (low ?? value ?? -.infinity)...(high ?? value ?? .infinity)
  }
}

/// How one casebook becomes another, one kind of change after the other.
public struct CasebookSteps: Sendable {
  /// The steps that change something, in a fixed order; the last one ends at the other casebook.
  public let steps: [Step]

  /// One kind of change, and the casebook after it.
  public struct Step: Sendable {
    public let kind: Kind
    /// How many records came, went or are changed.
    public let changes: Int
    public let casebook: Casebook
  }

  /// The kinds of change, in the order in which they are made.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case claimsAdded, claimsSuperseded, claimsWithdrawn, regraded, judgements, searches, identity
    case vintages, method
  }

  /// Changes `first` into `last`.
  public init(from first: Casebook, to last: Casebook) {
    var steps: [Step] = []
    var casebook = first
    for kind in Kind.allCases {
      let (next, changes) = casebook.taking(kind, from: last, since: first)
      casebook = next
      if changes > 0 || kind == .method {
        steps.append(Step(kind: kind, changes: changes, casebook: next))
      }
    }
    self.steps = steps
  }
}

extension Casebook {
  /// The casebook with one kind of change made, and how many records it is about.
  fileprivate func taking(
    _ kind: CasebookSteps.Kind, from last: Casebook, since first: Casebook
  ) -> (Casebook, Int) {
    var next = self
    var changes = 0
    switch kind {
    case .claimsAdded:
      changes = next.takeClaims(of: last) { first.claim($0.id) == nil && $0.supersedes == nil }
    case .claimsSuperseded:
      changes = next.takeClaims(of: last) { first.claim($0.id) == nil && $0.supersedes != nil }
    case .claimsWithdrawn:
      next.claims.removeAll { last.claim($0.id) == nil }
      changes = claims.count - next.claims.count
    case .regraded:
      next.claims = claims.map { last.claim($0.id) ?? $0 }
      changes =
        difference(next.claims, claims) / 2
        + last.sources.count { source in
          self.source(source.id).map { $0.reliability != source.reliability } ?? false
        }
      next.sources = last.sources
    case .judgements:
      next.judgements = last.judgements
      changes = difference(judgements, next.judgements)
    case .searches:
      next.coverage = last.coverage
      changes = difference(coverage, next.coverage)
    case .identity:
      next.memberships = last.memberships
      next.actors = last.actors
      next.recognitions = last.recognitions
      changes =
        difference(memberships, next.memberships) + difference(actors, next.actors)
        + difference(recognitions, next.recognitions)
    case .vintages:
      next.series = last.series
      next.variables = last.variables
      changes = difference(series, next.series) + difference(variables, next.variables)
    case .method: return (last, 0)
    }
    next.reindex()
    return (next, changes)
  }

  /// Takes over some claims with their sources, in the order of the other casebook; counts them.
  private mutating func takeClaims(of last: Casebook, _ isTaken: (Claim) -> Bool) -> Int {
    let new = last.claims.filter(isTaken)
    let names = Set(new.map(\.id))
    let kept = claims.filter { last.claim($0.id) == nil }
    let own = Dictionary(uniqueKeysWithValues: claims.map { ($0.id, $0) })
    claims =
      last.claims.compactMap { own[$0.id] ?? (names.contains($0.id) ? $0 : nil) } + kept
    sources += last.sources.filter { source($0.id) == nil }
    return new.count
  }
}

/// How many records are in one of two tables only.
private func difference<Record: Hashable>(_ first: [Record], _ second: [Record]) -> Int {
  Set(first).symmetricDifference(second).count
}

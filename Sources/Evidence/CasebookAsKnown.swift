extension Casebook {
  /// The casebook as it was known at the end of a day: what was recorded later is left out.
  ///
  /// A claim counts from its `coded_on`, a judgement from its `on`, a series value from the day on
  /// which its source was accessed, anything that rests on a claim from that claim's day.
  public func asKnown(on day: Day) -> Casebook {
    var earlier = keeping { $0.codedOn.latest <= day }
    earlier.judgements.removeAll { $0.on.latest > day }
    earlier.series.removeAll { accessed($0) > day }
    earlier.reindex()
    return earlier
  }

  /// The casebook without some claims, and without what rests on them.
  public func leavingOut(_ claims: Set<ClaimID>) -> Casebook {
    keeping { !claims.contains($0.id) }
  }

  /// The casebook without a source: its claims, what rests on them, and its series values.
  public func leavingOut(_ source: SourceID) -> Casebook {
    var others = keeping { $0.source != source }
    others.series.removeAll { ($0.source ?? variable($0.variable)?.source) == source }
    others.reindex()
    return others
  }

  private func keeping(_ isKept: (Claim) -> Bool) -> Casebook {
    var kept = self
    kept.claims = claims.filter(isKept)
    let names = Set(kept.claims.map(\.id))
    func rests(_ claim: ClaimID?) -> Bool { claim.map(names.contains) ?? true }
    kept.judgements.removeAll { !names.contains($0.claim) }
    kept.successions.removeAll { !rests($0.claim) }
    kept.recognitions.removeAll { !rests($0.claim) }
    kept.memberships.removeAll { !rests($0.claim) }
    kept.clauses.removeAll { !rests($0.claim) }
    kept.terms.removeAll { !rests($0.claim) }
    kept.concerns.removeAll { !rests($0.claim) }
    kept.coverage.removeAll { !rests($0.claim) }
    kept.reindex()
    return kept
  }
}

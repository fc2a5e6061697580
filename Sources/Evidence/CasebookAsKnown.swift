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

  /// The casebook without some sources: their claims, what rests on them, and their series values.
  public func leavingOut(sources: Set<SourceID>) -> Casebook {
    var others = keeping { !sources.contains($0.source) }
    let count = others.series.count
    others.series.removeAll { value in
      (value.source ?? variable(value.variable)?.source).map(sources.contains) ?? false
    }
    if others.series.count < count { others.reindex() }
    return others
  }

  /// The casebook without a source.
  public func leavingOut(_ source: SourceID) -> Casebook { leavingOut(sources: [source]) }

  /// The casebook without the claims of some coders, and without what rests on them.
  public func leavingOut(coders: Set<String>) -> Casebook {
    keeping { !coders.contains($0.coder) }
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
    kept.reindexClaims()
    return kept
  }
}

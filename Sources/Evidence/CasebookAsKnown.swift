public import Documents

extension Casebook {
  /// The casebook as it was known at the end of a day: what was recorded later is left out.
  ///
  /// A claim counts from its `coded_on`, a judgement from its `on`, a series value from the day on
  /// which its source was accessed, anything that rests on a claim from that claim's day. A search that
  /// names no claim counts from the first coding in its channel: before it, nothing found is no zero.
  public func asKnown(on day: Day) -> Casebook {
    var earlier = keeping { $0.codedOn.latest <= day }
    earlier.judgements.removeAll { $0.on.latest > day }
    earlier.series.removeAll { accessed($0) > day }
    let uncoded = Set(claims.map(\.channel)).subtracting(earlier.claims.map(\.channel))
    earlier.coverage.removeAll { $0.claim == nil && uncoded.contains($0.channel) }
    let cited = Set(earlier.claims.map(\.source))
    earlier.sources.removeAll { source in
      !cited.contains(source.id) && source.accessed.map { $0.latest > day } ?? false
    }
    earlier.reindex()
    return earlier
  }

  /// The earliest day by which a claim was coded or a series value accessed.
  public var firstRecorded: Day? {
    (claims.map(\.codedOn.latest) + series.map(accessed)).min()
  }

  /// The latest day on which anything in the casebook was recorded.
  package var lastRecorded: Day? {
    // A source that claims cite is known by their coding; it may be looked at again later.
    let cited = Set(claims.map(\.source))
    let days =
      claims.map(\.codedOn.latest) + judgements.map(\.on.latest)
      + sources.filter { !cited.contains($0.id) }.compactMap { $0.accessed?.latest }
    return days.max()
  }

  /// The casebook without some claims, and without what rests on them.
  public func leavingOut(_ claims: Set<ClaimID>) -> Casebook {
    keeping { !claims.contains($0.id) }
  }

  /// The casebook without some sources: their claims, what rests on them, and their series values.
  public func leavingOut(sources: Set<SourceID>) -> Casebook {
    var others = keeping { !sources.contains($0.source) }
    others.removeSeries { value in
      (value.source ?? variable(value.variable)?.source).map(sources.contains) ?? false
    }
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
    kept.reindexClaims()
    func rests(_ claim: ClaimID?) -> Bool { claim.map(kept.holds) ?? true }
    kept.judgements = judgements.filter { rests($0.claim) }
    kept.reindexJudgements()
    kept.successions = successions.filter { rests($0.claim) }
    kept.recognitions = recognitions.filter { rests($0.claim) }
    kept.memberships = memberships.filter { rests($0.claim) }
    kept.clauses = clauses.filter { rests($0.claim) }
    kept.terms = terms.filter { rests($0.claim) }
    kept.concerns = concerns.filter { rests($0.claim) }
    kept.coverage = coverage.filter { rests($0.claim) }
    return kept
  }
}

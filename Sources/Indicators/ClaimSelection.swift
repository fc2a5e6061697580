package import Evidence

extension ClaimRule {
  /// Whether a claim is of the kind that the rule counts.
  func takes(_ claim: Claim, in casebook: Casebook) -> Bool {
    claim.channel == channel
      && (instruments.isEmpty || instruments.contains(claim.instrument))
      && (phases.isEmpty || claim.phase.map(phases.contains) ?? false)
      && (directions.isEmpty || claim.direction.map(directions.contains) ?? false)
      && assertions.contains(claim.assertion)
      && (counterpart == nil || claim.counterpart == counterpart)
      && reaches(casebook.source(claim.source)?.reliability, minimumReliability)
      && reaches(claim.credibility, minimumCredibility)
  }

  /// The actor that a claim counts for.
  package func actor(of claim: Claim, in casebook: Casebook) -> ActorID {
    guard countsForParent, let parent = casebook.actor(claim.actor)?.parent else {
      return claim.actor
    }
    return parent
  }
}

/// Whether a grade is as good as the worst that counts; one that cannot be judged never is.
private func reaches<Grade: Word>(_ grade: Grade?, _ worst: Grade?) -> Bool {
  guard let worst else { return true }
  let order = Array(Grade.allCases)
  guard let grade, grade != order.last, let place = order.firstIndex(of: grade),
    let limit = order.firstIndex(of: worst)
  else { return false }
  return place <= limit
}

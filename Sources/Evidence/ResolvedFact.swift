import Documents

/// What the claims about one fact say, and which of them is used.
public struct ResolvedFact: Hashable, Sendable {
  public let id: FactID
  /// One reading per denominator: claims with different ones are not rivals.
  public let readings: [Reading]
  /// The claims that a later one corrects; they are kept, and never used.
  public let superseded: [Claim]

  /// The claims of a fact that share a denominator, and the one of them that is used.
  public struct Reading: Hashable, Sendable {
    public let denominator: String?
    public let used: Claim
    public let rule: ResolutionRule
    /// All rivals, best first, the used one among them.
    public let claims: [Claim]
  }

  /// All claims that are not superseded, those of the first reading first.
  public var claims: [Claim] { readings.flatMap(\.claims) }
  /// The claim used in the first reading.
  public var used: Claim { readings[0].used }
  /// The rule that chose `used`.
  public var rule: ResolutionRule { readings[0].rule }
  /// Whether sources disagree: some reading has more than one claim.
  public var isContested: Bool { readings.contains { $0.claims.count > 1 } }
}

/// Which rule chose the claim that is used for a fact.
public enum ResolutionRule: Hashable, Sendable {
  /// Nobody says otherwise.
  case onlyClaim
  /// A recorded judgement picked it.
  case judged(Judgement)
  /// Its source is graded more reliable than its rivals'.
  case reliability
  /// It is graded more credible than its equally reliable rivals.
  case credibility
  /// It was coded later than its equally graded rivals.
  case codedLater
  /// It was coded last, and the casebook is asked to take what was.
  case latest
  /// Nothing tells it from its rivals but its earlier place in the table.
  case tableOrder
}

/// In which order the grades of competing claims are compared, where no judgement chooses.
public enum ResolutionOrder: String, Word {
  /// By reliability, then credibility, then the later coding.
  case graded
  /// By the later coding, then reliability, then credibility.
  case latest
}

extension Casebook {
  /// The claim that is used for each fact, in the order of `facts`.
  package var usedClaims: [Claim] {
    let superseded = supersededClaims
    return facts.compactMap { id in
      guard let claim = onlyClaim(of: id) else { return fact(id)?.used }
      return superseded.contains(claim.id) ? nil : claim
    }
  }

  /// Resolves what a fact's claims say; nil when no claim in force is about it.
  public func fact(_ id: FactID) -> ResolvedFact? {
    let all = claims(of: id)
    let current = all.filter { !supersededClaims.contains($0.id) }
    guard !current.isEmpty else { return nil }
    let readings = current.map(\.of).uniqued.map { denominator in
      reading(of: id, current.filter { $0.of == denominator }, per: denominator)
    }
    return ResolvedFact(
      id: id, readings: readings, superseded: all.filter { supersededClaims.contains($0.id) })
  }

  private func reading(
    of fact: FactID, _ rivals: [Claim], per denominator: String?
  ) -> ResolvedFact.Reading {
    let ranked = rivals.enumerated()
      .map { (grade: grade($0.element), order: $0.offset, claim: $0.element) }
      .sorted { left, right in
        left.grade.compare(with: right.grade, by: resolution)?.isBetter
          ?? (left.order < right.order)
      }
    let best = ranked[0]
    let names = Set(rivals.map(\.id))
    let judgement = judgements(of: fact).last { names.contains($0.claim) }
    let judged = judgement.flatMap { judgement in
      ranked.first { $0.claim.id == judgement.claim }
    }
    let rule: ResolutionRule =
      if let judgement { .judged(judgement) } else if ranked.count == 1 { .onlyClaim } else {
        best.grade.compare(with: ranked[1].grade, by: resolution)?.rule ?? .tableOrder
      }
    return ResolvedFact.Reading(
      denominator: denominator, used: (judged ?? best).claim, rule: rule,
      claims: ranked.map(\.claim))
  }

  private func grade(_ claim: Claim) -> Grade {
    Grade(
      reliability: source(claim.source)?.reliability?.rank ?? Reliability.cannotBeJudged.rank,
      credibility: claim.credibility?.rank ?? Credibility.cannotBeJudged.rank,
      coded: claim.codedOn.latest)
  }
}

/// How a claim ranks among its rivals; smaller ranks are better.
private struct Grade {
  let reliability: Int
  let credibility: Int
  let coded: Day

  /// What tells two grades apart and whether this one is better; nil on a tie.
  func compare(
    with other: Grade, by order: ResolutionOrder
  ) -> (isBetter: Bool, rule: ResolutionRule)? {
    let byGrade: (Bool, ResolutionRule)? =
      if reliability != other.reliability {
        (reliability < other.reliability, .reliability)
      } else if credibility != other.credibility {
        (credibility < other.credibility, .credibility)
      } else { nil }
    let isLater = coded == other.coded ? nil : coded > other.coded
    switch order {
    case .graded: return byGrade ?? isLater.map { ($0, .codedLater) }
    case .latest: return isLater.map { ($0, .latest) } ?? byGrade
    }
  }
}

extension Reliability {
  /// The place in the order of use; what cannot be judged comes last, never in the middle.
  var rank: Int {
    switch self {
    case .a: 1
    case .b: 2
    case .c: 3
    case .d: 4
    case .e: 5
    case .cannotBeJudged: 6
    }
  }
}

extension Credibility {
  /// The place in the order of use; what cannot be judged comes last, never in the middle.
  var rank: Int {
    switch self {
    case .confirmed: 1
    case .probable: 2
    case .possible: 3
    case .doubtful: 4
    case .improbable: 5
    case .cannotBeJudged: 6
    }
  }
}

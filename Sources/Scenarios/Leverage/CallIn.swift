public import Evidence

/// What falls due when the lender of a deal ends it and asks for everything at once.
public struct CallIn: Hashable, Sendable {
  public let deal: DealID
  public let actor: ActorID
  public let year: Int
  public let clauses: Clauses
  /// What is owed, each as its evidence has it.
  public let due: [Due]

  /// Whether anybody may end the deal, as far as sources tell.
  public enum Clauses: Hashable, Sendable {
    case stated([Clause])
    /// No source states a clause for this state: the stress is an assumption.
    case notStated
  }

  /// An amount due by one piece of evidence.
  public struct Due: Hashable, Sendable {
    public let amount: Bounds
    public let measure: Measure
    public let claims: [ClaimID]
  }

  /// What an amount is counted in.
  public enum Measure: Hashable, Sendable {
    case money(currency: String)
    /// As a share of something, as the source has it: `annual budget`.
    case share(of: String)
    /// A sum of money as a share of a series' value.
    case shareOfSeries(VariableID, year: Int)
  }
}

/// The quantities that debts are held against: yearly series of money in one currency.
public struct Denominator: Hashable, Sendable {
  public let variable: VariableID
  public let currency: String

  public init(variable: VariableID, currency: String) {
    self.variable = variable
    self.currency = currency
  }
}

extension Casebook {
  /// The deals that are debts: those with terms or clauses, and those that a claim calls a loan or debt.
  public var debts: [DealID] {
    let named = claims.filter { $0.instrument == "loan" || $0.instrument == "debt" }
      .compactMap(\.deal)
    return Set(terms.map(\.deal) + clauses.map(\.deal) + named).sorted()
  }

  /// What every debt would ask of its debtor if it were called in at the end of a year.
  ///
  /// - Throws: `ScenarioError.contradictoryTerms`.
  public func callIns(in year: Int, against denominators: [Denominator] = []) throws -> [CallIn] {
    try debts.flatMap { deal in
      try Set(claims(of: deal).map(\.actor)).sorted().map { actor in
        try callIn(of: deal, actor: actor, in: year, against: denominators)
      }
    }
  }

  private func callIn(
    of deal: DealID, actor: ActorID, in year: Int, against denominators: [Denominator]
  ) throws -> CallIn {
    let stated = clauses.filter { $0.deal == deal && claim($0.claim)?.actor == actor }
    let owed = try terms.filter { $0.deal == deal && claim($0.claim)?.actor == actor }
      .flatMap { try due(by: $0, actor: actor, in: year, against: denominators) }
    let claimed = facts(of: deal, actor: actor).compactMap(share)
    return CallIn(
      deal: deal, actor: actor, year: year, clauses: stated.isEmpty ? .notStated : .stated(stated),
      due: owed + claimed)
  }

  /// What terms leave to pay, in money and against each series in its currency.
  private func due(
    by terms: Terms, actor: ActorID, in year: Int, against denominators: [Denominator]
  ) throws -> [CallIn.Due] {
    guard let currency = terms.currency,
      let outstanding = try Repayment(terms).outstanding(atEndOf: year)
    else { return [] }
    let money = CallIn.Due(
      amount: outstanding, measure: .money(currency: currency), claims: [terms.claim])
    let shares = denominators.filter { $0.currency == currency }.compactMap { denominator in
      latest(denominator.variable, of: actor, until: year).map { base in
        CallIn.Due(
          amount: outstanding.scaled(by: 1 / base.value),
          measure: .shareOfSeries(denominator.variable, year: base.year), claims: [terms.claim])
      }
    }
    return [money] + shares
  }

  /// The last positive value of a series up to a year.
  private func latest(
    _ variable: VariableID, of actor: ActorID, until year: Int
  ) -> (year: Int, value: Double)? {
    series(variable).filter { $0.actor == actor && $0.period <= year }
      .compactMap { row in row.value.flatMap { $0 > 0 ? (row.period, $0) : nil } }
      .max { $0.0 < $1.0 }
  }

  private func facts(of deal: DealID, actor: ActorID) -> [Claim] {
    var seen: Set<FactID> = []
    return claims(of: deal).filter { $0.actor == actor && seen.insert($0.fact).inserted }
      .compactMap { fact($0.fact) }.flatMap { $0.readings.map(\.used) }
  }

  /// A debt that a claim states as a share of something.
  private func share(_ claim: Claim) -> CallIn.Due? {
    guard claim.instrument == "debt", let of = claim.of, claim.unit == "share",
      let low = claim.low ?? claim.value
    else { return nil }
    return CallIn.Due(
      amount: Bounds(low: low, high: claim.high ?? claim.value),
      measure: .share(of: of), claims: [claim.id])
  }
}

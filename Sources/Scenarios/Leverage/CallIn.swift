public import Evidence
public import Indicators

/// What falls due when the lender of a deal ends it and asks for everything at once.
public struct CallIn: Hashable, Sendable {
  public let deal: DealID
  public let actor: ActorID
  public let year: Int
  public let clauses: Clauses
  /// The loans of the deal whose terms are known, each with what is left of it.
  public let loans: [Loan]
  /// What claims say of the whole debt; each is a reading of its own, and no part of a sum.
  public let stated: [Share]

  package init(
    deal: DealID, actor: ActorID, year: Int, clauses: Clauses, loans: [Loan], stated: [Share]
  ) {
    self.deal = deal
    self.actor = actor
    self.year = year
    self.clauses = clauses
    self.loans = loans
    self.stated = stated
  }

  /// Whether anybody may end the deal, as far as sources tell.
  public enum Clauses: Hashable, Sendable {
    case stated([Clause])
    /// No source states a clause for this state: the stress is an assumption.
    case notStated
  }

  /// What is left to pay of one loan.
  public struct Loan: Hashable, Sendable {
    public let claim: ClaimID
    public let outstanding: Bounds
    public let currency: String
    /// Whether a claim tells that the loan is being paid out; else it may never have been.
    public let isPaidOut: Bool
    /// What is left against each denominator that has a value, in the codebook's order.
    public let shares: [Share]
  }

  /// An amount as a share of something.
  public struct Share: Hashable, Sendable {
    /// The word of the codebook for what it is a share of: `annual budget`.
    public let of: String
    public let bounds: Bounds
    /// What it is a share of, in its series' currency; nil where a source states the share itself.
    public let base: Base?
    public let evidence: [EvidenceID]
  }

  /// One year's value of a denominator.
  public struct Base: Hashable, Sendable {
    public let value: Double
    public let currency: String
    public let year: Int
  }
}

extension Casebook {
  /// The deals that are debts: those with terms or clauses, and those that a claim calls a loan or debt.
  public var debts: [DealID] {
    let debts = codebook.instruments(with: .debt)
    let named = claims.filter { debts.contains($0.instrument) }
      .compactMap(\.deal)
    return Set(terms.map(\.deal) + clauses.map(\.deal) + named).sorted()
  }

  /// What every debt would ask of its debtor if it were called in at the end of a year.
  ///
  /// Amounts are held against the codebook's denominators. Without debtors or a lender all are taken; a
  /// deal is a lender's when a claim on it names the lender as its counterpart.
  ///
  /// - Throws: `ScenarioError.contradictoryTerms`.
  public func callIns(
    in year: Int, of debtors: [ActorID]? = nil, by lender: ActorID? = nil
  ) throws -> [CallIn] {
    try debts.flatMap { deal -> [CallIn] in
      let claims = claims(of: deal)
      guard lender == nil || claims.contains(where: { $0.counterpart == lender }) else { return [] }
      return try Set(claims.map(\.actor)).sorted()
        .filter { debtors?.contains($0) ?? true }
        .map { try callIn(of: deal, actor: $0, in: year) }
    }
  }

  private func callIn(of deal: DealID, actor: ActorID, in year: Int) throws -> CallIn {
    let clauses = clauses.filter { $0.deal == deal && claim($0.claim)?.actor == actor }
    return CallIn(
      deal: deal, actor: actor, year: year,
      clauses: clauses.isEmpty ? .notStated : .stated(clauses),
      loans: try terms(of: deal, actor: actor).compactMap { terms in
        try loan(by: terms, isPaidOut: isPaidOut(terms), actor: actor, in: year)
      },
      stated: facts(of: deal, actor: actor).compactMap(statedShare))
  }

  /// The terms of an actor's loans in a deal, in the table's order.
  func terms(of deal: DealID, actor: ActorID) -> [Terms] {
    terms.filter { $0.deal == deal && claim($0.claim)?.actor == actor }
  }

  /// Whether the claim behind some terms tells that money flows or has flown.
  func isPaidOut(_ terms: Terms) -> Bool {
    switch claim(terms.claim)?.phase {
    case .announced, .agreed, .postponed, .cancelled: false
    default: true
    }
  }

  /// What some terms leave to pay, in money and against each denominator; nil where they tell nothing.
  ///
  /// What may never have been paid out may be nothing.
  func loan(by terms: Terms, isPaidOut: Bool, actor: ActorID, in year: Int) throws -> CallIn.Loan? {
    guard let currency = terms.currency,
      let left = try Repayment(terms).outstanding(atEndOf: year)
    else { return nil }
    let outstanding = isPaidOut ? left : Bounds(low: 0, high: left.high)
    return CallIn.Loan(
      claim: terms.claim, outstanding: outstanding, currency: currency, isPaidOut: isPaidOut,
      shares: codebook.denominators.compactMap { denominator in
        share(outstanding, in: currency, of: denominator, claim: terms.claim, actor, until: year)
      })
  }

  /// Holds an amount against the last value of a denominator, at the exchange rate of the same time.
  private func share(
    _ amount: Bounds, in currency: String, of denominator: Codebook.Denominator, claim: ClaimID,
    _ actor: ActorID, until year: Int
  ) -> CallIn.Share? {
    guard let base = base(denominator, of: actor, until: year),
      let rate = rate(from: currency, to: denominator.currency, until: base.year)
    else { return nil }
    return CallIn.Share(
      of: denominator.id, bounds: amount.scaled(by: rate.factor / base.value),
      base: CallIn.Base(value: base.value, currency: denominator.currency, year: base.year),
      evidence: [.claim(claim)] + base.evidence + rate.evidence)
  }

  private func facts(of deal: DealID, actor: ActorID) -> [Claim] {
    var seen: Set<FactID> = []
    return claims(of: deal).filter { $0.actor == actor && seen.insert($0.fact).inserted }
      .compactMap { fact($0.fact) }.flatMap { $0.readings.map(\.used) }
  }

  /// A debt that a claim states as a share of something.
  private func statedShare(_ claim: Claim) -> CallIn.Share? {
    guard codebook.instruments(with: .owed).contains(claim.instrument), let of = claim.of,
      let unit = claim.unit, codebook.units(with: .share).contains(unit),
      let low = claim.low ?? claim.value
    else { return nil }
    return CallIn.Share(
      of: of, bounds: Bounds(low: low, high: claim.high ?? claim.value), base: nil,
      evidence: [.claim(claim.id)])
  }
}

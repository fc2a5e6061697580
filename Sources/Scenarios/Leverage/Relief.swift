import Documents
public import Evidence

/// What a reader assumes about debts before they are called in: loans replaced, currencies hedged.
public struct Relief: Hashable, Sendable {
  public let refinancings: [Refinancing]
  /// The deals whose currency is hedged.
  public let hedged: Set<DealID>
  /// The part of its worth that each debtor's currency loses before the call-in, from 0 to below 1.
  public let fall: Double

  /// A deal's loans replaced by one loan of the same sum.
  public struct Refinancing: Hashable, Sendable {
    public let deal: DealID
    /// Who lends now; nil: the same lender, on other terms.
    public let lender: String?
    /// At the end of this year what is left of the old loans becomes the new one.
    public let year: Int
    /// Of the new loan; nil: as the old ones.
    public let currency: String?
    public let graceYears: BoundedNumber
    public let maturityYears: BoundedNumber
    public let rate: BoundedNumber
    public let schedule: RepaymentSchedule?

    public init(
      deal: DealID, lender: String?, year: Int, currency: String? = nil,
      graceYears: BoundedNumber = .init(), maturityYears: BoundedNumber = .init(),
      rate: BoundedNumber = .init(), schedule: RepaymentSchedule? = nil
    ) {
      self.deal = deal
      self.lender = lender
      self.year = year
      self.currency = currency
      self.graceYears = graceYears
      self.maturityYears = maturityYears
      self.rate = rate
      self.schedule = schedule
    }
  }

  /// - Throws: `ScenarioError.impossibleFall`.
  public init(refinancings: [Refinancing] = [], hedged: Set<DealID> = [], fall: Double = 0) throws {
    guard fall >= 0, fall < 1 else { throw ScenarioError.impossibleFall(fall) }
    self.refinancings = refinancings
    self.hedged = hedged
    self.fall = fall
  }
}

/// A call-in before and after a relief.
public struct RelievedCallIn: Hashable, Sendable {
  /// Called in as it stands, after the debtor's currency has fallen.
  public let before: CallIn
  /// What the same lender could still call in.
  public let after: CallIn
  /// What would be owed to the new lender instead; nil where the lender stays.
  public let elsewhere: Elsewhere?

  /// A debt that has gone to another lender.
  public struct Elsewhere: Hashable, Sendable {
    public let lender: String
    public let loans: [CallIn.Loan]
  }
}

extension Casebook {
  /// How a relief changes the call-ins of the deals that it names, and of all when a currency falls.
  ///
  /// - Throws: `ScenarioError.unknownDebt`, `.contradictoryTerms`, `.noRate` or `.refinancedUnsigned`.
  public func relieved(_ callIns: [CallIn], by relief: Relief) throws -> [RelievedCallIn] {
    let known = callIns.map(\.deal)
    for deal in relief.refinancings.map(\.deal) + relief.hedged.sorted() where !known.contains(deal)
    {
      throw ScenarioError.unknownDebt(deal, known: known)
    }
    return try callIns.filter { callIn in
      relief.fall > 0 || relief.hedged.contains(callIn.deal)
        || relief.refinancings.contains { $0.deal == callIn.deal }
    }.map { try relieved($0, by: relief) }
  }

  private func relieved(_ callIn: CallIn, by relief: Relief) throws -> RelievedCallIn {
    let before = callIn.with(loans: callIn.loans.map { $0.heavier(by: relief.fall) })
    let fall = relief.hedged.contains(callIn.deal) ? 0 : relief.fall
    guard let change = relief.refinancings.first(where: { $0.deal == callIn.deal }) else {
      return RelievedCallIn(
        before: before, after: callIn.with(loans: callIn.loans.map { $0.heavier(by: fall) }),
        elsewhere: nil)
    }
    let loans = try refinanced(callIn, change).map { $0.heavier(by: fall) }
    guard let lender = change.lender, callIn.year >= change.year else {
      return RelievedCallIn(before: before, after: callIn.with(loans: loans), elsewhere: nil)
    }
    return RelievedCallIn(
      before: before, after: callIn.with(loans: [], stated: []),
      elsewhere: RelievedCallIn.Elsewhere(lender: lender, loans: loans))
  }

  /// The loans that take the place of a deal's at the end of a year.
  private func refinanced(
    _ callIn: CallIn, _ change: Relief.Refinancing
  ) throws -> [CallIn.Loan] {
    guard callIn.year >= change.year else { return callIn.loans }
    return try terms(of: callIn.deal, actor: callIn.actor).compactMap { old in
      guard
        let left = try loan(
          by: old, isPaidOut: isPaidOut(old), actor: callIn.actor, in: change.year)
      else { throw ScenarioError.refinancedUnsigned(change.deal, year: change.year) }
      return try loan(
        by: try terms(change, replacing: left), isPaidOut: left.isPaidOut, actor: callIn.actor,
        in: callIn.year)
    }
  }

  private func terms(_ change: Relief.Refinancing, replacing loan: CallIn.Loan) throws -> Terms {
    let currency = change.currency ?? loan.currency
    guard let rate = rate(from: loan.currency, to: currency, until: change.year) else {
      throw ScenarioError.noRate(from: loan.currency, to: currency)
    }
    let sum = loan.outstanding.scaled(by: rate.factor)
    return Terms(
      deal: change.deal, currency: currency,
      principal: BoundedNumber(low: sum.low, high: sum.high), signed: EDTFDate(year: change.year),
      graceYears: change.graceYears, maturityYears: change.maturityYears, rate: change.rate,
      schedule: change.schedule, claim: loan.claim)
  }
}

extension CallIn {
  fileprivate func with(loans: [Loan], stated: [Share]? = nil) -> CallIn {
    CallIn(
      deal: deal, actor: actor, year: year, clauses: clauses, loans: loans,
      stated: stated ?? self.stated)
  }
}

extension CallIn.Loan {
  /// The same sum against denominators in a currency that has lost a part of its worth.
  fileprivate func heavier(by fall: Double) -> CallIn.Loan {
    CallIn.Loan(
      claim: claim, outstanding: outstanding, currency: currency, isPaidOut: isPaidOut,
      shares: shares.map { share in
        CallIn.Share(
          of: share.of, bounds: share.bounds.scaled(by: 1 / (1 - fall)), base: share.base,
          evidence: share.evidence)
      })
  }
}

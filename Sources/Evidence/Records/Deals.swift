public import Documents

/// A coded contract clause of a deal.
public struct Clause: Hashable, Sendable {
  public let deal: DealID
  public let kind: ClauseKind
  /// Who may use the clause.
  public let holder: ActorID?
  public let trigger: String?
  public let consequence: String?
  public let claim: ClaimID
}

/// A number with the bounds that its source gives; any of the three may be missing.
public struct BoundedNumber: Hashable, Sendable {
  public let value: Double?
  public let low: Double?
  public let high: Double?

  public init(value: Double? = nil, low: Double? = nil, high: Double? = nil) {
    self.value = value
    self.low = low
    self.high = high
  }

  public var isStated: Bool { value != nil || low != nil || high != nil }
}

/// The repayment terms of a loan.
public struct Terms: Hashable, Sendable {
  public let deal: DealID
  public let currency: String?
  public let principal: BoundedNumber
  public let signed: EDTFDate?
  public let graceYears: BoundedNumber
  public let maturityYears: BoundedNumber
  /// The yearly interest, as a fraction.
  public let rate: BoundedNumber
  public let schedule: RepaymentSchedule?
  public let claim: ClaimID

  package init(
    deal: DealID, currency: String?, principal: BoundedNumber, signed: EDTFDate?,
    graceYears: BoundedNumber, maturityYears: BoundedNumber, rate: BoundedNumber,
    schedule: RepaymentSchedule?, claim: ClaimID
  ) {
    self.deal = deal
    self.currency = currency
    self.principal = principal
    self.signed = signed
    self.graceYears = graceYears
    self.maturityYears = maturityYears
    self.rate = rate
    self.schedule = schedule
    self.claim = claim
  }
}

public import Documents

/// A coded contract clause of a deal.
public struct Clause: Hashable, Sendable {
  public package(set) var deal: DealID = ""
  public package(set) var kind: ClauseKind = ""
  /// Who may use the clause.
  public package(set) var holder: ActorID?
  public package(set) var trigger: String?
  public package(set) var consequence: String?
  public package(set) var claim: ClaimID = ""
}

/// The repayment terms of a loan.
public struct Terms: Hashable, Sendable {
  public package(set) var deal: DealID = ""
  public package(set) var currency: String?
  public package(set) var principal = BoundedNumber()
  public package(set) var signed: EDTFDate?
  public package(set) var graceYears = BoundedNumber()
  public package(set) var maturityYears = BoundedNumber()
  /// The yearly interest, as a fraction.
  public package(set) var rate = BoundedNumber()
  public package(set) var schedule: RepaymentSchedule?
  public package(set) var claim: ClaimID = ""

  init() {}

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

extension Clause: Record {
  package static let fields = Fields(
    "clauses", title: "Contract clauses of deals", key: [\.deal, \.kind], of: Clause()
  ) {
    Field("deal", \.deal, .reference(), help: "The deal.")
    Field("kind", \.kind, .term(of: "clauses"), help: "The kind of clause.")
    Field("holder", \.holder, .reference(), help: "Who may use it.")
    Field("trigger", \.trigger, .prose, help: "What allows its use.")
    Field("consequence", \.consequence, .prose, help: "What follows.")
    Field("claim", \.claim, .reference(), help: "The claim that says so.")
  }
}

extension Terms: Record {
  package static let fields = Fields(
    "terms", title: "Repayment terms of loans", key: [\.deal, \.claim], of: Terms()
  ) {
    Field("deal", \.deal, .reference(), help: "The loan.")
    Field("currency", \.currency, .shaped(.currency), help: "Currency (ISO 4217).")
    FieldGroup.bounded(
      "principal", \.principal.value, \.principal.low, \.principal.high, help: "The sum lent.")
    Field("signed", \.signed, .day, help: "When it was signed.")
    FieldGroup.bounded(
      "grace_years", \.graceYears.value, \.graceYears.low, \.graceYears.high,
      help: "Years before the first repayment.")
    FieldGroup.bounded(
      "maturity_years", \.maturityYears.value, \.maturityYears.low, \.maturityYears.high,
      help: "Years to the last repayment.")
    FieldGroup.bounded(
      "rate", \.rate.value, \.rate.low, \.rate.high, help: "Yearly interest, as a fraction.")
    Field("schedule", \.schedule, .word(), help: "How it is repaid.")
    Field("claim", \.claim, .reference(), help: "The claim that says so.")
  }
}

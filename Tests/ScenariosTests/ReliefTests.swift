import Evidence
import Testing

@testable import Scenarios

@Suite struct ReliefTests {
  private static let casebook = Result { try Casebook(contentsOf: Casebook.westernBalkans) }
  private static let motorway: DealID = "mne-highway-loan"
  private static let rounding = 1e-9

  private func relieved(
    _ relief: Relief, deal: DealID = motorway, in year: Int = 2026
  ) throws -> RelievedCallIn {
    let casebook = try Self.casebook.get()
    let all = try casebook.relieved(try casebook.callIns(in: year), by: relief)
    return try #require(all.first { $0.before.deal == deal })
  }

  private func replaced(
    by lender: String?, in year: Int = 2020, currency: String? = nil, maturity: Double? = 15
  ) throws -> Relief {
    try Relief(refinancings: [
      Relief.Refinancing(
        deal: Self.motorway, lender: lender, year: year, currency: currency,
        graceYears: BoundedNumber(value: 0), maturityYears: BoundedNumber(value: maturity),
        schedule: .equalPrincipal)
    ])
  }

  @Test func anotherLenderLeavesNothingToCallInAndTheSameDebt() throws {
    let change = try relieved(try replaced(by: "a bank"))
    #expect(change.after.loans.isEmpty && change.after.stated.isEmpty)
    let elsewhere = try #require(change.elsewhere)
    // At the end of 2020 at least 14 of 15 parts were left; six of fifteen years later 9 of 15 of them are.
    #expect(elsewhere.lender == "a bank")
    let left = try #require(elsewhere.loans.first?.outstanding)
    #expect(abs(left.low / (687e6 * 14 / 15 * 9 / 15) - 1) < Self.rounding)
    #expect(abs((left.high ?? 0) / (687e6 * 9 / 15) - 1) < Self.rounding)
  }

  @Test func theSameLenderOnOtherTermsCanStillCallIn() throws {
    let change = try relieved(try replaced(by: nil, maturity: 30))
    #expect(change.elsewhere == nil)
    let left = try #require(change.after.loans.first?.outstanding.high)
    #expect(abs(left / (687e6 * 24 / 30) - 1) < Self.rounding)
  }

  @Test func aLoanThatIsReplacedLaterIsDueAsBefore() throws {
    let change = try relieved(try replaced(by: "a bank", in: 2030))
    #expect(change.before == change.after && change.elsewhere == nil)
  }

  @Test func anotherCurrencyTakesTheSumAtTheRateOfTheYear() throws {
    let change = try relieved(try replaced(by: nil, currency: "USD"), in: 2020)
    let left = try #require(change.after.loans.first?.outstanding.high)
    #expect(abs(left / (687e6 / 0.8764) - 1) < Self.rounding)
    #expect(throws: ScenarioError.noRate(from: "EUR", to: "RSD")) {
      _ = try relieved(try replaced(by: nil, currency: "RSD"))
    }
  }

  @Test func aHedgedDebtKeepsItsWeightWhenTheCurrencyFalls() throws {
    let relief = try Relief(hedged: [Self.motorway], fall: 0.2)
    let hedged = try relieved(relief)
    let plain = try #require(
      Self.casebook.get().callIns(in: 2026).first { $0.deal == Self.motorway })
    #expect(hedged.after == plain)
    let (light, heavy) = (plain.loans[0].shares[0].bounds, hedged.before.loans[0].shares[0].bounds)
    #expect(abs(heavy.low / light.low - 1.25) < Self.rounding)
    let other = try relieved(relief, deal: "mkd-china-loans")
    #expect(other.before == other.after)
  }

  @Test func aFallOfNothingChangesNoDebt() throws {
    let relief = try Relief(hedged: [Self.motorway])
    let change = try relieved(relief)
    #expect(change.before == change.after)
  }

  @Test func refusesWhatCannotBe() throws {
    #expect(throws: ScenarioError.impossibleFall(1)) { _ = try Relief(fall: 1) }
    #expect(throws: ScenarioError.refinancedUnsigned(Self.motorway, year: 2010)) {
      _ = try relieved(try replaced(by: nil, in: 2010))
    }
    let error = #expect(throws: ScenarioError.self) {
      _ = try relieved(try Relief(hedged: ["mne-highway-lone"]))
    }
    #expect(
      error?.description
        == "`mne-highway-lone` is not a debt of this casebook; did you mean `mne-highway-loan`?")
  }
}

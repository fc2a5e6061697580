import Documents
import Foundation
import Testing

@testable import Evidence
@testable import Scenarios

@Suite struct RepaymentTests {
  private func terms(
    principal: BoundedNumber = .init(value: 100), signed: String? = "2014",
    grace: BoundedNumber = .init(value: 5), maturity: BoundedNumber = .init(value: 20),
    rate: BoundedNumber = .init(value: 0.02), schedule: RepaymentSchedule? = .equalPrincipal
  ) throws -> Terms {
    Terms(
      deal: "motorway", currency: "EUR", principal: principal,
      signed: try signed.map { try EDTFDate($0) }, graceYears: grace, maturityYears: maturity,
      rate: rate, schedule: schedule, claim: "c")
  }

  private static let rounding = 1e-12

  @Test func equalPrincipalFallsByEqualParts() throws {
    let repayment = try Repayment(terms())
    #expect(repayment.outstanding(atEndOf: 2019) == Bounds(low: 100, high: 100))
    let after = try #require(repayment.outstanding(atEndOf: 2022))
    #expect(abs(after.low - 100 * (1 - 3.0 / 15)) < Self.rounding && after.isPoint)
    #expect(repayment.outstanding(atEndOf: 2034) == Bounds(low: 0, high: 0))
  }

  @Test func annuityLeavesWhatPayingYearByYearLeaves() throws {
    let repayment = try Repayment(terms(rate: .init(value: 0.03), schedule: .annuity))
    let payment = 100 * 0.03 / (1 - pow(1.03, -15))
    var balance = 100.0
    for year in 2020...2034 {
      balance = balance * 1.03 - payment
      let owed = try #require(repayment.outstanding(atEndOf: year))
      #expect(abs(owed.low - balance) < 1e-9)
    }
  }

  @Test func aBulletIsOwedWholeUntilItIsDue() throws {
    let repayment = try Repayment(terms(schedule: .bullet))
    #expect(repayment.outstanding(atEndOf: 2033) == Bounds(low: 100, high: 100))
    #expect(repayment.outstanding(atEndOf: 2034) == Bounds(low: 0, high: 0))
  }

  @Test func anAnnuityWithoutInterestIsEqualPrincipal() throws {
    for years in stride(from: 0.0, through: 20, by: 1) {
      #expect(
        annuityOwed(years, grace: 5, maturity: 20, rate: 0)
          == equalPrincipalOwed(years, grace: 5, maturity: 20))
    }
  }

  @Test func boundsHoldEveryLoanThatTheTermsAllow() throws {
    let vague = try Repayment(
      terms(
        principal: .init(value: nil, low: 80, high: 120), signed: "2013/2014",
        grace: .init(value: nil, low: 3, high: 6), maturity: .init(value: nil, low: 15, high: 20),
        rate: .init(value: nil, low: 0.01, high: 0.04), schedule: nil))
    for schedule in RepaymentSchedule.allCases {
      for (principal, signed) in [(80.0, 2013), (120, 2014), (100, 2014)] {
        for (grace, maturity, rate) in [
          (3.0, 15.0, 0.01), (6, 20, 0.04), (3, 20, 0.04), (6, 15, 0.02),
        ] {
          let exact = try Repayment(
            terms(
              principal: .init(value: principal), signed: String(signed),
              grace: .init(value: grace), maturity: .init(value: maturity),
              rate: .init(value: rate), schedule: schedule))
          for year in 2014...2036 {
            let bounds = try #require(vague.outstanding(atEndOf: year))
            let owed = try #require(exact.outstanding(atEndOf: year))
            #expect(bounds.low <= owed.low + 1e-9)
            #expect(owed.low <= (bounds.high ?? .infinity) + 1e-9)
          }
        }
      }
    }
  }

  @Test func anOverStaysWithoutAnUpperBound() throws {
    let over = try Repayment(terms(principal: .init(value: nil, low: 50)))
    #expect(over.outstanding(atEndOf: 2015) == Bounds(low: 50, high: nil))
  }

  @Test func withoutAMaturityAnythingMayBeLeftOnceTheGraceIsOver() throws {
    let open = try Repayment(terms(maturity: .init(value: nil), schedule: nil))
    #expect(open.outstanding(atEndOf: 2018) == Bounds(low: 100, high: 100))
    #expect(open.outstanding(atEndOf: 2025) == Bounds(low: 0, high: 100))
  }

  @Test func nothingIsOwedBeforeTheSigning() throws {
    #expect(try Repayment(terms()).outstanding(atEndOf: 2013) == nil)
  }

  @Test func refusesAGraceThatOutlastsTheLoan() throws {
    let crossed = try terms(grace: .init(value: 21))
    let error = #expect(throws: ScenarioError.self) { _ = try Repayment(crossed) }
    #expect(
      error?.description
        == "The loan of deal `motorway` falls due after 20 years, but its grace lasts 21 years; "
        + "correct `grace_years` or `maturity_years` in terms.csv.")
  }
}

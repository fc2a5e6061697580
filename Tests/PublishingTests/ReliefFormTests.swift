import Documents
import Evidence
import Scenarios
import Testing

@testable import Publishing

/// What a query of the page of call-ins assumes.
@Suite struct ReliefFormTests {
  private func relief(_ values: KeyValuePairs<String, String>) -> Relief? {
    Relief(values.map { .init(name: $0, value: $1) })
  }

  @Test func readsWhatAQueryAssumesAndWritesItAgain() throws {
    let read = try #require(
      relief([
        "year.road": "2027", "lender.road": "A & B", "currency.road": "EUR", "grace.road": "2",
        "maturity.road": "12.5", "rate.road": "7", "schedule.road": "annuity", "hedged": "rail",
        "fall": "20",
      ]))
    let road = try #require(read.refinancings.first)
    #expect(read.refinancings.count == 1 && road.deal == "road" && road.year == 2027)
    #expect(road.lender == "A & B" && road.currency == "EUR" && road.schedule == .annuity)
    #expect(road.graceYears.value == 2 && road.maturityYears.value == 12.5)
    #expect(road.rate.value == 0.07)
    #expect(read.hedged == ["rail"] && read.fall == 0.2)
    #expect(Relief(read.parameters) == read)
  }

  @Test(arguments: [
    [("year.road", ""), ("hedged", ""), ("fall", "")], [("lender.road", "Bank")],
    [("year.road", "soon")], [("fall", "100")], [("fall", "-3")], [("fall", "nan")],
    [("year.road", "2027"), ("grace.road", "5"), ("maturity.road", "5")],
  ])
  func aQueryThatAssumesNothingPossibleIsNone(_ values: [(String, String)]) {
    #expect(Relief(values.map { AddressArgument(name: $0.0, value: $0.1) }) == nil)
  }

  @Test func everyLoanHasTermsOfItsOwn() throws {
    let read = try #require(
      relief([
        "year.road": "2027", "maturity.rail": "20", "year.rail": "2030", "lender.road": "Bank",
        "hedged": "dam", "hedged": "mine",
      ]))
    #expect(read.refinancings.map(\.deal) == ["road", "rail"])
    #expect(read.refinancings.map(\.year) == [2027, 2030])
    #expect(read.refinancings.map(\.lender) == ["Bank", nil])
    #expect(read.refinancings.map(\.maturityYears.value) == [nil, 20])
    #expect(read.hedged == ["dam", "mine"])
    #expect(Relief(read.parameters) == read)
    #expect(
      addressQuery(read.parameters)
        == "?year.road=2027&lender.road=Bank&year.rail=2030&maturity.rail=20&hedged=dam&hedged=mine"
    )
  }

  @Test func saysWhatAnAssumptionLacks() {
    func problems(_ values: KeyValuePairs<String, String>) -> [String] {
      Relief.problems(in: values.map { .init(name: $0, value: $1) }).map(\.sentence)
    }
    #expect(problems(["year.road": "2027", "lender.road": "Bank"]).isEmpty)
    #expect(problems(["hedged": "road", "fall": "20"]).isEmpty)
    #expect(
      problems(["lender.road": "Bank", "year.rail": "2027"]) == [
        "lender.road is of a loan that is replaced, and this one is not; say when with year.road, or "
          + "leave it out."
      ])
    #expect(
      problems(["year.road": "2027", "grace.road": "7", "maturity.road": "5"]) == [
        "maturity.road: `5` is no longer than the grace, 7, after which a loan is repaid; write more "
          + "years, or a shorter grace."
      ])
  }

  @Test func aLoanReplacedAfterTheYearLookedAtIsSaidToChangeNothing() throws {
    let late = try #require(relief(["year.road": "2027"]))
    let changes = { (year: Int) in late.assumptions(in: year).map(\.text).joined() }
    #expect(changes(2026).contains("nothing changes") && !changes(2027).contains("nothing changes"))
  }

  @Test func aNumberOfAnAddressCanBeReadAgain() {
    for number in [0.07 * 100, 5_000, 0.1, 1e9, 12.5, 0] {
      #expect(Double(addressNumber(number)).map { abs($0 - number) < 1e-6 } == true)
    }
    #expect(addressNumber(5_000) == "5000" && addressNumber(0.07 * 100) == "7")
  }

  @Test func anAddressCarriesWhatIsAssumed() throws {
    #expect(SitePage.leverage(relief(["fall": "20"])).parameters.map(\.value) == ["20"])
    #expect(SitePage.leverage(nil).parameters.isEmpty)
  }
}

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
        "replaced": "road", "in": "2027", "lender": "A & B", "maturity": "12.5", "hedged": "rail",
        "fall": "20",
      ]))
    #expect(read.refinancings.map(\.deal) == ["road"] && read.refinancings[0].year == 2027)
    #expect(read.refinancings[0].lender == "A & B")
    #expect(read.refinancings[0].maturityYears.value == 12.5)
    #expect(read.hedged == ["rail"] && read.fall == 0.2)
    #expect(Relief(read.parameters) == read)
  }

  @Test(arguments: [
    [("replaced", ""), ("hedged", ""), ("fall", "")], [("replaced", "road")],
    [("replaced", "road"), ("in", "soon")], [("fall", "100")], [("fall", "-3")], [("fall", "nan")],
  ])
  func aQueryThatAssumesNothingPossibleIsNone(_ values: [(String, String)]) {
    #expect(Relief(values.map { AddressArgument(name: $0.0, value: $0.1) }) == nil)
  }

  @Test func severalLoansAreRelievedAtOnce() throws {
    let read = try #require(
      relief([
        "replaced": "road", "replaced": "rail", "replaced": "road", "in": "2027", "hedged": "dam",
        "hedged": "mine",
      ]))
    #expect(read.refinancings.map(\.deal) == ["road", "rail"])
    #expect(read.hedged == ["dam", "mine"])
    #expect(Relief(read.parameters) == read)
    #expect(
      addressQuery(read.parameters)
        == "?replaced=road&replaced=rail&in=2027&hedged=dam&hedged=mine")
  }

  @Test func saysWhatAnAssumptionLacks() {
    func problems(_ values: KeyValuePairs<String, String>) -> [String] {
      Relief.problems(in: values.map { .init(name: $0, value: $1) }).map(\.sentence)
    }
    #expect(problems(["replaced": "road", "in": "2027"]).isEmpty)
    #expect(problems(["hedged": "road", "fall": "20"]).isEmpty)
    #expect(problems(["replaced": "road"]).first?.contains("lacks the year") == true)
    #expect(problems(["in": "2027", "lender": "Bank"]).count == 2)
  }

  @Test func aLoanReplacedAfterTheYearLookedAtIsSaidToChangeNothing() throws {
    let late = try #require(relief(["replaced": "road", "in": "2027"]))
    #expect(late.sentence(in: 2026).contains("nothing changes"))
    #expect(!late.sentence(in: 2027).contains("nothing changes"))
  }

  @Test func anAddressCarriesWhatIsAssumed() throws {
    #expect(SitePage.leverage(relief(["fall": "20"])).parameters.map(\.value) == ["20"])
    #expect(SitePage.leverage(nil).parameters.isEmpty)
  }
}

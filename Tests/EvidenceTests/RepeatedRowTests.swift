import Documents
import Foundation
@testable import Importing
import Testing

@testable import Evidence

/// Rows that say again what another has said, and rows that say nothing.
@Suite struct RepeatedRowTests {
  private func values(
    _ text: String, of variable: String, badRows: BadRows = .refuse
  ) throws -> (lines: [String], report: ImportReport) {
    let outcome = try RecordFixture.imported(
      text, by: try RecordFixture.work(actors: ["MNE", "SRB"], badRows: badRows))
    let lines = outcome.lines("series", variable + ",").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).dropFirst().prefix(3)
        .joined(separator: " ")
    }
    return (lines, outcome.report)
  }

  // MARK: Zeros

  private static let finance = "Country Code,year,usd_const_2021\n"

  @Test func leavesAnEmptyAmountOpenAndDoesNotMakeItZero() throws {
    let text = Self.finance + "SRB,2010,5\nSRB,2011,\nSRB,2013,7\n"
    let (lines, report) = try values(text, of: "aiddata-gcdf")
    #expect(lines.suffix(4) == ["SRB 2010 5", "SRB 2011 ", "SRB 2012 0", "SRB 2013 7"])
    #expect(report.losses.contains { $0.reason == "without an amount" && $0.codes == ["SRB"] })
  }

  /// What a file covers does not depend on the years that are asked of it.
  @Test func takesAYearForAnObservedZeroWhereAllRowsOfTheStateLieOutsideTheYearsAsked() throws {
    let outcome = try RecordFixture.imported(
      Self.finance + "SRB,2010,5\nMNE,2014,6\n",
      by: try RecordFixture.work(actors: ["MNE", "SRB", "XKX"], years: 2009...2011))
    let lines = outcome.lines("series", "aiddata-gcdf,")
    #expect(lines.contains("aiddata-gcdf,MNE,2010,0,,,,aiddata-gcdf"))
    #expect(lines.contains("aiddata-gcdf,SRB,2010,5,,,,aiddata-gcdf"))
    #expect(lines.contains("aiddata-gcdf,XKX,2010,,,,L,aiddata-gcdf"))
    #expect(outcome.report.actorsWithoutRows == ["XKX"])
  }

  @Test func leavesASumOpenOfWhichOnePartIsEmpty() throws {
    let text = "ccode,year,oof_amt,oda_amt,vof_amt\n345,2010,5,1,0\n345,2011,5,,0\n345,2012,5,1,1\n"
    let (lines, _) = try values(text, of: "aiddata-gcdf")
    #expect(lines.suffix(3) == ["SRB 2010 6", "SRB 2011 ", "SRB 2012 7"])
  }

  /// The row that is skipped may be the one that a year lacks.
  @Test(arguments: [
    finance + "SRB,2010,5\nSRB,2011,\"9,5\"\nSRB,2012,7\n",
    finance + "SRB,2010,5\nSRB,20111,9\nSRB,2012,7\n",
  ])
  func takesNoYearForAnObservedZeroWhenRowsWereSkipped(_ text: String) throws {
    let (lines, report) = try values(text, of: "aiddata-gcdf", badRows: .skip)
    #expect(lines.suffix(3) == ["SRB 2010 5", "SRB 2011 ", "SRB 2012 7"])
    #expect(report.notes == ["as rows were skipped, a year without a row is no observed zero"])
  }

  private static let register =
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,"
    + "Number delivered, ,Year(s) of delivery,status,Comments,SIPRI TIV per unit,"
    + "SIPRI TIV for total order,SIPRI TIV of delivered weapons\n"

  @Test func takesNoYearForOneWithoutOrdersWhenRowsOfTheRegisterWereSkipped() throws {
    let rows =
      "Serbia,China,2010,,3,,Shield,SAM,3,,2012,New,,50,150,150\n"
      + "Serbia,China,2011,,3,,Shield,SAM,3,,many,New,,50,150,150\n"
      + "Serbia,China,2012,,3,,Shield,SAM,3,,2012,New,,50,150,150\n"
    let (lines, _) = try values(Self.register + rows, of: "sipri-orders-CHN", badRows: .skip)
    #expect(lines.suffix(3) == ["SRB 2010 150", "SRB 2011 ", "SRB 2012 150"])
  }

  @Test func givesNoSumOfAYearWithAnOrderOfUnknownVolume() throws {
    let rows =
      "Serbia,China,2010,,3,,Shield,SAM,3,,2012,New,,50,150,150\n"
      + "Serbia,China,2011,,3,,Shield,SAM,3,,2012,New,,50,150,150\n"
      + "Serbia,China,2011,,3,,Sword,SSM,3,,2012,New,,,,\n"
      + "Serbia,Elsewhere,2012,,3,,Shield,SAM,3,,2012,New,,50,150,150\n"
    let (lines, report) = try values(Self.register + rows, of: "sipri-orders-CHN")
    #expect(lines.suffix(3) == ["SRB 2010 150", "SRB 2011 ", "SRB 2012 0"])
    #expect(report.rowsPlaced == 3)
  }

  // MARK: Second rows

  /// A table with a second row of one state and year, and its first value.
  private static let second: [(text: String, variable: String, value: String)] = [
    (finance + "SRB,2010,5\nSRB,2010,7\n", "aiddata-gcdf", "SRB 2010 5"),
    (
      "iso3c,year,idealpointfp,q5fp,q95fp,idealpointall,q5all,q95all\n"
        + "MNE,2010,5,4,6,5,4,6\nMNE,2010,7,6,8,7,6,8\n", "ideal-point", "MNE 2010 5"
    ),
    (
      "ccode1,ccode2,agree,year\n710,345,0.5,2010\n345,710,0.75,2010\n",
      "un-agreement-published-CHN", "SRB 2010 0.5"
    ),
    (
      "year,recipient_iso3,china_gdp,imports,exports\n2010,SRB,1,5,6\n2010,SRB,1,7,8\n",
      "trade-reported-exports-CHN", "SRB 2010 5"
    ),
    (
      "exp,imp,time,export\nSRB,CHN,2010,5\nSRB,CHN,2010,7\n", "trade-bilateral-exports-CHN",
      "SRB 2010 5"
    ),
  ]

  @Test(arguments: second)
  func keepsTheFirstRowOfAStateAndYearAndCountsTheSecond(
    _ text: String, _ variable: String, _ value: String
  ) throws {
    let (lines, report) = try values(text, of: variable)
    #expect(lines.contains(value))
    #expect(report.duplicates.map(\.rows) == [1] && report.rowsPlaced == 2)
    #expect(report.duplicates.map(\.reason) == [YearlyValues.rule])
  }

  @Test func makesOneClaimOfAProjectThatIsListedTwice() throws {
    let header =
      "project_id,recommended_for_research,umbrella,year,donor,status,flow,usd_defl_2014,"
      + "year_uncertain,recipient_count,recipient_iso3\n"
    let row = "7,True,0,2010,China,Completion,Grant,20.5,False,1,SRB\n"
    let outcome = try RecordFixture.imported(header + row + row)
    #expect(outcome.casebook.claims.map(\.id) == ["aiddata-gcof-7"])
    #expect(outcome.report.duplicates.map(\.codes) == [["7"]])
  }

  @Test func makesOneClaimOfAStateThatIsListedTwiceAmongThoseWhoJoined() throws {
    let outcome = try RecordFixture.imported("Country Code,join_year\nSRB,2015\nSRB,2016\n")
    #expect(outcome.casebook.claims.map { $0.on?.text } == ["2015"])
    #expect(outcome.report.duplicates.map(\.codes) == [["SRB"]])
  }

  /// A register may list two orders of the same arms in one year.
  @Test func keepsOrdersThatAreAlikeAndSaysSo() throws {
    let row = "Serbia,China,2010,,3,,Shield,SAM,3,,2012,New,,50,150,150\n"
    let (lines, report) = try values(Self.register + row + row, of: "sipri-orders-CHN")
    #expect(lines.contains("SRB 2010 300"))
    #expect(
      report.duplicates.map(\.reason) == ["an order like another, as there may be: both stand"])
  }
}

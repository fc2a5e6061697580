@testable import Importing
import Documents
import Foundation
import Testing

@testable import Evidence

@Suite struct AEITests {
  private static let tracker = """
    Source: made for this test

    Year,Month,Chinese Entity,Quantity in Millions,Share size,Transaction Party,Sector,Subsector,Country,Region,BRI
    2013,November,Works Corp,400,0.51,,Transport,Autos,Macedonia,Europe,1
    2014,August,Power Co,1060.5,,Grid Firm,Energy,Coal,Bosnia,Europe,1
    2014,August,Power Co,300,,,Energy,Coal,Bosnia,Europe,1
    2016,October,Phones,170,,Operator,Technology,Telecom,Serbia,Europe,1
    2016,Dec,Steel Firm,120,,,Metals,Steel,Serbia,Europe,1
    2005,January,Steel Firm,120,,,Metals,Steel,Serbia,Europe,1
    2016,May,Others,900,,,Energy,Oil,Atlantis,Europe,0

    """

  @Test func makesAClaimOfEachDealInTheChannelOfItsSector() throws {
    let outcome = try RecordFixture.imported(Self.tracker)
    #expect(outcome.report.format == "aei" && outcome.report.isRecognised)
    let claims = outcome.casebook.claims
    #expect(claims.map(\.actor) == ["MKD", "BIH", "BIH", "SRB", "SRB"])
    #expect(
      claims.map(\.channel) == ["infrastructure", "energy", "energy", "technology", "finance"])
    #expect(claims.map { $0.on?.text } == ["2013-11", "2014-08", "2014-08", "2016-10", "2016-12"])
    #expect(claims[1].value == 1_060_500_000 && claims[1].currency == "USD")
    #expect(claims[1].priceYear == nil && claims[1].locator == .row(5, sheet: nil))
    #expect(
      claims[0].statement == "Works Corp invested or took a contract in North Macedonia, 2013-11: "
        + "transport, autos, 400 million US dollars, a share of 0.51.")
    #expect(claims[2].id == "aei-bih-2014-08-power-co-energy-coal-2")
  }

  /// The tracker says "Bosnia" and "Macedonia"; Serbia is no state of its own before 2006.
  @Test func findsStatesByTheNamesOfTheTrackerAndSaysWhomItLost() throws {
    let losses = try RecordFixture.imported(Self.tracker).losses
    #expect(losses.contains { $0.contains("did not exist") && $0.contains("Serbia") })
    #expect(losses.contains { $0.contains("Atlantis") })
  }

  @Test func marksTheSourceAsNotToBeHandedOn() throws {
    let source = try #require(try RecordFixture.imported(Self.tracker).casebook.source("aei"))
    #expect(source.isImportOnly)
  }

  @Test func namesTheCellThatIsNoMonthOrNumber() {
    let wrong = Self.tracker.replacing("November", with: "Brumaire")
      .replacing("1060.5", with: "\"1.060,5\"")
    let sentences = RecordFixture.problems(wrong)
    #expect(sentences.contains("f0.csv, row 4, column Month: `Brumaire` is no month"))
    #expect(sentences.contains("row 5, column Quantity in Millions: `1.060,5` is not a number"))
  }

  @Test(.enabled(if: PublicData.isHere, PublicData.absence))
  func findsBosniaAndMacedoniaInTheTracker() throws {
    let outcome = try RecordFixture.imported(
      [try PublicData.file("aei/china_investments_2005_2018.csv")],
      into: try CasebookFiles(in: PublicData.casebook), by: try RecordFixture.work())
    let claims = outcome.casebook.claims.filter { $0.source == "aei" }
    #expect(outcome.report.rowsRead == 2_908 && claims.count == outcome.report.rowsPlaced)
    let counts = Dictionary(grouping: claims, by: \.actor).mapValues(\.count)
    #expect(counts["BIH"] == 6 && counts["MKD"] == 1 && counts["MNE"] == 1 && counts["SRB"] == 19)
  }
}

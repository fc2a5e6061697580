import Foundation
import Documents
@testable import Importing
import Testing

@testable import Evidence

@Suite struct AidDataProjectTests {
  private static let header =
    "AidData TUFF Project ID,Recommended For Military Aggregates,Umbrella,Financier Country,"
    + "Recipient,Commitment Year,Commitment Year Estimated,Status,Flow Type,"
    + "Amount (Original Currency),Original Currency,Amount (Constant USD2017),"
    + "Planned Completion Date (MM/DD/YYYY),Actual Completion Date (MM/DD/YYYY)\n"

  private static let rows = """
    1,Yes,No,China,Serbia,2016,No,Completion,Grant,7000000,CNY,1094936.5,,06/14/2017
    2,Yes,No,China,Montenegro,2013,Yes,Pipeline: Commitment,Loan,,,,9/1/2018,
    3,No,Yes,China,Serbia,2012,No,Completion,Grant,100,CNY,20,,
    4,No,No,China,Serbia,2012,No,Pipeline: Pledge,Grant,100,CNY,20,,
    5,Yes,No,China,Atlantis,2012,No,Completion,Grant,100,CNY,20,,

    """

  /// A casebook with the words that projects need.
  private var casebook: CasebookFiles {
    var texts = SmallCasebook.texts
    texts["codebook.yaml"] = (texts["codebook.yaml"] ?? "")
      .replacing(
        "instruments:\n",
        with: "instruments:\n  - {id: donation, title: Donation}\n  - {id: loan, title: Loan}\n")
    return CasebookFiles(texts: texts)
  }

  private func derive(
    _ text: String, into files: CasebookFiles
  ) throws -> (report: ImportReport, after: Casebook) {
    let work = Import(
      format: nil, actors: ["MNE", "SRB"], years: nil, counterparts: ["CHN"],
      accessed: try EDTFDate("2026-11-25"), coder: "tests", badRows: .refuse)
    let (report, changed) = try work.derive([DataFile(name: "m.csv", text: text)], into: files)
    return (report, try Casebook(files: files.replacing(changed)))
  }

  @Test func makesAClaimOfEachProjectThatMayEnterTotals() throws {
    let (report, after) = try derive(Self.header + Self.rows, into: casebook)
    let claims = after.claims.filter { $0.source == "aiddata-military" }
    #expect(report.format == "aiddata-military" && report.isRecognised)
    #expect(claims.map(\.id) == ["aiddata-military-1", "aiddata-military-2"])
    let gift = try #require(claims.first)
    #expect(gift.actor == "SRB" && gift.by == "CHN" && gift.counterpart == "CHN")
    #expect(gift.value == 1_094_936.5 && gift.currency == "USD" && gift.priceYear == 2017)
    #expect(gift.on?.text == "2016" && gift.delivered?.text == "2017-06-14")
    #expect(gift.phase == .completed && gift.instrument == "donation" && gift.channel == "security")
    #expect(gift.locator == .row(2, sheet: nil) && gift.deal == "aiddata-military-1")
    #expect(gift.statement.contains("7000000 CNY"))
  }

  @Test func leavesAnEmptyAmountOpenAndAnEstimatedYearAbout() throws {
    let (report, after) = try derive(Self.header + Self.rows, into: casebook)
    let loan = try #require(after.claim("aiddata-military-2"))
    #expect(loan.value == nil && loan.unit == nil && loan.currency == nil)
    #expect(loan.on?.text == "2013?" && loan.until?.text == "2018-09-01")
    #expect(loan.phase == .agreed && loan.instrument == "loan")
    #expect(
      report.notes.contains(
        "projects that state no amount, which is left open and no zero: "
          + "1 of 2"))
  }

  @Test func countsFramesAndPledgesInTheAuditAndNotInTheCasebook() throws {
    let (report, _) = try derive(Self.header + Self.rows, into: casebook)
    let reasons = report.losses.map { "\($0.rows) \($0.reason)" }
    #expect(report.rowsRead == 5 && report.rowsPlaced == 2)
    #expect(reasons.contains("1 of umbrella agreements, whose parts are listed too"))
    #expect(reasons.contains("1 of projects that are not recommended for sums"))
    #expect(report.losses.contains { $0.codes == ["Atlantis"] })
  }

  @Test func changesNothingTheSecondTime() throws {
    let files = casebook
    let work = Import(
      format: .aidDataMilitary, actors: ["MNE", "SRB"], years: nil, counterparts: ["CHN"],
      accessed: try EDTFDate("2026-11-25"), coder: "tests", badRows: .refuse)
    let file = DataFile(name: "m.csv", text: Self.header + Self.rows)
    let once = files.replacing(try work.derive([file], into: files).changed)
    let again = try work.derive([file], into: once)
    #expect(again.report.isUnchanged && again.changed.isEmpty)
  }

  @Test func saysWhereAProjectCannotBeRead() {
    let rows = """
      1,maybe,No,China,Serbia,2016,No,Completion,Grant,1,CNY,1,,
      2,Yes,No,China,Serbia,2016,No,Finished,Grant,1,CNY,1,,
      3,Yes,No,China,Serbia,2016,No,Completion,Grant,1,CNY,"1,5",,
      4,Yes,No,China,Serbia,2016,No,Completion,Grant,1,CNY,1,,14/06/2017
      5,Yes,No,China,Serbia,,No,Completion,Grant,1,CNY,1,,

      """
    #expect {
      _ = try derive(Self.header + rows, into: casebook)
    } throws: {
      let text = "\($0)"
      return text.contains(
        "row 2, column Recommended For Military Aggregates: `maybe` is no known answer")
        && text.contains("row 3, column Status: `Finished` is no known status")
        && text.contains("row 4, column Amount (Constant USD2017): `1,5` is not a number")
        && text.contains(
          "row 5, column Actual Completion Date (MM/DD/YYYY): `14/06/2017` is no day")
        && text.contains("row 6, column Commitment Year: the cell is empty")
    }
  }

  // MARK: Published files

  @Test(.enabled(if: PublicData.isHere, PublicData.absence))
  func readsTheSameClaimsFromTheWorkbookAndTheText() throws {
    let files = try CasebookFiles(in: PublicData.casebook)
    for (format, workbook, text, count, open) in [
      (
        Importer.aidDataMilitary, "AidDatasGlobalChineseMilitaryFinanceDataset_v2.0.xlsx",
        "aiddata_china_military_finance_v2.csv", 14, 2
      ),
      (
        Importer.aidDataHuawei, "AidDatasGlobalHuaweiFinanceDataset_v2.0.xlsx",
        "aiddata_huawei_finance_v2.csv", 5, 2
      ),
    ] {
      let work = Import(
        format: format, actors: ["ALB", "BIH", "MKD", "MNE", "SRB", "XKX"], years: nil,
        counterparts: ["CHN"], accessed: try EDTFDate("2026-11-25"), coder: nil,
        badRows: .refuse)
      let claims = try [workbook, text].map { path in
        let file = try PublicData.file("aiddata/\(path)")
        let changed = try work.derive([file], into: files).changed
        let after = try Casebook(files: files.replacing(changed))
        return after.claims.filter { $0.source.rawValue == format.name }
      }
      #expect(claims[0].count == count && claims[0].count { $0.value == nil } == open)
      #expect(claims[0].map(\.id) == claims[1].map(\.id))
      #expect(claims[0].map(\.value) == claims[1].map(\.value))
      #expect(claims[0].map(\.delivered?.text) == claims[1].map(\.delivered?.text))
      #expect(claims[0].map(\.statement) == claims[1].map(\.statement))
      #expect(claims[0].allSatisfy { "\($0.locator?.description ?? "")".contains("!") })
    }
  }
}

import Foundation
import Documents
import TestSupport
@testable import Importing
import Testing

@testable import Evidence

@Suite struct MilexTests {
  private static let styles = """
    <fonts><font/><font><color indexed="12"/></font><font><color indexed="10"/></font></fonts>
    <cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/></cellXfs>
    """

  /// A sheet as SIPRI lays it out: a sentence, the years, a region, states.
  private func sheet(_ title: String) -> String {
    func text(_ text: String) -> String { "<c t=\"str\"><v>\(text)</v></c>" }
    func row(_ cells: String, _ number: Int) -> String { "<row r=\"\(number)\">\(cells)</row>" }
    let years = ["1990", "2000", "2006", "2010"].map { "<c><v>\($0)</v></c>" }.joined()
    return "<sheetData>" + row(text(title), 1) + row(text("Country") + text("Notes") + years, 6)
      + row(text("Europe"), 8)
      + row(
        text("Montenegro") + text("") + text("xxx") + text("xxx")
          + "<c s=\"1\"><v>2.29E-2</v></c><c s=\"2\"><v>0.0175</v></c>", 9)
      + row(
        text("Serbia") + text("§8") + text("...") + text(". .") + "<c><v>0.021</v></c>", 10)
      + "</sheetData>"
  }

  private func derive(
    _ sheets: KeyValuePairs<String, String>, _ files: CasebookFiles
  ) throws -> (report: ImportReport, after: Casebook) {
    let data = MadeArchive.workbook(sheets, styles: Self.styles)
    let work = Import(
      format: nil, actors: ["MNE", "SRB"], years: nil, counterparts: [],
      accessed: try EDTFDate("2026-11-25"), coder: nil, badRows: .refuse)
    let file = try DataFile(name: "m.xlsx", data, packed: data)
    let (report, changed) = try work.derive([file], into: files)
    return (report, try Casebook(files: files.replacing(changed)))
  }

  private var casebook: CasebookFiles {
    var texts = SmallCasebook.texts
    texts["codebook.yaml"] = (texts["codebook.yaml"] ?? "").replacing(
      "channels:\n", with: "channels:\n  - {id: context, title: Context, outcome: false}\n")
    texts["datapackage.json"] = (texts["datapackage.json"] ?? "").replacing(
      "{\"path\": \"claims.csv\"}",
      with: "{\"path\": \"claims.csv\"}, {\"path\": \"series.csv\"}, {\"path\": \"variables.csv\"}")
    texts["variables.csv"] =
      "id,title,unit,channel,concept,direction,counterpart,source,method\n"
    texts["series.csv"] = "variable,actor,period,value,low,high,status,source\n"
    return CasebookFiles(texts: texts)
  }

  @Test func readsSharesAsFractionsWithWhatTheirColourSays() throws {
    let title = "Military expenditure by country as percentage of gross domestic product"
    let (report, after) = try derive(["Share of GDP": sheet(title)], casebook)
    #expect(report.format == "sipri-milex" && report.isRecognised)
    let series = after.series("sipri-milex-share-of-gdp")
    func value(_ actor: ActorID, _ year: Int) -> SeriesValue? {
      series.first { $0.actor == actor && $0.period == year }
    }
    #expect(value("MNE", 2006)?.value == 0.0229 && value("MNE", 2006)?.status == .estimated)
    #expect(value("MNE", 2010)?.value == 0.0175 && value("MNE", 2010)?.status == .estimated)
    #expect(value("SRB", 2006)?.value == 0.021 && value("SRB", 2006)?.status == .observed)
    #expect(value("MNE", 2000)?.status == .impossible)
    #expect(value("SRB", 2010)?.value == nil && value("SRB", 2010)?.status == .notSearched)
    #expect(after.variable("sipri-milex-share-of-gdp")?.unit == "share")
    #expect(report.rowsPlaced == 3)
    #expect(report.notes.contains { $0.contains("estimates: 1;") && $0.hasSuffix("uncertain: 1") })
    #expect(report.losses.contains { $0.codes == ["Europe"] })
  }

  /// As the workbook has Russia, with zeros in the last years of the Soviet Union.
  @Test func prefersAFigureToAZeroOfTheSameStateUnderAnotherName() throws {
    func row(_ name: String, _ cells: String) -> String {
      "<row><c t=\"str\"><v>\(name)</v></c><c/><c/><c/>\(cells)</row></sheetData>"
    }
    let title = "Military expenditure by country as percentage of gross domestic product"
    let rows =
      row("Serbia", "<c s=\"1\"><v>0</v></c><c><v>0.5</v></c>").replacing("</sheetData>", with: "")
      + row("Yugoslavia", "<c><v>0.25</v></c><c><v>0.75</v></c>")
    let made = sheet(title).replacing("<c t=\"str\"><v>Serbia</v></c>", with: "")
      .replacing("</sheetData>", with: rows)
    let (report, after) = try derive(["Share of GDP": made], casebook)
    let serbia = after.series("sipri-milex-share-of-gdp").filter {
      $0.actor == "SRB" && $0.value != nil
    }
    #expect(serbia.map(\.period) == [2006, 2010] && serbia.map(\.value) == [0.25, 0.5])
    #expect(serbia.allSatisfy { $0.status == .observed })
    #expect(report.duplicates.map(\.rows) == [2])
    #expect(report.duplicates.map(\.codes) == [["Yugoslavia"]])
  }

  @Test func tellsTheSheetByItsSentence() throws {
    let constant = "Military expenditure by country, in constant (2023) US$ m., 1949-2024"
    let (_, after) = try derive(["Anything": sheet(constant)], casebook)
    let variable = try #require(after.variable("sipri-milex-constant-dollars-2023"))
    #expect(variable.unit == "million constant 2023 USD")
    #expect {
      _ = try derive(
        ["Local": sheet("Military expenditure by country, in local currency")], casebook)
    } throws: {
      "\($0)".contains("does not say which expenditure it has")
    }
  }

  @Test(.enabled(if: PublicData.isHere, PublicData.absence))
  func readsThePublishedWorkbook() throws {
    let files = try CasebookFiles(in: PublicData.casebook)
    let six: [ActorID] = ["ALB", "BIH", "MKD", "MNE", "SRB", "XKX"]
    let work = Import(
      format: nil, actors: six, years: 1992...2024, counterparts: [],
      accessed: try EDTFDate("2026-11-25"), coder: nil, badRows: .refuse)
    let file = try PublicData.file("sipri/SIPRI-Milex-data-1949-2024_2.xlsx")
    let (report, changed) = try work.derive([file], into: files)
    let after = try Casebook(files: files.replacing(changed))
    let shares = after.series("sipri-milex-share-of-gdp")
    func share(_ actor: ActorID, _ year: Int) -> SeriesValue? {
      shares.first { $0.actor == actor && $0.period == year }
    }
    // The cells D148 and so on of the sheet, as another reader of workbooks gives them.
    #expect(share("SRB", 2024)?.value == 0.025951398310571357)
    #expect(share("SRB", 2024)?.status == .estimated && share("SRB", 2006)?.status == .observed)
    #expect(share("MNE", 2006)?.value == 0.022907131630738882)
    #expect(share("MKD", 2020)?.value == 0.012405865698042596)
    #expect(share("XKX", 2006)?.value == nil && share("XKX", 2024)?.value == 0.014765963957412727)
    let constant = after.series("sipri-milex-constant-dollars-2023")
    #expect(
      constant.first { $0.actor == "BIH" && $0.period == 2020 }?.value == 195.80659334663554)
    #expect(report.actorsWithoutRows.isEmpty)
    #expect(
      after.variables.filter { $0.source == "sipri-milex" }.map(\.id).sorted() == [
        "sipri-milex-constant-dollars-2023", "sipri-milex-current-dollars",
        "sipri-milex-per-capita", "sipri-milex-share-of-gdp", "sipri-milex-share-of-spending",
      ])
  }
}

import Foundation
import Documents
import Tables
import TestSupport
@testable import Importing
import Testing

@testable import Evidence

@Suite struct WorkbookFileTests {
  private static let table =
    "<sheetData><row r=\"1\"><c t=\"str\"><v>Finance, by year</v></c></row><row r=\"3\">"
    + ["Country Code", "year", "usd_const_2021"].map { "<c t=\"str\"><v>\($0)</v></c>" }.joined()
    + "</row><row><c t=\"str\"><v>MNE</v></c><c><v>2008</v></c><c><v>7.5</v></c></row></sheetData>"
  private static let notes = "<sheetData><row><c t=\"str\"><v>Notes</v></c></row></sheetData>"

  private func file(_ sheets: KeyValuePairs<String, String>) throws -> DataFile {
    let data = MadeArchive.workbook(sheets)
    return try DataFile(name: "f.xlsx", data, packed: data)
  }

  @Test func findsTheSheetThatHasTheColumnsOfAFormat() throws {
    let workbook = try file(["Notes": Self.notes, "Totals": Self.table])
    let match = try Importer.recognise([workbook])
    #expect(match.importer.name == "aiddata-gcdf")
    #expect(match.tables.map(\.table.name) == ["f.xlsx, sheet Totals"])
    var rows: [Int] = []
    _ = try match.tables[0].table.forEachRow(match.tables[0].layout, badRows: .refuse) {
      row, columns in
      (row.number, row.number(columns[2]))
    } place: { number, amount in
      rows.append(number)
      #expect(amount == 7.5)
    }
    #expect(rows == [4])
  }

  @Test func asksForASheetWhereSeveralFit() throws {
    let workbook = try file(["2017": Self.table, "2021": Self.table])
    #expect {
      _ = try Importer.aidDataGCDF.match([workbook])
    } throws: {
      "\($0)".contains("2 tables hold finance by country and year; name one of them, a sheet with")
    }
    let kept = try workbook.keeping(sheet: "2021")
    #expect(try Importer.recognise([kept]).tables.map(\.table.sheet) == ["2021"])
    #expect {
      _ = try workbook.keeping(sheet: "2012")
    } throws: {
      "\($0)" == "f.xlsx: `2012` is no sheet of the workbook; did you mean `2017`?"
    }
  }

  @Test func saysWhyAWorkbookCannotBeRead() {
    let whole = MadeArchive.workbook(["One": Self.table])
    #expect {
      _ = try DataFile(name: "f.xlsx", whole.dropLast(9), packed: whole)
    } throws: {
      "\($0)".hasPrefix("f.xlsx cannot be read: the workbook is damaged or cut short")
    }
    #expect {
      _ = try file(["One": "<sheetData/>"])
    } throws: {
      "\($0)" == "f.xlsx cannot be read: no sheet of the workbook has cells."
    }
  }

  @Test(.enabled(if: PublicData.isHere, PublicData.absence))
  func readsPublishedWorkbooksAsTheirTextsSay() throws {
    for (workbook, text) in [
      (
        "AidDatasGlobalChineseMilitaryFinanceDataset_v2.0.xlsx",
        "aiddata_china_military_finance_v2.csv"
      ), ("AidDatasGlobalHuaweiFinanceDataset_v2.0.xlsx", "aiddata_huawei_finance_v2.csv"),
    ] {
      let ours = try amounts("aiddata/\(workbook)")
      let theirs = try amounts("aiddata/\(text)")
      #expect(ours == theirs && ours.count > 100)
    }
  }

  /// The amount of each project of a finance table, by its number.
  private func amounts(_ path: String) throws -> [String: Double?] {
    let layout = Layout(
      what: "projects", columns: ["AidData TUFF Project ID", "Amount (Constant USD2017)"])
    let table = try #require(try PublicData.file(path).tables.first)
    var amounts: [String: Double?] = [:]
    _ = try table.forEachRow(layout, badRows: .refuse) { row, columns in
      (row.text(columns[0]) ?? "", row.number(columns[1]))
    } place: {
      amounts[$0] = .some($1)
    }
    return amounts
  }
}

@testable import Importing
import Foundation
import Documents
import Testing

@testable import Evidence

@Suite struct ImporterTests {
  private static let finance = "Country Code,year,usd_const_2021\nMNE,2008,7\nSRB,2008,8\n"
  private static let layout = Layout(what: "finance", columns: ["code", "year", "amount"])

  private func file(_ text: String) -> DataFile { DataFile(name: "f.csv", text: text) }

  private func bytes(_ bytes: [UInt8]) throws -> DataFile {
    try DataFile(name: "f.csv", Data(bytes), packed: Data(bytes))
  }

  /// The sentences of what is thrown.
  private func problems(_ work: () throws -> Void) -> String {
    do { try work() } catch { return "\(error)" }
    return ""
  }

  private func rows(
    _ text: String, _ badRows: BadRows = .refuse
  ) throws -> (read: [String], skipped: [String]) {
    var read: [String] = []
    let table = try #require(file(text).tables.first)
    let skipped = try table.forEachRow(ImporterTests.layout, badRows: badRows) { row, columns in
      (row.text(columns[0]), row.calendarYear(columns[1]), row.number(columns[2]))
    } place: { code, year, amount in
      read.append("\(code ?? "") \(year ?? 0) \(amount ?? 0)")
    }
    return (read, skipped.map(\.description))
  }

  // MARK: Which format

  @Test func tellsAFormatByItsColumns() throws {
    #expect(try Importer.recognise([file(ImporterTests.finance)]).importer.name == "aiddata-gcdf")
    let votes = file("rcid,country,country_code,vote\n1,China,CN,yes\n")
    let calls = file("rcid,session\n1,65\n")
    #expect(try Importer.recognise([calls, votes]).importer.name == "un-votes")
  }

  @Test func saysWhatTheNearestFormatNeeds() {
    #expect(
      problems { _ = try Importer.recognise([file("Country Code,year,usd\nMNE,2008,7\n")]) }
        == "f.csv: no format has these columns; the nearest is aiddata-gcdf, which needs "
        + "usd_const_2021 too.")
    #expect(
      problems { _ = try Importer.recognise([file("Country Code,year,usd_const_2012\n")]) }
        .hasSuffix(
          "f.csv, row 1, column usd_const_2021: the column is missing; the nearest is "
            + "`usd_const_2012`."))
    #expect(
      problems { _ = try Importer.recognise([file("rcid,country,country_code,vote\n")]) }
        == "f.csv: no format has these columns; the nearest is un-votes, which needs a table of roll "
        + "calls (rcid, session) too.")
    #expect(
      problems { _ = try Importer.recognise([file("a,b\n1,2\n")]) }.contains("write a mapping"))
  }

  @Test func namesTheNearestColumnAndTheFormatThatAFileIsOf() {
    let misspelt = problems {
      _ = try Importer.aidDataGCDF.match([file("Country Code,Year,usd_const_2021\n")])
    }
    #expect(
      misspelt.contains("row 1, column year: the column is missing; the nearest is `Year`."))
    let wrong = problems { _ = try Importer.idealPoints.match([file(ImporterTests.finance)]) }
    #expect(
      wrong
        == "f.csv: the columns are those of aiddata-gcdf, not of ideal-points; name that format, or "
        + "none.")
  }

  @Test func saysOfWhichFormatEachOfSeveralFilesIs() {
    let polity = DataFile(name: "p.csv", text: "ccode,scode,year,polity2\n345,YUG,1990,5\n")
    #expect(
      problems { _ = try Importer.recognise([file(ImporterTests.finance), polity]) }
        == "f.csv, p.csv: are no one data set: f.csv is aiddata-gcdf, p.csv is polity; import each by "
        + "itself.")
  }

  @Test func saysOnceWhatIsWrongInTheSameWayInSeveralRows() {
    let rows = (2000...2019).map { "SRB,\($0),n/a\n" }.joined()
    let header = "Country Code,year,usd_const_2021\n"
    let some = RecordFixture.problems(
      header + "SRB,2001,n/a\nSRB,2002,1\nSRB,2003,n/a\nSRB,x,1\n")
    #expect(
      some.contains("row 2, column usd_const_2021: `n/a` is not a number, here and in row 4; "))
    #expect(some.split(separator: "\n").count == 2)
    #expect(
      RecordFixture.problems(header + rows)
        .contains("`n/a` is not a number, here and in 19 more rows to row 21; write digits"))
  }

  @Test func readsPointsBetweenThousandsBesideADecimalComma() {
    #expect(
      RecordFixture.problems("Country Code;year;usd_const_2021\nSRB;2010;1.234,5\n").contains(
        "`1.234,5` is not a number; it has points between thousands and a decimal comma; write 1234.5."
      ))
  }

  @Test func refusesAFileThatTheFormatDoesNotNeed() {
    let extra = problems {
      _ = try Importer.aidDataGCDF.match([
        file(ImporterTests.finance), DataFile(name: "other.csv", text: "a,b\n1,2\n"),
      ])
    }
    #expect(extra.contains("other.csv: is not needed by aiddata-gcdf; leave it out."))
  }

  @Test func givesEveryFormatANameAndASummaryOfItsOwn() {
    #expect(Set(Importer.all.map(\.name)).count == Importer.all.count)
    #expect(Set(Importer.all.map(\.summary)).count == Importer.all.count)
  }

  // MARK: Rows

  @Test func findsTheHeaderBelowSentencesAndPassesOverBlankRows() throws {
    let (read, _) = try rows("Source: somebody\n\ncode,year,amount\nMNE,2008,1\n\n,,\nSRB,2009,2\n")
    #expect(read == ["MNE 2008 1.0", "SRB 2009 2.0"])
  }

  @Test func readsTabsAndSemicolonsAndSaysSo() throws {
    for (text, note) in [
      ("code\tyear\tamount\nA, B\t2008\t1\n", "f.csv: cells are parted by tabs"),
      ("code;year;amount\nA, B;2008;1\n", "f.csv: cells are parted by semicolons"),
    ] {
      #expect(try rows(text).read == ["A, B 2008 1.0"])
      #expect(file(text).notes == [note])
    }
  }

  private static let bad = """
    code,year,amount
    MNE,2008,1
    SRB,2009,many
    BIH,2009
    ALB,2010.0,2
    MKD,20100,3
    XKX,2010,"1,5"
    HRV,2010,"1,500"

    """

  @Test func readsNothingUnlessAllRowsAreRight() {
    let sentences = problems { _ = try rows(ImporterTests.bad) }
    #expect(
      sentences == """
        f.csv, row 3, column amount: `many` is not a number; write digits with a decimal point, the \
        unit in its own column.
        f.csv, row 4: the row has 2 cells, the header 3; check that the file is whole.
        f.csv, row 6, column year: `20100` is not a year; write four digits.
        f.csv, row 7, column amount: `1,5` is not a number; it has a decimal comma; write 1.5.
        f.csv, row 8, column amount: `1,500` is not a number; leave out the commas between thousands.
        """)
  }

  @Test func skipsBadRowsWholeAndListsEach() throws {
    let (read, skipped) = try rows(ImporterTests.bad, .skip)
    #expect(read == ["MNE 2008 1.0", "ALB 2010 2.0"])
    #expect(skipped.count == 5)
  }

  @Test func shortensTheMessageAboutAWrongFile() {
    let text = "code,year,amount\n" + (1...1000).map { "MNE,2008,x\($0)\n" }.joined()
    #expect(problems { _ = try rows(text) }.contains("f.csv: has 900 more such problems"))
  }

  // MARK: Encodings and damage

  @Test func readsLatinTextAndSaysWhereItIsNoUTF8() throws {
    let latin = Array("code,year,amount\nMNE,2008,1\nC".utf8) + [0xF4] + Array("te,2009,2\n".utf8)
    let file = try bytes(latin)
    #expect(
      file.notes == [
        "f.csv: the text is Windows-1252; the first byte that is not UTF-8 is in line 3, column 2: "
          + "check the names there, or save the file as UTF-8"
      ])
    let table = try #require(file.tables.first)
    #expect(String(decoding: table.bytes, as: UTF8.self).contains("Côte,2009"))
  }

  @Test func keepsUTF8BesideLatinTextAndSaysThatTheyAreMixed() throws {
    let mixed = Array("Türkiye,".utf8) + [0xE9, 0xA0, 0x80] + Array(" ".utf8) + [0xE9, 0xA0]
    let file = try bytes(mixed + Array("\n".utf8))
    let text = String(decoding: try #require(file.tables.first).bytes, as: UTF8.self)
    #expect(text.hasPrefix("Türkiye,\u{9800}") && text.hasSuffix("é\u{A0}\n"))
    #expect(
      file.notes.first?.contains(
        "UTF-8 and Windows-1252 are mixed; the first byte that is not UTF-8 is in line 1, column 11:"
      )
        == true)
  }

  @Test func readsUTF16AsSpreadsheetsSaveIt() throws {
    let text = try #require("code;year\nCôte;2009\n".data(using: .utf16))
    let file = try bytes([UInt8](text))
    #expect(String(decoding: try #require(file.tables.first).bytes, as: UTF8.self).contains("Côte"))
    #expect(file.notes == ["f.csv: the text is UTF-16", "f.csv: cells are parted by semicolons"])
  }

  @Test func saysWhatAFileIsThatHoldsNoTable() {
    #expect(problems { _ = try bytes([]) }.contains("the file is empty"))
    #expect(problems { _ = try bytes(Array("<!DOCTYPE html><p>".utf8)) }.contains("web page"))
    #expect(problems { _ = try bytes(Array("%PDF-1.7".utf8)) }.contains("PDF"))
    #expect(problems { _ = try bytes([1, 0, 2]) }.contains("neither text nor"))
  }
}

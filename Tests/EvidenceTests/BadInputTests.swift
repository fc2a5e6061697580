import Foundation
@testable import Importing
import Testing

@testable import Evidence

/// What every format of records and pairs does with files that are not right.
@Suite struct BadInputTests {
  /// A format, a file of it that is right, a column of it, and a cell that should be a number.
  struct Example: Sendable, CustomTestStringConvertible {
    let format: String
    let text: String
    let column: String
    let number: String?

    var testDescription: String { format }
  }

  static let examples = [
    Example(
      format: "sipri-transfers",
      text: "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,"
        + "Weapon description,Number delivered, ,Year(s) of delivery,status,Comments,"
        + "SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons\n"
        + "Serbia,China,2020,,3,,Shield,SAM,3,,2022,New,\"Café\",50,150.25,150\n",
      column: "Number ordered", number: "150.25"),
    Example(
      format: "aiddata-gcof",
      text:
        "project_id,recommended_for_research,umbrella,year,donor,title,status,flow,usd_defl_2014,"
        + "year_uncertain,recipient_count,recipient_iso3\n"
        + "1,True,0,2010,China,Café,Completion,Grant,20.5,False,1,SRB\n",
      column: "usd_defl_2014", number: "20.5"),
    Example(
      format: "aei",
      text: "Year,Month,Chinese Entity,Quantity in Millions,Share size,Transaction Party,Sector,"
        + "Subsector,Country,Region,BRI\n2010,April,Works,260.5,,Café,Transport,,Serbia,Europe,0\n",
      column: "Quantity in Millions", number: "260.5"),
    Example(
      format: "bri", text: "Country Code,join_year,Region\nMNE,2017,Café\n", column: "join_year",
      number: nil),
    Example(
      format: "cow-states",
      text: "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\n"
        + "MNG,341,Café,2006,6,12,2016,12,31,2016\n",
      column: "styear", number: "341"),
    Example(
      format: "cow-contiguity",
      text: "ccode1,ccode2,conttype,stdate,enddate,note\n341,345,1,2006-06-01,2016-12-01,Café\n",
      column: "conttype", number: "345"),
    Example(
      format: "cow-igo", text: "ccode,year,state,un,nato,imf\n339,2009,Café,1,1,1\n",
      column: "nato", number: "2009"),
    Example(
      format: "atop",
      text:
        "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul,note\n"
        + "341,710,2010,0.0,0,0,1,0,Café\n",
      column: "atop_neutral", number: "0.0"),
    Example(
      format: "trade",
      text: "year,recipient_iso3,china_gdp,imports,exports,region\n2010,SRB,1,55.5,345,Café\n",
      column: "recipient_iso3", number: "55.5"),
    Example(
      format: "trade", text: "exp,imp,time,export,note\nSRB,CHN,2008,5.5,Café\n", column: "export",
      number: "5.5"),
    Example(
      format: "aiddata-gcdf",
      text: "ccode,year,oof_amt,oda_amt,vof_amt,note\n341,2010,50.5,1,0,Café\n",
      column: "oof_amt", number: "50.5"),
  ]

  /// The casebook with a word for every instrument that the formats use.
  private func files() -> CasebookFiles {
    let codebook = String(
      decoding: RecordFixture.files.contents["codebook.yaml"] ?? Data(), as: UTF8.self)
    let more = "instruments:\n  - {id: identity, title: Identity}\n"
    return RecordFixture.files.replacing([
      "codebook.yaml": Data(codebook.replacing("instruments:\n", with: more).utf8)
    ])
  }

  private func problems(_ work: () throws -> Void) -> String {
    do { try work() } catch { return "\(error)" }
    return ""
  }

  @Test(arguments: examples)
  func isToldByItsColumnsAndChangesNothingTheSecondTime(_ example: Example) throws {
    let first = try RecordFixture.imported(example.text, into: files())
    #expect(first.report.format == example.format && first.report.isRecognised)
    #expect(first.report.rowsPlaced == 1 && !first.report.isUnchanged)
    let again = try RecordFixture.imported(example.text, into: first.files)
    #expect(again.files.contents == first.files.contents)
  }

  @Test(arguments: examples)
  func offersTheNearestNameForAMissingColumn(_ example: Example) throws {
    let misspelt = example.text.replacing(example.column + ",", with: example.column + "s,")
      .replacing(example.column + "\n", with: example.column + "s\n")
    #expect(misspelt != example.text)
    let format = try #require(Importer.named(example.format))
    let sentences = problems {
      _ = try RecordFixture.imported(misspelt, by: try RecordFixture.work(format))
    }
    let named =
      "column \(example.column): the column is missing; the nearest is `\(example.column)s`"
    // A format with several forms may say what another of them lacks.
    #expect(sentences.contains(named) || format.forms.count > 1 && sentences.contains("is missing"))
  }

  @Test(arguments: examples)
  func saysOfWhichFormatAWrongFileIs(_ example: Example) throws {
    let other = "iso3,organisation,stage,from\nMNE,NATO,member,2017-06-05\n"
    let format = try #require(Importer.named(example.format))
    let sentences = problems {
      _ = try RecordFixture.imported(other, by: try RecordFixture.work(format))
    }
    #expect(sentences.contains("the columns are those of memberships, not of \(example.format)"))
  }

  @Test(arguments: examples)
  func namesRowAndColumnOfADecimalComma(_ example: Example) throws {
    guard let number = example.number else { return }
    let comma = number.contains(".") ? number.replacing(".", with: ",") : number + ",5"
    let wrong = example.text.replacing(",\(number),", with: ",\"\(comma)\",")
    #expect(wrong != example.text)
    let sentences = problems { _ = try RecordFixture.imported(wrong, into: files()) }
    #expect(sentences.contains("f0.csv, row 2, column "))
    #expect(sentences.contains("`\(comma)` is not a number; it has a decimal comma"))
  }

  @Test(arguments: examples)
  func skipsABadRowWhenToldToAndListsIt(_ example: Example) throws {
    guard let number = example.number else { return }
    let row = example.text.split(separator: "\n")[1].replacing(",\(number),", with: ",many,") + "\n"
    let outcome = try RecordFixture.imported(
      example.text + row, into: files(), by: try RecordFixture.work(badRows: .skip))
    #expect(outcome.report.rowsPlaced == 1 && outcome.report.rowsRead == 2)
    #expect(outcome.report.skipped.contains { "\($0)".hasPrefix("f0.csv, row 3, column ") })
  }

  // MARK: Years

  private func agreement(_ rows: String, years: ClosedRange<Int>? = nil) throws -> [String] {
    let outcome = try RecordFixture.imported(
      "ccode1,ccode2,agree,year\n" + rows, into: files(),
      by: try RecordFixture.work(.agreementTable, actors: ["MNE"], years: years))
    return outcome.lines("series")
  }

  @Test func importsNothingFromATableWithoutAYear() throws {
    for rows in ["", "710,341,0.9,NA\n"] {
      let sentences = problems { _ = try agreement(rows) }
      #expect(
        sentences.contains("f0.csv: holds no row of agreement of pairs of states; check that"))
    }
    let points =
      "iso3c,year,idealpointfp,q5fp,q95fp,idealpointall,q5all,q95all\nMNE,2010,,,,,,\n"
    let sentences = problems {
      _ = try RecordFixture.imported(points, by: try RecordFixture.work(.idealPoints))
    }
    #expect(sentences.contains("f0.csv: holds no row of ideal points; check that"))
  }

  @Test func refusesYearsThatAreNone() {
    let sentences = problems { _ = try agreement("710,341,0.9,2000000000\n") }
    #expect(
      sentences.contains(
        "f0.csv, row 2, column year: `2000000000` is not a year; write four digits"))
  }

  @Test func refusesMoreYearsThanACasebookTakesUnlessSomeAreChosen() throws {
    let rows = "710,341,0.9,1511\n710,341,0.8,2010\n"
    #expect(try agreement(rows).count == 500)
    let wide = rows + "710,341,0.7,1510\n"
    #expect(
      problems { _ = try agreement(wide) }.contains(
        "f0.csv: `1510 to 2010` are more than 500 years of agreement of pairs of states, with a row "
          + "for each; check the first and the last, or choose years with --from and --to"))
    let chosen = try agreement(wide, years: 2010...2011)
    #expect(
      chosen == [
        "un-agreement-published-CHN,MNE,2010,0.8,,,,agreement-table",
        "un-agreement-published-CHN,MNE,2011,,,,L,agreement-table",
      ])
  }

  @Test(arguments: examples)
  func readsLatinTextAndSaysSo(_ example: Example) throws {
    let latin = try #require(example.text.data(using: .isoLatin1))
    let file = try DataFile(name: "f.csv", latin, packed: latin)
    let outcome = try RecordFixture.imported([file], into: files())
    #expect(outcome.report.rowsPlaced == 1)
    #expect(outcome.report.notes.contains { $0.contains("Windows-1252") })
  }

  @Test(arguments: examples)
  func refusesAPackedFileThatIsCutShort(_ example: Example) throws {
    let text = Array(example.text.utf8)
    let (low, high) = (UInt8(text.count & 0xFF), UInt8(text.count >> 8))
    // One stored block: its length and the complement of it, without the checksum at the end.
    let packed =
      [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, low, high, ~low, ~high] + text.dropLast(20)
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).gz")
    try Data(packed).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    #expect(problems { _ = try DataFile(contentsOf: url) }.contains("damaged or cut short"))
  }
}

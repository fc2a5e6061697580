import TestSupport
import Documents
@testable import Importing
import Testing

@testable import Evidence

@Suite struct TableTests {
  private static let actors = SmallCasebook.texts["actors.csv", default: ""]

  @Test(arguments: [
    (
      "actors.csv",
      [
        "actors.csv: is missing; add the table.",
        "datapackage.json, line 1, column 76: `actors.csv` describes a file that is not there; "
          + "add the file.",
      ]
    ),
    ("codebook.yaml", ["codebook.yaml: is missing; add the vocabularies."]),
  ])
  func saysWhichFileIsMissing(_ file: String, _ sentences: [String]) {
    #expect(SmallCasebook.problems([file: ""]) == sentences)
  }

  @Test func asksForTheDescriptionOfTheFolder() {
    #expect(
      SmallCasebook.problems(["datapackage.json": ""])
        == ["datapackage.json: is missing; describe the folder in it."])
    #expect(
      SmallCasebook.problems(["datapackage.json": "{\"name\": \"x\", \"resources\": []}"]) == [
        "datapackage.json: does not describe actors.csv; add it to \"resources\".",
        "datapackage.json: does not describe claims.csv; add it to \"resources\".",
        "datapackage.json: does not describe sources.csv; add it to \"resources\".",
        "datapackage.json, line 1, column 1: title is missing; add \"title\".",
        "datapackage.json, line 1, column 1: version is missing; add \"version\".",
      ])
  }

  @Test func offersTheNearestNameOfAColumnAndATable() {
    let changed = TableTests.actors.replacing("id,name", with: "id,nmae")
    #expect(
      SmallCasebook.problems(["actors.csv": changed]) == [
        "actors.csv, row 1, column name: the column is missing; rename `nmae`.",
        "actors.csv, row 1, column nmae: the table has no such column; did you mean `name`?",
      ])
    #expect(
      SmallCasebook.problems(["judgments.csv": "a\n"]) == [
        "judgments.csv: is no table of a casebook; did you mean `judgements.csv`?"
      ])
  }

  @Test func readsNoTableBySemicolons() {
    let changed = "id;name;kind\nMNE;Montenegro;state\n"
    #expect(
      SmallCasebook.problems(["actors.csv": changed]).contains(
        "actors.csv, row 1, column id;name;kind: the table has no such column; "
          + "separate the columns with commas, not semicolons."))
  }

  @Test func reportsColumnsThatAreThereTwice() {
    let changed = TableTests.actors.replacing("to,note", with: "note,note")
    #expect(
      SmallCasebook.problems(["actors.csv": changed]).contains(
        "actors.csv, row 1, column note: the column is there twice; keep one."))
  }

  @Test func reportsAnEmptyTableAndEmptyRows() {
    let header = "id,name,kind\n"
    #expect(
      SmallCasebook.problems(["actors.csv": header]).contains(
        "actors.csv: has no rows; add the actors of the case."))
    let changed = TableTests.actors + ",,,,,,,\n\nCHE,Switzerland,state,,,,,\n"
    #expect(
      SmallCasebook.problems(["actors.csv": changed]) == [
        "actors.csv, row 9: the row is empty; delete it.",
        "actors.csv, row 10: the row is empty; delete it.",
      ])
  }

  @Test func reportsAnOpenQuoteAtTheRowWhereItStarts() {
    let changed = TableTests.actors + "CHE,\"Switzerland,state,,,,,\nAUT,Austria,state,,,,,\n"
    #expect(
      SmallCasebook.problems(["actors.csv": changed]).first
        == "actors.csv, row 9, column name: a quote character is left open from here to the end of "
        + "the file; close it, and double every quote inside the cell.")
  }

  @Test func reportsBytesThatAreNoUTF8WithTheirOffset() {
    var bytes = Array("id,name,kind\nMNE,Crna Gora,state\nSRB,Srb".utf8)
    bytes += [0xE9, 0xE9] + Array("ija,state\n".utf8)
    let table = bytes.withUnsafeBufferPointer { Table<Actor>.read($0, file: "actors.csv") }
    #expect(
      table.problems.map(\.description) == [
        "actors.csv, row 3, column name: byte 40 of the file is not UTF-8; save the table as UTF-8."
      ])
    #expect(table.records.map(\.id) == ["MNE", "SRB"])
  }

  @Test func reportsDuplicateIdsAndCitationsThatAreNone() {
    let sources = """
      id,type,title,issued,accessed,url,language,sha256,reliability
      article,web page,A,2023,2022,example.org,english,ABC,G
      article,webpage,B,,,,,,

      """
    #expect(
      SmallCasebook.problems([
        "sources.csv": sources, "claims.csv": SmallCasebook.claims(["id": "c1"]),
      ]) == [
        "sources.csv, row 2, column reliability: `G` is not a word for this column; did you mean `A`?",
        "sources.csv, row 2, column type: `web page` is not a CSL type; did you mean `webpage`?",
        "sources.csv, row 2, column url: `example.org` is not a web address; "
          + "start it with https://, or leave it empty.",
        "sources.csv, row 2, column language: `english` is not a language tag; "
          + "write a tag such as en or sr-Latn.",
        "sources.csv, row 2, column sha256: `ABC` is not a SHA-256; "
          + "write the 64 lower-case digits that sha256sum prints.",
        "sources.csv, row 2, column accessed: `2022` comes before issued, which is 2023; "
          + "correct one of the two dates.",
        "sources.csv, row 3, column id: `article` is the id of row 2 too; "
          + "give one of them another.",
      ])
  }

  @Test func givesEveryCellOfASeriesOneValueOrOneReason() {
    let changes = [
      "variables.csv":
        "id,title,unit,channel,concept,direction,source\nv,V,share,security,alignment,toward,article\n",
      "series.csv": """
      variable,actor,period,value,low,high,status,source
      v,MNE,2010,0.5,0.4,0.6,,
      v,MNE,2010,0.6,,,A,
      v,MNE,2011,,,,M,
      v,MNE,2012,0.1,,,L,
      v,MNE,2013,,,,,
      w,MNE,2014,1,,,,
      v,MNE,14,1,,,,

      """,
    ]
    #expect(
      SmallCasebook.problems(changes) == [
        "series.csv, row 3, column period: `2010` v of MNE has a value for the year in row 2 too; "
          + "keep one; a newer vintage is a source of its own with a later accessed date.",
        "series.csv, row 5, column status: `L` says that the value is missing, yet the row has one; "
          + "empty one of the two.",
        "series.csv, row 6, column value: the row has neither a value nor a reason for its absence; "
          + "write the value, or status M (impossible), L (not searched) or Q (withheld).",
        "series.csv, row 7, column variable: `w` is not a variable of this casebook; did you mean `v`?",
        "series.csv, row 8, column period: `14` is not a year; write four digits.",
      ])
  }

  @Test func neverHalfLoadsACasebookWithProblems() {
    #expect(throws: CasebookError.self) {
      try SmallCasebook.read(["claims.csv": SmallCasebook.claims(["actor": "MNR"])])
    }
  }

  @Test func neverTrapsOnRandomlyBrokenFiles() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<400 {
      var changes: [String: String] = [:]
      for (name, text) in SmallCasebook.texts {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 0...3, using: &random) {
          let place = Int.random(in: 0..<bytes.count, using: &random)
          bytes[place] = UInt8.random(in: 0...255, using: &random)
        }
        changes[name] = String(decoding: bytes, as: UTF8.self)
      }
      _ = SmallCasebook.problems(changes)
    }
  }
}

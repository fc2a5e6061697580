@testable import Importing
import Foundation
import Documents
import TestSupport
import Testing

@testable import Evidence

@Suite struct GenericTests {
  private static let series = """
    source: {id: trust, title: A survey of trust, license: CC-BY-4.0}
    missing: [n/a]
    dates: day-first
    actor: {column: state, system: iso3}
    period: asked
    series:
      - variable:
          id: trust-in-china
          title: Trust in China
          unit: share
          channel: diplomacy
          concept: alignment
          direction: toward
          counterpart: CHN
        value: share
        low: from
        high: to

    """

  private static let claims = """
    source: {id: deals, title: A list of deals, license: CC-BY-4.0}
    actor: {column: State, system: iso3}
    claims:
      key: Number
      on: Signed
      channel: {is: security}
      instrument: {column: Kind, words: {purchase: arms_purchase}}
      statement: What
      counterpart: {is: CHN}
      phase: {column: Stage, words: {done: completed, planned: announced}}
      value: Amount
      unit: {is: money}
      currency: {is: EUR}
      price_year: {is: "2020"}

    """

  private func mapping(_ text: String) throws -> Mapping {
    try Mapping(try YAMLNode(yaml: Array(text.utf8), file: "map.yaml"))
  }

  private var casebook: CasebookFiles {
    var texts = SmallCasebook.texts
    texts["datapackage.json"] = (texts["datapackage.json"] ?? "").replacing(
      "{\"path\": \"claims.csv\"}",
      with:
        "{\"path\": \"claims.csv\"}, {\"path\": \"series.csv\"}, {\"path\": \"variables.csv\"}, "
        + "{\"path\": \"codes.csv\"}")
    texts["variables.csv"] = "id,title,unit,channel,concept,direction,counterpart,source,method\n"
    texts["series.csv"] = "variable,actor,period,value,low,high,status,source\n"
    texts["codes.csv"] = "actor,system,code,from,to\nMNE,iso3,MNE,,\nSRB,iso3,SRB,,\n"
    return CasebookFiles(texts: texts)
  }

  private func derive(
    _ map: String, _ file: DataFile
  ) throws -> (report: ImportReport, after: Casebook) {
    let work = Import(
      format: Importer.generic(try mapping(map)), actors: ["MNE", "SRB"], years: nil,
      counterparts: [], accessed: try EDTFDate("2026-11-25"), coder: "tests", badRows: .refuse)
    let files = casebook
    let (report, changed) = try work.derive([file], into: files)
    return (report, try Casebook(files: files.replacing(changed)))
  }

  /// The sentences of what is thrown.
  private func problems(_ map: String, _ text: String) -> String {
    do { _ = try derive(map, DataFile(name: "t.csv", text: text)) } catch { return "\(error)" }
    return ""
  }

  @Test func readsNumbersByActorAndYearFromTextAndWorkbookAlike() throws {
    let text = """
      Trust in others,,,,
      state,asked,share,from,to
      MNE,14/06/2010,0.5,0.4,0.6
      SRB,2010,0.25,,
      SRB,2011,n/a,,
      ZZZ,2010,0.1,,

      """
    let cells = text.split(separator: "\n").map { line in
      "<row>"
        + line.split(separator: ",", omittingEmptySubsequences: false).map {
          Numeral.number($0) == nil
            ? "<c t=\"str\"><v>\($0)</v></c>" : "<c><v>\($0)</v></c>"
        }.joined() + "</row>"
    }
    let workbook = MadeArchive.workbook(["S": "<sheetData>\(cells.joined())</sheetData>"])
    for file in [
      DataFile(name: "t.csv", text: text),
      try DataFile(name: "t.xlsx", workbook, packed: workbook),
    ] {
      let (report, after) = try derive(Self.series, file)
      let series = after.series("trust-in-china")
      #expect(report.format == "generic" && report.rowsRead == 4 && report.rowsPlaced == 2)
      #expect(report.losses.contains { $0.reason == "without a value" && $0.codes == ["SRB"] })
      let known = series.first { $0.actor == "MNE" && $0.period == 2010 }
      #expect(known?.value == 0.5 && known?.low == 0.4 && known?.high == 0.6)
      #expect(series.first { $0.actor == "SRB" && $0.period == 2011 }?.status == .notSearched)
      #expect(after.variable("trust-in-china")?.source == "trust")
      #expect(after.source("trust")?.title == "A survey of trust")
    }
  }

  @Test func readsAClaimFromEachRow() throws {
    let text = """
      Number,State,Signed,Kind,What,Stage,Amount
      A 1,SRB,2020-06,purchase,Bought.,done,7.5
      A 2,MNE,2021,purchase,Will buy.,planned,

      """
    let (report, after) = try derive(Self.claims, DataFile(name: "t.csv", text: text))
    #expect(report.rowsPlaced == 2)
    let claim = try #require(after.claim("deals-a-1"))
    #expect(claim.actor == "SRB" && claim.counterpart == "CHN" && claim.channel == "security")
    #expect(claim.instrument == "arms_purchase" && claim.phase == .completed)
    #expect(claim.value == 7.5 && claim.currency == "EUR" && claim.priceYear == 2020)
    #expect(claim.on?.text == "2020-06" && claim.locator == .row(2, sheet: nil))
    let open = try #require(after.claim("deals-a-2"))
    #expect(open.value == nil && open.unit == nil && open.phase == .announced)
  }

  @Test func namesTheLineOfTheMappingWhoseColumnIsMissing() {
    #expect(
      problems(Self.series, "state,asked,Share,from,to\nMNE,2010,1,,\n")
        == "map.yaml, line 15, column 12: `share` is no column of t.csv; did you mean `Share`?")
    #expect(
      problems(Self.series, "state,asked,share,from\nMNE,2010,1,\n")
        == "map.yaml, line 17, column 11: `to` is no column of t.csv; the mapping names all that it "
        + "has; leave this out.")
  }

  @Test func saysWhichSheetsAWorkbookHasWhenNoneStartsAsTheMappingSays() throws {
    let mapping = try mapping("sheet: Survey\n" + Self.series)
    let row = "<row><c t=\"str\"><v>state</v></c></row>"
    let workbook = MadeArchive.workbook(["Answers": "<sheetData>\(row)</sheetData>"])
    let file = try DataFile(name: "t.xlsx", workbook, packed: workbook)
    #expect(
      mapping.problems(with: [file]).map(\.description)
        == ["map.yaml: `Survey` is how no sheet of t.xlsx starts; it has Answers."])
  }

  @Test func saysWhatIsWrongInAMappingAndWhere() {
    let wrong = """
      source: {id: trust, titel: A survey}
      actor: {column: state}
      period: year
      series:
        - variable: {id: a, title: b, unit: c, channel: d, concept: trust, direction: up}
          valeu: share

      """
    let text = problems(wrong, "state,year,share\n")
    #expect(text.contains("map.yaml, line 1, column 21: `titel` is no key that belongs here; did"))
    #expect(text.contains("title is missing") && text.contains("system is missing"))
    #expect(text.contains("line 5, column 63: `trust` is not a word for this place"))
    #expect(text.contains("line 6, column 5: `valeu` is no key that belongs here; did you mean"))
    #expect(
      problems("source: {id: a, title: b, license: c}\nactor: {column: a, system: b}\n", "a\n")
        .contains("says neither or both of series and claims"))
  }

  @Test func refusesWordsWithoutAMeaningAndRowsThatClash() {
    let words = problems(
      Self.claims, "Number,State,Signed,Kind,What,Stage,Amount\n1,SRB,2020,gift,Given.,done,1\n")
    #expect(words.contains("row 2, column Kind: `gift` has no word in the mapping; add it under"))
    let empty = problems(
      Self.claims, "Number,State,Signed,Kind,What,Stage,Amount\n1,SRB,,purchase,Given.,done,1\n")
    #expect(empty.contains("row 2, column Signed: the cell is empty"))
    let clash = problems(
      Self.series, "state,asked,share,from,to\nSRB,2010,1,,\nSRB,1/2/2010,2,,\n")
    #expect(clash.contains("row 3: `SRB 2010` has other values than in row 2"))
  }

  @Test func asksForAMapping() {
    #expect {
      _ = try Importer.generic.match([DataFile(name: "t.csv", text: "a\n")])
    } throws: {
      "\($0)".hasPrefix("fulcrum import: --mapping is missing; name a mapping file")
    }
  }

  @Test func printsATemplateThatCanBeRead() throws {
    let mapping = try mapping(Mapping.template)
    #expect(mapping.layout.columns == ["country", "year", "share", "share_low", "share_high"])
    // The other half of the template, which is commented out, is right too.
    let lines = Mapping.template.split(separator: "\n", omittingEmptySubsequences: false)
    let kept = lines.prefix { !$0.hasPrefix("# Either") }
    let rest = lines.drop { !$0.hasPrefix("# claims:") }.prefix { $0 != "#" }
    let claims = try self.mapping((kept + rest.map { $0.dropFirst(2) }).joined(separator: "\n"))
    #expect(
      claims.layout.columns.sorted() == [
        "amount", "country", "description", "id", "kind", "signed",
      ])
  }
}

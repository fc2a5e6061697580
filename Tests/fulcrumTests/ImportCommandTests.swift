import Importing
import Documents
import Foundation
import Testing

/// What the terminal shows of imports: the audit, and what is wrong with a file.
@Suite struct ImportCommandTests {
  /// A casebook of one's own with three states, and files to bring into it.
  private struct Desk {
    let folder: URL

    init() throws {
      folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let made = try Program.run(
        [
          "init", "book", "--organisation", "NATO", "--counterpart", "CHN", "--states",
          "MNE,SRB,BIH", "--periods", "2000-2020",
        ], in: folder)
      #expect(made.code == 0, "\(made.errors)")
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    func write(_ text: String, _ name: String) throws {
      try write(Data(text.utf8), name)
    }

    func write(_ data: Data, _ name: String) throws {
      try data.write(to: folder.appending(path: name))
    }

    func imported(_ words: String..., on day: String = "2026-11-25") throws -> Program.Run {
      try Program.run(
        ["import"] + words + ["--casebook", "book", "--accessed", day], in: folder)
    }

    var series: String {
      (try? String(contentsOf: folder.appending(path: "book/series.csv"), encoding: .utf8)) ?? ""
    }
  }

  private static let header = "Country Code,year,usd_const_2021\n"

  @Test func showsWhatANewerReleaseSaysOtherwiseAndKeepsTheOlder() throws {
    let desk = try Desk()
    defer { desk.remove() }
    try desk.write(Self.header + "MNE,2010,5\nMNE,2011,6\nSRB,2011,9\nFRA,2011,1\n", "older.csv")
    try desk.write(Self.header + "MNE,2010,5\nMNE,2011,8\nBIH,2011,2\n", "newer.csv")
    let first = try desk.imported("older.csv")
    #expect(
      first.output == """
        older.csv: aiddata-gcdf, detected from its columns
          4 rows read, 3 matched
          1 not matched, of states outside the casebook: FRA (France)
          no rows for BIH: coded as missing, not as zero
          2010 to 2011 are covered: no row of a state in the file is an observed zero
        series.csv: 6 added, 0 changed, 0 unchanged
        sources.csv: 1 added, 0 changed, 0 unchanged
        variables.csv: 1 added, 0 changed, 0 unchanged

        """)
    let before = desk.series
    let again = try desk.imported("older.csv")
    #expect(again.output.contains("series.csv: 0 added, 0 changed, 6 unchanged\n"))
    #expect(desk.series == before)
    let sameDay = try desk.imported("newer.csv")
    #expect(
      sameDay.errors == """
        newer.csv: is not the file that aiddata-gcdf was read from, though fetched on the same day; say \
        with --accessed when it was fetched, so that the later one counts; of one release in two forms \
        keep one, and name the other with --sister.

        """)
    let newer = try desk.imported("newer.csv", on: "2026-11-28")
    #expect(
      newer.output.contains(
        """
          aiddata-gcdf against the older release: 1 value the same, 1 changed, 2 new, 2 gone
            the largest change: MNE 2011, 6.0 → 8.0
            actors lost: SRB
            actors gained: BIH

        """))
    #expect(before.split(separator: "\n").allSatisfy { desk.series.contains($0) })
    #expect(desk.series.contains("aiddata-gcdf,MNE,2011,8,,,,aiddata-gcdf-2026-11-28"))
  }

  @Test(arguments: [("gcof", "aiddata-gcof"), ("wordl-bank", "world-bank")])
  func findsTheFormatThatAWordIsPartOfOrNearTo(_ word: String, _ format: String) throws {
    let desk = try Desk()
    defer { desk.remove() }
    let told = try desk.imported(word, "own.csv")
    #expect(
      told.errors.contains("`\(word)` is neither a format nor a file; did you mean `\(format)`?"))
  }

  @Test func saysWithWhomASisterTableDiffers() throws {
    let desk = try Desk()
    defer { desk.remove() }
    try desk.write("ccode,year,oof_amt,oda_amt,vof_amt\n341,2010,5,0,0\n", "broken.csv")
    try desk.write(Self.header + "MNE,2010,5\nSRB,2010,9\n", "whole.csv")
    let told = try desk.imported("broken.csv", "--sister", "whole.csv")
    #expect(
      told.output.contains("  against whole.csv: other actors\n    actors lost: SRB\n"))
    #expect(told.output.contains("    actors in neither: BIH\n"))
  }

  @Test func saysHowFarPublishedAgreementIsThatOfTheRollCalls() throws {
    let desk = try Desk()
    defer { desk.remove() }
    // All vote alike in the third roll call, which the published table leaves out.
    let votes = [("CN", "yes yes yes"), ("ME", "yes no yes"), ("YU", "no no yes")]
    let rows = votes.flatMap { state, words in
      words.split(separator: " ").enumerated().map { "\($0.offset + 1),\(state),\($0.element)\n" }
    }
    try desk.write("rcid,country_code,vote\n" + rows.joined(), "votes.csv")
    try desk.write("rcid,session\n1,65\n2,65\n3,65\n", "calls.csv")
    try desk.write(
      "ccode1,ccode2,agree,year\n710,341,0.5,2010\n710,345,0,2010\n", "published.csv")
    let first = try desk.imported("votes.csv", "calls.csv", "--counterpart", "CHN")
    #expect(first.code == 0 && !first.output.contains("published"), "\(first.errors)")
    let published = try desk.imported("published.csv", "--counterpart", "CHN")
    #expect(
      published.output.contains(
        """
          un-agreement-published-CHN against un-agreement-contested-CHN: 2 values of both, r 1.000000, \
        none differs
          un-agreement-published-CHN against un-agreement-CHN: 2 values of both, r 1.000000, 2 differ, \
        by 0.3333 at most, in 2010
            the table leaves out roll calls in which all voted alike; the audit has each row

        """), "\(published.output)")
    let audit = try String(
      contentsOf: desk.folder.appending(path: "book/imports/agreement-table.jsonl"),
      encoding: .utf8)
    #expect(audit.contains("{\"actor\":\"SRB\",\"counted\":0.33"))
  }

  @Test func listsTheWordsOfACasebookWhereNothingIsNear() throws {
    let desk = try Desk()
    defer { desk.remove() }
    let added = try Program.run(
      [
        "add", "claim", "--casebook", "book", "--actor", "SRB", "--channel", "quux", "--instrument",
        "drll", "--source", "nobody", "--statement", "Said.",
      ], in: desk.folder)
    #expect(added.code == 1)
    #expect(
      added.errors.contains(
        "--channel: `quux` is not among the channels of the codebook; use one of security, "
          + "infrastructure, technology, finance, energy, diplomacy, strategy, opinion, accession, "
          + "context, or add it to codebook.yaml.\n"))
    #expect(
      added.errors.contains("`drll` is not among the instruments of the codebook; did you mean"))
    #expect(added.errors.hasSuffix("Nothing was written.\n"))
  }

  /// Adds a claim by typing answers, the last of them for its locator and credibility.
  private func claim(_ desk: Desk, typing answers: [String]) throws -> Program.Run {
    _ = try Program.run(
      [
        "add", "source", "--casebook", "book", "--id", "paper", "--type", "article", "--title",
        "A paper",
      ], in: desk.folder)
    return try Program.run(
      ["add", "claim", "--casebook", "book"], in: desk.folder, typing: answers)
  }

  @Test func asksForAClaimOnATerminalAndAgainForWhatIsWrong() throws {
    let desk = try Desk()
    defer { desk.remove() }
    let added = try claim(
      desk,
      typing: [
        "SRB", "CHN", "securty", "security", "drill", "toward", "", "2012-13", "They train.",
        "paper",
        "page=3", "", "2012",
      ])
    #expect(added.code == 0 && added.output.contains("claims.csv: added srb-drill-2012.\n"))
    #expect(added.output.contains("SRB 2012: not searched"), "\(added.output)")
    #expect(added.errors.contains("unknown value `securty`; did you mean `security`?"))
    #expect(added.errors.contains("  on: a date such as 2020, 2020-06 or 2020-06-14;"))
    #expect(added.errors.contains("--on: `2012-13` "), "\(added.errors)")
  }

  @Test func writesNoClaimWhenTheAnswersEnd() throws {
    let desk = try Desk()
    defer { desk.remove() }
    let ended = try claim(desk, typing: ["SRB", "CHN"])
    #expect(ended.code == 2 && ended.errors.hasSuffix("Nothing was written: the answers ended.\n"))
  }

  @Test func namesTheStatesOfANewCasebookThatTheBuiltInOneDoesNotKnow() throws {
    let desk = try Desk()
    defer { desk.remove() }
    let made = try Program.run(["init", "other", "--states", "DZA,EGY,QQQ"], in: desk.folder)
    #expect(made.code == 0)
    let actors = try String(
      contentsOf: desk.folder.appending(path: "other/actors.csv"), encoding: .utf8)
    #expect(actors.contains("\nDZA,Algeria,state,") && actors.contains("\nQQQ,QQQ,state,"))
  }

  @Test func saysWhereAnEncodingBreaksAndReadsOn() throws {
    let desk = try Desk()
    defer { desk.remove() }
    let header = "Country Code,join_year,Region\n"
    let start = Array("\(header)MNE,2017,Türkiye\nSRB,2015,Caf".utf8)
    try desk.write(Data(start + [0xE9, 0x0A]), "mixed.csv")
    let mixed = try desk.imported("mixed.csv")
    #expect(
      mixed.output.contains(
        "  mixed.csv: UTF-8 and Windows-1252 are mixed; the first byte that is not UTF-8 is in line 3, "
          + "column 13: check the names there, or save the file as UTF-8\n"))
    #expect(mixed.output.contains("  2 rows read, 2 matched\n"))
    try desk.write(try #require("\(header)BIH,2017,Zenica\n".data(using: .utf16)), "wide.csv")
    let wide = try desk.imported("wide.csv", on: "2026-11-28")
    #expect(wide.output.contains("  wide.csv: the text is UTF-16\n"))
  }

  @Test func importsNothingOfAFileWithABadRowUnlessToldToSkipIt() throws {
    let desk = try Desk()
    defer { desk.remove() }
    try desk.write(Self.header + "MNE,2010,5\nSRB,2010,\"9,25\"\n", "comma.csv")
    let before = desk.series
    let sentence =
      "comma.csv, row 3, column usd_const_2021: `9,25` is not a number; it has a decimal comma; write "
      + "9.25."
    let refused = try desk.imported("comma.csv")
    #expect(refused.code != 0 && refused.output.isEmpty && refused.errors == sentence + "\n")
    #expect(desk.series == before)
    let skipped = try desk.imported("comma.csv", "--skip-bad-rows")
    #expect(skipped.code == 0 && skipped.output.contains("  2 rows read, 1 matched\n"))
    #expect(
      skipped.output.contains("  1 skipped, which cannot be read:\n    \(sentence)\n"))
  }

  @Test func saysWhatIsWrongWithAFileThatIsNotWhatItShouldBe() throws {
    let desk = try Desk()
    defer { desk.remove() }
    try desk.write(Self.header + "MNE,2010,5\n", "finance.csv")
    try desk.write("Country Code,year,usd_const_2020\nMNE,2010,5\n", "misspelt.csv")
    try desk.write(Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 9]), "cut.csv.gz")
    try desk.write(Data("PK\u{3}\u{4}half".utf8), "cut.xlsx")
    #expect(
      try desk.imported("polity", "finance.csv").errors
        == "finance.csv: the columns are those of aiddata-gcdf, not of polity; name that format, or none.\n"
    )
    #expect(
      try desk.imported("aiddata-gcdf", "misspelt.csv").errors.hasSuffix(
        "misspelt.csv, row 1, column usd_const_2021: the column is missing; the nearest is "
          + "`usd_const_2020`.\n"))
    #expect(
      try desk.imported("cut.csv.gz").errors.hasSuffix(
        "/cut.csv.gz cannot be read: the gzip file is damaged or cut short; fetch it again.\n"))
    let workbook = try desk.imported("cut.xlsx")
    #expect(
      workbook.code != 0
        && workbook.errors.hasPrefix(
          "cut.xlsx cannot be read: the workbook is damaged or cut short")
    )
  }
}

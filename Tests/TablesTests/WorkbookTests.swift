import CZlib
import Foundation
import TestSupport
import Testing

@testable import Tables

@Suite struct WorkbookTests {
  private func csv(
    _ sheet: String, texts: [String] = [], styles: String = "", from1904: Bool = false
  ) throws -> String {
    let data = MadeArchive.workbook(
      ["One": sheet], texts: texts, styles: styles, from1904: from1904)
    return String(decoding: try Workbook(data).sheets.first?.csv ?? Data(), as: UTF8.self)
  }

  private func rows(_ cells: String) -> String { "<sheetData>\(cells)</sheetData>" }

  /// The sentence of what is thrown.
  private func sentence(_ data: Data, limit: Int = Workbook.limit) -> String {
    do { return "read \(try Workbook(data, limit: limit).sheets.count) sheets" } catch {
      return "\(error)"
    }
  }

  // MARK: Cells

  @Test func readsEveryKindOfCell() throws {
    let sheet = rows(
      """
      <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1"><v>2019</v></c></row>
      <row r="2"><c r="A2" t="inlineStr"><is><r><t>one, </t></r><r><t>two</t></r></is></c>
        <c r="B2"><v>1.25E-2</v></c><c r="C2" t="b"><v>1</v></c><c r="D2" t="e"><v>#N/A</v></c></row>
      <row r="4"><c t="str"><f>A1&amp;"x"</f><v>Ax</v></c><c><f>SUM(B2:B3)</f></c>
        <c t="b"><v>0</v></c></row>
      """)
    let texts = [
      "<si><t xml:space=\"preserve\"> A</t></si>",
      "<si><r><t>say \"\u{17D}</t></r><r><t>\"_x000A_</t></r><rPh><t>unseen</t></rPh></si>",
    ]
    #expect(
      try csv(sheet, texts: texts) == """
         A,"say ""\u{17D}""\n",,2019
        "one, two",0.0125,TRUE,#N/A

        Ax,=SUM(B2:B3),FALSE,

        """)
  }

  @Test func writesDatesAsFineAsTheirFormatShows() throws {
    let formats = [
      "yyyy-mm-dd", "mmm\\-yy", "yyyy", "h:mm", "[h]:mm", "0.00\" days\"", "[Red]#,##0",
      "[$-409]d/m/yy h:mm AM/PM;@",
    ]
    let codes = formats.enumerated().map {
      "<numFmt numFmtId=\"\($0 + 164)\" formatCode=\"\($1.replacing("\"", with: "&quot;"))\"/>"
    }
    let ids = [0, 14, 17] + formats.indices.map { $0 + 164 }
    let styles =
      "<numFmts>\(codes.joined())</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
      + "<cellXfs>\(ids.map { "<xf numFmtId=\"\($0)\"/>" }.joined())</cellXfs>"
    func dates(_ numbers: [String], from1904: Bool = false) throws -> [String] {
      let cells = numbers.flatMap { number in
        ids.indices.map { "<c s=\"\($0)\"><v>\(number)</v></c>" }
      }
      return try csv(rows("<row>\(cells.joined())</row>"), styles: styles, from1904: from1904)
        .split(whereSeparator: { ",\n".contains($0) }).map(String.init)
    }
    let whole = try dates(["43831"])
    #expect(
      whole == [
        "43831", "2020-01-01", "2020-01", "2020-01-01", "2020-01", "2020", "2020-01-01", "43831",
        "43831", "43831", "2020-01-01",
      ])
    let noon = try dates(["43991.5"])
    #expect(
      noon == [
        "43991.5", "2020-06-09T12:00:00", "2020-06-09T12:00:00", "2020-06-09T12:00:00",
        "2020-06-09T12:00:00", "2020-06-09T12:00:00", "2020-06-09T12:00:00", "43991.5", "43991.5",
        "43991.5", "2020-06-09T12:00:00",
      ])
    #expect(try dates(["59"])[1] == "1900-02-28" && dates(["61"])[1] == "1900-03-01")
    #expect(try dates(["60"])[1] == "1900-02-29")
    #expect(try dates(["0", "0.25"])[6] == "00:00:00" && dates(["0.25"])[6] == "06:00:00")
    #expect(try dates(["42369"], from1904: true)[1] == "2020-01-01")
    #expect(try dates(["0"], from1904: true)[1] == "1904-01-01")
    #expect(try dates(["-1", "2958466"])[1] == "-1" && dates(["2958466"])[1] == "2958466")
  }

  @Test func writesATextOfMergedCellsInEachRowButANumberOnce() throws {
    let sheet =
      rows(
        """
        <row r="1"><c r="A1" t="str"><v>Serbia</v></c><c r="B1"><v>6</v></c><c r="C1"><v>1</v></c></row>
        <row r="2"><c r="A2"/><c r="B2"/><c r="C2"><v>2</v></c></row>
        <row r="3"><c r="C3"><v>3</v></c></row>
        """) + "<mergeCells><mergeCell ref=\"A1:A3\"/><mergeCell ref=\"B1:B3\"/></mergeCells>"
    #expect(try csv(sheet) == "Serbia,6,1\nSerbia,,2\nSerbia,,3\n")
  }

  @Test func keepsTheColoursOfTextAndTheNamesOfSheets() throws {
    let styles = """
      <fonts><font><color rgb="FFFF0000"/></font><font><color indexed="12"/></font>
      <font><color theme="1"/></font><font><color rgb="FF000000"/></font></fonts>
      <cellXfs><xf fontId="2"/><xf fontId="0"/><xf fontId="1"/><xf fontId="3"/></cellXfs>
      """
    let cells = (0..<4).map { "<c s=\"\($0)\"><v>1</v></c>" }.joined()
    let data = MadeArchive.workbook(
      ["Empty": "<sheetData/>", "Share of GDP": rows("<row r=\"3\">\(cells)</row>")],
      styles: styles)
    let sheets = try Workbook(data).sheets
    #expect(sheets.map(\.name) == ["Share of GDP"])
    #expect(
      sheets.first?.colours == [
        Workbook.CellPlace(row: 3, column: 2): .red, Workbook.CellPlace(row: 3, column: 3): .blue,
      ])
  }

  // MARK: What is refused

  @Test func refusesWhatIsNoWorkbookAndSaysWhatItIs() {
    let entry = { (name: String) in MadeArchive.zip([MadeArchive.Entry(name, "<x/>")]) }
    #expect(sentence(entry("a.csv")).hasPrefix("it is a zip archive, not an .xlsx workbook"))
    #expect(sentence(entry("content.xml")).hasPrefix("it is an OpenDocument file (.ods)"))
    #expect(sentence(entry("xl/workbook.bin")).hasPrefix("it is a binary workbook (.xlsb)"))
    let compound = Data([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
    #expect(sentence(compound).contains("older form .xls"))
    let protected = compound + Data("EncryptedPackage".utf16.flatMap { [UInt8($0 & 0xFF), 0] })
    #expect(sentence(protected).contains("protected by a password"))
    #expect(
      sentence(MadeArchive.zip([MadeArchive.Entry("_rels/.rels", "abc", flags: 1)]))
        .contains("protected by a password"))
  }

  @Test func refusesAWorkbookCutShortAnywhere() {
    let whole = MadeArchive.workbook(["One": rows("<row><c><v>1</v></c></row>")])
    for count in stride(from: 4, to: whole.count, by: 11) {
      #expect(sentence(whole.prefix(count)).contains("damaged or cut short"))
    }
  }

  @Test func refusesEntitiesThatUnfold() {
    let laughs =
      "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]><x>&b;</x>"
    let data = MadeArchive.zip([MadeArchive.Entry("_rels/.rels", laughs)])
    #expect(sentence(data).hasPrefix("_rels/.rels declares XML entities"))
  }

  @Test func refusesElementsNestedWithoutEnd() {
    let deep = String(repeating: "<a>", count: 100_000)
    #expect(
      sentence(MadeArchive.zip([MadeArchive.Entry("_rels/.rels", deep)]))
        .contains("nests more than 100 elements"))
  }

  @Test func refusesAFileThatUnpacksBeyondReason() throws {
    let spaces = Data(repeating: UInt8(ascii: " "), count: 8 << 20)
    let deflated = try #require(WorkbookTests.deflate(spaces))
    let bomb = MadeArchive.Entry(
      "_rels/.rels", deflated: deflated, size: spaces.count, checkSum: 0)
    #expect(deflated.count < 10_000)
    #expect(sentence(MadeArchive.zip([bomb])).contains("is larger than a workbook of data needs"))
  }

  @Test func refusesASheetThatUnfoldsBeyondReason() {
    let wide = (1...SheetReader.mostRows / 64).map {
      "<row r=\"\($0 * 64)\"><c r=\"XFD\($0 * 64)\"><v>1</v></c></row>"
    }
    #expect(
      sentence(MadeArchive.workbook(["One": rows(wide.joined())]), limit: 1 << 20).contains(
        "its text takes more than"))
    let merged = (0..<20).map { _ in "<mergeCell ref=\"A1:A1048576\"/>" }
    let long = rows(
      "<row r=\"1\"><c t=\"str\"><v>\(String(repeating: "a", count: 1000))</v></c></row>"
        + "<row r=\"1048576\"><c><v>1</v></c></row>")
    #expect(
      sentence(
        MadeArchive.workbook(["One": "\(long)<mergeCells>\(merged.joined())</mergeCells>"]),
        limit: 1 << 24
      )
      .contains("its text takes more than"))
  }

  @Test func refusesAWrongCheckSumAndCellsOutOfOrder() throws {
    let text = Data("<Relationships/>".utf8)
    let deflated = try #require(WorkbookTests.deflate(text))
    let wrong = MadeArchive.Entry(
      "_rels/.rels", deflated: deflated, size: text.count, checkSum: 1)
    #expect(sentence(MadeArchive.zip([wrong])).contains("CRC error"))
    for cells in [
      "<row r=\"2\"/><row r=\"1\"/>", "<row><c r=\"B1\"/><c r=\"A1\"/></row>",
      "<row r=\"1\"><c r=\"A2\"/></row>", "<row><c t=\"s\"><v>7</v></c></row>", "<c r=\"A1\"/>",
      "<row r=\"99999999999999999999\"/>", "<row><c r=\"ZZZZ1\"/></row>",
    ] {
      #expect(
        sentence(MadeArchive.workbook(["One": rows(cells)])).contains("damaged or cut short"))
    }
  }

  @Test func neverTrapsOnDamagedWorkbooks() throws {
    let whole = MadeArchive.workbook(
      ["One": rows("<row><c t=\"s\"><v>0</v></c><c s=\"0\"><v>43831</v></c></row>")],
      texts: ["<si><t>a</t></si>"], styles: "<cellXfs><xf numFmtId=\"14\"/></cellXfs>")
    var random = SeededGenerator(seed: 41)
    for _ in 0..<2000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      _ = try? Workbook(bytes)
    }
  }

  /// Packs bytes as archives do, without a header.
  private static func deflate(_ data: Data) -> Data? {
    var stream = z_stream()
    guard
      deflateInit2_(
        &stream, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { deflateEnd(&stream) }
    var input = [UInt8](data)
    var output = [UInt8](repeating: 0, count: data.count + 100)
    let (inputCount, outputCount) = (input.count, output.count)
    let left = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output -> Int? in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(inputCount)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(outputCount)
        return CZlib.deflate(&stream, Z_FINISH) == Z_STREAM_END ? Int(stream.avail_out) : nil
      }
    }
    return left.map { Data(output.prefix(outputCount - $0)) }
  }
}

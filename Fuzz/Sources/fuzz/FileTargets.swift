import Foundation

@testable import Evidence
@testable import Tables
@testable import TestSupport

extension Target {
  /// The readers of binary files.
  static let ofFiles: [Target] = [
    Target(name: "xlsx", fullRound: 100_000, seeds: [workbook]) { bytes in
      _ = try? Workbook(Data(bytes), limit: 1 << 24)
    },
    Target(
      name: "xlsx-parts", fullRound: 100_000, seeds: [Data(parts.joined(separator: "\u{1D}").utf8)],
      words: [
        "<c r=\"A1\" t=\"s\"><v>0</v></c>", "<row r=\"2\">", "<mergeCell ref=\"A1:B3\"/>",
        "s=\"1\"",
        "t=\"inlineStr\"><is><t>", "<numFmt numFmtId=\"164\" formatCode=\"yyyy\"/>", "<xf ",
        "fontId=\"1\"", "<si><t>", "<rPh>", "_x000D_", "&amp;", "<!DOCTYPE x [",
      ], read: readParts),
    Target(name: "gzip", fullRound: 100_000, seeds: [packed]) { bytes in
      _ = try? Gzip.unpack(Data(bytes), limit: 1 << 24)
    },
    statistics("dta", .stata, files("Tests/TablesTests/Files/small.dta")),
    statistics("sav", .spss, files("Tests/TablesTests/Files/small.sav")),
    statistics("xpt", .sasTransport, files("Tests/TablesTests/Files/small.xpt")),
    statistics("sas7bdat", .sas, files("Tests/TablesTests/Files/small.sas7bdat")),
  ]

  private static func statistics(
    _ name: String, _ kind: StatisticsFile.Kind, _ seeds: [Data]
  ) -> Target {
    Target(name: name, fullRound: 100_000, seeds: seeds) { bytes in
      _ = try? StatisticsFile.csv(Data(bytes), kind: kind)
    }
  }

  /// Reads an input as what is inside a workbook: its sheet, its texts and its styles.
  ///
  /// The archive around them is always right, so that no check sum keeps inputs from the XML.
  private static func readParts(_ bytes: UnsafeBufferPointer<UInt8>) {
    let parts = bytes.split(separator: 0x1D, maxSplits: 2, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    let data = MadeArchive.workbook(
      ["One": parts[0]], texts: parts.count > 1 ? [parts[1]] : [],
      styles: parts.count > 2 ? parts[2] : "")
    _ = try? Workbook(data, limit: 1 << 24)
  }

  private static let parts = [
    "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>43831</v></c>"
      + "</row><row><c t=\"inlineStr\"><is><t>a</t></is></c><c t=\"b\"><v>1</v></c>"
      + "<c t=\"str\"><f>A1</f><v>x</v></c><c t=\"e\"><v>#N/A</v></c></row></sheetData>"
      + "<mergeCells><mergeCell ref=\"A1:A3\"/></mergeCells>",
    "<si><t>one</t></si><si><r><t>t_x000A_wo</t></r><rPh><t>x</t></rPh></si>",
    "<numFmts><numFmt numFmtId=\"164\" formatCode=\"mmm\\-yy\"/></numFmts>"
      + "<fonts><font><color rgb=\"FFFF0000\"/></font></fonts>"
      + "<cellXfs><xf/><xf numFmtId=\"164\" fontId=\"0\"/></cellXfs>",
  ]

  private static let workbook = MadeArchive.workbook(
    ["One": parts[0], "Two": parts[0]], texts: [parts[1]], styles: parts[2])

  private static let packed = Data([
    0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xCB, 0xCF, 0x4B, 0xE5, 0x2A, 0x29, 0xCF, 0xE7, 2, 0, 0xE6,
    0x0B, 0xBA, 0x12, 8, 0, 0, 0,
  ])
}

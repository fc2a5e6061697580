package import Foundation

/// Makes zip archives and workbooks for tests, byte by byte.
package enum MadeArchive {
  /// A file as it lies in an archive.
  package struct Entry {
    let name: String
    let packed: Data
    let size: Int
    let checkSum: UInt32
    let method: UInt16
    let flags: UInt16

    /// A file that is not packed.
    package init(_ name: String, _ text: String, flags: UInt16 = 0) {
      let data = Data(text.utf8)
      self.name = name
      packed = data
      size = data.count
      checkSum = MadeArchive.checkSum(data)
      method = 0
      self.flags = flags
    }

    /// A file of `size` bytes packed by deflate.
    package init(_ name: String, deflated: Data, size: Int, checkSum: UInt32) {
      self.name = name
      packed = deflated
      self.size = size
      self.checkSum = checkSum
      method = 8
      flags = 0
    }

    fileprivate var facts: Data {
      MadeArchive.facts(
        flags, method, checkSum, UInt32(packed.count), UInt32(size), UInt16(name.utf8.count))
    }
  }

  /// Writes the entries one after the other, then their list.
  package static func zip(_ entries: [Entry]) -> Data {
    var archive = Data()
    var list = Data()
    for entry in entries {
      list += Data("PK\u{1}\u{2}".utf8) + little(UInt16(20)) + little(UInt16(20)) + entry.facts
      // No comment, the first disk, no attributes; then where the entry starts.
      list += Data(count: 10) + little(UInt32(archive.count)) + Data(entry.name.utf8)
      archive += Data("PK\u{3}\u{4}".utf8) + little(UInt16(20)) + entry.facts
      archive += Data(entry.name.utf8) + entry.packed
    }
    let end =
      Data("PK\u{5}\u{6}".utf8) + little(UInt32(0)) + little(UInt16(entries.count))
      + little(UInt16(entries.count)) + little(UInt32(list.count))
      + little(UInt32(archive.count)) + little(UInt16(0))
    return archive + list + end
  }

  /// Makes a workbook of sheets given as the XML inside `<worksheet>`.
  ///
  /// `texts` are the items of the shared texts, `styles` what is inside `<styleSheet>`.
  package static func workbook(
    _ sheets: KeyValuePairs<String, String>, texts: [String] = [], styles: String = "",
    from1904: Bool = false
  ) -> Data {
    let names = sheets.map(\.key)
    let list = names.enumerated().map {
      "<sheet name=\"\($1)\" sheetId=\"\($0 + 1)\" r:id=\"rId\($0 + 1)\"/>"
    }
    let links = names.indices.map { link("rId\($0 + 1)", "worksheet", "sheet\($0 + 1).xml") }
    return zip(
      [
        Entry("_rels/.rels", relationships([link("rId1", "officeDocument", "xl/workbook.xml")])),
        Entry(
          "xl/workbook.xml",
          "<workbook xmlns=\"\(main)\" xmlns:r=\"\(kinds)\">"
            + "<workbookPr date1904=\"\(from1904)\"/><sheets>\(list.joined())</sheets></workbook>"),
        Entry(
          "xl/_rels/workbook.xml.rels",
          relationships(
            links + [
              link("t", "sharedStrings", "/xl/texts.xml"), link("s", "styles", "styles.xml"),
            ])),
        Entry("xl/texts.xml", "<sst xmlns=\"\(main)\">\(texts.joined())</sst>"),
        Entry("xl/styles.xml", "<styleSheet xmlns=\"\(main)\">\(styles)</styleSheet>"),
      ]
        + sheets.enumerated().map {
          Entry(
            "xl/sheet\($0 + 1).xml", "<worksheet xmlns=\"\(main)\">\($1.value)</worksheet>")
        })
  }

  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let kinds =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  private static func link(_ id: String, _ kind: String, _ target: String) -> String {
    "<Relationship Id=\"\(id)\" Type=\"\(kinds)/\(kind)\" Target=\"\(target)\"/>"
  }

  private static func relationships(_ links: [String]) -> String {
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
      + "\(links.joined())</Relationships>"
  }

  private static func facts(
    _ flags: UInt16, _ method: UInt16, _ checkSum: UInt32, _ packed: UInt32, _ size: UInt32,
    _ name: UInt16
  ) -> Data {
    // No time; nothing after the name.
    little(flags) + little(method) + Data(count: 4) + little(checkSum) + little(packed)
      + little(size) + little(name) + Data(count: 2)
  }

  /// Sums bytes by CRC-32, as archives check them.
  package static func checkSum(_ data: Data) -> UInt32 {
    var sum = UInt32.max
    for byte in data {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = (sum >> 1) ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return ~sum
  }

  private static func little(_ number: some FixedWidthInteger) -> Data {
    withUnsafeBytes(of: number.littleEndian) { Data($0) }
  }
}

import Documents
package import Foundation

/// A workbook of the form `.xlsx` (ECMA-376), its sheets read as comma-separated text.
package struct Workbook: Sendable {
  /// One sheet with cells.
  package struct Sheet: Sendable {
    package let name: String
    package let isHidden: Bool
    /// One row of text for each row of the sheet from its first, all as wide as the widest.
    package let csv: Data
    /// The cells whose text has a colour other than black.
    package let colours: [CellPlace: Colour]
  }

  /// Where a cell stands; both count from 1.
  package struct CellPlace: Hashable, Sendable {
    package let row: Int
    package let column: Int

    package init(row: Int, column: Int) { (self.row, self.column) = (row, column) }
  }

  /// A colour of text, as red, green and blue in 24 bits.
  package struct Colour: Hashable, Sendable {
    package let rgb: UInt32
    package init(rgb: UInt32) { self.rgb = rgb }
    package static let red = Colour(rgb: 0xFF0000)
    package static let blue = Colour(rgb: 0x0000FF)
  }

  /// The sheets that have cells, in the order of the workbook.
  package let sheets: [Sheet]

  /// The most bytes that the text of all sheets may take.
  package static let limit = 1 << 28
  /// The most sheets that are read.
  private static let mostSheets = 1000

  private static let compound: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

  /// Whether a file is packed as workbooks are, of this form or the older one.
  package static func isWorkbook(_ data: Data) -> Bool {
    data.starts(with: Array("PK\u{3}\u{4}".utf8)) || data.starts(with: Array("PK\u{5}\u{6}".utf8))
      || data.starts(with: compound)
  }

  /// Reads all sheets, whose text may take `limit` bytes, and the files in it `unpacked`.
  ///
  /// A cell is as its program shows it without rounding: dates as `2020-06-14`, truth values as
  /// `TRUE` and `FALSE`, errors as `#N/A`. A formula whose value the file does not keep is written as
  /// `=…`. The text of merged cells stands in each of their rows, in the first column.
  /// - Throws: `WorkbookError`.
  package init(
    _ data: Data, limit: Int = Workbook.limit, unpacked: Int = ReadingLimits.standard.unpacked
  ) throws {
    guard !data.starts(with: Workbook.compound) else {
      let name = Data("EncryptedPackage".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
      throw data.range(of: name) == nil ? WorkbookError.older : WorkbookError.encrypted
    }
    let archive = try ZipArchive(data, unpacked: unpacked)
    let parts = try WorkbookParts(archive)
    guard parts.sheets.count <= Workbook.mostSheets else {
      throw WorkbookError.tooLarge(
        part: "the workbook", reason: "more than \(Workbook.mostSheets) sheets")
    }
    let files = parts.sheets.map(\.part)
    guard Set(files).count == files.count else {
      throw WorkbookError.damaged(reason: "two of its sheets are one file")
    }
    var room = limit
    var sheets: [Sheet] = []
    for sheet in parts.sheets {
      let reader = SheetReader(part: sheet.part, parts, room: room)
      guard let (csv, colours) = try reader.read(from: archive) else { continue }
      room -= csv.count
      sheets.append(
        Sheet(name: sheet.name, isHidden: sheet.isHidden, csv: csv, colours: colours))
    }
    self.sheets = sheets
  }
}

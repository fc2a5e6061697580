/// What the sheets of a workbook share: their list, texts and formats.
struct WorkbookParts {
  struct SheetPart {
    let name: String
    let isHidden: Bool
    /// The file in the archive.
    let part: String
  }

  /// How the cells of one style look.
  struct Style {
    let date: CellDate?
    let colour: Workbook.Colour?
  }

  private(set) var sheets: [SheetPart] = []
  private(set) var texts = SharedTexts()
  private(set) var styles: [Style] = []
  private(set) var countsFrom1904 = false

  /// - Throws: `WorkbookError`.
  init(_ archive: ZipArchive) throws {
    let root = try WorkbookParts.relationships("_rels/.rels", "", archive)
    guard let book = root.first(where: { $0.type == "officeDocument" })?.target,
      archive.contains(book), book.hasSuffix(".xml")
    else { throw WorkbookError.other(what: WorkbookParts.content(of: archive)) }
    let folder = book.split(separator: "/").dropLast().map { "\($0)/" }.joined()
    let file = book.dropFirst(folder.count)
    let relationships = try WorkbookParts.relationships(
      "\(folder)_rels/\(file).rels", folder, archive)
    try readSheets(book, relationships, archive)
    if let part = relationships.first(where: { $0.type == "sharedStrings" })?.target {
      try texts.read(part, archive)
    }
    if let part = relationships.first(where: { $0.type == "styles" })?.target {
      try readStyles(part, archive)
    }
  }

  /// Says what an archive holds that is no workbook.
  private static func content(of archive: ZipArchive) -> String {
    if archive.contains("xl/workbook.bin") { return "a binary workbook (.xlsb)" }
    if archive.contains("content.xml") { return "an OpenDocument file (.ods)" }
    if archive.contains("word/document.xml") { return "a text document (.docx)" }
    return "a zip archive"
  }

  // MARK: Relationships

  private struct Relationship {
    let id: String
    /// The last word of the type's address.
    let type: String
    /// The file in the archive.
    let target: String
  }

  private static func relationships(
    _ part: String, _ folder: String, _ archive: ZipArchive
  ) throws -> [Relationship] {
    guard archive.contains(part) else { return [] }
    var found: [Relationship] = []
    let reading = try XMLReading(part: part) { element in
      guard element.is("Relationship"), let id = element["Id"], let target = element["Target"]
      else { return }
      let type = element["Type"]?.split(separator: "/").last.map(String.init) ?? ""
      found.append(
        Relationship(
          id: id, type: type,
          target: target.hasPrefix("/") ? String(target.dropFirst()) : folder + target))
    } end: { _ in
    } text: { _ in
    }
    try reading.read(from: archive)
    return found
  }

  // MARK: Sheets

  private mutating func readSheets(
    _ part: String, _ relationships: [Relationship], _ archive: ZipArchive
  ) throws {
    var sheets: [SheetPart] = []
    var countsFrom1904 = false
    let known = Dictionary(
      relationships.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let reading = try XMLReading(part: part) { element in
      if element.is("workbookPr") {
        countsFrom1904 = ["1", "true", "on"].contains(element["date1904"] ?? "")
      }
      guard element.is("sheet"), let name = element["name"], let id = element["id"],
        let relationship = known[id], relationship.type == "worksheet"
      else { return }
      sheets.append(
        SheetPart(
          name: name, isHidden: element["state"].map { $0 != "visible" } ?? false,
          part: relationship.target))
    } end: { _ in
    } text: { _ in
    }
    try reading.read(from: archive)
    (self.sheets, self.countsFrom1904) = (sheets, countsFrom1904)
  }

  // MARK: Styles

  private mutating func readStyles(_ part: String, _ archive: ZipArchive) throws {
    var codes: [Int: String] = [:]
    var colours: [Workbook.Colour?] = []
    var styles: [Style] = []
    var isFont = false
    var isCell = false
    let reading = try XMLReading(part: part) { element in
      if element.is("numFmt"), let id = element["numFmtId"].flatMap({ Int($0) }) {
        codes[id] = element["formatCode"]
      } else if element.is("fonts") {
        isFont = true
      } else if isFont, element.is("font") {
        colours.append(nil)
      } else if isFont, element.is("color"), !colours.isEmpty {
        colours[colours.count - 1] = Workbook.Colour(
          rgb: element["rgb"], indexed: element["indexed"])
      } else if element.is("cellXfs") {
        isCell = true
      } else if isCell, element.is("xf") {
        let format = element["numFmtId"].flatMap { Int($0) } ?? 0
        let font = element["fontId"].flatMap { Int($0) } ?? 0
        styles.append(
          Style(
            date: CellDate(format: format, code: codes[format]),
            colour: colours.indices.contains(font) ? colours[font] : nil))
      }
    } end: { element in
      if element.is("fonts") { isFont = false }
      if element.is("cellXfs") { isCell = false }
    } text: { _ in
    }
    try reading.read(from: archive)
    self.styles = styles
  }
}

extension Workbook.Colour {
  /// The colours that are counted, twice over, before a workbook's own.
  private static let counted: [UInt32] = [
    0x000000, 0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00, 0xFF00FF, 0x00FFFF,
  ]

  /// Reads a colour as styles state it; nil for black and for colours of a theme.
  fileprivate init?(rgb: String?, indexed: String?) {
    var value: UInt32?
    if let rgb, rgb.utf8.count == 8 { value = UInt32(rgb.dropFirst(2), radix: 16) }
    if let place = indexed.flatMap({ Int($0) }), (0..<16).contains(place) {
      value = Workbook.Colour.counted[place % 8]
    }
    guard let value, value != 0 else { return nil }
    self.init(rgb: value)
  }
}

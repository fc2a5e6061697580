import Evidence
package import Foundation
import Documents
import Tables

/// A file of somebody else's data, perhaps packed with gzip, as the tables in it: text, a workbook, or
/// a file of Stata, SPSS or SAS.
package struct DataFile: Sendable {
  /// The name without folders.
  package let name: String
  let hash: FileHash
  /// The table of a text file, or those of a workbook by sheet.
  let tables: [DataTable]
  /// What a reader should know of how the file was read: its encoding, its separator.
  let notes: [String]

  /// Reads a file, and unpacks it when it is gzip.
  ///
  /// - Throws: `CasebookError.unreadable`.
  package init(contentsOf url: URL) throws {
    let data: Data
    do { data = try Data(contentsOf: url, options: .mappedIfSafe) } catch {
      throw CasebookError.unreadable(path: url.path, reason: "it is missing or not a file")
    }
    guard Gzip.isGzip(data) else {
      try self.init(name: url.lastPathComponent, data, packed: data)
      return
    }
    guard let unpacked = Gzip.unpack(data) else {
      throw CasebookError.unreadable(
        path: url.path, reason: "the gzip file is damaged or cut short; fetch it again")
    }
    try self.init(name: url.lastPathComponent, unpacked, packed: data)
  }

  /// Takes a text as a file.
  init(name: String, text: String) {
    let data = Data(text.utf8)
    self.init(name: name, table: data, FileHash(of: data), note: nil)
  }

  /// Takes bytes as a file whose hash is that of `packed`.
  init(name: String, _ data: Data, packed: Data) throws {
    let hash = FileHash(of: packed)
    if Workbook.isWorkbook(data) {
      try self.init(name: name, workbook: data, hash)
      return
    }
    if let kind = StatisticsFile.kind(of: data) {
      let table: Data
      do { table = try StatisticsFile.csv(data, kind: kind) } catch {
        throw CasebookError.unreadable(path: name, reason: "\(error)")
      }
      self.init(
        name: name, table: table, hash, note: "read as a \(kind.rawValue) file")
      return
    }
    if let reason = DataFile.strangeness(of: data) {
      throw CasebookError.unreadable(path: name, reason: reason)
    }
    let (bytes, encoding) = TextEncoding.utf8(data)
    self.init(name: name, table: bytes, hash, note: encoding)
  }

  private init(name: String, table: Data, _ hash: FileHash, note: String?) {
    let separator = DataFile.separator(of: table)
    let whole = separator == CSVReader.comma ? LineTails.removed(from: table) : nil
    let table = whole ?? table
    self.name = name
    self.hash = hash
    tables = [DataTable(name: name, hash: hash, bytes: table, separator: separator)]
    notes = [note, DataFile.note(separator), whole.map { _ in LineTails.note }]
      .compactMap { $0.map { "\(name): \($0)" } }
  }

  private init(name: String, workbook: Data, _ hash: FileHash) throws {
    let sheets: [Workbook.Sheet]
    do { sheets = try Workbook(workbook).sheets } catch {
      throw CasebookError.unreadable(path: name, reason: "\(error)")
    }
    guard !sheets.isEmpty else {
      throw CasebookError.unreadable(path: name, reason: "no sheet of the workbook has cells")
    }
    self.name = name
    self.hash = hash
    tables = sheets.map { sheet in
      DataTable(
        name: sheets.count > 1 ? "\(name), sheet \(sheet.name)" : name, hash: hash,
        sheet: sheet.name, bytes: sheet.csv, separator: CSVReader.comma, colours: sheet.colours)
    }
    notes = sheets.filter(\.isHidden).map { "\(name): the sheet \($0.name) is hidden" }
  }

  /// The same file with one of its sheets only.
  ///
  /// - Throws: `CasebookError.problems` when it has no sheet of that name.
  func keeping(sheet: String) throws -> DataFile {
    let kept = tables.filter { $0.sheet == nil || $0.sheet == sheet }
    guard kept.isEmpty else { return DataFile(self, tables: kept) }
    let names = tables.compactMap(\.sheet)
    throw CasebookError.problems([
      Problem(
        file: name, value: sheet, message: "is no sheet of the workbook",
        advice: Suggestion.question(for: sheet, among: names)
          ?? "it has \(names.joined(separator: ", "))")
    ])
  }

  private init(_ file: DataFile, tables: [DataTable]) {
    (name, hash, notes) = (file.name, file.hash, file.notes)
    self.tables = tables
  }

  /// Says what a file is that holds no table; nil for all others.
  private static func strangeness(of data: Data) -> String? {
    if data.isEmpty { return "the file is empty; fetch it again" }
    if data.starts(with: Array("%PDF".utf8)) { return "it is a PDF; fetch the table itself" }
    let start = String(decoding: data.prefix(64), as: UTF8.self).lowercased()
    if start.hasPrefix("<!doctype html") || start.hasPrefix("<html") {
      return "it is a web page; fetch the table that the page links to"
    }
    if !TextEncoding.isUTF16(data), data.prefix(4096).contains(0) {
      return "it is neither text nor a known binary table"
    }
    return nil
  }

  /// Finds what parts the cells of the first row: a comma, else a tab, else a semicolon.
  private static func separator(of bytes: Data) -> UInt8 {
    let first = bytes.prefix(64 << 10).prefix { $0 != UInt8(ascii: "\n") }
    if first.contains(CSVReader.comma) { return CSVReader.comma }
    let others = [UInt8(ascii: "\t"), UInt8(ascii: ";")]
    return others.first(where: first.contains) ?? CSVReader.comma
  }

  private static func note(_ separator: UInt8) -> String? {
    switch separator {
    case CSVReader.comma: nil
    case UInt8(ascii: "\t"): "cells are parted by tabs"
    default: "cells are parted by semicolons"
    }
  }
}

/// Finds the encoding of a text.
enum TextEncoding {
  /// Whether a text starts with the byte order mark of UTF-16.
  static func isUTF16(_ data: Data) -> Bool {
    data.starts(with: [0xFF, 0xFE]) || data.starts(with: [0xFE, 0xFF])
  }

  /// Gives a text as UTF-8, with a note when it was written otherwise.
  ///
  /// Bytes that are no UTF-8 are read as Windows-1252, of which Latin-1 is a part, one by one: what
  /// is UTF-8 beside them stays.
  static func utf8(_ data: Data) -> (bytes: Data, note: String?) {
    if isUTF16(data), let text = String(data: data, encoding: .utf16) {
      return (Data(text.utf8), "the text is UTF-16")
    }
    let invalid = data.withUnsafeBytes {
      UTF8Check.invalidOffsets(in: $0.bindMemory(to: UInt8.self))
    }
    guard let first = invalid.first else { return (data, nil) }
    let place = place(of: first, in: data)
    let bytes = replacing(invalid, in: data)
    let others = data.count { $0 >= 0x80 } - invalid.count
    let what = others > 0 ? "UTF-8 and Windows-1252 are mixed" : "the text is Windows-1252"
    return (
      bytes,
      "\(what); the first byte that is not UTF-8 is in \(place): check the names there, or save the "
        + "file as UTF-8"
    )
  }

  /// The line and the character in it of a byte.
  private static func place(of offset: Int, in data: Data) -> Problem.Place {
    let before = data.prefix(offset)
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? before.startIndex
    return .line(
      before.count { $0 == UInt8(ascii: "\n") } + 1,
      column: before[start...].count { $0 & 0xC0 != 0x80 } + 1)
  }

  /// Writes the bytes at some offsets, which are no UTF-8, as the characters of Windows-1252.
  private static func replacing(_ offsets: [Int], in data: Data) -> Data {
    var bytes = Data(capacity: data.count + 2 * offsets.count)
    var start = 0
    for offset in offsets {
      bytes.append(data[data.startIndex + start..<data.startIndex + offset])
      let byte = data[data.startIndex + offset]
      let character = String(data: Data([byte]), encoding: .windowsCP1252) ?? "\u{FFFD}"
      bytes.append(contentsOf: character.utf8)
      start = offset + 1
    }
    bytes.append(data[(data.startIndex + start)...])
    // An ill-formed sequence of several bytes has only its first replaced so far.
    let rest = bytes.withUnsafeBytes {
      UTF8Check.invalidOffsets(in: $0.bindMemory(to: UInt8.self))
    }
    return rest.isEmpty ? bytes : replacing(rest, in: bytes)
  }
}

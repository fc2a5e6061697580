import Evidence
package import Foundation
package import Documents
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
  /// - Throws: `CasebookError`.
  package init(contentsOf url: URL, limits: ReadingLimits = .standard) throws {
    let name = url.lastPathComponent
    do {
      let data = try InputFile.contents(of: url, limits: limits)
      let content = Gzip.isGzip(data) ? try Gzip.unpack(data, limit: limits.unpacked) : data
      try self.init(name: name, content, packed: data, limits: limits)
    } catch let error as InputFileError {
      throw CasebookError.unreadable(path: url.path, reason: error.explanation)
    } catch let error as GzipError {
      throw CasebookError.unreadable(path: url.path, reason: "\(error)")
    }
    let problems = tables.flatMap(\.problemsOfSize)
    guard problems.isEmpty else { throw CasebookError.problems(problems) }
  }

  /// Takes a text as a file.
  init(name: String, text: String) {
    let data = Data(text.utf8)
    self.init(name: name, table: data, FileHash(of: data), note: nil, limits: .standard)
  }

  /// Takes bytes as a file whose hash is that of `packed`.
  init(
    name: String, _ data: Data, packed: Data, limits: ReadingLimits = .standard
  ) throws {
    let hash = FileHash(of: packed)
    if Workbook.isWorkbook(data) {
      try self.init(name: name, workbook: data, hash, limits)
      return
    }
    if let kind = StatisticsFile.kind(of: data) {
      let table: Data
      do { table = try StatisticsFile.csv(data, kind: kind) } catch {
        throw CasebookError.unreadable(path: name, reason: "\(error)")
      }
      self.init(
        name: name, table: table, hash, note: "read as a \(kind.rawValue) file", limits: limits)
      return
    }
    if let reason = DataFile.strangeness(of: data) {
      throw CasebookError.unreadable(path: name, reason: reason)
    }
    let (bytes, encoding) = TextEncoding.utf8(data)
    self.init(name: name, table: bytes, hash, note: encoding, limits: limits)
  }

  private init(
    name: String, table: Data, _ hash: FileHash, note: String?, limits: ReadingLimits
  ) {
    let separator = DataFile.separator(of: table)
    let whole = separator == CSVReader.comma ? LineTails.removed(from: table) : nil
    let table = whole ?? table
    self.name = name
    self.hash = hash
    tables = [
      DataTable(name: name, hash: hash, bytes: table, separator: separator, limits: limits)
    ]
    notes = [note, DataFile.note(separator), whole.map { _ in LineTails.note }]
      .compactMap { $0.map { "\(name): \($0)" } }
  }

  private init(
    name: String, workbook: Data, _ hash: FileHash, _ limits: ReadingLimits
  ) throws {
    let sheets: [Workbook.Sheet]
    do { sheets = try Workbook(workbook, unpacked: limits.unpacked).sheets } catch {
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
        sheet: sheet.name, bytes: sheet.csv, separator: CSVReader.comma, colours: sheet.colours,
        limits: limits)
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

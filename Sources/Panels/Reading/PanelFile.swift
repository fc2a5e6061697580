public import Foundation
import Documents
import Tables

/// Reads a long CSV file, perhaps packed with gzip, into rows.
public enum PanelFile {
  /// Reads the columns that are asked for; the others are not looked at.
  ///
  /// A number that is empty, `NA`, `NaN`, `null` or `.` is absent.
  ///
  /// - Throws: `PanelError.unreadable`, or `PanelError.problems` with every problem of the file.
  public static func rows(of url: URL, _ columns: PanelColumns) throws -> PanelRows {
    guard let data = try? Data(contentsOf: url, options: .mappedIfSafe) else {
      throw PanelError.unreadable(path: url.relativePath, reason: "it is missing or not a file")
    }
    guard Gzip.isGzip(data) else { return try rows(in: data, file: url.relativePath, columns) }
    guard let unpacked = Gzip.unpack(data) else {
      throw PanelError.unreadable(
        path: url.relativePath, reason: "the gzip file is damaged, or larger than 1 GB unpacked")
    }
    return try rows(in: unpacked, file: url.relativePath, columns)
  }

  /// Reads the bytes of a file.
  ///
  /// - Throws: `PanelError.problems`.
  package static func rows(
    in data: Data, file: String, _ columns: PanelColumns
  ) throws -> PanelRows {
    var log = ProblemLog(file: file)
    let rows = data.withUnsafeBytes { raw -> PanelRows? in
      var reading = PanelReading(raw.bindMemory(to: UInt8.self), columns: columns, log: log)
      defer { log = reading.log }
      return reading.read() ? reading.rows() : nil
    }
    guard let rows, log.problems.isEmpty else { throw PanelError.problems(log.problems) }
    return rows
  }
}

/// The problems of one file in the making.
struct ProblemLog {
  let file: String
  private var listed: [Problem] = []
  private var unlisted = 0

  /// More problems than this are counted, not listed.
  static let limit = 200

  init(file: String) { self.file = file }

  var problems: [Problem] {
    guard unlisted > 0 else { return listed }
    return listed + [
      Problem(file: file, message: "has \(unlisted) more problems", advice: "correct these first")
    ]
  }

  mutating func report(
    row: Int?, column: String?, value: String? = nil, _ message: String, advice: String
  ) {
    guard listed.count < Self.limit else {
      unlisted += 1
      return
    }
    listed.append(
      Problem(
        file: file, place: row.map { .row($0, column: column) } ?? .file, value: value,
        message: message, advice: advice))
  }
}

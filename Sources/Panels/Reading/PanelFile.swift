public import Foundation
package import Documents
import Tables

/// Reads a long CSV file, perhaps packed with gzip, into rows.
public enum PanelFile {
  /// Reads the columns that are asked for; the others are not looked at.
  ///
  /// A number that is empty, `NA`, `NaN`, `null` or `.` is absent.
  ///
  /// - Throws: `PanelError.unreadable`, or `PanelError.problems` with every problem of the file.
  public static func rows(of url: URL, _ columns: PanelColumns) throws -> PanelRows {
    try rows(of: url, columns, limits: .standard)
  }

  /// The same, within other limits.
  package static func rows(
    of url: URL, _ columns: PanelColumns, limits: ReadingLimits
  ) throws -> PanelRows {
    let file = url.relativePath
    do {
      let data = try InputFile.contents(of: url, limits: limits)
      let table = Gzip.isGzip(data) ? try Gzip.unpack(data, limit: limits.unpacked) : data
      return try rows(in: table, file: file, columns, limits: limits)
    } catch let error as InputFileError {
      throw PanelError.unreadable(path: file, reason: error.explanation)
    } catch let error as GzipError {
      throw PanelError.unreadable(path: file, reason: "\(error)")
    }
  }

  /// Reads the bytes of a file.
  ///
  /// - Throws: `PanelError.problems`.
  package static func rows(
    in data: Data, file: String, _ columns: PanelColumns, limits: ReadingLimits = .standard
  ) throws -> PanelRows {
    var log = ProblemLog(file: file)
    let rows = data.withUnsafeBytes { raw -> PanelRows? in
      var reading = PanelReading(
        raw.bindMemory(to: UInt8.self), columns: columns, log: log, limits: limits)
      defer { log = reading.log }
      return reading.read() ? reading.rows() : nil
    }
    guard let rows, log.problems.isEmpty else { throw PanelError.problems(log.problems) }
    return rows
  }
}

package import Foundation
import Tables

/// A file of somebody else's data: a CSV table, perhaps packed with gzip.
package struct DataFile: Sendable {
  /// The name without folders.
  package let name: String
  /// The hash of the file as it lies on disk.
  package let sha256: String
  let bytes: Data

  /// Reads a file, and unpacks it when it is gzip.
  ///
  /// - Throws: `CasebookError.unreadable`.
  package init(contentsOf url: URL) throws {
    let data: Data
    do { data = try Data(contentsOf: url, options: .mappedIfSafe) } catch {
      throw CasebookError.unreadable(path: url.path, reason: "it is missing or not a file")
    }
    name = url.lastPathComponent
    sha256 = SHA256.hash(of: data)
    guard Gzip.isGzip(data) else {
      bytes = data
      return
    }
    guard let unpacked = Gzip.unpack(data) else {
      throw CasebookError.unreadable(path: url.path, reason: "the gzip file is damaged")
    }
    bytes = unpacked
  }

  /// Takes a text as a file.
  init(name: String, text: String) {
    self.name = name
    bytes = Data(text.utf8)
    sha256 = SHA256.hash(of: bytes)
  }

  /// The names in the header row.
  var columns: [String] {
    bytes.withUnsafeBytes { raw in
      let row = Row(raw.bindMemory(to: UInt8.self), file: name)
      return row.advance(nil) ? row.headerNames : []
    }
  }

  /// Reads the rows one by one, with the named columns in their order.
  ///
  /// - Throws: `CasebookError.problems` when a column is missing or a row is malformed.
  func forEachRow(_ names: [String], _ body: (Row, [Column]) -> Void) throws {
    let problems = bytes.withUnsafeBytes { raw -> [Problem] in
      let row = Row(raw.bindMemory(to: UInt8.self), file: name)
      guard row.advance(nil) else { return [Problem(file: name, message: "is empty", mend: nil)] }
      var header = Header(row.headerNames)
      let columns = names.map { header.required($0) }
      let missing = columns.filter { $0.place == nil }.map { column in
        let nearest = Suggestion.nearest(to: column.name, among: header.names)
        return Problem(
          file: name, place: .row(1, column: column.name), message: "the column is missing",
          mend: nearest.map { "the nearest is `\($0)`" } ?? "check that it is the right file")
      }
      guard missing.isEmpty else { return missing }
      while row.advance(header) {
        guard row.cells.count == header.names.count else {
          row.report(
            column: nil, "the row has \(row.cells.count) cells, the header \(header.names.count)",
            mend: "check that the file is whole")
          continue
        }
        body(row, columns)
      }
      return row.problems
    }
    guard problems.isEmpty else { throw CasebookError.problems(problems) }
  }
}

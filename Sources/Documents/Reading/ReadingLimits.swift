/// How much of a file from somebody else is read before it is refused.
///
/// Far more than any table of data needs, and little enough for the memory of a small machine. Who runs the
/// program can raise each limit; a file cannot.
package struct ReadingLimits: Hashable, Sendable {
  /// The bytes of a file as it lies on disk.
  package var file = 4 << 30
  /// The bytes that a packed file, or the sheets of a workbook, may unpack to.
  package var unpacked = 1 << 30
  /// The bytes of one row of a table.
  package var row = 16 << 20
  /// The bytes of one cell.
  package var cell = 1 << 20
  /// The cells of one row.
  package var columns = 1 << 16
  /// The reassignments and paths that a study or a scenario may ask for.
  package var draws = 100_000

  package init() {}

  package static let standard = ReadingLimits()
}

extension ReadingLimits {
  /// One limit, as somebody names it.
  package struct Named: Sendable {
    package let name: String
    /// What is counted.
    package let help: String
    package let path: any WritableKeyPath<ReadingLimits, Int> & Sendable
    package let bounds: Bounded<Int>
  }

  /// The limits by their names.
  package static let all = [
    Named(
      name: "file", help: "bytes of a file", path: \.file,
      // Rows are counted in 31 bits, and the shortest that says anything takes eight bytes.
      bounds: Bounded(1...(1 << 34))),
    Named(
      name: "unpacked", help: "bytes of what is packed in one", path: \.unpacked,
      bounds: Bounded(1...(1 << 34))),
    Named(
      name: "row", help: "bytes of a row", path: \.row, bounds: Bounded(1...(1 << 34))),
    Named(name: "cell", help: "bytes of a cell", path: \.cell, bounds: Bounded(1...(1 << 34))),
    Named(
      name: "columns", help: "cells of a row", path: \.columns, bounds: Bounded(1...(1 << 24))),
    Named(
      name: "draws", help: "draws that a study or scenario may ask for", path: \.draws,
      bounds: Bounded(99...10_000_000)),
  ]
}

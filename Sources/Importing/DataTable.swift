import Evidence
import Foundation
import Documents
import Tables

/// The columns that tell a table of somebody's data, and by which it is read.
struct Layout: Sendable {
  /// What the table holds, as messages call it: `votes`, `roll calls`.
  let what: String
  /// The columns that must be there.
  var columns: [String]
  /// The columns that are read when they are there; they come after the others.
  var optional: [String] = []
  /// How the name of the sheet starts, when a workbook has several with these columns.
  var sheet: String?
  /// The texts that stand for an empty cell, such as `..`.
  var missing: Set<String> = []
  /// How sentences below the table start, which are no rows.
  var footers: [String] = []
}

/// What becomes of rows that cannot be read.
package enum BadRows: Sendable {
  /// Nothing is imported unless every row is right.
  case refuse
  /// They are left out, and the audit lists each.
  case skip
}

/// One table of somebody's file: its rows as text, whatever the form of the file.
struct DataTable: Sendable {
  /// The file, and the sheet of a workbook: as messages call the table.
  let name: String
  /// The hash of the file that the table is in.
  let hash: FileHash
  /// The name of the sheet, when the file is a workbook.
  var sheet: String?
  let bytes: Data
  let separator: UInt8
  /// The cells of a sheet whose text has a colour other than black.
  let colours: [Workbook.CellPlace: Workbook.Colour]
  /// The names in the first rows, one of which is the header: every format looks for its own in them.
  private let firstRows: [[String]]
  private let limits: ReadingLimits
  /// What is wrong in the first rows, where one of them is larger than the limits.
  let problemsOfSize: [Problem]

  /// How many rows are searched for the header: some tables have sentences above it.
  private static let preamble = 40

  init(
    name: String, hash: FileHash, sheet: String? = nil, bytes: Data, separator: UInt8,
    colours: [Workbook.CellPlace: Workbook.Colour] = [:], limits: ReadingLimits = .standard
  ) {
    (self.name, self.hash, self.sheet) = (name, hash, sheet)
    (self.bytes, self.separator, self.colours) = (bytes, separator, colours)
    self.limits = limits
    (firstRows, problemsOfSize) = bytes.withUnsafeBytes { raw in
      let row = Row(
        raw.bindMemory(to: UInt8.self), file: name, separator: separator, limits: limits)
      var rows: [[String]] = []
      while rows.count < DataTable.preamble, row.advance(nil) {
        rows.append(row.headerNames.map(\.trimmed))
      }
      return (rows, row.isBeyondLimits ? row.problems : [])
    }
  }

  /// The names in the row that has all columns of a layout, and how many rows stand above it.
  struct Heading: Hashable, Sendable {
    let names: [String]
    let above: Int
  }

  /// Finds the header row of a layout; nil when no row has all its columns.
  func heading(_ layout: Layout) -> Heading? {
    if let prefix = layout.sheet, let sheet, !sheet.hasPrefix(prefix) { return nil }
    let above = firstRows.firstIndex { names in layout.columns.allSatisfy(names.contains) }
    return above.map { Heading(names: firstRows[$0], above: $0) }
  }

  /// The rows above the header of a layout, as lines.
  func lines(above layout: Layout) -> [String] {
    firstRows.prefix(heading(layout)?.above ?? 0).map { $0.joined(separator: ",") }
  }

  /// The names in that row among the first which has the most of some columns.
  func nearestNames(_ columns: [String]) -> [String] {
    let wanted = Set(columns)
    var most = -1
    var nearest: [String] = []
    for names in firstRows {
      let found = wanted.count { names.contains($0) }
      if found > most { (most, nearest) = (found, names) }
    }
    return nearest
  }

  /// Reads the rows below the header one by one; blank rows are passed over.
  ///
  /// A row is read by `read`, which gives nil for a row to pass over, and handed on to `place` only
  /// when all that was read in it was right.
  /// - Returns: what is wrong in the rows that were skipped.
  /// - Throws: `CasebookError.problems` when the table has not the layout, or a row is bad and bad
  ///   rows are refused.
  func forEachRow<T>(
    _ layout: Layout, badRows: BadRows, read: (Row, [Column]) -> T?, place: (T) -> Void
  ) throws -> [Problem] {
    guard let heading = heading(layout) else {
      throw CasebookError.problems(problems(of: layout))
    }
    let problems = bytes.withUnsafeBytes { raw -> [Problem] in
      let row = Row(
        raw.bindMemory(to: UInt8.self), file: name, separator: separator, missing: layout.missing,
        limits: limits, mostProblems: DataTable.mostSkipped)
      for _ in 0..<heading.above { _ = row.advance(nil) }
      _ = row.advance(nil)
      var header = Header(heading.names)
      let columns =
        layout.columns.map { header.required($0) } + layout.optional.map { header.optional($0) }
      let before = row.problemCount
      var known = before
      while row.advance(header) {
        guard row.problemCount == known, !row.isBlank, !row.isFooter(of: layout.footers),
          row.isAsWide(as: heading.names)
        else {
          known = row.problemCount
          continue
        }
        let record = read(row, columns)
        guard row.problemCount == known else {
          known = row.problemCount
          continue
        }
        if let record { place(record) }
      }
      return Array(row.problems.dropFirst(before))
    }
    let canSkip = badRows == .skip && problems.count <= DataTable.mostSkipped
    guard problems.isEmpty || canSkip else {
      throw CasebookError.problems(DataTable.shown(problems))
    }
    return problems
  }

  /// With more bad rows than these a file is not the one that was meant.
  private static let mostSkipped = 100_000

  /// The problems that a message shows: all rows of a wrong file are bad.
  ///
  /// What is wrong in the same way in several rows is said once, with how many they are.
  private static func shown(_ problems: [Problem]) -> [Problem] {
    let limit = 100
    let problems = problems.saidOnce
    guard problems.count > limit, let last = problems.last else { return problems }
    return problems.prefix(limit) + [
      Problem(
        file: last.file, message: "has \(problems.count - limit) more such problems",
        advice: "check that it is the right file, or skip bad rows")
    ]
  }

  /// The cells of a row, the first row of the file being 1, and how many rows were met; no cells
  /// past the end.
  func cells(ofRow number: Int) -> (cells: [String]?, count: Int) {
    bytes.withUnsafeBytes { raw in
      let row = Row(
        raw.bindMemory(to: UInt8.self), file: name, separator: separator, limits: limits)
      while row.number < number {
        guard row.advance(nil) else { return (nil, row.number) }
      }
      return (row.headerNames, row.number)
    }
  }

  /// How the advice of a missing column starts when another is near to it.
  static let nearest = "the nearest is "

  /// Says which columns of a layout the table lacks, each with the nearest name that it has.
  func problems(of layout: Layout) -> [Problem] {
    let names = nearestNames(layout.columns)
    guard names.contains(where: { !$0.isEmpty }) else {
      return [Problem(file: name, message: "is empty", advice: "check that it is the right file")]
    }
    let unknown = names.filter { !layout.columns.contains($0) && !$0.isEmpty }
    return layout.columns.filter { !names.contains($0) }.map { column in
      let nearest = Suggestion.nearest(to: column, among: unknown)
      return Problem(
        file: name, place: .row(1, column: column), message: "the column is missing",
        advice: nearest.map { "\(DataTable.nearest)`\($0)`" } ?? "check that it is the right file")
    }
  }
}

extension Row {
  /// Whether all cells are empty.
  var isBlank: Bool { cells.allSatisfy { $0.range.isEmpty } }

  /// Whether the row is a sentence below the table, which starts in one of some ways.
  func isFooter(of starts: [String]) -> Bool {
    guard !starts.isEmpty, cells.dropFirst().allSatisfy({ $0.range.isEmpty }) else {
      return false
    }
    let first = text(Column(name: "", place: 0, isRequired: false)) ?? ""
    return starts.contains { first.hasPrefix($0) }
  }

  /// Reports a row that has not as many cells as the header; empty ones after them are nothing.
  func isAsWide(as names: [String]) -> Bool {
    if cells.count == names.count { return true }
    if cells.count > names.count, cells[names.count...].allSatisfy({ $0.range.isEmpty }) {
      return true
    }
    report(
      column: nil, "the row has \(cells.count) cells, the header \(names.count)",
      advice: "check that the file is whole")
    return false
  }
}

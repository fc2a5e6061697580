import Evidence
import Documents

/// A way to bring one kind of somebody's files into a casebook.
package struct Importer: Sendable {
  /// One form in which the data set is handed out: the tables that it needs, and their reading.
  struct Form: Sendable {
    let layouts: [Layout]
    /// Reads the tables, given in the order of the layouts.
    let read: @Sendable (Import, [FoundTable], inout CasebookEdit) throws -> ImportReport
  }

  /// What a person calls the format on the command line.
  package let name: String
  /// What it brings, in a few words.
  package let summary: String
  let forms: [Form]
  /// Says what keeps files from having any of the forms, where the importer knows better than the
  /// forms do.
  var problems: @Sendable ([DataFile]) -> [Problem] = { _ in [] }
}

/// A table with the layout by which it was found, to be read as such.
struct FoundTable: Sendable {
  let table: DataTable
  let layout: Layout

  /// The names in the header row.
  var columns: [String] { table.heading(layout)?.names ?? [] }

  /// The lines above the header, such as a title; cells are parted by commas.
  var linesAbove: [String] { table.lines(above: layout) }

  /// From the first to the last of the years that rows speak of; no further than those asked for when
  /// they are more than a casebook takes.
  ///
  /// - Throws: `CasebookError.problems` when there is none, or more than a casebook takes and none asked for.
  func years(_ seen: some Sequence<Int>, asked: ClosedRange<Int>? = nil) throws -> ClosedRange<Int>
  {
    guard let first = seen.min(), let last = seen.max() else {
      throw CasebookError.problems([
        Problem(
          file: table.name, message: "holds no row of \(layout.what)",
          advice: "check that it is the right file")
      ])
    }
    if last - first < Import.mostYears { return first...last }
    if let asked { return (first...last).clamped(to: asked) }
    throw CasebookError.problems([
      Problem(
        file: table.name, value: "\(first) to \(last)",
        message: "are more than \(Import.mostYears) years of \(layout.what), with a row for each",
        advice: "check the first and the last, or choose years with --from and --to")
    ])
  }
}

extension CasebookError {
  /// The problems, when it is they that were thrown.
  var problems: [Problem]? {
    guard case .problems(let problems) = self else { return nil }
    return problems
  }
}

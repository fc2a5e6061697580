import Evidence
import Foundation
import Tables

extension Fulcrum {
  static let importData = Command(
    name: "import",
    summary: "Brings figures derived from public data into a casebook, with their source.",
    operands: "FORMAT FILE… --casebook DIR\n\nFORMAT is one of: "
      + ImportFormat.allCases.map(\.rawValue).joined(separator: ", ")
      + ". Nothing is written unless the casebook stays right.",
    options: [
      Command.option("--casebook", "DIR", "the casebook to write into"),
      Command.option("--actors", "A,B,C", "who gets rows; else every state but the counterparts"),
      Command.option("--from", "YEAR", "the first year; else the first in the files"),
      Command.option("--to", "YEAR", "the last year; else the last in the files"),
      Command.option("--counterpart", "A,B", "whom votes and ideal points are compared with"),
      Command.option("--accessed", "DATE", "the day the files were fetched; else today"),
      Command.option("--coder", "NAME", "who codes claims; else project"),
    ],
    run: { arguments in
      guard let name = arguments.operands.first else {
        throw arguments.failure("no format is named; write FORMAT FILE… --casebook DIR.")
      }
      guard let format = ImportFormat(rawValue: name) else {
        let question = Suggestion.question(for: name, among: ImportFormat.allCases.map(\.rawValue))
        throw arguments.failure("\(name) is no format; \(question ?? "see --help.")")
      }
      guard let folder = arguments["--casebook"] else {
        throw arguments.failure("--casebook is missing; name the folder to write into.")
      }
      let files = arguments.operands.dropFirst().map { URL(filePath: $0) }
      guard !files.isEmpty else { throw arguments.failure("no file is named; add it.") }
      let work = Import(
        format: format, actors: arguments.list("--actors")?.map { ActorID($0) },
        years: try years(arguments),
        counterparts: arguments.list("--counterpart")?.map { ActorID($0) } ?? [],
        accessed: try accessed(arguments), coder: arguments["--coder"] ?? "project")
      print(text(try work.run(Array(files), into: URL(filePath: folder))))
      return .clean
    })

  private static func years(_ arguments: Arguments) throws -> ClosedRange<Int>? {
    switch (try arguments.integer("--from"), try arguments.integer("--to")) {
    case (nil, nil): return nil
    case (let first?, let last?) where (1...9999).contains(first) && first <= last && last <= 9999:
      return first...last
    default: throw arguments.failure("--from and --to come together, the earlier first.")
    }
  }

  private static func accessed(_ arguments: Arguments) throws -> EDTFDate {
    do { return try EDTFDate(arguments["--accessed"] ?? today.description) } catch {
      throw arguments.failure("--accessed \(error)")
    }
  }

  /// Writes the audit of the join: what was read and placed, what was not and why.
  private static func text(_ report: ImportReport) -> String {
    var lines = [
      "\(report.files.joined(separator: ", "))",
      "  \(report.rowsRead) rows read, \(report.rowsPlaced) placed",
    ]
    for loss in report.losses {
      let shown = loss.codes.prefix(12).map { $0.isEmpty ? "(no code)" : $0 }.joined(separator: " ")
      let more = loss.codes.count > 12 ? " and \(loss.codes.count - 12) more" : ""
      lines.append("  \(loss.rows) not placed, \(loss.reason): \(shown)\(more)")
    }
    if !report.actorsWithoutRows.isEmpty {
      let names = report.actorsWithoutRows.map(\.rawValue).joined(separator: " ")
      lines.append("  no row at all for \(names): typed as absent, never as zero")
    }
    lines += report.notes.map { "  \($0)" }
    lines += report.changes.map { change in
      "\(change.table).csv: \(change.added) added, \(change.changed) changed, "
        + "\(change.unchanged) unchanged"
    }
    return lines.joined(separator: "\n")
  }
}

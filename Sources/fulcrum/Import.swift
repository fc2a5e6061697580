import Importing
import Evidence
import Foundation
import Documents

extension Fulcrum {
  static let importData = Command(
    name: "import",
    summary: "Brings figures derived from public data into a casebook, with their source.",
    operands:
      "[FORMAT] FILE… --casebook DIR\n\nFORMAT is told by the columns when it is not named:\n\n"
      + formats + "\n\nNothing is written unless the casebook stays right.",
    options: [
      Command.option("--casebook", "DIR", "the casebook to write into"),
      Command.option("--actors", "A,B,C", "who gets rows; else every state but the counterparts"),
      Command.option("--from", "YEAR", "the first year, with --to; else the first in the files"),
      Command.option("--to", "YEAR", "the last year, with --from; else the last in the files"),
      Command.option("--counterpart", "A,B", "whom votes and ideal points are compared with"),
      Command.option("--variables", "A,B", "columns or indicators to read; else the usual ones"),
      Command.option("--split", "A,B", "former unions whose rows are told of their successors"),
      Command.option("--sister", "FILE", "the same data in another form; says whom only one has"),
      Command.option("--accessed", "DATE", "the day the files were fetched; else today"),
      Command.option("--coder", "NAME", "who codes claims; else the first coder of the codebook"),
      Command.option("--sheet", "NAME", "the sheet of a workbook; else told by its columns"),
      Command.option("--mapping", "FILE", "what the columns of a generic table mean"),
      Command.flag("--template", "print a mapping file to fill in, and stop"),
      Command.flag("--skip-bad-rows", "leave out rows that cannot be read, and list them"),
    ],
    run: { arguments in
      if arguments.has("--template") {
        print(Mapping.template, terminator: "")
        return .clean
      }
      let (format, files) = try operands(arguments)
      guard let folder = arguments["--casebook"] else {
        throw arguments.failure("--casebook is missing; name the folder to write into.")
      }
      let work = Import(
        format: try mapped(arguments, format),
        actors: arguments.list("--actors")?.map { ActorID($0) },
        years: try years(arguments),
        counterparts: arguments.list("--counterpart")?.map { ActorID($0) } ?? [],
        accessed: try accessed(arguments), coder: arguments["--coder"],
        badRows: arguments.has("--skip-bad-rows") ? .skip : .refuse, sheet: arguments["--sheet"],
        split: arguments.list("--split")?.map { ActorID($0) } ?? [],
        variables: arguments.list("--variables"))
      let sister = arguments["--sister"].map { [URL(filePath: $0)] } ?? []
      print(text(try work.run(files, into: URL(filePath: folder), sister: sister)))
      return .clean
    })

  /// The format of the tables that a mapping describes, when one is named.
  private static func mapped(_ arguments: Arguments, _ format: Importer?) throws -> Importer? {
    guard let path = arguments["--mapping"] else { return format }
    guard format == nil || format?.name == "generic" else {
      throw arguments.failure("--mapping belongs to generic; name that format, or none.")
    }
    return Importer.generic(try Mapping(contentsOf: URL(filePath: path)))
  }

  private static var formats: String {
    let width = Importer.all.map(\.name.count).max() ?? 0
    return Importer.all.map { importer in
      let space = String(repeating: " ", count: width - importer.name.count + 2)
      return "  \(importer.name)\(space)\(importer.summary)"
    }.joined(separator: "\n")
  }

  /// Takes the first operand as a format when it names one, the others as files.
  private static func operands(_ arguments: Arguments) throws -> (Importer?, [URL]) {
    guard let first = arguments.operands.first else {
      throw arguments.failure("no file is named; write FILE… --casebook DIR.")
    }
    if let format = Importer.named(first) {
      let files = arguments.operands.dropFirst().map { URL(filePath: $0) }
      guard !files.isEmpty else { throw arguments.failure("no file is named; add it.") }
      return (format, files)
    }
    guard first.contains(".") || FileManager.default.fileExists(atPath: first) else {
      let names = Importer.all.map(\.name)
      let whole = names.first { $0.split(separator: "-").contains(first[...]) }
      let question =
        whole.map { "did you mean `\($0)`?" } ?? Suggestion.question(for: first, among: names)
      throw arguments.failure("\(first) is no format and no file; \(question ?? "see --help.")")
    }
    return (nil, arguments.operands.map { URL(filePath: $0) })
  }

  private static func years(_ arguments: Arguments) throws -> ClosedRange<Int>? {
    switch (try arguments.integer("--from"), try arguments.integer("--to")) {
    case (nil, nil): return nil
    case (let first?, let last?) where (1...9999).contains(first) && first <= last && last <= 9999:
      guard last - first < Import.mostYears else {
        throw arguments.failure("--from and --to span at most \(Import.mostYears) years.")
      }
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
    let told = report.isRecognised ? "\(report.format), told by its columns" : report.format
    var lines = [
      "\(report.files.joined(separator: ", ")): \(told)",
      "  \(Fulcrum.counted(report.rowsRead, "row")) read, \(report.rowsPlaced) placed",
    ]
    lines += report.losses.map { "  \($0.rows) not placed, \($0.reason): \(shown($0.codes))" }
    lines += report.duplicates.map { "  \($0.rows) again, \($0.reason): \(shown($0.codes))" }
    if !report.skipped.isEmpty {
      lines.append("  \(report.rowsSkipped) skipped, which cannot be read:")
      lines += report.skipped.map { "    \($0)" }
    }
    if !report.actorsWithoutRows.isEmpty {
      let names = report.actorsWithoutRows.map(\.rawValue).joined(separator: " ")
      let isSeries = report.changes.contains { $0.table.hasPrefix("series") }
      let meaning = isSeries ? ": typed as absent, never as zero" : ", which is no zero"
      lines.append("  no row at all for \(names)\(meaning)")
    }
    lines += report.differences.flatMap(text)
    if let claims = report.claims { lines += text(claims) }
    lines += report.sister.map(text) ?? []
    lines += report.publishedAgreement.flatMap(text)
    if !report.alike.isEmpty {
      let pairs = report.alike.map { alike in
        "    \(alike.claim) and \(alike.others.map(\.rawValue).joined(separator: ", "))"
      }
      lines.append(
        "  may tell of one fact with claims of other sources, and count twice until a person gives them "
          + "one:")
      lines += pairs
    }
    lines += report.importOnly.map { "  \($0): not to be handed on, nor figures made of it" }
    lines += report.notes.map { "  \($0)" }
    lines += report.changes.map { change in
      "\(change.table).csv: \(change.added) added, \(change.changed) changed, "
        + "\(change.unchanged) unchanged"
    }
    return lines.joined(separator: "\n")
  }

  /// Writes what a newer release says otherwise than the older one.
  private static func text(_ difference: VintageDifference) -> [String] {
    let same = Fulcrum.counted(difference.same, "value")
    var lines = [
      "  \(difference.variable) against the older release: \(same) the same, "
        + "\(difference.changed) changed, \(difference.added) new, \(difference.gone) gone"
    ]
    if let most = difference.largest {
      lines.append(
        "    the largest change: \(most.actor) \(most.period), \(most.before) → \(most.after)")
    }
    lines += moved(lost: difference.actorsLost, gained: difference.actorsGained)
    return lines
  }

  /// Writes which records a newer release repeats, corrects, adds and no longer lists.
  private static func text(_ difference: ClaimDifference) -> [String] {
    let named: [(what: String, ids: [ClaimID])] = [
      ("corrected", difference.changed.map(\.before)), ("new", difference.added),
      ("no longer listed, and withdrawn", difference.gone),
      ("not listed, and left standing", difference.standing),
    ]
    return [
      "  claims against the older release: \(difference.same) the same, "
        + "\(difference.changed.count) changed, \(difference.added.count) new, "
        + "\(difference.gone.count) gone"
    ]
      + named.filter { !$0.ids.isEmpty }.map { "    \($0.what): \(shown($0.ids.map(\.rawValue)))" }
      + moved(lost: difference.actorsLost, gained: difference.actorsGained)
  }

  /// Writes how published agreement differs from what was counted, and why.
  private static func text(_ agreement: PublishedAgreement) -> [String] {
    let correlation = agreement.correlation.map { ", r \(String(format: "%.6f", $0))" } ?? ""
    let rows = agreement.differing
    let count = rows.isEmpty ? "none differs" : "\(rows.count) differ\(rows.count == 1 ? "s" : "")"
    let line =
      "  \(agreement.published) beside \(agreement.counted): \(Fulcrum.counted(agreement.values, "value")) of "
      + "both\(correlation), \(count)"
    guard !rows.isEmpty else { return [line] }
    let years = Set(rows.map(\.period)).sorted().map(String.init).joined(separator: " ")
    let most = rows.map { abs($0.counted - $0.published) }.max() ?? 0
    let reason =
      agreement.isContested
      ? []
      : ["    the table leaves out roll calls in which all voted alike; the audit has each row"]
    return [line + ", by \(String(format: "%.4f", most)) at most, in \(years)"] + reason
  }

  /// Writes whom only one of two tables has.
  private static func text(_ difference: SisterDifference) -> [String] {
    let moved = moved(lost: difference.actorsLost, gained: difference.actorsGained)
    let files = difference.files.joined(separator: ", ")
    let neither = difference.actorsInNeither.map(\.rawValue).joined(separator: " ")
    return ["  against \(files): " + (moved.isEmpty ? "the same actors" : "other actors")] + moved
      + (neither.isEmpty ? [] : ["    actors in neither: \(neither)"])
  }

  private static func moved(lost: [ActorID], gained: [ActorID]) -> [String] {
    [("lost", lost), ("gained", gained)].filter { !$0.1.isEmpty }.map { what, actors in
      "    actors \(what): \(actors.map(\.rawValue).joined(separator: " "))"
    }
  }

  private static func shown(_ codes: [String]) -> String {
    let shown = codes.prefix(12).map { $0.isEmpty ? "(no code)" : $0 }.joined(separator: " ")
    return codes.count > 12 ? "\(shown) and \(codes.count - 12) more" : shown
  }
}

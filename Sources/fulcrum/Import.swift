import Importing
import Evidence
import Foundation
import Documents

enum ImportCommand {
  private static let files = Operand(any: "FILE")
  private static let casebook = Option(
    "--casebook", .folder, help: "the casebook to write to")
  private static let actors = Option(
    "--actors", .list(of: "actors"), otherwise: "every state except the counterparts",
    help: "the actors that get rows")
  private static let from = Option(
    "--from", .whole(1...9999), otherwise: "the first in the files",
    help: "the first year, together with --to")
  private static let to = Option(
    "--to", .whole(1...9999), otherwise: "the last in the files",
    help: "the last year, together with --from")
  private static let counterpart = Option(
    "--counterpart", .list(of: "actors"), help: "whom votes and ideal points are compared with")
  private static let variables = Option(
    "--variables", .list(of: "columns"), otherwise: "the usual ones",
    help: "the columns or indicators to read")
  private static let split = Option(
    "--split", .list(of: "actors"),
    help: "former unions whose rows also count for their successors")
  private static let sister = Option(
    "--sister", .file, help: "the same data in another form; lists actors that only one has")
  private static let accessed = Option(
    "--accessed", .date, otherwise: "today", help: "the day the files were downloaded")
  private static let coder = Option(
    "--coder", .text.named("NAME"), otherwise: "the first of the codebook",
    help: "the coder of the claims")
  private static let sheet = Option(
    "--sheet", .text.named("NAME"), otherwise: "detected from its columns",
    help: "the sheet of a workbook")
  private static let mapping = Option(
    "--mapping", .file, help: "what the columns of a generic table mean")
  private static let template = Option(
    "--template", help: "print a mapping file to fill in, and stop")
  private static let skipBadRows = Option(
    "--skip-bad-rows", help: "leave out rows that cannot be read, and list them")

  static let command = Command(
    name: "import",
    summary: "Imports figures from public data into a casebook, with their source.",
    details: """
      The format is detected from the columns if you do not name it. Nothing is written unless the \
      casebook stays valid.
      """,
    operands: [files],
    options: [
      casebook, actors, from, to, counterpart, variables, split, sister, accessed, coder, sheet,
      mapping, template, skipBadRows, Shared.limits,
    ],
    topics: Topics(
      placeholder: "FORMAT", all: Importer.all.map { Topic(name: $0.name, summary: $0.summary) },
      missing: misspeltFormat),
    run: run)

  private static func run(_ arguments: Arguments) throws -> ExitCode {
    if arguments[template] {
      try Output.write(Mapping.template)
      return .clean
    }
    guard !arguments[files].isEmpty else {
      throw arguments.failure("expected at least one argument, FILE; got none.")
    }
    let folder = try arguments.required(casebook)
    var work = Import(
      format: try format(arguments), actors: arguments[actors].map(ids),
      years: try years(arguments), counterparts: arguments[counterpart].map(ids) ?? [],
      accessed: try arguments[accessed] ?? EDTFDate(Fulcrum.today.description),
      coder: arguments[coder], badRows: arguments[skipBadRows] ? .skip : .refuse,
      sheet: arguments[sheet], split: arguments[split].map(ids) ?? [],
      variables: arguments[variables], limits: arguments[Shared.limits])
    work.today = Fulcrum.latestToday
    work.check = { try Casebook.checkQuestions(before: $0, after: $1) }
    let report = try work.run(
      arguments[files].map { URL(filePath: $0) }, into: URL(filePath: folder),
      sister: arguments[sister].map { [URL(filePath: $0)] } ?? [])
    try Output.line(ImportText(report).text)
    return .clean
  }

  private static func ids(_ words: [String]) -> [ActorID] { words.map { ActorID($0) } }

  /// The format that is named, or the one that a mapping describes.
  private static func format(_ arguments: Arguments) throws -> Importer? {
    let format = arguments.topic.flatMap { Importer.named($0.name) }
    guard let path = arguments[mapping] else { return format }
    guard format == nil || format?.name == "generic" else {
      throw arguments.failure("--mapping belongs to generic; name that format, or none.")
    }
    return Importer.generic(try Mapping(contentsOf: URL(filePath: path)))
  }

  /// Says what a first word that is neither a format nor a file was probably meant to be.
  private static func misspeltFormat(_ words: SplitWords) -> String? {
    guard let first = words.operands.first, !first.contains("."),
      !FileManager.default.fileExists(atPath: first)
    else { return nil }
    let names = Importer.all.map(\.name)
    let whole = names.first { $0.split(separator: "-").contains(first[...]) }
    let question =
      whole.map { "did you mean `\($0)`?" } ?? Suggestion.question(for: first, among: names)
    return "`\(first)` is neither a format nor a file; \(question ?? "see --help.")"
  }

  private static func years(_ arguments: Arguments) throws -> ClosedRange<Int>? {
    switch (arguments[from], arguments[to]) {
    case (nil, nil): return nil
    case (let first?, let last?) where first <= last:
      guard last - first < Import.mostYears else {
        throw arguments.failure("--from and --to span at most \(Import.mostYears) years.")
      }
      return first...last
    default: throw arguments.failure("--from and --to come together, the earlier first.")
    }
  }
}

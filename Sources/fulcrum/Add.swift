import Evidence
import Foundation
import Publishing
import Studies
import Documents

enum AddCommand {
  private static let casebook = Option(
    required: "--casebook", .folder, help: "the casebook to write to")

  static let command = Command(
    name: "add",
    summary: "Adds one checked row to a casebook, and shows which outcomes it changes.",
    details: """
      Each column of the row's table is an option; on a terminal, missing ones are asked for. The id, \
      the fact, the coder and the day of a claim are filled in if you leave them out. Nothing is \
      written unless the whole casebook stays valid.
      """,
    options: [casebook, Shared.threads, Shared.limits],
    topics: Topics(
      placeholder: "KIND", all: AddedRow.Kind.allCases.map(topic), isRequired: true,
      missing: missingKind),
    run: run)

  /// A kind of row, whose options are the columns of its table.
  private static func topic(_ kind: AddedRow.Kind) -> Topic {
    Topic(
      name: kind.rawValue, summary: "a row of \(kind.table).csv",
      options: kind.columns.map(option))
  }

  /// The option that stands for a column.
  private static func option(_ column: FieldSchema) -> Option<String?> {
    var type = OptionType.anyText
    type.remark = column.isRequired ? "required" : nil
    return Option(
      option(named: column.name), type, help: column.help)
  }

  private static func option(named column: String) -> String {
    "--" + column.replacing("_", with: "-")
  }

  /// Says which kinds there are, where none or an unknown one is named.
  private static func missingKind(_ words: SplitWords) -> String? {
    let known = AddedRow.Kind.allCases.map(\.rawValue)
    guard let word = words.operands.first else {
      return "expected one argument, KIND; got none. KIND is \(alternatives(known))."
    }
    let advice = Suggestion.question(for: word, among: known) ?? "use \(alternatives(known))."
    return "unknown kind of row `\(word)`; \(advice)"
  }

  private static func run(_ arguments: Arguments) throws -> ExitCode {
    guard let kind = arguments.topic.flatMap({ AddedRow.Kind(rawValue: $0.name) }) else {
      throw arguments.failure("a kind of row is missing.")
    }
    let folder = arguments[casebook]
    var cells: [String: String] = [:]
    for column in kind.columns { cells[column.name] = arguments[option(column)] }
    let added = try added(
      kind, cells, toFolder: folder, limits: arguments[Shared.limits])
    try Output.line("\(kind.table).csv: added \(added.row.cells["id"] ?? "a row").")
    try Output.show(
      changes(kind, from: added.before, to: added.after, threads: arguments[Shared.threads]))
    return .clean
  }

  /// A row that stands in a casebook, and the casebook without it and with it.
  private struct Addition {
    let row: AddedRow
    /// The cells that were given or typed, without those that the program fills in.
    let cells: [String: String]
    let changed: [String: Data]
    let before: Casebook
    let after: Casebook
  }

  /// Adds a row to the casebook in a folder; what a person typed is said again where that fails.
  private static func added(
    _ kind: AddedRow.Kind, _ given: [String: String], toFolder path: String,
    limits: ReadingLimits
  ) throws -> Addition {
    var typed: [String: String]?
    do {
      let folder = URL(filePath: path, directoryHint: .isDirectory)
      return try CasebookFiles.change(
        in: folder, for: "fulcrum add \(kind.rawValue)", limits: limits
      ) { files in
        let addition = try added(kind, given, to: files)
        if addition.cells != given { typed = addition.cells }
        try Casebook.checkQuestions(before: addition.before, after: addition.after)
        return (addition.changed, addition)
      }
    } catch {
      guard let typed else { throw error }
      throw Failure(
        message: "\(Fulcrum.message(of: error))\nThe row that you typed, as a command:\n  "
          + command(kind, typed, path),
        code: Fulcrum.exitCode(of: error))
    }
  }

  /// The command line that adds a row, for a shell.
  private static func command(
    _ kind: AddedRow.Kind, _ cells: [String: String], _ path: String
  ) -> String {
    func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
    let options = kind.columns.compactMap { column in
      cells[column.name].map { "\(option(named: column.name))=\(quoted($0))" }
    }
    return (["fulcrum add \(kind.rawValue) --casebook=\(quoted(path))"] + options)
      .joined(separator: " ")
  }

  /// Checks the row and gives the files that it changes; asks again for what is wrong on a terminal.
  private static func added(
    _ kind: AddedRow.Kind, _ given: [String: String], to files: CasebookFiles
  ) throws -> Addition {
    let casebook = try Casebook(files: files)
    let questions =
      isatty(STDIN_FILENO) == 1 ? Questions(kind, casebook, today: Fulcrum.today) : nil
    var cells = given
    if let questions {
      guard let answers = questions.asked(given) else { throw Questions.ended }
      cells = answers
    }
    while true {
      let row = AddedRow(kind, cells: cells).completed(
        in: casebook, today: Fulcrum.today.description)
      do {
        try checkMissing(kind, row, casebook)
        let (changed, after) = try row.added(to: files, today: Fulcrum.latestToday)
        return Addition(row: row, cells: cells, changed: changed, before: casebook, after: after)
      } catch CasebookError.problems(let problems) {
        let lines = problems.map { line($0, kind, casebook) }
        let wrong = problems.compactMap { problem -> String? in
          if case .row(_, let column) = problem.place { column } else { nil }
        }.filter { cells[$0] != nil }
        guard let questions, !wrong.isEmpty else {
          throw Failure(
            message: (lines + ["Nothing was written."]).joined(separator: "\n"), code: .problems)
        }
        Output.complain(lines.joined(separator: "\n"))
        for column in wrong { cells[column] = nil }
        guard let again = questions.asked(cells, only: wrong) else { throw Questions.ended }
        cells = again
      }
    }
  }

  /// A problem of the row by its option, since the row stands in no file yet; with the words that the
  /// casebook has where nothing is near to the one given.
  private static func line(
    _ problem: Problem, _ kind: AddedRow.Kind, _ casebook: Casebook
  ) -> String {
    guard case .row(_, let column?) = problem.place else { return problem.description }
    let words = kind.columns.first { $0.name == column }?.words(in: casebook) ?? []
    guard let value = problem.value, (1...60).contains(words.count), !words.contains(value),
      Suggestion.nearest(to: value, among: words) == nil,
      problem.advice?.contains(" one of ") != true
    else { return "\(option(named: column)): \(problem.sentence)" }
    let known = Problem(
      file: problem.file, place: problem.place, value: value, message: problem.message,
      advice: (["use one of \(words.joined(separator: ", "))"] + [problem.advice].compactMap(\.self))
        .joined(separator: ", or "))
    return "\(option(named: column)): \(known.sentence)"
  }

  private static func checkMissing(
    _ kind: AddedRow.Kind, _ row: AddedRow, _ casebook: Casebook
  ) throws {
    // A claim's names are made from its actor and instrument once those are there.
    let made = kind == .claim ? ["id", "fact"] : []
    let missing = kind.columns.filter {
      $0.isRequired && row.cells[$0.name] == nil && !made.contains($0.name)
    }
    guard missing.isEmpty else {
      throw Failure(
        message: missing.map { column in
          let words = column.words(in: casebook)
          let choice =
            words.isEmpty
            ? column.hint.map { ", \($0)" } ?? "" : ", one of \(words.joined(separator: ", "))"
          return
            "fulcrum add \(kind.rawValue): \(option(named: column.name)) is missing; give it\(choice)."
        }.joined(separator: "\n"), code: .problems)
    }
  }

  /// What the row changes in each study of the casebook that can be read.
  private static func changes(
    _ kind: AddedRow.Kind, from old: Casebook, to new: Casebook, threads: Int
  ) throws -> String {
    try new.studies.sorted { $0.key < $1.key }.map { name, file in
      let study = try Study(contentsOf: file, for: new)
      let moves = try study.moves(from: old, to: new, threads: threads)
      let isByItself = kind == .claim || !moves.isEmpty
      let text =
        isByItself
        ? MoveText(moves, of: study, in: new).text : "It changes no outcome by itself.\n"
      return "\nStudy \(name).\n\(text)"
    }.joined()
  }
}

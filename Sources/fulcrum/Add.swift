import Evidence
import Foundation
import Publishing
import Studies
import Documents

extension Fulcrum {
  static let add = Command(
    name: "add",
    summary: "Adds one checked row to a casebook, and says which outcomes it moves.",
    operands: "KIND --casebook DIR [--COLUMN VALUE …]\n\n"
      + "KIND is one of: " + AddedRow.Kind.allCases.map(\.rawValue).joined(separator: ", ") + ".\n"
      + "Each column of its table is an option; on a terminal, what is missing is asked for.\n"
      + "A claim's name, fact, coder and day are filled in where they are not given.\n"
      + "Nothing is written unless the whole casebook stays right.",
    options: [
      Command.option("--casebook", "DIR", "the casebook to write into"),
      Command.option("--threads", "N", "how many threads; all processors unless given"),
    ] + columnOptions,
    run: { arguments in
      guard let word = arguments.operands.first, arguments.operands.count == 1 else {
        throw arguments.failure("it takes one kind of row, such as claim; see --help.")
      }
      guard let kind = AddedRow.Kind(rawValue: word) else {
        let known = AddedRow.Kind.allCases.map(\.rawValue)
        let advice =
          Suggestion.question(for: word, among: known)
          ?? "it adds \(known.joined(separator: ", "))."
        throw arguments.failure("\(word) is no kind of row; \(advice)")
      }
      guard let path = arguments["--casebook"] else {
        throw arguments.failure("--casebook is missing; name the folder to write into.")
      }
      let files = try CasebookFiles(in: URL(filePath: path, directoryHint: .isDirectory))
      let casebook = try Casebook(files: files)
      let (row, changed) = try added(kind, try cells(kind, arguments), to: files, casebook)
      let threads =
        try arguments.integer("--threads") ?? ProcessInfo.processInfo.activeProcessorCount
      let new = try Casebook(files: files.replacing(changed))
      try files.write(changed)
      print("\(kind.table).csv: added \(row.cells["id"] ?? "a row").")
      print(try moves(kind, from: casebook, to: new, threads: max(1, threads)), terminator: "")
      return .clean
    })

  /// The options that stand for columns, those of all kinds of row together.
  private static var columnOptions: [Command.Option] {
    var kinds: [String: [String]] = [:]
    var names: [String] = []
    for kind in AddedRow.Kind.allCases.sorted(by: { $0 == .claim && $1 != .claim }) {
      for column in kind.columns {
        if kinds[column.name] == nil { names.append(column.name) }
        kinds[column.name, default: []].append(kind.rawValue + (column.isRequired ? "*" : ""))
      }
    }
    return names.map { name in
      Command.option(option(name), "TEXT", kinds[name, default: []].joined(separator: ", "))
    }
  }

  private static func option(_ column: String) -> String { "--" + column.replacing("_", with: "-") }

  /// The row that the options name.
  ///
  /// - Throws: `Failure` for an option that is no column of the table.
  private static func cells(_ kind: AddedRow.Kind, _ arguments: Arguments) throws -> [String:
    String]
  {
    let columns = Set(kind.columns.map { option($0.name) })
    let others = columnOptions.map(\.name).filter { arguments[$0] != nil && !columns.contains($0) }
    guard others.isEmpty else {
      throw arguments.failure(
        "\(others.joined(separator: ", ")) is no column of \(kind.table).csv; leave it out.")
    }
    var cells: [String: String] = [:]
    for column in kind.columns { cells[column.name] = arguments[option(column.name)] }
    return cells
  }

  /// Checks the row and gives the files that it changes; asks again for what is wrong on a terminal.
  private static func added(
    _ kind: AddedRow.Kind, _ given: [String: String], to files: CasebookFiles, _ casebook: Casebook
  ) throws -> (row: AddedRow, changed: [String: Data]) {
    let questions = isatty(STDIN_FILENO) == 1 ? Questions(kind, casebook, today: today) : nil
    var cells = given
    if let questions {
      guard let answers = questions.asked(given) else { throw Questions.ended }
      cells = answers
    }
    while true {
      let row = AddedRow(kind, cells: cells).completed(in: casebook, today: today.description)
      do {
        try checkMissing(kind, row, casebook)
        return (row, try row.added(to: files))
      } catch CasebookError.problems(let problems) {
        let lines = problems.map { line($0, kind, casebook) }
        let wrong = problems.compactMap { problem -> String? in
          if case .row(_, let column) = problem.place { column } else { nil }
        }.filter { cells[$0] != nil }
        guard let questions, !wrong.isEmpty else {
          throw Failure(
            message: (lines + ["Nothing was written."]).joined(separator: "\n"), code: .problems)
        }
        complain(lines.joined(separator: "\n"))
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
    else { return "\(option(column)): \(problem.sentence)" }
    let known = Problem(
      file: problem.file, place: problem.place, value: value, message: problem.message,
      advice: (["use one of \(words.joined(separator: ", "))"] + [problem.advice].compactMap(\.self))
        .joined(separator: ", or "))
    return "\(option(column)): \(known.sentence)"
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
            ? column.form.map { ", \($0)" } ?? "" : ", one of \(words.joined(separator: ", "))"
          return
            "fulcrum add \(kind.rawValue): \(option(column.name)) is missing; give it\(choice)."
        }.joined(separator: "\n"), code: .problems)
    }
  }

  /// What the change moves in each study of the casebook that can be read.
  private static func moves(
    _ kind: AddedRow.Kind, from old: Casebook, to new: Casebook, threads: Int
  ) throws -> String {
    try new.studies.sorted { $0.key < $1.key }.map { name, file in
      let study = try Study(contentsOf: file, for: new)
      let moves = try study.moves(from: old, to: new, threads: threads)
      let isByItself = kind == .claim || !moves.isEmpty
      let text =
        isByItself
        ? MoveText(moves, of: study, in: new).text : "It moves no outcome by itself.\n"
      return "\nStudy \(name).\n\(text)"
    }.joined()
  }
}

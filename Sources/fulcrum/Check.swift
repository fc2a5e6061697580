import Evidence
import Foundation
import Documents

enum CheckCommand {
  private static let folder = Operand("DIR", completion: .folders)
  private static let json = Option("--json", help: "print the problems as JSON")

  static let command = Command(
    name: "check",
    summary: "Reads a casebook, its studies and its scenarios, and reports every problem in them.",
    operands: [folder],
    options: [Shared.limits, json],
    run: run)

  private static func run(_ arguments: Arguments) throws -> ExitCode {
    let report: String
    let problems: [Problem]
    do {
      let casebook = try arguments.readCasebook(
        at: arguments[folder], today: Fulcrum.latestToday)
      problems = try casebook.problemsOfQuestions()
      report = problems.isEmpty ? summary(of: casebook) : text(problems)
    } catch CasebookError.problems(let found) {
      problems = found
      report = text(problems)
    }
    if arguments[json] {
      try Output.write(jsonText(problems) + "\n")
    } else {
      try Output.line(report)
    }
    return problems.isEmpty ? .clean : .problems
  }

  /// Says what a casebook without problems holds.
  private static func summary(of casebook: Casebook) -> String {
    let counts = [
      (casebook.actors.count, "actor"), (casebook.sources.count, "source"),
      (casebook.claims.count, "claim"), (casebook.facts.count, "fact"),
      (casebook.series.count, "series value"),
    ]
    return """
      \(casebook.id) \(casebook.version): no problems.
      \(counts.map { Fulcrum.counted($0, $1) }.joined(separator: ", ")).
      sha256 \(casebook.sha256)
      """ + missingRoles(of: casebook.codebook)
  }

  /// Says what the program takes no word of the codebook for; nothing where no role is missing.
  private static func missingRoles(of codebook: Codebook) -> String {
    let missing = codebook.missingRoles
    guard !missing.isEmpty else { return "" }
    let lines = missing.map { role in
      "  \(role.rawValue) (\(role.vocabulary)): \(role.meaning)"
    }
    return """


      Note: no word of codebook.yaml has these roles, so nothing is taken for one. Add `roles: [role]`
      to words that mean it; a casebook without such words needs none.
      \(lines.joined(separator: "\n"))
      """
  }

  /// Lists problems under the file that they are in.
  private static func text(_ problems: [Problem]) -> String {
    var lines: [String] = []
    var file: String?
    for problem in problems {
      if problem.file != file {
        if file != nil { lines.append("") }
        lines.append(problem.file)
        file = problem.file
      }
      let place = problem.place.description
      lines.append("  \(place.isEmpty ? "" : place + ": ")\(problem.sentence)")
    }
    let files = Set(problems.map(\.file)).count
    lines += [
      "", "\(Fulcrum.counted(problems.count, "problem")) in \(Fulcrum.counted(files, "file")).",
    ]
    return lines.joined(separator: "\n")
  }

  private static func jsonText(_ problems: [Problem]) throws -> String {
    struct Report: Encodable {
      let problems: [Problem]
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(Report(problems: problems)), as: UTF8.self)
  }
}

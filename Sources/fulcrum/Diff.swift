import Documents
import Evidence
import Foundation
import Publishing
import Studies

enum DiffCommand {
  private static let before = Operand("A")
  private static let after = Operand("B")
  private static let casebook = Option(
    "--casebook", .folder, otherwise: "the built-in one", help: "the casebook of the days")
  private static let json = Option("--json", help: "print the steps as JSON instead of a table")

  static let command = Command(
    name: "diff",
    summary: "Explains step by step how an answer changed between two days or two casebooks.",
    details: "A and B are days, such as 2026-11-23, or folders of casebooks.",
    operands: [before, after],
    options: [casebook, Shared.study, Shared.threads, Shared.limits, json],
    run: run)

  private static func run(_ arguments: Arguments) throws -> ExitCode {
    let (before, after) = (arguments[before], arguments[after])
    let difference = try AnswerDifference(
      from: side(before, arguments), to: side(after, arguments),
      threads: arguments[Shared.threads])
    if arguments[json] {
      try Output.write(difference.text(from: before, to: after))
    } else {
      try Output.show(
        DifferenceText(difference, from: before, to: after).text(isColoured: Output.isTerminal))
    }
    return .clean
  }

  /// The study and the casebook of a folder, or of a day of one.
  private static func side(
    _ name: String, _ arguments: Arguments
  ) throws -> (study: Study, casebook: Casebook) {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: name, isDirectory: &isFolder), isFolder.boolValue {
      let (casebook, study) = try arguments.readStudy(in: name)
      return (study, casebook)
    }
    guard let date = try? EDTFDate(name) else {
      throw arguments.failure(
        "`\(name)` is neither a day nor a folder; write a day such as 2026-11-23, or name the folder "
          + "of a casebook.")
    }
    let (casebook, study) = try arguments.readStudy(in: arguments[Self.casebook])
    return (study, try arguments.asKnown(casebook, on: date.latest))
  }
}

import Documents
import Evidence
import Foundation
import Publishing
import Studies

extension Fulcrum {
  static let diff = Command(
    name: "diff",
    summary: "Explains how an answer changed between two days or two casebooks, step by step.",
    operands: "A B [--casebook DIR] [--study ID]\n\n"
      + "A and B are days, such as 2026-11-23, or folders of casebooks.",
    options: [
      Command.option("--casebook", "DIR", "the casebook of days; the built-in one unless given"),
      Command.option("--study", "ID", "the study; not needed where the casebook has one only"),
      Command.option("--threads", "N", "how many threads; all processors unless given"),
      Command.flag("--json", "print the steps as JSON instead of a table"),
    ],
    run: { arguments in
      let names = try arguments.operands("A", "B")
      let sides = try names.map { try side($0, arguments) }
      let difference = try AnswerDifference(
        from: sides[0], to: sides[1], threads: try arguments.threads())
      print(
        arguments.has("--json")
          ? difference.text(from: names[0], to: names[1])
          : DifferenceText(difference, from: names[0], to: names[1]).text(isColoured: isTerminal),
        terminator: "")
      return .clean
    })

  /// The study and the casebook of a folder, or of a day of one.
  private static func side(
    _ name: String, _ arguments: Arguments
  ) throws -> (study: Study, casebook: Casebook) {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: name, isDirectory: &isFolder), isFolder.boolValue {
      let (casebook, study) = try asked(arguments, casebook: name)
      return (study, casebook)
    }
    guard let date = try? EDTFDate(name) else {
      throw arguments.failure(
        "\(name) is no day and no folder; write a day as 2026-11-23, or name a casebook's folder.")
    }
    let (casebook, study) = try asked(arguments, casebook: arguments["--casebook"])
    return (study, try asKnown(casebook, on: date.latest, arguments))
  }
}

import Importing
import Evidence
import Foundation
import Publishing
import Studies

enum TraceCommand {
  private static let id = Operand("ID")
  private static let texts = Option(
    "--texts", .folder, help: "texts of sources, found by their hash, to show the passages")

  static let command = Command(
    name: "trace",
    summary: "Follows a claim, fact, series value or outcome both ways.",
    details: "ID is a claim, a fact, an outcome or a series value as variable/actor/period.",
    operands: [id],
    options: [
      Shared.casebookOption, Shared.study, Shared.asKnownOn, texts, Shared.names, Shared.threads,
      Shared.limits,
    ],
    run: run)

  private static func run(_ arguments: Arguments) throws -> ExitCode {
    let texts = try arguments[texts].map { try SourceTexts(in: URL(filePath: $0)) }
    let casebook = try arguments.readCasebook(at: arguments[Shared.casebookOption])
    let known = try arguments.known(casebook)
    let file = try arguments.studyFile(in: casebook)
    let text: String
    do {
      let answer = try Study(contentsOf: file, for: casebook).answer(
        from: known, threads: arguments[Shared.threads])
      text = try TraceText(answer, texts: texts).text(of: arguments[id])
    } catch let problem where !(problem is PublishingError) {
      // What rests on evidence only can be followed all the same.
      guard let rest = try? TraceText(unanswered: known, texts: texts).text(of: arguments[id])
      else { throw problem }
      text = rest
    }
    try Output.show(text)
    return .clean
  }
}

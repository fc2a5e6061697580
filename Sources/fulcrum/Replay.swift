import Documents
import Evidence
import Foundation
import Publishing
import Scenarios
import Studies

enum ReplayCommand {
  private static let draws = Option(
    "--draws", .whole(99...1_000_000), default: 2000, help: "draws of each accession")

  static let command = Command(
    name: "replay",
    summary: "Projects every past accession from earlier data, and compares with what happened.",
    operands: [Shared.casebook],
    options: [
      Shared.study, Shared.asKnownOn, Shared.names, draws, Shared.threads, Shared.limits,
      Shared.json,
    ],
    run: run)

  private static func run(_ arguments: Arguments) throws -> ExitCode {
    let (casebook, study) = try arguments.readStudy(in: arguments[Shared.casebook])
    let threads = arguments[Shared.threads]
    let answer = try study.answer(from: arguments.known(casebook), threads: threads)
    let replays = answer.channels.flatMap(\.outcomes).flatMap {
      $0.replays(draws: arguments[draws], seed: study.seed, threads: threads)
    }
    if arguments[Shared.json] {
      try Output.write(replays.jsonText)
    } else {
      let isColoured = Output.isTerminal
      let text = ReplayText(replays, of: answer).text(isColoured: isColoured)
      try Output.show(answer.casebook.noting(text, isColoured: isColoured))
    }
    return .clean
  }
}

import Documents
import Evidence
import Foundation
import Publishing
import Scenarios
import Studies

extension Fulcrum {
  static let replay = Command(
    name: "replay",
    summary: "Projects every past accession from earlier data, and compares with what came.",
    operands: "[CASEBOOK] [--study ID] [--json]",
    options: [
      Command.option("--study", "ID", "the study; not needed where the casebook has one only"),
      namesOption,
      Command.option("--draws", "N", "how many draws of each accession; 2000 unless given"),
      Command.option("--threads", "N", "how many threads; all processors unless given"),
      Command.flag("--json", "print JSON instead of the text"),
    ],
    run: { arguments in
      let path = try arguments.casebook()
      let draws = try arguments.integer("--draws") ?? 2_000
      guard draws >= 99 else { throw arguments.failure("--draws takes a number from 99.") }
      let answer = try answered(arguments, casebook: path)
      let threads = try arguments.threads()
      let replays = answer.channels.flatMap(\.outcomes).flatMap {
        $0.replays(draws: draws, seed: answer.study.seed, threads: threads)
      }
      let text = ReplayText(replays, of: answer).text(isColoured: isTerminal)
      print(
        arguments.has("--json")
          ? replays.jsonText : answer.casebook.noting(text, isColoured: isTerminal),
        terminator: "")
      return .clean
    })
}

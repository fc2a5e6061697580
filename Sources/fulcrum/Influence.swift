import Evidence
import Foundation
import Publishing
import Studies

extension Fulcrum {
  static let influence = Command(
    name: "influence",
    summary: "Leaves out each claim, source, state and period in turn, and answers again.",
    operands: "[CASEBOOK] [--study ID] [--channel ID]",
    options: [
      Command.option("--study", "ID", "the study; not needed where the casebook has one only"),
      namesOption,
      Command.option("--channel", "ID", "the only channel to look at; all unless given"),
      Command.option("--draws", "N", "how many reassignments each p rests on; 1000 unless given"),
      Command.flag("--estimates", "estimates only: no p and no verdict, in a second"),
      Command.option("--threads", "N", "how many threads; all processors unless given"),
      Command.flag("--json", "print the key influence of answer.json instead of the text"),
    ],
    run: { arguments in
      let path = try arguments.casebook()
      let draws = try arguments.integer("--draws") ?? 1_000
      guard draws >= 99 else { throw arguments.failure("--draws takes a number from 99.") }
      let (plain, study) = try asked(arguments, casebook: path)
      let casebook = try named(plain, arguments)
      let influence = try study.influence(
        in: casebook, channel: arguments["--channel"].map { ChannelID($0) },
        draws: arguments.has("--estimates") ? nil : draws, threads: try arguments.threads())
      print(
        arguments.has("--json")
          ? influence.text
          : casebook.noting(
            InfluenceText(influence, casebook: casebook).text(isColoured: isTerminal),
            isColoured: isTerminal),
        terminator: "")
      return .clean
    })
}

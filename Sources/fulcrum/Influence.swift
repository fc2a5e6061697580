import Evidence
import Foundation
import Publishing
import Studies

enum InfluenceCommand {
  private static let channel = Option(
    "--channel", .id, otherwise: "all", help: "the only channel to look at")
  private static let draws = Option(
    "--draws", .whole(99...1_000_000), default: 1000, help: "reassignments for each p-value")
  private static let estimates = Option(
    "--estimates", help: "only the estimates, without p-values and verdicts: takes a second")
  private static let json = Option(
    "--json", help: "print the key influence of answer.json instead of the text")

  static let command = Command(
    name: "influence",
    summary: "Leaves out each claim, source, state and period in turn, and answers again.",
    operands: [Shared.casebook],
    options: [
      Shared.study, Shared.names, channel, draws, estimates, Shared.threads, Shared.limits, json,
      Shared.noProgress,
    ],
    run: run)

  private static func run(_ arguments: Arguments) throws -> ExitCode {
    let (casebook, study) = try arguments.readNamedStudy(in: arguments[Shared.casebook])
    let progress = Progress("influence", of: "steps", isQuiet: arguments[Shared.noProgress])
    let influence = try study.influence(
      in: casebook, channel: arguments[channel].map { ChannelID($0) },
      draws: arguments[estimates] ? nil : arguments[draws], threads: arguments[Shared.threads],
      progress: progress.show)
    progress.end()
    if arguments[json] {
      try Output.write(influence.text)
    } else {
      let isColoured = Output.isTerminal
      try Output.show(
        casebook.noting(
          InfluenceText(influence, casebook: casebook).text(isColoured: isColoured),
          isColoured: isColoured))
    }
    return .clean
  }
}

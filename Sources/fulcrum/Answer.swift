import Documents
import Evidence
import Foundation
import Publishing
import Scenarios
import Studies

enum AnswerCommand {
  private static let out = Option(
    "--out", .folder, default: "answer", help: "the folder for the dossier")
  private static let multiverse = Option(
    "--multiverse", help: "add the results under all defensible choices")
  private static let scenarios = Option(
    "--scenarios", help: "add the casebook's scenarios, and how past projections performed")
  private static let influence = Option(
    "--influence", help: "add the answer without each piece of evidence in turn")
  private static let json = Option(
    "--json", help: "print answer.json instead of the text, and write no files")

  static let command = Command(
    name: "answer",
    summary: "Answers a study and writes its dossier.",
    operands: [Shared.casebook],
    options: [
      Shared.study, Shared.asKnownOn, Shared.names, out, Shared.threads, multiverse, scenarios,
      influence, Shared.limits, json, Shared.quiet,
    ],
    run: run)

  private static func run(_ arguments: Arguments) throws -> ExitCode {
    let (casebook, study) = try arguments.readStudy(in: arguments[Shared.casebook])
    let answer = try study.answer(
      from: arguments.known(casebook), threads: arguments[Shared.threads])
    let dossier = try dossier(answer, arguments)
    if arguments[json] {
      try Output.write(dossier.json)
      return .clean
    }
    let folder = URL(filePath: arguments[out], directoryHint: .isDirectory)
    try dossier.write(to: folder)
    if !arguments[Shared.quiet] {
      try Output.show(text(dossier))
      try Output.line("\nWritten to \(folder.relativePath): dossier.html, answer.json, panels.")
    }
    return .clean
  }

  /// The answer as text, with the multiverses and the influence that the dossier has.
  private static func text(_ dossier: Dossier) -> String {
    let isColoured = Output.isTerminal
    var parts = [TerminalAnswer(dossier.answer).text(isColoured: isColoured)]
    parts += (dossier.multiverses ?? []).map { MultiverseText($0).text(isColoured: isColoured) }
    if let influence = dossier.influence {
      parts.append(
        InfluenceText(influence, casebook: dossier.answer.casebook).text(isColoured: isColoured))
    }
    return parts.joined(separator: "\n")
  }

  /// The dossier of an answer, with what else the arguments ask for.
  private static func dossier(_ answer: Answer, _ arguments: Arguments) throws -> Dossier {
    var dossier = Dossier(answer, version: Fulcrum.version, resources: .ofProgram)
    let threads = arguments[Shared.threads]
    if arguments[multiverse] {
      dossier.multiverses = try answer.study.channels.flatMap(\.outcomes).filter(\.isHeadline).map {
        var run = try MultiverseRun(
          answer.study, outcome: $0.id, from: answer.casebook, threads: threads)
        try run.advance(by: run.total)
        return run.multiverse()
      }
    }
    dossier.supplement = try supplement(
      answer, draws: arguments[scenarios] ? 2_000 : nil, threads: threads)
    if arguments[influence] {
      let progress = Progress("influence", of: "steps", isQuiet: arguments[Shared.quiet])
      dossier.influence = try answer.study.influence(
        in: answer.casebook, threads: threads, progress: progress.show)
      progress.end()
    }
    return dossier
  }

  /// What stands beside an answer: waits and exposures where the casebook has any; scenarios, and as many
  /// draws of each past accession, when draws are asked for.
  private static func supplement(
    _ answer: Answer, draws: Int?, threads: Int
  ) throws -> Supplement {
    let (casebook, study) = (answer.casebook, answer.study)
    var supplement = Supplement()
    if let day = answer.asKnownOn ?? casebook.lastRecorded {
      let outlook = Outlook(of: study.treatment.organisation, in: casebook, asKnownOn: day)
      if !outlook.stages.isEmpty { supplement.outlook = outlook }
      let exposures = try Supplement.Exposures(of: study, in: casebook, year: day.year)
      if !exposures.isEmpty { supplement.exposures = exposures }
    }
    guard let draws else { return supplement }
    supplement.projections = try casebook.scenarios.sorted { $0.key < $1.key }
      .map { try Scenario(contentsOf: $0.value, for: casebook) }
      .filter { $0.study == study.id }.map { Projection($0, from: answer, threads: threads) }
    supplement.replays = answer.channels.flatMap(\.outcomes).flatMap {
      $0.replays(draws: draws, seed: study.seed, threads: threads)
    }
    return supplement
  }
}

import Documents
import Evidence
import Foundation
import Publishing
import Scenarios
import Studies

extension Fulcrum {
  static let answer = Command(
    name: "answer",
    summary: "Answers a study and writes its dossier.",
    operands: "[CASEBOOK] [--study ID] [--as-known-on DATE] [--out DIR]",
    options: [
      Command.option("--study", "ID", "the study; not needed where the casebook has one only"),
      Command.option("--as-known-on", "DATE", "answer from what was recorded by the end of a day"),
      namesOption,
      Command.option("--out", "DIR", "where the dossier goes; answer/ unless given"),
      Command.option("--threads", "N", "how many threads; all processors unless given"),
      Command.flag("--multiverse", "add what all defensible choices say, as the multiverse does"),
      Command.flag("--scenarios", "add the casebook's scenarios, and how projections did before"),
      Command.flag("--influence", "add the answer without each piece of evidence in turn"),
      Command.flag("--json", "print answer.json instead of the text, and write nothing"),
      Command.flag("--quiet", "print nothing but errors"),
    ],
    run: { arguments in
      let path = try arguments.casebook()
      let answer = try answered(arguments, casebook: path)
      let dossier = try dossier(answer, arguments)
      if arguments.has("--json") {
        print(dossier.json, terminator: "")
        return .clean
      }
      let folder = URL(filePath: arguments["--out"] ?? "answer", directoryHint: .isDirectory)
      try dossier.write(to: folder)
      if !arguments.has("--quiet") {
        print(TerminalAnswer(answer).text(isColoured: isTerminal), terminator: "")
        for multiverse in dossier.multiverses ?? [] {
          print("\n" + MultiverseText(multiverse).text(isColoured: isTerminal), terminator: "")
        }
        if let influence = dossier.influence {
          print(
            "\n" + InfluenceText(influence, casebook: answer.casebook).text(isColoured: isTerminal),
            terminator: "")
        }
        print("\nWritten to \(folder.relativePath): dossier.html, answer.json, panels.")
      }
      return .clean
    })

  /// The dossier of an answer, with what else the arguments ask for.
  private static func dossier(_ answer: Answer, _ arguments: Arguments) throws -> Dossier {
    var dossier = Dossier(answer, version: version, resources: .ofProgram)
    let threads = try arguments.threads()
    if arguments.has("--multiverse") {
      dossier.multiverses = try answer.study.channels.flatMap(\.outcomes).filter(\.isHeadline).map {
        var run = try MultiverseRun(
          answer.study, outcome: $0.id, from: answer.casebook, threads: threads)
        try run.advance(by: run.total)
        return run.multiverse()
      }
    }
    dossier.supplement = try supplement(
      answer, draws: arguments.has("--scenarios") ? 2_000 : nil, threads: threads)
    if arguments.has("--influence") {
      dossier.influence = try answer.study.influence(in: answer.casebook, threads: threads)
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

  /// Reads the casebook and the study that the arguments name, and answers it.
  static func answered(_ arguments: Arguments, casebook path: String?) throws -> Answer {
    let (casebook, study) = try asked(arguments, casebook: path)
    return try study.answer(from: known(casebook, arguments), threads: arguments.threads())
  }

  /// The casebook as known on the day, and with the names, that the arguments choose.
  static func known(_ casebook: Casebook, _ arguments: Arguments) throws -> Casebook {
    try named(asKnown(casebook, arguments), arguments)
  }

  static let namesOption = Command.option(
    "--names", "STYLE", "how actors are named: neutral, or a style of the codebook")

  /// The casebook with its actors named in the style that the arguments choose.
  static func named(_ casebook: Casebook, _ arguments: Arguments) throws -> Casebook {
    try casebook.named(by: arguments["--names"] ?? HouseStyle.neutral)
  }

  /// Reads a casebook; the built-in one when none is named.
  static func casebook(at path: String?) throws -> Casebook {
    let folder = path.map { URL(filePath: $0, directoryHint: .isDirectory) }
    return try Casebook(contentsOf: folder ?? Casebook.westernBalkans)
  }

  /// Reads the casebook and the study that the arguments name.
  static func asked(
    _ arguments: Arguments, casebook path: String?
  ) throws -> (casebook: Casebook, study: Study) {
    let casebook = try casebook(at: path)
    let file = try studyFile(arguments, in: casebook)
    return (casebook, try Study(contentsOf: file, for: casebook))
  }

  /// The casebook as known on the day that the arguments name; all of it when they name none.
  private static func asKnown(_ casebook: Casebook, _ arguments: Arguments) throws -> Casebook {
    guard let text = arguments["--as-known-on"] else { return casebook }
    let date: EDTFDate
    do { date = try EDTFDate(text) } catch {
      throw arguments.failure("--as-known-on \(error)")
    }
    return try asKnown(casebook, on: date.latest, arguments)
  }

  /// The casebook as known on a day, by which something must have been recorded.
  static func asKnown(
    _ casebook: Casebook, on day: Day, _ arguments: Arguments
  ) throws -> Casebook {
    let earlier = casebook.asKnown(on: day)
    guard !earlier.claims.isEmpty || !earlier.series.isEmpty else {
      let first = casebook.firstRecorded.map { "the first record is of \($0)" }
      throw arguments.failure(
        "nothing was recorded by \(day); "
          + "\(first ?? "the casebook has no claim and no series value").",
        code: .problems)
    }
    return earlier
  }

  /// The file of the study that the arguments name, or of the only one.
  static func studyFile(_ arguments: Arguments, in casebook: Casebook) throws -> URL {
    let known = casebook.studies.keys.sorted()
    if let name = arguments["--study"] {
      guard let file = casebook.studies[name] else {
        throw StudyError.unknownStudy(name, known: known)
      }
      return file
    }
    guard let only = known.first, known.count == 1, let file = casebook.studies[only] else {
      throw arguments.failure(
        known.isEmpty
          ? "the casebook has no study; write one in its studies/."
          : "the casebook has several studies; choose one with --study: "
            + known.joined(separator: ", ") + ".",
        code: .problems)
    }
    return file
  }

  /// Whether a person reads the output.
  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
}

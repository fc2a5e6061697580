import Documents
import Evidence
import Foundation
import Publishing
import Scenarios
import Studies

enum ScenarioCommand {
  private static let scenario = Operand(optional: "ID|FILE", completion: .files)
  private static let csv = Option(
    "--csv", help: "print the bands of every year as CSV instead of the text")

  static let command = Command(
    name: "scenario",
    summary: "Projects what an assumed accession would change, and what not.",
    details:
      "ID is a file in the casebook's scenarios/, without `.yaml`; without ID they are listed.",
    operands: [scenario],
    options: [
      Shared.casebookOption, Shared.names, Shared.threads, Shared.limits, Shared.json, csv,
    ],
    run: run)

  private static func run(_ arguments: Arguments) throws -> ExitCode {
    let casebook = try arguments.readCasebook(at: arguments[Shared.casebookOption])
      .named(by: arguments[Shared.names])
    guard let name = arguments[scenario] else {
      try Output.line(listing(casebook))
      return .clean
    }
    let scenario = try Scenario(contentsOf: scenarioFile(name, casebook), for: casebook)
    guard let file = casebook.studies[scenario.study] else {
      throw StudyError.unknownStudy(scenario.study, known: casebook.studies.keys.sorted())
    }
    let threads = arguments[Shared.threads]
    let answer = try Study(contentsOf: file, for: casebook).answer(from: casebook, threads: threads)
    let projection = Projection(scenario, from: answer, threads: threads)
    if arguments[Shared.json] || arguments[csv] {
      try Output.write(
        arguments[csv] ? projection.table : projection.jsonText(in: casebook))
    } else {
      try Output.show(text(projection, casebook))
    }
    return .clean
  }

  private static func text(_ projection: Projection, _ casebook: Casebook) -> String {
    let isColoured = Output.isTerminal
    return casebook.noting(
      ScenarioText(projection, casebook: casebook).text(isColoured: isColoured),
      isColoured: isColoured)
  }

  private static func scenarioFile(_ name: String, _ casebook: Casebook) throws -> URL {
    if let file = casebook.scenarios[name] { return file }
    if name.hasSuffix(".yaml") { return URL(filePath: name) }
    throw ScenarioError.unknownScenario(name, known: casebook.scenarios.keys.sorted())
  }

  private static func listing(_ casebook: Casebook) -> String {
    let names = casebook.scenarios.keys.sorted()
    return names.isEmpty
      ? "The casebook has no scenario; write one in its scenarios/."
      : "Scenarios of the casebook: \(names.joined(separator: ", "))."
  }
}

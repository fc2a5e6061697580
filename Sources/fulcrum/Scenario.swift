import Documents
import Evidence
import Foundation
import Publishing
import Scenarios
import Studies

extension Fulcrum {
  static let scenario = Command(
    name: "scenario",
    summary: "Projects what an assumed accession would change, and what not.",
    operands: "ID|FILE [--casebook DIR] [--json | --csv]\n\n"
      + "ID is a file in the casebook's scenarios/ without `.yaml`; without one they are listed.",
    options: [
      Command.option("--casebook", "DIR", "the casebook; the built-in one unless given"),
      namesOption,
      Command.option("--threads", "N", "how many threads; all processors unless given"),
      Command.flag("--json", "print JSON instead of the text"),
      Command.flag("--csv", "print every year's bands as CSV instead of the text"),
    ],
    run: { arguments in
      let casebook = try named(casebook(at: arguments["--casebook"]), arguments)
      guard let name = arguments.operands.first else {
        print(listing(casebook))
        return .clean
      }
      _ = try arguments.operands("ID|FILE")
      let scenario = try Scenario(contentsOf: scenarioFile(name, casebook), for: casebook)
      guard let file = casebook.studies[scenario.study] else {
        throw StudyError.unknownStudy(scenario.study, known: casebook.studies.keys.sorted())
      }
      let threads = try arguments.threads()
      let answer = try Study(contentsOf: file, for: casebook).answer(
        from: casebook, threads: threads)
      let projection = Projection(scenario, from: answer, threads: threads)
      let text =
        arguments.has("--json")
        ? projection.jsonText(in: casebook)
        : arguments.has("--csv")
          ? projection.table
          : casebook.noting(
            ScenarioText(projection, casebook: casebook).text(isColoured: isTerminal),
            isColoured: isTerminal)
      print(text, terminator: "")
      return .clean
    })

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

import Evidence
import Foundation

extension Fulcrum {
  static let initialise = Command(
    name: "init",
    summary: "Starts a casebook for a question of your own.",
    operands: "DIR [--organisation ID] [--counterpart ID] [--states A,B,C]\n\n"
      + "Writes valid, empty tables, a codebook and a study to fill in. What the built-in casebook\n"
      + "knows of the states (names, dates, codes) comes along; others are named by their ids.",
    options: [
      Command.option(
        "--title", "TEXT", "the title of the casebook; the folder's name unless given"),
      Command.option("--question", "TEXT", "the question of its first study"),
      Command.option(
        "--organisation", "ID", "whose joining is the treatment; ALLIANCE unless given"),
      Command.option("--counterpart", "ID", "the power dealt with; POWER unless given"),
      Command.option("--states", "A,B,C", "the states to compare, by id, such as ALB,MKD"),
      Command.option("--periods", "YEARS", "first and last year, such as 1992-2024"),
    ],
    run: { arguments in
      let folder = URL(filePath: try arguments.operands("DIR")[0], directoryHint: .isDirectory)
      let organisation = arguments["--organisation"] ?? "ALLIANCE"
      let counterpart = arguments["--counterpart"] ?? "POWER"
      let casebook = NewCasebook(
        title: arguments["--title"] ?? folder.lastPathComponent,
        question: arguments["--question"]
          ?? "Did joining \(organisation) change how states engage with \(counterpart)?",
        counterpart: ActorID(counterpart), organisation: ActorID(organisation),
        states: (arguments.list("--states") ?? []).map { ActorID($0) },
        periods: try periods(arguments))
      try casebook.write(to: folder)
      print(nextSteps(arguments.operands[0], hasStates: !casebook.states.isEmpty))
      return .clean
    })

  private static func periods(_ arguments: Arguments) throws -> ClosedRange<Int> {
    let text = arguments["--periods"] ?? "1992-2024"
    let years = text.split(separator: "-").compactMap { Int($0) }
    guard years.count == 2, years[0] < years[1], years.allSatisfy((1000...2999).contains) else {
      throw arguments.failure("--periods \(text) is no span; write two years such as 1992-2024.")
    }
    return years[0]...years[1]
  }

  private static func nextSteps(_ path: String, hasStates: Bool) -> String {
    let states = hasStates ? "" : "\n  fulcrum add actor --casebook \(path)        name the states"
    return """
      Written to \(path): empty tables, codebook.yaml and studies/question.yaml.

      Next:\(states)
        fulcrum add membership --casebook \(path)   say who joined, and when
        fulcrum add source --casebook \(path)       name a document
        fulcrum add claim --casebook \(path)        say what it says
        fulcrum check \(path)                       find every problem
        fulcrum answer \(path)                      answer the question
      """
  }
}

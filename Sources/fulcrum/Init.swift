import Evidence
import Foundation

enum InitCommand {
  private static let folder = Operand("DIR", completion: .folders)
  private static let title = Option(
    "--title", .text, otherwise: "the name of the folder", help: "the title of the casebook")
  private static let question = Option(
    "--question", .text, otherwise: "whether joining changed the dealings",
    help: "the question of its first study")
  private static let organisation = Option(
    "--organisation", .id, default: "ALLIANCE",
    help: "the organisation that states join: the treatment")
  private static let counterpart = Option(
    "--counterpart", .id, default: "POWER", help: "the power that they deal with")
  private static let states = Option(
    "--states", .list(of: "ids"), help: "the states to compare, by id, such as ALB,MKD")
  private static let periods = Option(
    "--periods", .years, default: 1992...2024, help: "the first and the last year")

  static let command = Command(
    name: "init",
    summary: "Starts a casebook for a question of your own.",
    details: """
      Writes valid, empty tables, a codebook and a study to fill in. What the built-in casebook knows \
      of the states (names, dates, codes) is copied; other states are named by their ids.
      """,
    operands: [folder],
    options: [title, question, organisation, counterpart, states, periods],
    run: run)

  private static func run(_ arguments: Arguments) throws -> ExitCode {
    let path = arguments[folder]
    let folder = URL(filePath: path, directoryHint: .isDirectory)
    let (organisation, counterpart) = (arguments[organisation], arguments[counterpart])
    let casebook = NewCasebook(
      title: arguments[title] ?? folder.lastPathComponent,
      question: arguments[question]
        ?? "Did joining \(organisation) change how states engage with \(counterpart)?",
      counterpart: ActorID(counterpart), organisation: ActorID(organisation),
      states: (arguments[states] ?? []).map { ActorID($0) }, periods: arguments[periods])
    try casebook.write(to: folder)
    try Output.line(nextSteps(path, hasStates: !casebook.states.isEmpty))
    return .clean
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

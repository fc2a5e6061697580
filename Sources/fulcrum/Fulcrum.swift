import Evidence
import Foundation
import Indicators
import Panels
import Publishing
import Scenarios
import Studies
import Documents

/// The program: one command per file.
@main
struct Fulcrum {
  static let version = "0.2.0"

  /// The commands in the order of the help.
  static let commands: [Command] = [
    AnswerCommand.command, ServeCommand.command, EstimateCommand.command,
    MultiverseCommand.command, InfluenceCommand.command, DiffCommand.command,
    ScenarioCommand.command, ReplayCommand.command, OutlookCommand.command,
    ExposureCommand.command, TraceCommand.command, CheckCommand.command, InitCommand.command,
    AddCommand.command, ImportCommand.command, AgreementCommand.command,
    CompletionCommand.command, ManualCommand.command,
  ]

  static func main() {
    Output.holdClosedStreams()
    Output.failBeyondLimits()
    let code: ExitCode
    do { code = try run(GivenWords.checked()) } catch {
      Output.complain(message(of: error))
      code = exitCode(of: error)
    }
    exit(code.rawValue)
  }

  /// What a person reads of an error.
  static func message(of error: any Error) -> String {
    (error as? Failure)?.message ?? sentence(of: error)
  }

  /// Problems in the input are corrected there; all else could not be read or written.
  static func exitCode(of error: any Error) -> ExitCode {
    switch error {
    case let failure as Failure: failure.code
    case PanelError.problems, PanelError.tooLarge, CasebookError.problems, is StudyError,
      is ScenarioError,
      is IndicatorError, PublishingError.unknownID:
      .problems
    default: .unreadable
    }
  }

  /// Finds the command that the first word names, and runs it with the others.
  static func run(_ words: [String]) throws -> ExitCode {
    guard let name = words.first else {
      Output.complain(HelpText.program(commands))
      return .unreadable
    }
    if let help = try helpText(words) {
      try Output.line(help)
      return .clean
    }
    if name == "--version" {
      try Output.line("fulcrum \(version)")
      return .clean
    }
    let command = try command(name)
    return try command.run(Arguments(words.dropFirst(), for: command))
  }

  /// The help that a command line asks for; nil where it asks for none.
  static func helpText(_ words: [String]) throws -> String? {
    guard let name = words.first, name != "--version" else { return nil }
    if ["--help", "-h", "help"].contains(name) { return try help(Array(words.dropFirst())) }
    let command = try command(name)
    var split = try SplitWords(words.dropFirst(), for: command)
    guard split.asksForHelp else { return nil }
    return split.takeTopic().map { HelpText.topic($0, of: command) } ?? HelpText.command(command)
  }

  /// The help of the program, of a command, or of a topic of one.
  private static func help(_ words: [String]) throws -> String {
    guard let name = words.first else { return HelpText.program(commands) }
    let command = try command(name)
    guard words.count > 1, !command.topics.all.isEmpty else { return HelpText.command(command) }
    guard let topic = command.topics.all.first(where: { $0.name == words[1] }) else {
      let question = Suggestion.question(for: words[1], among: command.topics.all.map(\.name))
      throw Failure(
        message:
          "fulcrum help: unknown \(command.topics.placeholder.lowercased()) `\(words[1])` of "
          + "`\(name)`; \(question ?? "see `fulcrum \(name) --help`.")")
    }
    return HelpText.topic(topic, of: command)
  }

  private static func command(_ name: String) throws -> Command {
    if let command = commands.first(where: { $0.name == name }) { return command }
    let question = Suggestion.question(for: name, among: commands.map(\.name))
    throw Failure(
      message: "fulcrum: unknown command `\(name)`; \(question ?? "see `fulcrum --help`.")")
  }

  /// The day on which the program runs, by the reader's clock.
  static var today: Day { day(in: Calendar(identifier: .gregorian)) }

  /// The day where on Earth it is latest: what has not begun there is in the future everywhere.
  static var latestToday: Day {
    var calendar = Calendar(identifier: .gregorian)
    if let zone = TimeZone(secondsFromGMT: 14 * 3600) { calendar.timeZone = zone }
    return day(in: calendar)
  }

  private static func day(in calendar: Calendar) -> Day {
    let now = calendar.dateComponents([.year, .month, .day], from: .now)
    return Day(year: now.year ?? 0, month: now.month ?? 1, day: now.day ?? 1)
  }

  /// A number with what it counts, one or several.
  static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}

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
  static let version = "0.1.0"

  /// The commands in the order of the help.
  static let commands: [Command] = [
    answer, serve, estimate, multiverse, influence, diff, scenario, replay, outlook, exposure,
    trace, check, initialise, add, importData, agreement,
  ]

  static func main() {
    let words = Array(CommandLine.arguments.dropFirst())
    let code: ExitCode
    do { code = try run(words) } catch {
      complain((error as? Failure)?.message ?? "\(error)")
      code = exitCode(of: error)
    }
    exit(code.rawValue)
  }

  /// Problems in the input are corrected there; all else could not be read or written.
  private static func exitCode(of error: any Error) -> ExitCode {
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
      complain(help)
      return .unreadable
    }
    switch name {
    case "--help", "-h", "help":
      if let topic = words.dropFirst().first {
        print(help(of: try command(topic)))
      } else {
        print(help)
      }
      return .clean
    case "--version":
      print("fulcrum \(version)")
      return .clean
    default:
      let command = try command(name)
      let arguments = try Arguments(words.dropFirst(), for: command)
      if arguments.has("--help") {
        print(help(of: command))
        return .clean
      }
      return try command.run(arguments)
    }
  }

  private static func command(_ name: String) throws -> Command {
    if let command = commands.first(where: { $0.name == name }) { return command }
    let question = Suggestion.question(for: name, among: commands.map(\.name))
    throw Failure(
      message: "fulcrum: \(name) is no command; \(question ?? "see fulcrum --help.")")
  }

  /// Writes a line for the person, apart from the output.
  static func complain(_ text: String) {
    FileHandle.standardError.write(Data("\(text)\n".utf8))
  }

  /// The day on which the program runs, by the reader's clock.
  static var today: Day {
    let now = Calendar(identifier: .gregorian).dateComponents([.year, .month, .day], from: .now)
    return Day(year: now.year ?? 0, month: now.month ?? 1, day: now.day ?? 1)
  }

  // MARK: Help

  private static var help: String {
    """
    fulcrum: from sourced evidence to a causal answer, with its uncertainty.

    usage: fulcrum COMMAND …

    \(aligned(commands.map { ($0.name, $0.summary) }))

      fulcrum COMMAND --help   what a command takes
      fulcrum --version        the version

    Exit codes: 0 clean, 1 problems in the input, 2 cannot be read or written.
    """
  }

  private static func help(of command: Command) -> String {
    let options =
      command.options.map { ($0.name + ($0.value.map { " \($0)" } ?? ""), $0.help) }
      + [("--help", "show this")]
    return """
      \(command.summary)

      usage: fulcrum \(command.name) \(command.operands)

      \(aligned(options))
      """
  }

  /// A number with what it counts, one or several.
  static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  /// Two columns of words, one row on each line.
  static func aligned(_ rows: [(String, String)], indent: Int = 2) -> String {
    let width = rows.map(\.0.count).max() ?? 0
    let margin = String(repeating: " ", count: indent)
    return rows.map { name, text in
      "\(margin)\(name)\(String(repeating: " ", count: width - name.count + 2))\(text)"
    }.joined(separator: "\n")
  }
}

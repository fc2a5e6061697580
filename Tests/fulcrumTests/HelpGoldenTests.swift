import Foundation
import Testing

@testable import fulcrum

/// What `--help` prints, compared with the files in `Golden/`; `make golden` rewrites them.
@Suite struct HelpGoldenTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden", directoryHint: .isDirectory)
  private static let isRewriting =
    ProcessInfo.processInfo.environment["FULCRUM_GOLDEN"] == "rewrite"

  /// The words before `--help`, of the program, each command and each topic of one.
  private static let asked: [[String]] =
    [[]]
    + Fulcrum.commands.flatMap { command in
      [[command.name]]
        + command.topics.all.map { topic in
          switch topic.place {
          case .firstOperand: [command.name, topic.name]
          case .value(let option): [command.name, option, topic.name]
          }
        }
    }

  private static func file(_ words: [String]) -> String {
    (["help"] + words.filter { !$0.hasPrefix("--") }).joined(separator: "-") + ".txt"
  }

  @Test(arguments: asked)
  func everyHelpIsTheGoldenOne(_ words: [String]) throws {
    let help = try Fulcrum.help(asked: words + ["--help"])
    let file = Self.folder.appending(path: Self.file(words))
    if Self.isRewriting { try Data((help + "\n").utf8).write(to: file) }
    #expect(
      try String(contentsOf: file, encoding: .utf8) == help + "\n",
      "\(file.lastPathComponent); `make golden` rewrites")
  }

  @Test func noGoldenHelpIsOfSomethingGone() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(files.sorted() == Self.asked.map(Self.file).sorted())
  }

  @Test func theWordHelpPrintsTheSame() throws {
    #expect(
      try Fulcrum.help(asked: ["help", "estimate", "twfe"])
        == Fulcrum.help(asked: ["estimate", "--method", "twfe", "--help"]))
    #expect(try Fulcrum.help(asked: ["help", "add"]) == Fulcrum.help(asked: ["add", "--help"]))
  }

  @Test func linesFitIntoATerminal() throws {
    for words in Self.asked {
      let lines = try Fulcrum.help(asked: words + ["--help"]).split(separator: "\n")
      // A line of usage is a command, and is not broken.
      let long = lines.filter { $0.count > 80 && !$0.contains("fulcrum ") }
      #expect(long.isEmpty, "\(words): \(long)")
    }
  }
}

extension Fulcrum {
  /// The help that a command line asks for; empty where it asks for none.
  fileprivate static func help(asked words: [String]) throws -> String {
    try helpText(words) ?? ""
  }
}

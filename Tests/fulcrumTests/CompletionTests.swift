import Foundation
import Testing

@testable import fulcrum

/// The completions by the shells that read them, and the manual page by `man`.
@Suite struct CompletionTests {
  /// Gives what bash offers after some words, the last of which is being typed.
  private func offered(_ words: String...) throws -> [String] {
    let quoted = words.map { "'\($0)'" }.joined(separator: " ")
    let script = """
      \(BashCompletion(commands: Fulcrum.commands).text)
      COMP_WORDS=(\(quoted)) COMP_CWORD=\(words.count - 1)
      _fulcrum
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let run = try Program.run(
      ["--norc", "-c", script], in: Program.project.appending(path: "Examples"),
      by: URL(filePath: "/bin/bash"))
    #expect(run.code == 0 && run.errors.isEmpty, "\(run.errors)")
    return run.output.split(separator: "\n").map(String.init)
  }

  @Test func bashOffersTheCommands() throws {
    #expect(try offered("fulcrum", "a") == ["answer", "add", "agreement"])
    #expect(try offered("fulcrum", "man").isEmpty)
  }

  @Test func bashOffersTheOptionsOfTheMethodThatIsNamed() throws {
    #expect(try offered("fulcrum", "answer", "--sc") == ["--scenarios"])
    let method = ["fulcrum", "estimate", "p.csv", "--method"]
    #expect(try offered(method[0], method[1], method[2], method[3], "sun") == ["sun-abraham"])
    let own = try offered(method[0], method[1], method[2], method[3], "twfe", "--w")
    #expect(own == ["--weights", "--wild"])
    #expect(try offered("fulcrum", "add", "claim", "--ph") == ["--phase"])
  }

  @Test func bashOffersTheWordsOfAnOption() throws {
    #expect(
      try offered("fulcrum", "estimate", "--method", "sun-abraham", "--comparison", "")
        == ["never", "last"])
    #expect(try offered("fulcrum", "estimate", "--method", "=", "tw") == ["twfe"])
    #expect(try offered("fulcrum", "serve", "--port", "").isEmpty)
  }

  @Test func bashOffersFoldersFilesAndWords() throws {
    #expect(try offered("fulcrum", "answer", "harb") == ["harbour-league"])
    #expect(try offered("fulcrum", "trace", "--casebook", "river") == ["river-commission"])
    #expect(try offered("fulcrum", "import", "world") == ["world-bank"])
    #expect(try offered("fulcrum", "add", "cl") == ["claim"])
    #expect(try offered("fulcrum", "completion", "z") == ["zsh"])
    #expect(try offered("fulcrum", "answer", "--quiet", "harb") == ["harbour-league"])
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/zsh")))
  func zshReadsItsCompletion() throws {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "_fulcrum-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(ZshCompletion(commands: Fulcrum.commands).text.utf8).write(to: file)
    let run = try Program.run(
      ["-n", file.path], in: Program.project, by: URL(filePath: "/usr/bin/zsh"))
    #expect(run.code == 0 && run.errors.isEmpty, "\(run.errors)")
  }

  @Test func everyOptionOfEveryCommandIsInTheManual() {
    let manual = ManPage(commands: Fulcrum.commands, version: Fulcrum.version).text
    for command in Fulcrum.commands where !command.isHidden {
      #expect(manual.contains(".SS \"\(command.name)\""))
      for option in command.everyOption.map(\.option) {
        let name = option.name.replacing("-", with: "\\-")
        #expect(manual.contains(".B \(name)"), "\(command.name) \(option.name)")
      }
    }
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/man")))
  func manReadsTheManualWithoutAWarning() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).1")
    defer { try? FileManager.default.removeItem(at: file) }
    let text = ManPage(commands: Fulcrum.commands, version: Fulcrum.version).text
    try Data(text.utf8).write(to: file)
    let run = try Program.run(
      ["--warnings", "-E", "UTF-8", "-Tutf8", "-Z", "-l", file.path], in: Program.project,
      by: URL(filePath: "/usr/bin/man"))
    #expect(run.code == 0 && run.errors.isEmpty, "\(run.errors)")
  }

  @Test func theCitationHasTheVersionOfTheProgram() throws {
    let file = Program.project.appending(path: "CITATION.cff")
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text.contains("\nversion: \(Fulcrum.version)\n"))
  }
}

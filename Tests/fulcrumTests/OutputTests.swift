import Foundation
import Testing

/// Output that cannot be written ends every command with a message and exit code 2.
@Suite struct OutputTests {
  private static let example = Program.project
    .appending(path: "Examples/harbour-league/casebook").path

  private static let commands: [[String]] = [
    ["--version"], ["--help"], ["help", "estimate", "twfe"], ["completion", "bash"], ["manual"],
    ["answer", "--help"], ["check", example], ["outlook", example], ["scenario"],
    ["answer", example, "--json"], ["exposure", example], ["trace", "dues-BRI-2012-accounts"],
    ["import", "--template"], ["serve", example, "--port", "0"],
    ["influence", example, "--estimates"], ["replay", example, "--draws", "99"],
    ["diff", "2019-03-15", "2030-01-01", "--casebook", example],
  ]

  /// Runs the program by a shell, with its standard output as the shell is told.
  private func run(_ words: [String], output: String) throws -> Program.Run {
    try Program.run(
      ["-c", "exec \"$0\" \"$@\" \(output)", Program.file.path] + words,
      in: FileManager.default.temporaryDirectory, by: URL(filePath: "/bin/sh"))
  }

  @Test(arguments: commands)
  func aFullStandardOutputIsSaid(_ words: [String]) throws {
    let casebook = words.first == "trace" ? ["--casebook", Self.example] : []
    let run = try run(words + casebook, output: "> /dev/full")
    #expect(run.code == 2)
    #expect(run.errors.hasPrefix("fulcrum: standard output cannot be written"), "\(run.errors)")
  }

  @Test(arguments: [["--version"], ["check", example], ["answer", example, "--json"]])
  func aClosedStandardOutputIsSaid(_ words: [String]) throws {
    let run = try run(words, output: ">&-")
    #expect(run.code == 2)
    #expect(run.errors.hasPrefix("fulcrum: standard output cannot be written"), "\(run.errors)")
  }

  @Test func aMessageThatCannotBeWrittenKeepsTheExitCode() throws {
    #expect(try run(["check", "/nowhere"], output: "2> /dev/full").code == 2)
    #expect(try run(["check", "/nowhere"], output: "2>&-").code == 2)
  }
}

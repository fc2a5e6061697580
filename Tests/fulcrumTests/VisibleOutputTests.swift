import Foundation
import Testing

@testable import fulcrum

/// What comes from outside does not steer the terminal that it is shown on.
@Suite struct VisibleOutputTests {
  @Test func onlyTheProgramsOwnColoursReachATerminal() {
    let text = "\u{1B}[1mtitle\u{1B}[0m \u{1B}[2J\u{1B}]0;x\u{7} \u{1B}[32mgood\u{1B}[0m\n"
    #expect(
      Output.visible(text, isColoured: true)
        == "\u{1B}[1mtitle\u{1B}[0m \\u{1B}[2J\\u{1B}]0;x\\u{7} \u{1B}[32mgood\u{1B}[0m\n")
    #expect(!Output.visible(text, isColoured: false).contains("\u{1B}"))
  }

  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "shown-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.copyItem(
      at: Program.project.appending(path: "Examples/river-commission/casebook"), to: folder)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  @Test func checkWritesOutWhatACellOrAFileNameHolds() throws {
    try withFolder { folder in
      try Data("a,b\n\u{1B}[31mx\u{202E},\u{9B}2J\n".utf8).write(
        to: folder.appending(path: "co\u{1B}[2Jdes.csv"))
      var claims = try String(contentsOf: folder.appending(path: "claims.csv"), encoding: .utf8)
      claims += "\u{1B}]0;title\u{7},x\n"
      try Data(claims.utf8).write(to: folder.appending(path: "claims.csv"))
      let run = try Program.run(["check", folder.path], in: folder)
      #expect(run.code == 1)
      #expect(run.output.contains("co\\u{1B}[2Jdes.csv"))
      let all = run.output + run.errors
      #expect(!all.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x9B })
      let machine = try Program.run(["check", folder.path, "--json"], in: folder)
      #expect(machine.output.contains("co\\u001b[2Jdes.csv"))
    }
  }

  @Test func aNameOfTheCommandLineIsWrittenOutInMessages() throws {
    let run = try Program.run(["check", "/no/\u{1B}[2Jfolder"], in: Program.project)
    #expect(run.code == 2 && run.errors.contains("/no/\\u{1B}[2Jfolder"))
  }

  @Test func aWordThatIsNotUTF8IsNamed() throws {
    let run = try Program.run(
      ["-c", "exec \"$0\" check \"$(printf 'caf\\351')\"", Program.file.path], in: Program.project,
      by: URL(filePath: "/bin/sh"))
    #expect(run.code == 2 && run.errors.contains("`caf\\xE9` is not UTF-8"))
  }
}

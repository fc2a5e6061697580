import Documents
import Foundation
import Testing

@testable import Evidence

/// A casebook from a stranger is data: nothing outside of its folder is read, and what cannot be read is said.
@Suite struct FolderListingTests {
  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "listing-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("id\n".utf8).write(to: folder.appending(path: "actors.csv"))
    try body(folder)
  }

  /// What a listing says where it is refused; nil where it lists.
  private func refusal(_ folder: URL) -> String? {
    do {
      _ = try CasebookFiles(in: folder)
      return nil
    } catch { return "\(error)" }
  }

  @Test func filesAndFoldersAreListedByTheirPathHiddenOnesNot() throws {
    try withFolder { folder in
      let inner = folder.appending(path: "studies", directoryHint: .isDirectory)
      try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
      try Data("a".utf8).write(to: inner.appending(path: "č q.yaml"))
      try Data("a".utf8).write(to: folder.appending(path: ".hidden"))
      #expect(try CasebookFiles(in: folder).paths == ["actors.csv", "studies/č q.yaml"])
    }
  }

  @Test func aLinkOutOfTheFolderIsRefusedAndNothingOfItsFileIsSaid() throws {
    try withFolder { folder in
      let secret = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
      try Data("secret,row\n".utf8).write(to: secret)
      defer { try? FileManager.default.removeItem(at: secret) }
      try FileManager.default.createSymbolicLink(
        at: folder.appending(path: "claims.csv"), withDestinationURL: secret)
      let message = try #require(refusal(folder))
      #expect(message.contains("claims.csv: is a link out of the casebook"))
      #expect(!message.contains("secret") && !message.contains(secret.lastPathComponent))
      #expect(throws: CasebookError.self) { try Casebook.check(contentsOf: folder) }
    }
  }

  @Test func aLinkWithinTheFolderIsRead() throws {
    try withFolder { folder in
      try FileManager.default.createSymbolicLink(
        atPath: folder.appending(path: "claims.csv").path, withDestinationPath: "actors.csv")
      #expect(try CasebookFiles(in: folder).paths == ["actors.csv", "claims.csv"])
    }
  }

  @Test func linksToFoldersPipesAndBrokenLinksAreNamedTogether() throws {
    try withFolder { folder in
      #expect(mkfifo(folder.appending(path: "pipe.csv").path, 0o600) == 0)
      for (name, target) in [("loop", "loop"), ("here", "."), ("up", "/")] {
        try FileManager.default.createSymbolicLink(
          atPath: folder.appending(path: name).path, withDestinationPath: target)
      }
      let message = try #require(refusal(folder))
      #expect(message.contains("pipe.csv: is a pipe, not a file"))
      #expect(message.contains("loop: is a link that leads nowhere"))
      #expect(message.contains("here: is a link") && message.contains("up: is a link"))
    }
  }

  @Test func aNameThatIsNotUTF8IsWrittenOut() throws {
    try withFolder { folder in
      let bytes = Array((folder.path + "/caf").utf8).map { CChar(bitPattern: $0) }
      let descriptor = open(bytes + [CChar(bitPattern: 0xE9), 0], O_CREAT | O_WRONLY, 0o600)
      #expect(descriptor >= 0)
      close(descriptor)
      #expect(refusal(folder)?.contains("the name `caf\\xE9` in it is not UTF-8") == true)
    }
  }

  @Test(arguments: [("none", "it does not exist"), ("actors.csv", "it is not a folder")])
  func aFolderThatCannotBeListedIsAnError(_ name: String, _ reason: String) throws {
    try withFolder { folder in
      #expect(refusal(folder.appending(path: name))?.contains(reason) == true)
    }
  }

  @Test(arguments: ["1e308", "-1e31", "inf", "nan", "1e400"])
  func aNumberTooLargeToComputeWithIsRefusedByRowAndColumn(_ number: String) {
    let problems = SmallCasebook.problems([
      "claims.csv": SmallCasebook.claims(["value": number, "unit": "usd"])
    ])
    #expect(problems.contains { $0.hasPrefix("claims.csv, row 2, column value: `\(number)`") })
  }

  @Test func aTableWithManyProblemsListsThemUpToALimit() {
    let rows = String(repeating: "x\n", count: 5000)
    let problems = SmallCasebook.problems(["codes.csv": "a,b\n" + rows])
    #expect(problems.count < 1100)
    #expect(problems.contains { $0.contains("more problems") })
  }
}

import Foundation
import Testing

@testable import Documents

/// Files that a person names for output.
@Suite struct OutputFileTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  private let data = Data("new\n".utf8)

  @Test func aFileIsReplacedWithItsMode() throws {
    try withFolder { folder in
      let path = "\(folder)/x"
      try OutputFile(path).write(Data("old, and longer\n".utf8))
      #expect(chmod(path, 0o600) == 0)
      try OutputFile(path).write(data)
      #expect(try text(path) == "new\n")
      #expect(FileStatus(at: path)?.mode == 0o600)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["x"])
    }
  }

  @Test func aLinkStaysAndItsTargetIsReplaced() throws {
    try withFolder { folder in
      try OutputFile("\(folder)/x").write(Data("old\n".utf8))
      #expect(symlink("x", "\(folder)/link") == 0)
      try OutputFile("\(folder)/link").write(data)
      #expect(FileStatus(ofLinkAt: "\(folder)/link")?.kind == .link)
      #expect(try text("\(folder)/x") == "new\n")
    }
  }

  @Test func whatIsNoFileIsRefusedAndStays() throws {
    try withFolder { folder in
      let path = "\(folder)/x"
      #expect(symlink("nowhere", path) == 0)
      #expect(throws: FileError.self) { try OutputFile(path).write(data) }
      #expect(FileStatus(ofLinkAt: path)?.kind == .link)
      #expect(throws: FileError.self) { try OutputFile(folder).write(data) }
      #expect(throws: FileError.self) { try OutputFile("\(folder)/none/x").write(data) }
    }
  }

  @Test func devicesAndPipesAreWrittenToAndStay() throws {
    try OutputFile("/dev/null").write(data)
    #expect(FileStatus(at: "/dev/null")?.kind == .device)
    #expect(throws: FileError.self) { try OutputFile("/dev/full").write(data) }
    try withFolder { folder in
      let path = "\(folder)/pipe"
      #expect(mkfifo(path, 0o600) == 0)
      let reader = open(path, O_RDONLY | O_NONBLOCK)
      defer { close(reader) }
      try OutputFile(path).write(data)
      var bytes = [UInt8](repeating: 0, count: 10)
      #expect(read(reader, &bytes, 10) == 4)
      #expect(FileStatus(at: path)?.kind == .pipe)
    }
  }

  @Test func aFileWithTwoNamesIsRefused() throws {
    try withFolder { folder in
      try OutputFile("\(folder)/x").write(Data("old\n".utf8))
      #expect(link("\(folder)/x", "\(folder)/y") == 0)
      #expect(throws: FileError.self) { try OutputFile("\(folder)/x").write(data) }
      #expect(try text("\(folder)/y") == "old\n")
    }
  }
}

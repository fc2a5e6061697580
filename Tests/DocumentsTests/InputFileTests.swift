import Foundation
import Testing

@testable import Documents

/// Only files are read, and only after a look at their size.
@Suite struct InputFileTests {
  private func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "input-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  private func reason(_ url: URL, _ limits: ReadingLimits = .standard) -> InputFileError.Reason? {
    do {
      _ = try InputFile.contents(of: url, limits: limits)
      return nil
    } catch { return (error as? InputFileError)?.reason }
  }

  @Test func aFileIsReadWithItsBytes() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "a b č.csv")
    try Data("x,y\n".utf8).write(to: file)
    #expect(try InputFile.contents(of: file) == Data("x,y\n".utf8))
    let link = folder.appending(path: "link.csv")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
    #expect(try InputFile.contents(of: link) == Data("x,y\n".utf8))
    try Data().write(to: file)
    #expect(try InputFile.contents(of: file).isEmpty)
  }

  @Test func pipesDevicesAndFoldersAreRefusedAtOnce() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let pipe = folder.appending(path: "pipe")
    #expect(mkfifo(pipe.path, 0o600) == 0)
    #expect(reason(pipe) == .notAFile(.pipe))
    #expect(reason(URL(filePath: "/dev/zero")) == .notAFile(.device))
    #expect(reason(folder) == .notAFile(.folder))
    #expect(reason(folder.appending(path: "none")) == .missing(code: ENOENT))
  }

  @Test func aSparseFileIsRefusedByItsSize() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "sparse")
    try Data().write(to: file)
    #expect(truncate(file.path, 20 << 30) == 0)
    #expect(reason(file) == .tooLarge(bytes: 20 << 30, limit: 4 << 30))
    var limits = ReadingLimits()
    limits.file = 10
    try Data("0123456789".utf8).write(to: file)
    #expect(reason(file, limits) == nil)
    try Data("0123456789x".utf8).write(to: file)
    #expect(reason(file, limits) == .tooLarge(bytes: 11, limit: 10))
  }
}

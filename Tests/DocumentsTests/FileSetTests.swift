import Foundation
import Testing

@testable import Documents

/// Files of a folder that are replaced together.
@Suite struct FileSetTests {
  private static let old = ["a.csv": "old a\n", "b.csv": "old b\n", "imports/c.jsonl": "old c\n"]
  private static let new = [
    "a.csv": "new a\n", "imports/c.jsonl": "new c\n", "imports/d.jsonl": "new d\n",
    "panels/e.csv": "new e\n",
  ]

  /// Gives a folder with the old files.
  private func withFolder(_ body: (URL, FileSet) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let set = try FileSet.inNewFolder(folder)
    try set.replace(data(Self.old))
    try body(folder, set)
  }

  private func data(_ texts: [String: String]) -> [String: Data] {
    texts.mapValues { Data($0.utf8) }
  }

  /// What a folder holds: its files by their paths, hidden ones too.
  private func texts(in folder: URL) throws -> [String: String] {
    var texts: [String: String] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      guard FileStatus(at: folder.appending(path: path).path)?.kind == .file else { continue }
      texts[path] = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }
    return texts
  }

  private static var replaced: [String: String] { old.merging(new) { $1 } }

  @Test func aStopAtAnyStepLeavesAllOldOrAllNew() throws {
    var ends: [Bool] = []
    for count in 0... {
      var isLast = false
      try withFolder { folder, set in
        let change = try FileSetChange(data(Self.new), in: set)
        for step in change.steps.prefix(count) { try change.perform(step) }
        isLast = count == change.steps.count
        let isDecided = change.steps.prefix(count).contains(.begin)
        // The next run, whatever it does.
        try set.hold(for: "a test") { _ in }
        #expect(try texts(in: folder) == (isDecided ? Self.replaced : Self.old))
        ends.append(isDecided)
      }
      if isLast { break }
    }
    #expect(ends.contains(true) && ends.contains(false))
  }

  @Test func aStopWhileOthersCompleteAChangeIsCompletedToo() throws {
    try withFolder { folder, set in
      let change = try FileSetChange(data(Self.new), in: set)
      for step in change.steps.prefix(while: { $0 != .put(1) }) { try change.perform(step) }
      #expect(set.isUnsettled)
      try set.completeForReading()
      #expect(!set.isUnsettled)
      #expect(try texts(in: folder) == Self.replaced)
    }
  }

  @Test func aFileThatCannotBeReplacedLeavesAllOld() throws {
    try withFolder { folder, set in
      let change = try FileSetChange(data(Self.new), in: set)
      // A folder that takes the place of the last file once the places were looked at.
      try FileManager.default.createDirectory(
        at: folder.appending(path: "panels/e.csv/x"), withIntermediateDirectories: true)
      #expect(throws: FileError.self) { try change.run() }
      #expect(try texts(in: folder) == Self.old)
    }
  }

  @Test func anInterruptedReturnToTheOldFilesIsCompleted() throws {
    try withFolder { folder, set in
      let change = try FileSetChange(data(Self.new), in: set)
      for step in change.steps.prefix(while: { $0 != .put(2) }) { try change.perform(step) }
      let path = folder.path
      #expect(rename("\(path)/\(FileSet.journal)", "\(path)/\(FileSet.undoing)") == 0)
      try set.completeForReading()
      #expect(try texts(in: folder) == Self.old)
    }
  }

  @Test func modesAreKept() throws {
    try withFolder { folder, set in
      let path = folder.appending(path: "a.csv").path
      #expect(chmod(path, 0o640) == 0)
      try set.replace(data(Self.new))
      #expect(FileStatus(at: path)?.mode == 0o640)
    }
  }

  @Test func aLinkWithinTheFolderStaysAndItsTargetIsReplaced() throws {
    try withFolder { folder, set in
      let path = folder.appending(path: "a.csv").path
      #expect(rename(path, folder.appending(path: "real.csv").path) == 0)
      #expect(symlink("real.csv", path) == 0)
      try set.replace(data(["a.csv": "new a\n"]))
      #expect(FileStatus(ofLinkAt: path)?.kind == .link)
      #expect(try texts(in: folder)["real.csv"] == "new a\n")
    }
  }

  @Test(arguments: ["../outside.csv", "/etc/outside.csv", "imports/../../outside.csv", "a//b.csv"])
  func aPathThatLeadsOutIsRefused(_ name: String) throws {
    try withFolder { folder, set in
      #expect(throws: FileError.self) { try set.replace([name: Data()]) }
      let found = try texts(in: folder)
      #expect(found == Self.old)
    }
  }

  @Test func whatIsNoFileOfTheFolderIsRefusedAndStays() throws {
    try withFolder { folder, set in
      let other = folder.appending(path: "real.csv").path
      let path = folder.appending(path: "x.csv").path
      func refused() throws {
        let before = FileStatus(ofLinkAt: path)?.kind
        #expect(throws: FileError.self) {
          try set.replace(data(["a.csv": "new a\n", "x.csv": "new x\n"]))
        }
        #expect(FileStatus(ofLinkAt: path)?.kind == before)
        let kept = try String(contentsOf: folder.appending(path: "a.csv"), encoding: .utf8)
        #expect(kept == "old a\n")
        #expect(unlink(path) == 0 || rmdir(path) == 0)
      }
      for target in ["/etc/hostname", "/dev/null", "nowhere", "imports", "a.csv"] {
        #expect(symlink(target, path) == 0)
        try refused()
      }
      #expect(mkfifo(path, 0o600) == 0)
      try refused()
      #expect(mkdir(path, 0o700) == 0)
      try refused()
      try Data("x".utf8).write(to: URL(filePath: other))
      #expect(link(other, path) == 0)
      try refused()
    }
  }

  @Test func aSecondRunIsToldWhoHasTheFolder() throws {
    try withFolder { folder, set in
      try FileLock(onFolder: set.folder).hold(for: "fulcrum import", patience: 0) {
        #expect(
          throws: FileError.inUse(path: set.folder, by: "process \(getpid()) (fulcrum import)")
        ) {
          try FileLock(onFolder: set.folder).hold(for: "fulcrum add", patience: 1) {}
        }
      }
      try FileLock(onFolder: set.folder).hold(for: "fulcrum add", patience: 0) {}
      #expect(try texts(in: folder) == Self.old)
    }
  }

  @Test func aLockThatIsALinkIsRefusedAndItsTargetStays() throws {
    try withFolder { folder, set in
      #expect(symlink("a.csv", folder.appending(path: ".fulcrum-lock").path) == 0)
      #expect(throws: FileError.self) { try set.hold(for: "a test") { _ in } }
      let found = try texts(in: folder)
      #expect(found["a.csv"] == "old a\n")
    }
  }

  @Test func aDamagedJournalIsNamedAndChangesNothing() throws {
    try withFolder { folder, set in
      let change = try FileSetChange(data(Self.new), in: set)
      for step in change.steps.prefix(while: { $0 != .put(0) }) { try change.perform(step) }
      let room = folder.appending(path: FileSet.journal)
      try Data("other".utf8).write(to: room.appending(path: "new-0"))
      #expect(throws: FileError.damagedJournal(path: "\(set.folder)/\(FileSet.journal)")) {
        try set.completeForReading()
      }
      #expect(try texts(in: folder)["a.csv"] == "old a\n")
    }
  }
}

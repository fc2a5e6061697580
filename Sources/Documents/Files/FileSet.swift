package import Foundation

/// A folder in which files are replaced together: all are old or all new, even after a crash.
///
/// New files are written into a hidden room in the folder. Renaming the room to the journal decides that
/// they replace the old ones; whoever next comes to the folder completes what a crash has left.
package struct FileSet {
  /// The path of the folder, without links.
  let folder: String

  /// What the room is called from the decision on, and while its files are taken back.
  static let journal = ".fulcrum-journal"
  static let undoing = ".fulcrum-undo"

  /// - Throws: `FileError` where there is no such folder.
  package init(in folder: URL) throws {
    guard let path = resolved(folder.path) else { throw FileError.ofSystem(at: folder.path) }
    self.folder = path
  }

  /// Makes the folder if need be.
  package static func inNewFolder(_ folder: URL) throws -> FileSet {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
      guard cause.domain == NSPOSIXErrorDomain else {
        throw FileError.unwritable(
          path: folder.path, reason: "no folder can be made there", advice: "name another place")
      }
      throw FileError.ofSystem(at: folder.path, Int32(cause.code))
    }
    return try FileSet(in: folder)
  }

  /// What stands in a folder but for the program's own marks; nil where it cannot be listed.
  package static func items(of folder: URL) -> [String]? {
    let items = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return items?.filter { $0 != FileLock.nameInFolder && !NewFile.isName($0) }
  }

  /// Does some work while no other run changes the folder, after completing what a crash has left.
  ///
  /// - Throws: `FileError`, and what the work throws.
  @discardableResult
  package func hold<T>(for purpose: String, _ work: (FileSet) throws -> T) throws -> T {
    try FileLock(onFolder: folder).hold(for: purpose, patience: FileSet.patience) {
      try settle()
      return try work(self)
    }
  }

  /// How long another run is waited for, in tenths of a second.
  private static let patience = 300

  /// Replaces some files by their paths in the folder; only while it is held.
  ///
  /// - Throws: `FileError`; then the old files are there, all of them.
  package func replace(_ files: [String: Data]) throws {
    guard !files.isEmpty else { return }
    try FileSetChange(files, in: self).run()
  }

  /// Whether a crash has left a change that is decided and not done.
  package var isUnsettled: Bool {
    [FileSet.journal, FileSet.undoing].contains {
      FileStatus(ofLinkAt: "\(folder)/\($0)")?.kind == .folder
    }
  }

  /// Completes a change that a crash has left, before somebody reads the folder.
  ///
  /// - Throws: `FileError.unfinished` where that is not possible.
  package func completeForReading() throws {
    guard isUnsettled else { return }
    do {
      try FileLock(onFolder: folder).hold(
        for: "completing an interrupted change", patience: FileSet.patience, settle)
    } catch FileError.unwritable(_, let reason, _) {
      throw FileError.unfinished(path: folder, reason: reason)
    }
  }

  /// Completes or takes back a change that is decided, and removes rooms that decided nothing.
  private func settle() throws {
    for name in [FileSet.undoing, FileSet.journal] {
      let room = "\(folder)/\(name)"
      guard FileStatus(ofLinkAt: room)?.kind == .folder else { continue }
      if let journal = try Journal(in: room) {
        let isUndone = name == FileSet.undoing
        try isUndone ? journal.takeBack(self, room) : journal.complete(self, room)
      }
      try discard(room)
    }
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where NewFile.isName(name) { Room.remove("\(folder)/\(name)") }
  }

  /// Ends a change: its room is one of those that decide nothing, and is removed.
  func discard(_ room: String) throws {
    let name = "\(folder)/\(NewFile.name())"
    guard rename(room, name) == 0 else { throw FileError.ofSystem(at: room) }
    try NewFile.syncFolder(folder)
    Room.remove(name)
  }
}

/// The hidden folder of one change: new files, the old ones under second names, and the list of both.
enum Room {
  static let list = "list"

  static func new(_ room: String, _ number: Int) -> String { "\(room)/new-\(number)" }
  static func old(_ room: String, _ number: Int) -> String { "\(room)/old-\(number)" }

  /// Removes a room with the files that the program puts there; one with others stays.
  static func remove(_ room: String) {
    guard FileStatus(ofLinkAt: room)?.kind == .folder else {
      unlink(room)
      return
    }
    for name in (try? FileManager.default.contentsOfDirectory(atPath: room)) ?? []
    where name == list || name.hasPrefix("new-") || name.hasPrefix("old-") {
      unlink("\(room)/\(name)")
    }
    rmdir(room)
  }
}

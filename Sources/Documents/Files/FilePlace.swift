import Foundation

/// Where a file of a set stands: within the folder, links followed.
struct FilePlace {
  /// The path as it was asked for, within the folder.
  let name: String
  /// The whole path, without links.
  let path: String
  /// The file that is there; nil where there is none yet.
  let status: FileStatus?

  /// Finds a file's place; folders on the way that are missing are made.
  ///
  /// - Throws: `FileError` where the place is outside of the folder or cannot be replaced.
  init(_ name: String, in set: FileSet) throws {
    self.name = name
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard let last = parts.last, parts.allSatisfy({ !["", ".", ".."].contains($0) }),
      !parts.contains(where: { $0.utf8.contains(0) })
    else { throw FilePlace.refusal(name, in: set, "its path leads out of the folder") }
    var folder = set.folder
    for part in parts.dropLast() { folder = try FilePlace.folder(part, in: folder, of: set, name) }
    let path = "\(folder)/\(last)"
    guard let found = FileStatus(ofLinkAt: path) else {
      (self.path, status) = (path, nil)
      return
    }
    (self.path, status) = try FilePlace.target(of: path, found, in: set, name)
  }

  /// Refuses files that are read-only, and those that stand under other names too.
  func checkReplaceable() throws { try status.map { try OutputFile.checkReplaceable($0, path) } }

  private static func folder(
    _ part: String, in parent: String, of set: FileSet, _ name: String
  ) throws -> String {
    let path = "\(parent)/\(part)"
    if mkdir(path, 0o777) != 0, errno != EEXIST { throw FileError.ofSystem(at: path) }
    guard let folder = resolved(path), contains(folder, set) else {
      throw refusal(name, in: set, "\(part) is a link that leads out of the folder")
    }
    guard let status = FileStatus(at: folder), status.kind == .folder else {
      throw refusal(name, in: set, "\(part) is not a folder")
    }
    guard status.device == FileStatus(at: set.folder)?.device else {
      throw refusal(name, in: set, "\(part) lies on another disk than the rest of the folder")
    }
    return folder
  }

  private static func target(
    of path: String, _ found: FileStatus, in set: FileSet, _ name: String
  ) throws -> (String, FileStatus) {
    guard let target = resolved(path), let status = FileStatus(at: target) else {
      throw refusal(name, in: set, "it is a link to something that is not there")
    }
    guard contains(target, set) else {
      throw refusal(name, in: set, "it is a link that leads out of the folder")
    }
    guard status.kind == .file else { throw refusal(name, in: set, "it is not a file") }
    return (target, status)
  }

  private static func contains(_ path: String, _ set: FileSet) -> Bool {
    set.folder == "/" || path.hasPrefix(set.folder + "/")
  }

  private static func refusal(_ name: String, in set: FileSet, _ reason: String) -> FileError {
    .unwritable(
      path: "\(set.folder)/\(name)", reason: reason, advice: "put a file of the folder in its place"
    )
  }
}

package import Documents
package import Foundation

extension CasebookFiles {
  /// The files with some of them replaced.
  package func replacing(_ changed: [String: Data]) -> CasebookFiles {
    CasebookFiles(
      folder: folder, contents: contents.merging(changed) { $1 }, limits: limits)
  }

  /// Changes a casebook: reads it, and writes the files that the body gives, all or none.
  ///
  /// From the reading on no other run changes the casebook; `purpose` says to another run what this one
  /// does. What was changed from outside meanwhile is noticed.
  ///
  /// - Throws: `CasebookError`, `FileError`, and what the body throws; then nothing was written.
  package static func change<T>(
    in folder: URL, for purpose: String, limits: ReadingLimits = .standard,
    _ body: (CasebookFiles) throws -> (changed: [String: Data], result: T)
  ) throws -> T {
    guard let found = try? FileSet(in: folder) else {
      throw CasebookError.unreadable(path: folder.path, reason: "the folder is missing")
    }
    return try found.hold(for: purpose) { set in
      let files = try CasebookFiles(in: folder, limits: limits)
      let (changed, result) = try body(files)
      try files.checkUnchanged()
      try set.replace(changed)
      return result
    }
  }

  /// Checks that the folder still has what was read from it.
  private func checkUnchanged() throws {
    let now = try CasebookFiles.statuses(in: folder)
    let gone = statuses.keys.filter { now[$0] == nil }
    let new = now.keys.filter { statuses[$0] == nil }
    let other = now.keys.filter { path in
      guard let before = statuses[path], before != now[path] else { return false }
      return (try? Data(contentsOf: folder.appending(path: path))) != contents[path]
    }
    guard gone.isEmpty, new.isEmpty, other.isEmpty else {
      throw CasebookError.changedMeanwhile(
        path: folder.path, changed: other.sorted(), added: new.sorted(), removed: gone.sorted())
    }
  }
}

import Documents
package import Foundation

extension CasebookFiles {
  /// The files with some of them replaced.
  package func replacing(_ changed: [String: Data]) -> CasebookFiles {
    CasebookFiles(folder: folder, contents: contents.merging(changed) { $1 })
  }

  /// Writes files beside the old ones, then renames them all; on failure puts the old ones back.
  ///
  /// - Throws: `CasebookError.unwritable`.
  package func write(_ changed: [String: Data]) throws {
    let names = changed.keys.sorted()
    func beside(_ name: String) -> URL {
      let target = folder.appending(path: name)
      return target.deletingLastPathComponent().appending(
        path: ".\(target.lastPathComponent).importing")
    }
    defer { for name in names { try? FileManager.default.removeItem(at: beside(name)) } }
    var renamed: [String] = []
    for name in names {
      do {
        try FileManager.default.createDirectory(
          at: beside(name).deletingLastPathComponent(), withIntermediateDirectories: true)
        try changed[name]?.write(to: beside(name))
      } catch {
        throw CasebookError.unwritable(
          path: folder.appending(path: name).path, reason: "the folder takes no new file")
      }
    }
    for name in names {
      let target = folder.appending(path: name)
      guard rename(beside(name).path, target.path) == 0 else {
        for name in renamed { try? contents[name]?.write(to: folder.appending(path: name)) }
        throw CasebookError.unwritable(path: target.path, reason: "it cannot be replaced")
      }
      renamed.append(name)
    }
  }
}

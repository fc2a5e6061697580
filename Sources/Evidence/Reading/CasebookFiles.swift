import Documents
package import Foundation

/// The files of a casebook by their path in it, hidden ones left out.
package struct CasebookFiles: Sendable {
  package let folder: URL
  /// The contents by path, such as `claims.csv` or `studies/nato-china.yaml`.
  package let contents: [String: Data]
  /// What the system said of the files when they were read; empty where they are of no folder.
  let statuses: [String: FileStatus]

  /// Gathers the files of a folder, its folders included, as they are at one time.
  ///
  /// - Throws: `CasebookError.unreadable`; `FileError.unfinished`.
  package init(in folder: URL) throws {
    for _ in 0..<CasebookFiles.readings {
      let set = try? FileSet(in: folder)
      try set?.completeForReading()
      let before = try CasebookFiles.statuses(in: folder)
      let contents = try CasebookFiles.contents(of: before.keys, in: folder)
      // In this order: files of a set are renamed only while it is unsettled.
      if set?.isUnsettled != true, try CasebookFiles.statuses(in: folder) == before {
        (self.folder, self.contents, statuses) = (folder, contents, before)
        return
      }
    }
    throw CasebookError.unreadable(
      path: folder.path, reason: "its files keep changing while they are read")
  }

  /// How often a casebook is read that changes meanwhile.
  private static let readings = 10

  private static func contents(
    of paths: some Sequence<String>, in folder: URL
  ) throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for path in paths {
      let file = folder.appending(path: path)
      // Not mapped: what others write into the file must not change what was read.
      do { contents[path] = try Data(contentsOf: file) } catch {
        throw CasebookError.unreadable(path: file.path, reason: "the file cannot be opened")
      }
    }
    return contents
  }

  /// What the system says of each file of a folder.
  static func statuses(in folder: URL) throws -> [String: FileStatus] {
    try paths(in: folder, under: "").reduce(into: [:]) { found, path in
      found[path] = FileStatus(at: folder.appending(path: path).path)
    }
  }

  package init(folder: URL, contents: [String: Data]) {
    self.folder = folder
    self.contents = contents
    statuses = [:]
  }

  /// Takes texts as the files of a casebook that is in no folder.
  package init(texts: [String: String]) {
    folder = URL(filePath: "/")
    contents = texts.mapValues { Data($0.utf8) }
    statuses = [:]
  }

  /// The paths in the order of their bytes.
  package var paths: [String] {
    contents.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Hashes the list of the files' hashes, as `sha256sum` prints it.
  package var sha256: String {
    var list = SHA256()
    for path in paths {
      let hash = contents[path].map { SHA256.hash(of: $0) } ?? ""
      list.append(Array("\(hash)  \(path)\n".utf8))
    }
    return list.digest()
  }

  private static func paths(in folder: URL, under prefix: String) throws -> [String] {
    let items: [URL]
    do {
      items = try FileManager.default.contentsOfDirectory(
        at: folder, includingPropertiesForKeys: [.isDirectoryKey], options: .skipsHiddenFiles)
    } catch {
      throw CasebookError.unreadable(path: folder.path, reason: "there is no such folder")
    }
    return try items.flatMap { item in
      let path = prefix + item.lastPathComponent
      let isFolder = try item.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true
      return isFolder ? try paths(in: item, under: path + "/") : [path]
    }
  }

  /// The tables that a casebook may have.
  package static let tables = Casebook.tables.map(\.schema.table)

  /// Finds which table a file is: series may be spread over files of different licences.
  package static func table(of path: String) -> String? {
    guard path.hasSuffix(".csv"), !path.contains("/") else { return nil }
    let name = String(path.dropLast(4))
    return name.hasPrefix("series-") ? "series" : tables.contains(name) ? name : nil
  }
}

package import Documents
package import Foundation

/// The files of a casebook by their path in it, hidden ones left out.
package struct CasebookFiles: Sendable {
  package let folder: URL
  /// The contents by path, such as `claims.csv` or `studies/nato-china.yaml`.
  package let contents: [String: Data]
  /// What the system said of the files when they were read; empty where they are of no folder.
  let statuses: [String: FileStatus]
  /// How much of a table is read.
  package let limits: ReadingLimits

  /// Gathers the files of a folder, its folders included, as they are at one time.
  ///
  /// Only files are read: a link that leads out of the folder, a pipe or a device is a problem.
  /// - Throws: `CasebookError`; `FileError.unfinished`.
  package init(in folder: URL, limits: ReadingLimits = .standard) throws {
    for _ in 0..<CasebookFiles.readings {
      let set = try? FileSet(in: folder)
      try set?.completeForReading()
      let before = try CasebookFiles.statuses(in: folder)
      let contents = try CasebookFiles.contents(of: before.keys, in: folder, limits)
      // In this order: files of a set are renamed only while it is unsettled.
      if set?.isUnsettled != true, try CasebookFiles.statuses(in: folder) == before {
        (self.folder, self.contents, statuses) = (folder, contents, before)
        self.limits = limits
        return
      }
    }
    throw CasebookError.unreadable(
      path: folder.path, reason: "its files keep changing while they are read")
  }

  /// How often a casebook is read that changes meanwhile.
  private static let readings = 10

  private static func contents(
    of paths: some Sequence<String>, in folder: URL, _ limits: ReadingLimits
  ) throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for path in paths {
      let file = folder.appending(path: path)
      // Not mapped: what others write into the file must not change what was read.
      do { contents[path] = try InputFile.contents(of: file, limits: limits) } catch let error
        as InputFileError
      {
        throw CasebookError.unreadable(path: file.path, reason: error.explanation)
      }
    }
    return contents
  }

  /// What the system says of each file of a folder.
  static func statuses(in folder: URL) throws -> [String: FileStatus] {
    try FolderListing(folder).files.reduce(into: [:]) { found, path in
      found[path] = FileStatus(at: folder.appending(path: path).path)
    }
  }

  package init(
    folder: URL, contents: [String: Data], limits: ReadingLimits = .standard
  ) {
    self.folder = folder
    self.contents = contents
    statuses = [:]
    self.limits = limits
  }

  /// Takes texts as the files of a casebook that is in no folder.
  package init(texts: [String: String]) {
    folder = URL(filePath: "/")
    limits = .standard
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

  /// The tables that a casebook may have.
  package static let tables = Casebook.tables.map(\.schema.table)

  /// Finds which table a file is: series may be spread over files of different licences.
  package static func table(of path: String) -> String? {
    guard path.hasSuffix(".csv"), !path.contains("/") else { return nil }
    let name = String(path.dropLast(4))
    return name.hasPrefix("series-") ? "series" : tables.contains(name) ? name : nil
  }
}

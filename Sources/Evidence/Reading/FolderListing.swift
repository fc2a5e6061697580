import Documents
import Foundation

/// The files in a folder and its folders, by their path in it; hidden ones left out.
struct FolderListing {
  private(set) var files: [String] = []
  private var problems: [Problem] = []
  private let folder: URL
  /// The folder's own path without links, with a slash.
  private let root: String

  /// Lists a folder whole or not at all.
  ///
  /// - Throws: `CasebookError.unreadable` where a folder cannot be listed; `CasebookError.problems` for
  ///   what is neither file nor folder.
  init(_ folder: URL) throws {
    self.folder = folder
    root = (FolderListing.resolved(folder.path) ?? folder.path) + "/"
    try list(under: "")
    guard problems.isEmpty else { throw CasebookError.problems(problems) }
  }

  private mutating func list(under prefix: String) throws {
    let path = prefix.isEmpty ? folder.path : folder.appending(path: prefix).path
    for name in try FolderListing.names(in: path).sorted() {
      let item = prefix + name
      var facts = stat()
      guard lstat("\(path)/\(name)", &facts) == 0 else {
        throw CasebookError.unreadable(
          path: "\(path)/\(name)", reason: FolderListing.sentence(errno))
      }
      switch FileKind(mode: facts.st_mode) {
      case .file: files.append(item)
      case .folder: try list(under: item + "/")
      case .link: addLink(item, at: "\(path)/\(name)")
      case let kind:
        report(item, "is \(kind?.words ?? "of an unknown kind"), not a file")
      }
    }
  }

  /// Adds a link to a file of the same folder.
  private mutating func addLink(_ item: String, at path: String) {
    var facts = stat()
    guard let target = FolderListing.resolved(path), stat(path, &facts) == 0 else {
      return report(item, "is a link that leads nowhere")
    }
    guard target.hasPrefix(root) else { return report(item, "is a link out of the casebook") }
    guard FileKind(mode: facts.st_mode) == .file else {
      return report(item, "is a link to something that is not a file")
    }
    files.append(item)
  }

  private mutating func report(_ item: String, _ message: String) {
    problems.append(
      Problem(
        file: item, message: message, advice: "put the file itself here, or take this away"))
  }

  /// The path without links; nil where it leads nowhere.
  private static func resolved(_ path: String) -> String? {
    guard let target = realpath(path, nil) else { return nil }
    defer { free(target) }
    return String(cString: target)
  }

  /// The names in a folder.
  private static func names(in path: String) throws -> [String] {
    guard let stream = opendir(path) else {
      throw CasebookError.unreadable(path: path, reason: sentence(errno))
    }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      // Only the number of the error tells an error from the end.
      errno = 0
      guard let entry = readdir(stream) else { break }
      names.append(contentsOf: try name(of: entry, in: path).map { [$0] } ?? [])
    }
    guard errno == 0 else {
      throw CasebookError.unreadable(
        path: path, reason: "the list of its files breaks off (\(String(cString: strerror(errno))))"
      )
    }
    return names
  }

  /// The name of an entry; nil for a hidden one.
  private static func name(
    of entry: UnsafeMutablePointer<dirent>, in path: String
  ) throws -> String? {
    try withUnsafePointer(to: &entry.pointee.d_name) { start in
      try start.withMemoryRebound(to: CChar.self, capacity: 256) { bytes in
        guard bytes[0] != CChar(bitPattern: UInt8(ascii: ".")) else { return nil }
        if let name = String(validatingCString: bytes) { return name }
        let written = UnsafeRawBufferPointer(start: bytes, count: strlen(bytes))
        throw CasebookError.unreadable(
          path: path,
          reason: "the name `\(VisibleText.of(bytes: written))` in it is not UTF-8; rename it")
      }
    }
  }

  private static func sentence(_ code: Int32) -> String {
    switch code {
    case ENOENT: "it does not exist"
    case ENOTDIR: "it is not a folder; name the folder that it is in"
    case EACCES: "this user may not list it; ask for the right to"
    default: "its files cannot be listed (\(String(cString: strerror(code))))"
    }
  }
}

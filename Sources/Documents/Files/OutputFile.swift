package import Foundation

/// A file that a person named for output.
///
/// A file is replaced whole, with its mode and owner; a link stays, and its target is replaced. Devices
/// and pipes are written to, and never replaced.
package struct OutputFile {
  private let path: String

  package init(_ path: String) { self.path = path }

  /// Replaces the file, or writes to the device or pipe.
  ///
  /// - Throws: `FileError`; a file then has what it had before.
  package func write(_ data: Data) throws {
    if let descriptor { return try NewFile.write(data, to: descriptor, at: path) }
    guard let status = FileStatus(at: path) else { return try create(data) }
    if let stream = try stream(status) {
      defer { close(stream) }
      return try NewFile.write(data, to: stream, at: path)
    }
    try replace(status, data)
  }

  /// Writes behind what the file has, which must be a file that is there.
  ///
  /// - Throws: `FileError`.
  package func append(_ data: Data) throws {
    let target = try replaceable()
    let file = open(target, O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC)
    guard file >= 0 else { throw FileError.ofSystem(at: path) }
    defer { close(file) }
    try NewFile.write(data, to: file, at: path)
    guard fsync(file) == 0 else { throw FileError.ofSystem(at: path) }
  }

  /// The path of the file that is replaced, links followed.
  ///
  /// - Throws: `FileError` where it is no file that can be replaced, or is read-only.
  package func replaceable() throws -> String {
    guard let status = FileStatus(at: path) else {
      guard FileStatus(ofLinkAt: path) == nil else {
        throw refusal("it is a link to something that is not there", "remove the link")
      }
      return path
    }
    guard status.kind == .file else { throw refusal("it is not a file", "name a file") }
    try OutputFile.checkReplaceable(status, path)
    guard let target = resolved(path) else { throw FileError.ofSystem(at: path) }
    return target
  }

  /// Refuses files that are read-only, and those that stand under other names too.
  static func checkReplaceable(_ status: FileStatus, _ path: String) throws {
    guard access(path, W_OK) == 0 else {
      throw FileError.unwritable(
        path: path, reason: "it is read-only", advice: "make it writable, or name another")
    }
    guard status.names == 1 else {
      throw FileError.unwritable(
        path: path, reason: "it has \(status.names) names (hard links), which would come apart",
        advice: "replace it by a copy of itself first")
    }
  }

  /// The descriptor that a path is another name of, such as `/dev/stdout`.
  private var descriptor: Int32? {
    for folder in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(folder) {
      return Int32(path.dropFirst(folder.count))
    }
    // A device can be opened once more; of a file or a pipe only the place reached so far continues.
    guard let status = FileStatus(at: path), status.kind != .device else { return nil }
    return [STDOUT_FILENO, STDERR_FILENO].first {
      FileStatus(of: $0)?.isSameFile(as: status) == true
    }
  }

  /// Opens a device or a pipe; nil for a file.
  private func stream(_ status: FileStatus) throws -> Int32? {
    switch status.kind {
    case .file: return nil
    case .folder: throw refusal("it is a folder", "name a file")
    case .disk: throw refusal("it is a disk", "name a file")
    case .socket, .link: throw refusal("it is a socket", "name a file or a pipe")
    case .pipe, .device: break
    }
    let stream = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC)
    guard stream >= 0 else { throw FileError.ofSystem(at: path) }
    guard let kind = FileStatus(of: stream)?.kind, kind == .pipe || kind == .device else {
      close(stream)
      throw refusal("it was replaced meanwhile", "run the command again")
    }
    return stream
  }

  private func create(_ data: Data) throws { try put(data, at: replaceable(), like: nil) }

  private func replace(_ status: FileStatus, _ data: Data) throws {
    try put(data, at: replaceable(), like: status)
  }

  private func put(_ data: Data, at target: String, like old: FileStatus?) throws {
    let folder = URL(filePath: target).deletingLastPathComponent().path
    let new = folder + "/" + NewFile.name()
    do {
      try NewFile.create(new, data, like: old)
      guard rename(new, target) == 0 else {
        throw FileError.ofSystem(at: path)
      }
    } catch FileError.unwritable(_, let reason, let advice) {
      unlink(new)
      throw FileError.unwritable(path: path, reason: reason, advice: advice)
    }
    try NewFile.syncFolder(folder)
  }

  private func refusal(_ reason: String, _ advice: String) -> FileError {
    .unwritable(path: path, reason: reason, advice: advice)
  }
}

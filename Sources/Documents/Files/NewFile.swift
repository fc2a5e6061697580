import Foundation

/// A file that did not exist before, under a name that nobody can foresee.
struct NewFile {
  /// A name for something that is there only while the program writes.
  static func name() -> String {
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    return prefix + String(repeating: "0", count: 16 - digits.count) + digits
  }

  private static let prefix = ".fulcrum-"

  /// Whether a name is one of those that `name()` gives.
  static func isName(_ name: String) -> Bool {
    name.hasPrefix(prefix) && name.utf8.count == prefix.utf8.count + 16
      && name.dropFirst(prefix.count).allSatisfy { $0.isHexDigit && !$0.isUppercase }
  }

  /// Makes a file with the mode and owner of an older one, and sees it onto the disk.
  ///
  /// - Throws: `FileError`; then there is no such file.
  static func create(_ path: String, _ data: Data, like old: FileStatus?) throws {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let file = open(path, flags, old == nil ? 0o666 : 0o600)
    guard file >= 0 else { throw FileError.ofSystem(at: path) }
    defer { close(file) }
    do {
      try write(data, to: file, at: path)
      try old.map { try keepMode(of: $0, file, path) }
      guard fsync(file) == 0 else { throw FileError.ofSystem(at: path) }
    } catch {
      unlink(path)
      throw error
    }
  }

  /// Only root may give a file to another owner; then its group is kept, and its mode in any case.
  private static func keepMode(of old: FileStatus, _ file: Int32, _ path: String) throws {
    if fchown(file, old.owner, old.group) != 0 { _ = fchown(file, uid_t.max, old.group) }
    guard fchmod(file, old.mode) == 0 else { throw FileError.ofSystem(at: path) }
  }

  /// Writes all of some data to an open file, device or pipe.
  static func write(_ data: Data, to file: Int32, at path: String) throws {
    try data.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let part = UnsafeRawBufferPointer(rebasing: rest)
        let count = Foundation.write(file, part.baseAddress, part.count)
        if count >= 0 {
          rest = rest.dropFirst(count)
        } else if errno == EAGAIN {
          var wait = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
          poll(&wait, 1, -1)
        } else if errno != EINTR {
          throw FileError.ofSystem(at: path)
        }
      }
    }
  }

  /// Sees the names in a folder onto the disk.
  static func syncFolder(_ path: String) throws {
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw FileError.ofSystem(at: path) }
    defer { close(folder) }
    // Some file systems cannot sync a folder, and say so.
    guard fsync(folder) == 0 || errno == EINVAL else { throw FileError.ofSystem(at: path) }
  }
}

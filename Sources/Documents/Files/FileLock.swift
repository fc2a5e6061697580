import Foundation

/// A lock on a folder or a file, so that one run of the program at a time changes it.
///
/// It is a hidden file that is locked while the work lasts and removed after it. A run that is killed
/// leaves the file, but no lock.
package struct FileLock {
  /// What is locked, as a message names it.
  private let subject: String
  private let path: String

  static let nameInFolder = ".fulcrum-lock"

  /// The lock on a folder.
  package init(onFolder folder: String) {
    subject = folder
    path = "\(folder)/\(FileLock.nameInFolder)"
  }

  /// The lock on a file, which need not be there.
  package init(onFile file: String) {
    subject = file
    let place = URL(filePath: file)
    path = place.deletingLastPathComponent().path + "/.\(place.lastPathComponent).fulcrum-lock"
  }

  /// Does some work while nobody else does, and waits up to some tenths of a second for that.
  ///
  /// `purpose` is what another run is told, such as "fulcrum import".
  ///
  /// - Throws: `FileError.inUse` with the process that has the lock; `FileError.unwritable`.
  @discardableResult
  package func hold<T>(
    for purpose: String, patience: Int, _ work: () throws -> T
  ) throws -> T {
    let file = try take(patience: patience)
    defer {
      unlink(path)
      close(file)
    }
    try NewFile.write(Data("\(getpid()) \(purpose)\n".utf8), to: file, at: path)
    return try work()
  }

  private func take(patience: Int) throws -> Int32 {
    var waits = 0
    while true {
      let file = try opened()
      if flock(file, LOCK_EX | LOCK_NB) == 0 {
        // The run that had the lock before may have removed the file meanwhile.
        if let own = FileStatus(of: file), FileStatus(ofLinkAt: path)?.isSameFile(as: own) == true {
          guard ftruncate(file, 0) == 0 else { throw FileError.ofSystem(at: path) }
          return file
        }
        close(file)
        continue
      }
      let code = errno
      defer { close(file) }
      guard code == EWOULDBLOCK || code == EINTR else {
        throw FileError.ofSystem(at: path, code)
      }
      guard waits < patience * 10 else { throw FileError.inUse(path: subject, by: holder(file)) }
      waits += 1
      usleep(10_000)
    }
  }

  private func opened() throws -> Int32 {
    let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    let file = open(path, flags, 0o666)
    guard file >= 0 else {
      guard errno != ELOOP, errno != EISDIR else { throw strange() }
      throw FileError.ofSystem(at: subject)
    }
    guard let status = FileStatus(of: file), status.kind == .file, status.names <= 1 else {
      close(file)
      throw strange()
    }
    return file
  }

  private func strange() -> FileError {
    .unwritable(
      path: path, reason: "it is not the lock that the program makes", advice: "remove it")
  }

  /// Which process has the lock and what it does, as it wrote into the file.
  private func holder(_ file: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 200)
    let count = pread(file, &bytes, bytes.count, 0)
    let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    let line = text.prefix { !$0.isNewline }.filter { $0 >= " " }
    guard let space = line.firstIndex(of: " "), let process = Int32(line[..<space]) else {
      return "another run of the program"
    }
    return "process \(process) (\(line[line.index(after: space)...]))"
  }
}

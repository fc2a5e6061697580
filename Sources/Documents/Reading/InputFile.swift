package import Foundation

/// Reads files from outside: regular ones only, looked at before they are read.
package enum InputFile {
  /// Maps the contents of a file, whose name may be a link.
  ///
  /// - Throws: `InputFileError`.
  package static func contents(
    of url: URL, limits: ReadingLimits = .standard
  ) throws -> Data {
    try contents(atPath: url.path, named: url.relativePath, limits: limits)
  }

  /// Maps the contents of a file by its path; `name` is what a message calls it.
  ///
  /// - Throws: `InputFileError`.
  package static func contents(
    atPath path: String, named name: String, limits: ReadingLimits = .standard
  ) throws -> Data {
    // Opening a pipe would otherwise wait for somebody to write into it.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw InputFileError(name: name, .missing(code: errno)) }
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else {
      throw InputFileError(name: name, .missing(code: errno))
    }
    if let kind = FileKind(mode: facts.st_mode), kind != .file {
      throw InputFileError(name: name, .notAFile(kind))
    }
    guard facts.st_size <= limits.file else {
      throw InputFileError(name: name, .tooLarge(bytes: Int(facts.st_size), limit: limits.file))
    }
    return try mapped(descriptor, count: Int(facts.st_size), name)
  }

  private static func mapped(_ descriptor: Int32, count: Int, _ name: String) throws -> Data {
    // Nothing can be mapped of an empty file; one of `/proc` says that it is empty and is not.
    guard count > 0 else { return Data() }
    guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED
    else { throw InputFileError(name: name, .unreadable(code: errno)) }
    return Data(bytesNoCopy: start, count: count, deallocator: .unmap)
  }
}

/// What stands under a name in a folder.
package enum FileKind: Hashable, Sendable {
  case file, folder, link, pipe, socket, device

  /// Tells the kind by a file's mode; nil for one that no system here has.
  package init?(mode: mode_t) {
    switch mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .folder
    case S_IFLNK: self = .link
    case S_IFIFO: self = .pipe
    case S_IFSOCK: self = .socket
    case S_IFCHR, S_IFBLK: self = .device
    default: return nil
    }
  }

  /// The kind with its article.
  package var words: String {
    switch self {
    case .file: "a file"
    case .folder: "a folder"
    case .link: "a link"
    case .pipe: "a pipe"
    case .socket: "a socket"
    case .device: "a device"
    }
  }
}

/// Why a file from outside is not read.
package struct InputFileError: Error, Hashable, CustomStringConvertible {
  package enum Reason: Hashable, Sendable {
    /// It cannot be opened, by the system's number of the error.
    case missing(code: Int32)
    case notAFile(FileKind)
    case tooLarge(bytes: Int, limit: Int)
    case unreadable(code: Int32)
  }

  package let name: String
  package let reason: Reason

  init(name: String, _ reason: Reason) { (self.name, self.reason) = (name, reason) }

  /// The reason, as the end of a sentence, with the remedy.
  package var explanation: String {
    switch reason {
    case .missing(code: EACCES): "this user may not read it; ask for the right to"
    case .missing(code: ELOOP): "its links lead in a circle; name the file itself"
    case .missing: "it is missing or not a file"
    case .notAFile(.folder): "it is a folder, not a file; name a file in it"
    case .notAFile(let kind): "it is \(kind.words), not a file; save its content to a file first"
    case .tooLarge(let bytes, let limit):
      "it has \(Numeral.grouped(bytes)) bytes, more than the limit of \(Numeral.grouped(limit)); "
        + "raise the limit `file`, or cut the file"
    case .unreadable(let code): "the system cannot read it (\(String(cString: strerror(code))))"
    }
  }

  package var description: String { "\(name) cannot be read: \(explanation)." }
}

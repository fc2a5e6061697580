import Foundation

/// Why a file could not be written; what was there before is still there.
public enum FileError: Error, Hashable, CustomStringConvertible {
  case unwritable(path: String, reason: String, advice: String)
  /// Another run of the program is changing the same folder or file.
  case inUse(path: String, by: String)
  /// An earlier run was stopped while it replaced files, and what it began cannot be completed.
  case unfinished(path: String, reason: String)
  /// What such a run left is not what the program wrote.
  case damagedJournal(path: String)

  public var description: String {
    switch self {
    case .unwritable(let path, let reason, let advice):
      "\(path) cannot be written: \(reason); \(advice)."
    case .inUse(let path, let holder):
      "\(path) is being changed by \(holder); nothing was written. Wait until it has ended, then "
        + "run the command again."
    case .unfinished(let path, let reason):
      "\(path) holds a change that was interrupted and cannot be completed: \(reason). Run the "
        + "command again as somebody who may write there."
    case .damagedJournal(let path):
      "\(path) is the journal of an interrupted change, and is damaged; compare the files in it with "
        + "those of the folder, then remove it."
    }
  }

  /// The failure of the last call of the system, before which `errno` was set.
  static func ofSystem(at path: String, _ code: Int32 = errno) -> FileError {
    let (reason, advice) = words(for: code)
    return .unwritable(path: path, reason: reason, advice: advice)
  }

  private static func words(for code: Int32) -> (reason: String, advice: String) {
    switch code {
    case ENOSPC, EDQUOT: ("the disk is full", "make room there, or name another place")
    case EFBIG: ("the file would be larger than allowed", "raise the limit, or name another place")
    case EACCES, EPERM: ("you may not write there", "make it writable, or name another place")
    case EROFS: ("the disk is read-only", "name another place")
    case ENOENT: ("the folder is missing", "name a file in a folder that exists")
    case ENOTDIR: ("a part of its path is not a folder", "name a file in a folder that exists")
    case EISDIR: ("it is a folder", "name a file")
    case EPIPE: ("its reader is gone", "let the reader read to the end")
    case ENAMETOOLONG: ("its name is too long", "name a shorter one")
    default: (String(cString: strerror(code)), "name another place")
    }
  }
}

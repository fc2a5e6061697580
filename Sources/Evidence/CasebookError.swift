public import Documents

/// Why a casebook could not be loaded.
public enum CasebookError: Error, Hashable, CustomStringConvertible {
  /// The folder could be read, but not all that is in it is right.
  case problems([Problem])
  /// The folder or a file in it could not be read.
  case unreadable(path: String, reason: String)
  /// A file could not be written; what was there before is still there.
  case unwritable(path: String, reason: String)

  public var description: String {
    switch self {
    case .problems(let problems): problems.map(\.description).joined(separator: "\n")
    case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)."
    case .unwritable(let path, let reason): "\(path) cannot be written: \(reason)."
    }
  }
}

public import Documents

/// Why a casebook could not be loaded or changed.
public enum CasebookError: Error, Hashable, CustomStringConvertible {
  /// The folder could be read, but not all that is in it is right.
  case problems([Problem])
  /// The folder or a file in it could not be read.
  case unreadable(path: String, reason: String)
  /// Files were changed by somebody else after they were read to be changed; nothing was written.
  case changedMeanwhile(path: String, changed: [String], added: [String], removed: [String])

  public var description: String {
    switch self {
    case .problems(let problems): problems.map(\.description).joined(separator: "\n")
    case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)."
    case .changedMeanwhile(let path, let changed, let added, let removed):
      "\(path) was changed by somebody else since it was read: "
        + [(changed, "changed"), (added, "added"), (removed, "removed")].filter { !$0.0.isEmpty }
        .map { "\($0.0.joined(separator: ", ")) \($0.1)" }.joined(separator: "; ")
        + ". Nothing was written; run the command again, which reads it as it is now."
    }
  }
}

/// One thing that is wrong in a casebook: where, what came, what would be right.
public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where in a file a problem lies.
  public enum Place: Hashable, Sendable {
    case file
    /// A row as a spreadsheet counts it: the header is row 1.
    case row(Int, column: String?)
    case line(Int, column: Int)
  }

  /// The file's path within the casebook.
  public let file: String
  public let place: Place
  /// The value found, as written.
  public let value: String?
  public let message: String
  /// What to do about it.
  public let mend: String?

  public init(
    file: String, place: Place = .file, value: String? = nil, message: String, mend: String? = nil
  ) {
    self.file = file
    self.place = place
    self.value = value
    self.message = message
    self.mend = mend
  }

  /// The problem as one line: file, place, value, message, mend.
  public var description: String { "\(file)\(whereabouts): \(sentence)" }

  /// The value, the message and the mend, without the file.
  public var sentence: String {
    let found = value.map { $0.isEmpty ? "" : "\u{2018}\(Problem.shortened($0))\u{2019} " } ?? ""
    return found + message + (mend.map { "; \($0)" } ?? "") + "."
  }

  private var whereabouts: String {
    switch place {
    case .file: ""
    case .row(let row, let column): ", row \(row)" + (column.map { ", column \($0)" } ?? "")
    case .line(let line, let column): ", line \(line), column \(column)"
    }
  }

  private static func shortened(_ text: String) -> String {
    let shown = text.prefix(80)
    return shown.endIndex == text.endIndex ? text : shown + "…"
  }
}

/// Why a casebook could not be loaded.
public enum CasebookError: Error, Hashable, CustomStringConvertible {
  /// The folder could be read, but not all that is in it is right.
  case problems([Problem])
  /// The folder or a file in it could not be read.
  case unreadable(path: String, reason: String)

  public var description: String {
    switch self {
    case .problems(let problems): problems.map(\.description).joined(separator: "\n")
    case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)."
    }
  }
}

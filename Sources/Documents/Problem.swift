/// One thing that is wrong in a file: where, what came, what would be right.
public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where in a file a problem lies.
  public enum Place: Hashable, Sendable, CustomStringConvertible {
    case file
    /// A row as a spreadsheet counts it: the header is row 1.
    case row(Int, column: String?)
    case line(Int, column: Int)

    /// The place as "row 12, column actor"; empty for a whole file.
    public var description: String {
      switch self {
      case .file: ""
      case .row(let row, let column): "row \(row)" + (column.map { ", column \($0)" } ?? "")
      case .line(let line, let column): "line \(line), column \(column)"
      }
    }
  }

  /// The file's path: within the casebook, or as it was named.
  public let file: String
  public let place: Place
  /// The value found, as written.
  public let value: String?
  public let message: String
  /// What to do about it.
  public let advice: String?

  public init(
    file: String, place: Place = .file, value: String? = nil, message: String, advice: String? = nil
  ) {
    self.file = file
    self.place = place
    self.value = value
    self.message = message
    self.advice = advice
  }

  /// The problem as one line: file, place, value, message, advice.
  public var description: String {
    place == .file ? "\(file): \(sentence)" : "\(file), \(place): \(sentence)"
  }

  /// The value, the message and the advice, without the file.
  public var sentence: String {
    let found = value.map { $0.isEmpty ? "" : "`\(Problem.shortened($0))` " } ?? ""
    let all = found + message + (advice.map { "; \($0)" } ?? "")
    return all.hasSuffix("?") ? all : all + "."
  }

  /// A value that may be long, as far as a problem keeps it.
  package static func kept(_ value: String) -> String {
    guard value.utf8.count > keptBytes else { return value }
    return String(decoding: value.utf8.prefix(keptBytes), as: UTF8.self) + "…"
  }

  private static let keptBytes = 1000

  /// A text that may be long, as far as a message needs it.
  package static func shortened(_ text: String) -> String {
    let shown = text.prefix(80)
    return shown.endIndex == text.endIndex ? text : shown + "…"
  }
}

extension Problem: Encodable {
  private enum Key: String, CodingKey {
    case file, row, line, column, value, message, advice
  }

  /// Writes only what is stated; `column` is a name in a table, a number in a text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(file, forKey: .file)
    switch place {
    case .file: break
    case .row(let row, let column):
      try container.encode(row, forKey: .row)
      try container.encodeIfPresent(column, forKey: .column)
    case .line(let line, let column):
      try container.encode(line, forKey: .line)
      try container.encode(column, forKey: .column)
    }
    try container.encodeIfPresent(value, forKey: .value)
    try container.encode(message, forKey: .message)
    try container.encodeIfPresent(advice, forKey: .advice)
  }
}

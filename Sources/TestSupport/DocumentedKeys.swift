import Documents
public import Foundation

/// The keys that a page of the documentation says a command's JSON has.
public struct DocumentedKeys: Sendable {
  private let text: String

  public init(_ page: URL) throws { text = try String(contentsOf: page, encoding: .utf8) }

  /// The words in code style of the tables of one part, options aside; nil without such a part.
  ///
  /// A part begins with a heading of the command's words, as in "## `fulcrum exposure --json`".
  public func keys(of part: String) -> Set<String>? {
    let sections = text.components(separatedBy: "\n## ")
    guard let section = sections.first(where: { $0.hasPrefix("`fulcrum \(part)") }) else {
      return nil
    }
    let rows = section.split(separator: "\n").filter { $0.hasPrefix("| `") }.joined()
    let words = rows.matches(of: /`([^`]+)`/)
      .map { String($0.1.split(separator: ".").last ?? "") }
    return Set(words.filter { !$0.hasPrefix("--") })
  }
}

/// All keys of a JSON text, however deep; below the keys of `named` are names of the data, not keys.
public func keys(ofJSON text: String, named: Set<String> = []) throws -> Set<String> {
  func keys(_ value: Any) -> Set<String> {
    if let values = value as? [Any] { return values.reduce(into: []) { $0.formUnion(keys($1)) } }
    let object = value as? [String: Any] ?? [:]
    return object.reduce(into: Set(object.keys)) { found, member in
      if !named.contains(member.key) { found.formUnion(keys(member.value)) }
    }
  }
  return keys(try JSONSerialization.jsonObject(with: Data(text.utf8)))
}

package import Documents
package import Markup

extension ArgumentProblem {
  /// The problem as a sentence of a page.
  fileprivate var html: HTML {
    guard let name else { return "\(message)" }
    let what: HTML = meaning.map { " (\(Self.inSentence($0)))" } ?? .none
    let came: HTML = value.map { ": <code><bdi>\(Problem.shortened($0))</bdi></code>" } ?? .none
    let right = advice.map { "; \($0)" } ?? ""
    let end = right.hasSuffix("?") ? "" : "."
    return """
      <code><bdi>\(Problem.shortened(name))</bdi></code>\(what)\(came) \(message)\(right)\(end)
      """
  }

  /// A sentence of its own as part of another.
  private static func inSentence(_ text: String) -> String {
    let end = text.hasSuffix(".") ? text.dropLast() : text[...]
    return end.prefix(1).lowercased() + end.dropFirst()
  }
}

extension Site {
  /// Says at the top of a page which arguments of its address were not understood; nothing without any.
  package static func notUnderstood(_ problems: [ArgumentProblem]) -> HTML {
    guard !problems.isEmpty else { return .none }
    let shown = problems.prefix(limit).map { problem -> HTML in "<li>\(problem.html)</li>" }
    let more: HTML =
      problems.count > limit ? "\n<li>And \(problems.count - limit) more.</li>" : .none
    return """
      <aside class="misunderstood" role="status">
      <p><strong>Not all of this address was understood; the page is shown without this:</strong></p>
      <ul class="plain">
      \(shown.joined("\n"))\(more)
      </ul>
      </aside>

      """
  }

  /// How many problems of one address are told.
  private static let limit = 8
}

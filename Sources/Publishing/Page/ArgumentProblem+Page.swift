import Documents

/// An argument of an address that cannot be taken: what came, what would be right, and advice.
package struct ArgumentProblem: Hashable, Sendable {
  /// The argument's name; nil where several of them cannot be had together.
  let name: String?
  /// What the argument is for.
  let meaning: String?
  let value: String?
  let message: String
  let advice: String?

  package init(
    name: String?, meaning: String? = nil, value: String? = nil, message: String,
    advice: String? = nil
  ) {
    self.name = name
    self.meaning = meaning
    self.value = value
    self.message = message
    self.advice = advice
  }

  /// A name that the address does not take.
  package static func unknown(_ name: String, known: [String]) -> ArgumentProblem {
    let names = known.joined(separator: ", ")
    let advice = Suggestion.question(for: name, among: known)
    return ArgumentProblem(
      name: name, message: "is not an argument of this page",
      advice: advice ?? (known.isEmpty ? "leave it out" : "there are \(names)"))
  }

  package static func twice(_ name: String) -> ArgumentProblem {
    ArgumentProblem(name: name, message: "is given twice", advice: "keep one")
  }

  /// The problem as a sentence for programs.
  package var sentence: String {
    guard let name else { return message }
    let problem = Problem(file: name, value: value, message: message, advice: advice)
    return value == nil ? "\(Problem.shortened(name)) \(problem.sentence)" : problem.description
  }

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

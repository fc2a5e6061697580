/// An argument of an address that cannot be taken: what came, what would be right, and advice.
package struct ArgumentProblem: Hashable, Sendable {
  /// The argument's name; nil where several of them cannot be had together.
  package let name: String?
  /// What the argument is for.
  package let meaning: String?
  package let value: String?
  package let message: String
  package let advice: String?

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
}

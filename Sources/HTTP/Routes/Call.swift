import Foundation
package import Documents

/// A request that found its route, with its arguments checked.
package struct Call: Sendable {
  package let request: Request
  /// The media type that the client wants most of those that the route gives.
  package let type: String
  /// The arguments that the route takes, as they came.
  package private(set) var accepted: [AddressArgument] = []
  /// What is wrong with the others.
  package private(set) var problems: [ArgumentProblem] = []
  private var texts: [String: [String]]

  /// Checks the arguments against the route's; an empty one is as good as none.
  ///
  /// - Throws: `HTTPProblem` for a media type that the route cannot give.
  package init(_ request: Request, to route: Route, path: [String: String]) throws {
    // What has one form only is given in it.
    let only = route.types.count == 1 ? route.types.first : nil
    guard let type = only ?? request.preferred(among: route.types) else {
      throw HTTPProblem.notAcceptable(route.types)
    }
    self.request = request
    self.type = type
    texts = path.mapValues { [$0] }
    for argument in request.query where !argument.value.isEmpty { take(argument, route.parameters) }
  }

  /// Keeps an argument, or what is wrong with it.
  private mutating func take(_ argument: Request.Argument, _ parameters: [Route.Parameter]) {
    let (name, value) = (argument.name, argument.value)
    guard let parameter = parameters.first(where: { $0.name == name }) else {
      problems.append(.unknown(name, known: parameters.map(\.name)))
      return
    }
    guard parameter.mayRepeat || texts[name] == nil else {
      problems.append(.twice(name))
      return
    }
    if let problem = parameter.problem(with: value, guesses: problems.count < Self.mostGuesses) {
      problems.append(problem)
      return
    }
    texts[name, default: []].append(value)
    accepted.append(AddressArgument(name: name, value: value))
  }

  /// For how many problems the words that may have been meant are looked for, among all that there are.
  private static let mostGuesses = 20

  package subscript(name: String) -> String? { texts[name]?.first }
  package func all(_ name: String) -> [String] { texts[name] ?? [] }
  package func number(_ name: String) -> Int? { texts[name]?.first.flatMap { Int($0) } }
}

extension Route.Parameter {
  fileprivate var mayRepeat: Bool { if case .words = kind { true } else { false } }

  /// What is wrong with a value; nil when the parameter takes it.
  fileprivate func problem(with value: String, guesses: Bool) -> ArgumentProblem? {
    if value.utf8.count > Request.Limits.argument {
      return wrong(
        Problem.shortened(value), "has more than \(Request.Limits.argument) bytes",
        advice: "shorten it")
    }
    return switch kind {
    case .text: nil
    case .whole(let range):
      Int(value).map(range.contains) == true
        ? nil
        : wrong(
          value, "is not a whole number from \(range.lowerBound) to \(range.upperBound)",
          advice: "write one")
    case .number(let range):
      Double(value).map(range.contains) == true
        ? nil
        : wrong(
          value,
          "is not a number from \(Numeral.text(range.lowerBound)) to \(Numeral.text(range.upperBound))",
          advice: "write one")
    case .weights(let count, let range): problem(withWeights: value, count, in: range)
    case .word(let known), .words(let known):
      known.contains(value) ? nil : stranger(value, known, guesses: guesses)
    }
  }

  private func wrong(_ value: String, _ message: String, advice: String) -> ArgumentProblem {
    ArgumentProblem(name: name, meaning: meaning, value: value, message: message, advice: advice)
  }

  private func stranger(
    _ value: String, _ known: [String], guesses: Bool
  ) -> ArgumentProblem {
    let choices =
      switch known.count {
      case 0: "leave it out"
      case ...Self.listed: "take one of " + known.joined(separator: ", ")
      default: "take one of the \(known.count) that there are"
      }
    return wrong(
      value, "is not one of the choices",
      advice: (guesses ? Suggestion.question(for: value, among: known) : nil) ?? choices)
  }

  /// How many choices a message can list.
  private static let listed = 24

  private func problem(
    withWeights value: String, _ count: Int, in range: ClosedRange<Double>
  ) -> ArgumentProblem? {
    let parts = value.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Double($0.trimmingCharacters(in: .whitespaces)) }
    let isRight = numbers.allSatisfy(range.contains)
    guard !isRight || parts.count != count || numbers.count != count else { return nil }
    let example = (1...count).map(String.init).joined(separator: ", ")
    return wrong(
      value,
      "should be \(count) numbers from \(Numeral.text(range.lowerBound)) to "
        + "\(Numeral.text(range.upperBound)), one for each part of the index",
      advice: "write them with commas between, such as \(example)")
  }
}

/// A request that found its route, with its arguments checked.
struct Call: Sendable {
  let request: Request
  /// The media type that the client wants most of those that the route gives.
  let type: String
  private var texts: [String: [String]]
  private var numbers: [String: Int] = [:]

  /// Checks the arguments against the route's; an empty one is as good as none.
  ///
  /// - Throws: `HTTPProblem` with everything that is wrong with the arguments.
  init(_ request: Request, to route: Route, path: [String: String]) throws {
    // What has one form only is given in it.
    let only = route.types.count == 1 ? route.types.first : nil
    guard let type = only ?? request.preferred(among: route.types) else {
      throw HTTPProblem.notAcceptable(route.types)
    }
    self.request = request
    self.type = type
    texts = path.mapValues { [$0] }
    var problems: [String] = []
    for argument in request.query where !argument.value.isEmpty {
      if let problem = take(argument, route.parameters) { problems.append(problem) }
    }
    guard problems.isEmpty else {
      throw HTTPProblem.badRequest(problems.joined(separator: " "), problems: problems)
    }
  }

  /// Keeps an argument, or says what is wrong with it.
  private mutating func take(
    _ argument: Request.Argument, _ parameters: [Route.Parameter]
  ) -> String? {
    guard let parameter = parameters.first(where: { $0.name == argument.name }) else {
      let known = parameters.map(\.name).joined(separator: ", ")
      return "\(argument.name) is no argument here; "
        + (known.isEmpty ? "leave it out." : "there are \(known).")
    }
    if parameter.kind != .words, texts[parameter.name] != nil {
      return "\(parameter.name) is given twice; keep one."
    }
    switch parameter.kind {
    case .whole(let range):
      guard let number = Int(argument.value), range.contains(number) else {
        return
          "\(parameter.name) takes a whole number from \(range.lowerBound) to \(range.upperBound)."
      }
      numbers[parameter.name] = number
    case .word(let words) where !words.contains(argument.value):
      return "\(parameter.name) is one of \(words.joined(separator: ", "))."
    case .text, .word, .words: break
    }
    texts[parameter.name, default: []].append(argument.value)
    return nil
  }

  subscript(name: String) -> String? { texts[name]?.first }
  func all(_ name: String) -> [String] { texts[name] ?? [] }
  func number(_ name: String) -> Int? { numbers[name] }
}

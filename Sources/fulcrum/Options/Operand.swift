/// A word after a command's name that is no option, with the type of what it gives.
struct Operand<Value: Sendable>: DeclaredOperand {
  let form: OperandForm
  fileprivate let take: @Sendable (ArraySlice<String>) -> Value

  func value(of words: ArraySlice<String>) -> any Sendable { take(words) }
}

/// What the help, the errors and the completions say of an operand.
struct OperandForm: Hashable, Sendable {
  /// How many words it takes.
  enum Count: Sendable { case one, atMostOne, atLeastOne, any }

  let name: String
  let count: Count
  let completion: Completion

  /// As a line of usage shows it: `DIR`, `[CASEBOOK]`, `FILE…`.
  var usage: String {
    switch count {
    case .one: name
    case .atMostOne: "[\(name)]"
    case .atLeastOne: "\(name)…"
    case .any: "[\(name)…]"
    }
  }

  fileprivate var least: Int { count == .one || count == .atLeastOne ? 1 : 0 }
  fileprivate var most: Int { count == .one || count == .atMostOne ? 1 : .max }
}

/// An operand of any type, as a command lists it.
protocol DeclaredOperand: Sendable {
  var form: OperandForm { get }
  func value(of words: ArraySlice<String>) -> any Sendable
}

extension Operand where Value == String {
  init(_ name: String, completion: Completion = .nothing) {
    form = OperandForm(name: name, count: .one, completion: completion)
    take = { $0.first ?? "" }
  }
}

extension Operand where Value == String? {
  init(optional name: String, completion: Completion = .nothing) {
    form = OperandForm(name: name, count: .atMostOne, completion: completion)
    take = { $0.first }
  }
}

extension Operand where Value == [String] {
  init(several name: String, completion: Completion = .files) {
    form = OperandForm(name: name, count: .atLeastOne, completion: completion)
    take = { Array($0) }
  }

  init(any name: String, completion: Completion = .files) {
    form = OperandForm(name: name, count: .any, completion: completion)
    take = { Array($0) }
  }
}

/// The operands of a command in their order.
struct OperandList: Sendable {
  let operands: [any DeclaredOperand]

  /// Gives each operand its words; the last may take several.
  ///
  /// - Throws: `Misreading` where there are too few or too many.
  func values(of words: [String]) throws -> [String: any Sendable] {
    let forms = operands.map(\.form)
    let least = forms.reduce(0) { $0 + $1.least }
    let most = forms.contains { $0.most == .max } ? Int.max : forms.count
    guard (least...most).contains(words.count) else {
      throw Misreading(message: "expected \(Self.expected(forms, least, most)); got \(got(words))")
    }
    var rest = words[...]
    var values: [String: any Sendable] = [:]
    for (place, operand) in operands.enumerated() {
      let isLast = place == operands.count - 1
      let own = isLast ? rest : rest.prefix(1)
      values[operand.form.name] = operand.value(of: own)
      rest = rest.dropFirst(own.count)
    }
    return values
  }

  private static func expected(_ forms: [OperandForm], _ least: Int, _ most: Int) -> String {
    let names = forms.map(\.name).joined(separator: " and ")
    if forms.isEmpty { return "no argument" }
    if least == most { return "\(counted(least)), \(names)" }
    return least == 0
      ? "at most \(counted(most)), \(names)" : "at least \(counted(least)), \(names)"
  }

  private func got(_ words: [String]) -> String {
    words.isEmpty ? "none" : "\(words.count)"
  }

  private static func counted(_ count: Int) -> String {
    let words = ["no argument", "one argument", "two arguments", "three arguments"]
    return count < words.count ? words[count] : "\(count) arguments"
  }
}

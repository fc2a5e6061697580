import Documents

/// What a command is asked, read by the types of its options and operands.
struct Arguments: Sendable {
  let command: Command
  /// The method, format or kind of row that is named.
  let topic: Topic?
  private let values: [String: any Sendable]
  private let given: Set<String>

  /// Reads the words after a command's name, all of them before the command does anything.
  ///
  /// - Throws: `Failure` for what is unknown, missing or outside of its range.
  init(_ words: some Sequence<String>, for command: Command) throws {
    var split = try SplitWords(words, for: command)
    let topic = split.takeTopic()
    self.command = command
    self.topic = topic
    if topic == nil, let message = command.topics.missing(split) { throw command.failure(message) }
    given = Set(split.texts.keys)
    let options = command.options(of: topic)
    let names = Set(options.map(\.name))
    if let stranger = given.subtracting(names).sorted().first {
      throw command.misplaced(stranger, topic)
    }
    do {
      let list = OperandList(operands: command.operands(of: topic))
      var values = try list.values(of: split.operands)
      for option in options { values[option.name] = try Self.value(of: option, split, command) }
      self.values = values
    } catch let problem as Misreading {
      throw command.failure(problem.message.asSentence)
    }
  }

  private static func value(
    of option: any DeclaredOption, _ split: SplitWords, _ command: Command
  ) throws -> any Sendable {
    do { return try option.value(reading: split.texts[option.name]) } catch let problem
      as Misreading
    {
      let form = option.form
      guard split.texts[option.name] != nil else {
        throw command.failure(
          "\(form.name) is missing; add \(form.name) \(form.placeholder ?? "").")
      }
      throw command.failure("\(form.name): \(problem.message)".asSentence)
    }
  }

  /// The value of an option of the command.
  subscript<Value>(option: Option<Value>) -> Value { value(option.name) }

  /// The value of an operand of the command.
  subscript<Value>(operand: Operand<Value>) -> Value { value(operand.form.name) }

  private func value<Value>(_ name: String) -> Value {
    guard let value = values[name] as? Value else {
      preconditionFailure("`fulcrum \(command.name)` reads \(name), which it does not declare.")
    }
    return value
  }

  /// Whether the command line names an option.
  func isGiven(_ option: any DeclaredOption) -> Bool { given.contains(option.name) }

  /// The value of an option that this use of the command needs.
  ///
  /// - Throws: `Failure` where it is not given.
  func required<Value>(_ option: Option<Value?>) throws -> Value {
    guard let value = self[option] else {
      let form = option.form
      throw failure("\(form.name) is missing; add \(form.name) \(form.placeholder ?? "").")
    }
    return value
  }

  /// Refuses options that do not go with others that are given.
  func refuse(_ options: [any DeclaredOption], because reason: String) throws {
    for option in options where isGiven(option) { throw failure("\(option.name) \(reason).") }
  }

  func failure(_ message: String, code: ExitCode = .unreadable) -> Failure {
    command.failure(message, code: code)
  }
}

extension Command {
  /// An option that another topic has.
  fileprivate func misplaced(_ option: String, _ topic: Topic?) -> Failure {
    let owners = topics.all.filter { topic in
      options(of: topic).contains { $0.name == option }
    }.map(\.name)
    let advice = "it belongs to \(joined(owners)); leave it out."
    guard let topic else {
      return failure("\(option) needs a \(topics.placeholder.lowercased()); \(advice)")
    }
    return failure("\(option) does not apply to \(topic.name); \(advice)")
  }
}

/// Writes words as a list: `a, b and c`.
func joined(_ words: [String]) -> String {
  guard let last = words.last, words.count > 1 else { return words.first ?? "" }
  return words.dropLast().joined(separator: ", ") + " and " + last
}

extension String {
  /// The text with a full stop, where it does not end as a sentence.
  fileprivate var asSentence: String { hasSuffix(".") || hasSuffix("?") ? self : self + "." }
}

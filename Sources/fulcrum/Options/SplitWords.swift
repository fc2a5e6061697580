import Documents

/// The words after a command's name, sorted into options and operands before any is read.
struct SplitWords: Sendable {
  private(set) var operands: [String] = []
  /// The text of each option that is given; empty for flags.
  private(set) var texts: [String: String] = [:]
  private(set) var asksForHelp = false
  private let command: Command

  /// Sorts the words; an option is `--name`, `--name value` or `--name=value`; after `--` all are operands.
  ///
  /// - Throws: `Failure` for an option that the command does not know, or that lacks its value.
  init(_ words: some Sequence<String>, for command: Command) throws {
    self.command = command
    var rest = Array(words)[...]
    while let word = rest.popFirst() {
      if word == "--" {
        operands += rest
        return
      }
      guard word.hasPrefix("-"), word != "-" else {
        operands.append(word)
        continue
      }
      try take(word, &rest)
    }
  }

  private mutating func take(_ word: String, _ rest: inout ArraySlice<String>) throws {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    if name == "--help" || name == "-h" {
      asksForHelp = true
      return
    }
    let known = command.everyOption.map(\.option.form)
    guard let form = known.first(where: { $0.name == name }) else {
      throw command.unknownOption(name, among: known.map(\.name))
    }
    guard let placeholder = form.placeholder else {
      guard parts.count == 1 else { throw command.failure("\(name) takes no value; leave it out.") }
      texts[name] = ""
      return
    }
    guard texts[name] == nil else { throw command.failure("\(name) is given twice; keep one.") }
    guard let value = parts.count == 2 ? String(parts[1]) : rest.popFirst(),
      parts.count == 2 || !value.hasPrefix("--")
    else { throw command.failure("\(name) needs a value: \(name) \(placeholder).") }
    texts[name] = value
  }

  /// The topic that the words name; its word is no operand any more.
  mutating func takeTopic() -> Topic? {
    let topic = command.topics.all.first { topic in
      switch topic.place {
      case .firstOperand: operands.first == topic.name
      case .value(let option): texts[option] == topic.name
      }
    }
    if topic?.place == .firstOperand { operands.removeFirst() }
    return topic
  }
}

extension Command {
  func failure(_ message: String, code: ExitCode = .unreadable) -> Failure {
    Failure(message: "fulcrum \(name): \(message)", code: code)
  }

  fileprivate func unknownOption(_ option: String, among known: [String]) -> Failure {
    let question = Suggestion.question(for: option, among: known)
    return Failure(
      message: "fulcrum: unknown option `\(option)` for `\(name)`; "
        + (question ?? "see `fulcrum \(name) --help`."))
  }
}

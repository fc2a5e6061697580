/// What `--help` prints, made from the declarations of the commands.
enum HelpText {
  /// The help of the program.
  static func program(_ commands: [Command]) -> String {
    """
    fulcrum: from sourced evidence to a causal answer, with its uncertainty.

    usage: fulcrum COMMAND [options]

    \(rows(commands.filter { !$0.isHidden }.map { ($0.name, $0.summary) }))

      fulcrum COMMAND --help   the arguments and options of a command
      fulcrum --version        the version

    \(exitCodes)
    """
  }

  private static let exitCodes =
    "Exit codes: 0 no problems, 1 problems in the input, 2 cannot be read or written."

  /// The help of a command.
  static func command(_ command: Command) -> String {
    let own = command.options.map(\.form)
    let ofTopics = command.everyOption.filter { !$0.topics.isEmpty }
    var parts = [wrapped(command.summary), usage(of: command)]
    if !command.details.isEmpty { parts.append(wrapped(command.details)) }
    if !command.topics.all.isEmpty {
      parts.append(
        "\(command.topics.placeholder) is one of:\n\n"
          + rows(command.topics.all.map { ($0.name, $0.summary) }))
      parts.append(
        "`fulcrum help \(command.name) \(command.topics.placeholder)` shows what belongs to one of "
          + "them.")
    }
    parts.append("options:\n" + rows(own.map { (term($0), text($0)) } + [("--help", "show this")]))
    if !ofTopics.isEmpty {
      let lines = ofTopics.map { option, topics in
        (term(option.form), "\(option.form.help) [\(topics.joined(separator: ", "))]")
      }
      parts.append("options of only some \(command.topics.placeholder)s:\n" + rows(lines))
    }
    return parts.joined(separator: "\n\n")
  }

  /// The help of a method, a format or a kind of row.
  static func topic(_ topic: Topic, of command: Command) -> String {
    let options = topic.options + command.options(of: topic).dropLast(topic.options.count)
    let lines = options.map { (term($0.form), text($0.form)) } + [("--help", "show this")]
    return """
      \(wrapped("\(topic.name): \(topic.summary)"))

      \(usage(of: topic, command))

      options:
      \(rows(lines))
      """
  }

  // MARK: Usage

  /// The lines of usage of a command.
  static func usage(of command: Command) -> String {
    let topics = command.topics
    let isFirst = topics.all.contains { $0.place == .firstOperand && $0.operands == nil }
    let topic = topics.isRequired ? topics.placeholder : "[\(topics.placeholder)]"
    let first = (isFirst ? [topic] : []) + words(command.operands, command.options)
    // A topic with operands of its own has a line of its own.
    let others = topics.all.filter { $0.operands != nil }.map { topic in
      [topic.name] + words(topic.operands ?? [], topic.options)
    }
    let lines = ([first] + others).map { line($0, of: command) }
    return "usage: " + lines.joined(separator: "\n       ")
  }

  /// The line of usage of a topic, with its word in its place.
  static func usage(of topic: Topic, _ command: Command) -> String {
    var words = words(command.operands(of: topic), command.options(of: topic))
    switch topic.place {
    case .firstOperand: words.insert(topic.name, at: 0)
    case .value(let option):
      words = words.map { $0.hasPrefix(option + " ") ? "\(option) \(topic.name)" : $0 }
    }
    return "usage: " + line(words, of: command)
  }

  private static func line(_ words: [String], of command: Command) -> String {
    (["fulcrum", command.name] + words + ["[options]"]).joined(separator: " ")
  }

  /// The operands, and the options that must be given.
  private static func words(
    _ operands: [any DeclaredOperand], _ options: [any DeclaredOption]
  ) -> [String] {
    operands.map(\.form.usage) + options.map(\.form).filter(\.isRequired).map(term)
  }

  /// An option with what stands for its value: `--out DIR`.
  static func term(_ form: OptionForm) -> String {
    form.name + (form.placeholder.map { " \($0)" } ?? "")
  }

  /// What an option does, the values that it takes and what counts without it.
  static func text(_ form: OptionForm) -> String {
    let remarks = [
      form.isRequired ? "required" : nil, form.remark, form.defaultText.map { "default: \($0)" },
    ].compactMap(\.self)
    return form.help + (remarks.isEmpty ? "" : " (\(remarks.joined(separator: "; ")))")
  }

  // MARK: Layout

  private static let width = 80
  private static let widestTerm = 26

  /// Two columns of words; texts are broken into lines, and stand below terms that are too wide.
  static func rows(_ rows: [(term: String, text: String)]) -> String {
    let fitting = rows.map(\.term.count).filter { $0 <= widestTerm }.max() ?? 0
    let margin = String(repeating: " ", count: fitting + 4)
    return rows.map { term, text in
      let lines = TextLines.broken(text, width: width - fitting - 4)
        .joined(separator: "\n" + margin)
      let space = String(repeating: " ", count: max(0, fitting - term.count + 2))
      return "  " + term + (term.count <= fitting ? space : "\n" + margin) + lines
    }.joined(separator: "\n")
  }

  /// Paragraphs broken into lines.
  private static func wrapped(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { TextLines.broken(String($0), width: width).joined(separator: "\n") }
      .joined(separator: "\n")
  }
}

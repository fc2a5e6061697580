/// One thing that `fulcrum` can be asked to do.
struct Command: Sendable {
  let name: String
  /// What it does, in one sentence.
  let summary: String
  /// What else the help says, in paragraphs; empty for nothing.
  var details = ""
  var operands: [any DeclaredOperand] = []
  var options: [any DeclaredOption] = []
  /// What it can be asked for by a word, with options of its own: a method, a format, a kind of row.
  var topics = Topics()
  /// Whether the list of commands leaves it out.
  var isHidden = false
  /// Does the work and gives the exit code.
  let run: @Sendable (Arguments) throws -> ExitCode
}

/// The words that a command distinguishes by options of their own.
struct Topics: Sendable {
  /// What one of them is called in a line of usage: `METHOD`.
  var placeholder = ""
  var all: [Topic] = []
  /// Whether the command needs one.
  var isRequired = false
  /// Says what is wrong where no topic is named; nil where none is needed.
  var missing: @Sendable (SplitWords) -> String? = { _ in nil }
}

/// A method, a format or a kind of row: a word that brings options with it.
struct Topic: Sendable {
  /// Where the word stands.
  enum Place: Hashable, Sendable {
    case firstOperand
    case value(ofOption: String)
  }

  let name: String
  /// What it is, in a line of the help.
  let summary: String
  var place = Place.firstOperand
  /// The operands after its word; nil for those of the command.
  var operands: [any DeclaredOperand]?
  /// The options that it has besides those of the command.
  var options: [any DeclaredOption] = []
  /// The options of the command that do not apply to it.
  var excluded: Set<String> = []
}

extension Command {
  /// The operands of a topic, or without one.
  func operands(of topic: Topic?) -> [any DeclaredOperand] { topic?.operands ?? operands }

  /// The options that apply to a topic, or without one.
  func options(of topic: Topic?) -> [any DeclaredOption] {
    options.filter { topic?.excluded.contains($0.name) != true } + (topic?.options ?? [])
  }

  /// Every option that it knows, each name once, with the topics that alone have it.
  var everyOption: [(option: any DeclaredOption, topics: [String])] {
    var seen = Set(options.map(\.name))
    var owners: [String: [String]] = [:]
    for topic in topics.all {
      for option in topic.options { owners[option.name, default: []].append(topic.name) }
    }
    let own = topics.all.flatMap(\.options).filter { seen.insert($0.name).inserted }
    return options.map { ($0, []) } + own.map { ($0, owners[$0.name] ?? []) }
  }
}

import Documents

extension Codebook {
  /// Reads a codebook, and tells every problem in it.
  static func read(_ root: YAMLNode) -> (codebook: Codebook, problems: [Problem]) {
    var reader = CodebookReader()
    guard let entries = root.entries else {
      return (Codebook(), [root.problem("is no mapping", advice: "write `channels:` and the rest")])
    }
    for entry in entries { reader.read(entry) }
    for required in ["channels", "instruments", "ladders"] where root[required] == nil {
      reader.problems.append(
        root.problem("\(required) are missing", advice: "add a list `\(required):`"))
    }
    return (reader.codebook, reader.problems)
  }
}

/// Reads the lists of a codebook one by one.
private struct CodebookReader {
  var codebook = Codebook()
  var problems: [Problem] = []

  /// The lists that give titles to words which the program itself defines.
  private static let closed: [String: [String]] = [
    "assertions": words(Assertion.self), "directions": words(Direction.self),
    "phases": words(Phase.self), "actor_kinds": words(ActorKind.self),
    "succession_kinds": words(SuccessionKind.self), "schedules": words(RepaymentSchedule.self),
    "recognition_statuses": words(RecognitionStatus.self),
    "coverage_statuses": words(CoverageStatus.self), "reliability": words(Reliability.self),
    "credibility": words(Credibility.self), "concepts": words(Concept.self),
  ]

  private static func words<W: Word>(_: W.Type) -> [String] { W.allCases.map(\.rawValue) }

  mutating func read(_ entry: YAMLNode.Entry) {
    guard let key = entry.key.text else { return }
    switch key {
    case "ladders": readLadders(entry.value)
    case "source_grades": break
    case "styles":
      for (node, id) in identified(entry.value) {
        codebook.styles.append(HouseStyle(node, id: id) { problems.append($0) })
      }
    default:
      let terms = terms(entry.value)
      codebook.vocabularies[key] = terms.map(\.term)
      for (node, term) in terms { readImportedWords(of: node, term.id, in: key) }
      readRoles(of: terms, in: key)
      if key == "channels" { codebook.channels = terms.map { channel($0.node, $0.term) } }
      if key == "units" {
        codebook.moneyUnits = Set(terms.filter { flag("money", of: $0.node) }.map(\.term.id))
      }
      if key == "denominators" {
        codebook.denominators = terms.compactMap { denominator($0.node, $0.term) }
      }
      if key == "currencies" {
        codebook.exchangeRates = terms.compactMap { exchangeRate($0.node, $0.term) }
      }
      if let words = CodebookReader.closed[key] { checkClosed(terms, words) }
    }
  }

  private static let scale = Bounded(1e-12...1e12)

  /// Reads `series: {variable: gdp, currency: USD}`, perhaps with `times`, `over` and `scale`; nil where
  /// the term has none.
  private mutating func denominator(
    _ node: YAMLNode, _ term: Codebook.Term
  ) -> Codebook.Denominator? {
    guard let series = node["series"],
      let words = texts(of: ["variable", "currency"], in: series, "series")
    else { return nil }
    problems += series.keyProblems(known: ["variable", "times", "over", "scale", "currency"])
    let scale = series["scale"]?.number
    if let node = series["scale"], scale.map(Self.scale.contains) != true {
      problems.append(
        node.problem(
          "is no scale",
          advice: "write how many of the currency one unit is, \(Self.scale.words)"))
    }
    return Codebook.Denominator(
      id: term.id, title: term.title, variable: VariableID(words[0]),
      times: series["times"]?.text.map { VariableID($0) },
      over: series["over"]?.text.map { VariableID($0) }, scale: scale ?? 1, currency: words[1])
  }

  /// Reads `rate: {variable: eur-per-usd, per: USD}`; nil where the term has none.
  private mutating func exchangeRate(
    _ node: YAMLNode, _ term: Codebook.Term
  ) -> Codebook.ExchangeRate? {
    guard let rate = node["rate"], let words = texts(of: ["variable", "per"], in: rate, "rate")
    else { return nil }
    return Codebook.ExchangeRate(
      currency: term.id, per: words[1], variable: VariableID(words[0]))
  }

  /// Reads the texts of a mapping that has to have all of some keys; nil when one is missing.
  private mutating func texts(
    of keys: [String], in node: YAMLNode, _ name: String
  ) -> [String]? {
    let words = keys.compactMap { node[$0]?.text }
    if words.count == keys.count { return words }
    let form = keys.map { "\($0): …" }.joined(separator: ", ")
    problems.append(
      node.problem("\(name) lacks one of its keys", advice: "write `\(name): {\(form)}`"))
    return nil
  }

  /// Reads the words of importers that a term stands for, such as `imports: [loan, credit]`.
  private mutating func readImportedWords(of node: YAMLNode, _ id: String, in vocabulary: String) {
    guard let list = node["imports"] else { return }
    guard let elements = list.elements else {
      return problems.append(list.problem("is no list", advice: "write `imports: [word]`"))
    }
    for element in elements {
      guard let word = element.text else {
        problems.append(element.problem("is no word", advice: "write a word of an importer"))
        continue
      }
      if let other = codebook.importedWords[vocabulary, default: [:]].updateValue(
        id, forKey: word)
      {
        problems.append(element.problem("stands at \(other) too", advice: "keep one"))
      }
    }
  }

  private mutating func readRoles(of terms: [(node: YAMLNode, term: Codebook.Term)], in key: String)
  {
    switch key {
    case InstrumentRole.vocabulary:
      codebook.roles.instruments = roles(of: terms) { Instrument($0) }
    case ClauseRole.vocabulary: codebook.roles.clauses = roles(of: terms) { ClauseKind($0) }
    case UnitRole.vocabulary: codebook.roles.units = roles(of: terms) { $0 }
    default:
      for node in terms.compactMap({ $0.node["roles"] }) {
        problems.append(
          node.problem(
            "the words of \(key) have no roles",
            advice: "give roles to instruments, clauses or units"))
      }
    }
  }

  /// Reads what words are to the program, such as `roles: [exposure, ends_deal]`.
  private mutating func roles<Role: CodebookRole, W: Hashable>(
    of terms: [(node: YAMLNode, term: Codebook.Term)], as word: (String) -> W
  ) -> [Role: Set<W>] {
    var found: [Role: Set<W>] = [:]
    for (node, term) in terms {
      guard let list = node["roles"] else { continue }
      guard let elements = list.elements else {
        problems.append(list.problem("is not a list", advice: "write `roles: [role]`"))
        continue
      }
      for element in elements {
        let name = element.text ?? ""
        guard let role = Role(rawValue: name) else {
          let known = Role.allCases.map(\.rawValue)
          problems.append(
            element.problem(
              "`\(name)` is not a role of \(Role.vocabulary)",
              advice: Suggestion.question(for: name, among: known)
                ?? "use one of \(known.joined(separator: ", "))"))
          continue
        }
        found[role, default: []].insert(word(term.id))
      }
    }
    return found
  }

  private mutating func readLadders(_ node: YAMLNode) {
    for (node, id) in identified(node) {
      let stages = node["stages"].map { terms($0).map(\.term) } ?? []
      if stages.isEmpty {
        problems.append(node.problem("the ladder has no stages", advice: "list them, lowest first"))
      }
      codebook.ladders[ActorID(id)] = stages.map { Stage($0.id) }
      codebook.stageTitles[ActorID(id)] = Dictionary(
        stages.map { (Stage($0.id), $0.title) }, uniquingKeysWith: { first, _ in first })
    }
  }

  private mutating func terms(_ list: YAMLNode) -> [(node: YAMLNode, term: Codebook.Term)] {
    identified(list).map { node, id in
      let title = node["title"]?.text
      if title == nil {
        problems.append(node.problem("\(id) has no title", advice: "add `title:`"))
      }
      let definition = node["definition"]?.text
      return (node, Codebook.Term(id: id, title: title ?? id, definition: definition))
    }
  }

  /// Lists the elements that have an id, and reports those without one or with another's.
  private mutating func identified(_ list: YAMLNode) -> [(YAMLNode, String)] {
    guard let elements = list.elements else {
      problems.append(list.problem("is no list", advice: "write one `- id: …` per word"))
      return []
    }
    var seen: Set<String> = []
    return elements.compactMap { node in
      guard let id = node["id"]?.text, !id.isEmpty else {
        problems.append(node.problem("has no id", advice: "write `- id: word` and its title"))
        return nil
      }
      if !seen.insert(id).inserted {
        problems.append((node["id"] ?? node).problem("is there twice", advice: "keep one"))
      }
      return (node, id)
    }
  }

  private mutating func channel(_ node: YAMLNode, _ term: Codebook.Term) -> Codebook.Channel {
    if node["outcome"] == nil {
      problems.append(
        node.problem(
          "channel \(term.id) does not say whether it is an outcome",
          advice: "add `outcome: true` or `outcome: false`"))
    }
    return Codebook.Channel(
      id: ChannelID(term.id), title: term.title, definition: term.definition,
      isOutcome: flag("outcome", of: node))
  }

  private mutating func flag(_ key: String, of node: YAMLNode) -> Bool {
    guard let value = node[key] else { return false }
    if let flag = value.boolean { return flag }
    problems.append(value.problem("\(key) is true or false", advice: "write one of them"))
    return false
  }

  private mutating func checkClosed(
    _ terms: [(node: YAMLNode, term: Codebook.Term)], _ words: [String]
  ) {
    for (node, term) in terms where !words.contains(term.id) {
      problems.append(
        (node["id"] ?? node).problem(
          "is a word that the program does not know here",
          advice: Suggestion.question(for: term.id, among: words)
            ?? "use one of \(words.joined(separator: ", "))"))
    }
  }
}

import Documents
import Evidence
import Indicators

/// Reads the choices of a study's multiverse.
struct ChoiceReader {
  private let reader: StudyReader
  private let study: Study
  private let specifications: SpecificationReader
  /// Whether the study was read without a problem: else an outcome that a choice names may be one that
  /// could not be read.
  private let isWhole: Bool

  init(_ reader: StudyReader, _ study: Study) {
    self.reader = reader
    self.study = study
    isWhole = reader.problems.isEmpty
    specifications = SpecificationReader(reader, outcomes: study.outcomeIDs, pools: study.pools)
  }

  /// The most choices on one outcome whose shares of the variance are told apart.
  private static let most = 12

  /// The most options of one choice, and the most choices of a study.
  private static let (mostOptions, mostChoices) = (1000, 1000)

  func choices(_ node: YAMLNode) -> [Study.Choice] {
    let nodes = reader.list(node)
    guard nodes.count <= Self.mostChoices else {
      reader.report(
        node, "has \(nodes.count) choices", advice: "name at most \(Self.mostChoices)")
      return []
    }
    let choices = nodes.compactMap(choice)
    for outcome in study.channels.flatMap(\.outcomes) {
      let open = choices.count { $0.isOpen(for: outcome, in: study) }
      guard open > Self.most else { continue }
      reader.report(
        node, "has \(open) choices on the outcome \(outcome.id)",
        advice: "name at most \(Self.most), or join some")
    }
    if let twice = choices.map(\.id).firstRepeated {
      reader.report(node, "has the choice \(twice) twice", advice: "join their options")
    }
    return choices
  }

  private func choice(_ node: YAMLNode) -> Study.Choice? {
    reader.expectKeys(node, StudyKeys.choice.names)
    let id = reader.required(node, "choice").flatMap(reader.text)
    let title = reader.required(node, "title").flatMap(reader.text)
    let before = reader.problems.count
    let outcomes = (node["outcomes"].map(reader.list) ?? [])
      .compactMap { isWhole ? reader.oneOf($0, study.outcomeIDs) : reader.text($0) }
    guard let list = reader.required(node, "options"), let id, let title else { return nil }
    let nodes = reader.list(list)
    guard nodes.count <= Self.mostOptions else {
      reader.report(
        list, "offers \(nodes.count) options", advice: "give at most \(Self.mostOptions)")
      return nil
    }
    let options = nodes.compactMap { option($0, of: Set(outcomes)) }
    if let twice = options.map(\.label).firstRepeated {
      reader.report(list, "has the option \(twice) twice", advice: "keep one")
    }
    // What an option with a problem would have changed is not known.
    guard reader.problems.count == before else { return nil }
    guard options.count > 1 else {
      reader.report(list, "offers no choice", advice: "give two options or more, or take it out")
      return nil
    }
    let choice = Study.Choice(id: id, title: title, outcomes: Set(outcomes), options: options)
    let known = study.channels.flatMap(\.outcomes)
    if isWhole, !known.contains(where: { choice.isOpen(for: $0, in: study) }) {
      reader.report(
        node, "changes no outcome", advice: "give options that differ for some outcome")
    }
    return choice
  }

  private func option(_ node: YAMLNode, of outcomes: Set<String>) -> Study.Choice.Option? {
    for key in Specification.Choice.all.map(\.key).filter(StudyKeys.isMisplaced) {
      if let misplaced = node[key] {
        reader.report(
          misplaced, "is no part of an option",
          advice: key == "draws" ? "give --draws to the command" : "write outcomes beside options")
        return nil
      }
    }
    let specification = specifications.specification(node, others: ["label"])
    let label = reader.required(node, "label").flatMap(reader.text)
    if specification.factors != nil, specification.method != .factors {
      reader.report(node, "has factors without their method", advice: "add `method: factors`")
    }
    if let name = node["variable"], let variable = specification.variable {
      checkDirection(of: variable, at: name, outcomes)
    }
    return label.map { Study.Choice.Option(label: $0, specification: specification) }
  }

  /// A series that points the other way would turn the sign of the estimate.
  private func checkDirection(of id: VariableID, at node: YAMLNode, _ outcomes: Set<String>) {
    guard let variable = reader.casebook.variable(id) else { return }
    let others = study.channels.flatMap(\.outcomes).filter { outcome in
      outcomes.contains(outcome.id) && outcome.indicator.direction != variable.direction
    }
    if let other = others.first {
      reader.report(
        node,
        "points \(variable.direction.rawValue), outcome \(other.id) "
          + "\(other.indicator.direction.rawValue)",
        advice: "choose a series that points the same way")
    }
    if outcomes.isEmpty {
      reader.report(
        node, "could stand in for any outcome", advice: "name the outcomes of the choice")
    }
  }
}

extension Study.Choice {
  /// Whether the options give an outcome more than one specification.
  func isOpen(for outcome: Study.Outcome, in study: Study) -> Bool {
    guard outcomes.isEmpty || outcomes.contains(outcome.id) else { return false }
    let rests = outcome.indicator.rules.isEmpty == false
    let results = options.map { option -> OptionEffect? in
      guard let changed = try? study.applying(option.specification) else { return nil }
      let own = changed.channels.flatMap(\.outcomes).first { $0.id == outcome.id }
      return own.map {
        OptionEffect(
          outcome: $0, treatment: changed.treatment, pool: changed.pools[$0.pool],
          resolution: rests ? option.specification.resolution : nil,
          leftOut: option.specification.leftOut)
      }
    }
    return Set(results).count > 1
  }

  /// What an option makes of an outcome.
  private struct OptionEffect: Hashable {
    let outcome: Study.Outcome
    let treatment: Study.Treatment
    let pool: Study.Pool?
    let resolution: ResolutionOrder?
    let leftOut: Specification.LeftOut
  }
}

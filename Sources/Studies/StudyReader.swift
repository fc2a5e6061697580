import Effects
public import Evidence
public import Foundation
import Indicators
public import Documents

extension Study {
  /// Reads a study and checks it against the casebook that it asks.
  ///
  /// - Throws: `StudyError.problems` with everything that is wrong, or
  ///   `CasebookError.unreadable`.
  public init(contentsOf url: URL, for casebook: Casebook) throws {
    let root: YAMLNode
    do { root = try YAMLNode(contentsOf: url, name: "studies/\(url.lastPathComponent)") } catch let
      problem as Problem
    { throw StudyError.problems([problem]) }
    let reader = StudyReader(casebook)
    let study = reader.study(root, id: url.deletingPathExtension().lastPathComponent)
    guard let study, reader.problems.isEmpty else { throw StudyError.problems(reader.problems) }
    self = study
  }

  /// Reads what a study calls its treatment, whatever is wrong with the rest of it; nil where that is wrong.
  package static func treatment(in url: URL, for casebook: Casebook) throws -> Treatment? {
    do {
      let root = try YAMLNode(contentsOf: url, name: "studies/\(url.lastPathComponent)")
      return root["treatment"].flatMap(StudyReader(casebook).treatment)
    } catch is Problem { return nil }
  }
}

/// What keeps a study from being answered.
public enum StudyError: Error, Hashable {
  case problems([Problem])
  case unknownStudy(String, known: [String])
  case unknownChannel(ChannelID, known: [ChannelID])
  case unknownOutcome(String, known: [String])
  /// A specification's choice that the study cannot have, and what to choose instead.
  case impossibleChoice(String, advice: String)
  case tooManyCombinations(limit: Int)
  /// A record of a multiverse that was not made of this question, evidence and choices.
  case otherRecord(outcome: String)
  /// A line of a record of a multiverse that is not as it was written.
  case damagedRecord(line: Int, RecordFault)
  case emptyPool(outcome: String, problem: PoolProblem)

  /// Why a pool has nobody to compare.
  public enum PoolProblem: Hashable, Sendable {
    case nobodyTreated(organisation: ActorID, pool: String)
    case nobodyUntreated(organisation: ActorID, pool: String)
  }
}

extension RecordFault {
  fileprivate var words: String {
    switch self {
    case .changed: "was changed after it was written"
    case .unreadable: "cannot be read as a result of this multiverse"
    case .implausible: "has a number that no estimate can be"
    }
  }
}

extension StudyError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .problems(let problems): problems.map(\.description).joined(separator: "\n")
    case .unknownStudy(let name, let known):
      noFile("study", name, in: "studies/", known: known)
    case .unknownChannel(let channel, let known):
      Self.unknown("channel", channel.rawValue, known: known.map(\.rawValue))
    case .unknownOutcome(let outcome, let known): Self.unknown("outcome", outcome, known: known)
    case .impossibleChoice(let choice, let advice):
      "The study cannot have \(choice); \(advice)."
    case .tooManyCombinations(let limit):
      "The choices of the multiverse have more than \(limit) combinations; offer fewer options, or "
        + "name the outcomes that a choice is about."
    case .otherRecord(let outcome):
      "The record is not of outcome `\(outcome)` with this casebook and study, these choices, draws and seed, "
        + "and this version of the program; "
        + "name the file that was made with them, or a new one."
    case .damagedRecord(let line, let fault):
      "Line \(line) of the record \(fault.words). Remove it and the lines below it, which are then "
        + "estimated again, or name a new file."
    case .emptyPool(let outcome, .nobodyTreated(let organisation, let pool)):
      "Outcome `\(outcome)`: nobody in the pool `\(pool)` joined \(organisation) within the periods; "
        + "add states that did, or widen the periods."
    case .emptyPool(let outcome, .nobodyUntreated(let organisation, let pool)):
      "Outcome `\(outcome)`: everybody in the pool `\(pool)` had joined \(organisation) before the "
        + "last period; add states that had not."
    }
  }

  private static func unknown(_ kind: String, _ name: String, known: [String]) -> String {
    "The study has no \(kind) `\(name)`; "
      + (Suggestion.question(for: name, among: known)
        ?? "it has \(known.joined(separator: ", ")).")
  }
}

/// Says that a casebook has no file of a name, and which it has.
package func noFile(
  _ kind: String, _ name: String, in folder: String, known: [String]
) -> String {
  "There is no \(kind) `\(name)` in this casebook; "
    + (known.isEmpty
      ? "write one in \(folder)."
      : Suggestion.question(for: name, among: known)
        ?? "it has \(known.sorted().joined(separator: ", ")).")
}

/// Reads the parts of a study and collects every problem on the way.
package final class StudyReader {
  package let casebook: Casebook
  package private(set) var problems: [Problem] = []
  /// The names of pools that were reported: a pool that is misspelt where it stands is one problem.
  private var unknownPools: Set<String> = []
  /// The keys that a misspelt one was meant for, by their mapping; that they lack is no problem of its own.
  private var misspelt: [YAMLNode: Set<String>] = [:]

  package init(_ casebook: Casebook) { self.casebook = casebook }

  func study(_ root: YAMLNode, id: String) -> Study? {
    expectKeys(root, StudyKeys.study.names)
    let periods = required(root, "periods").flatMap(years)
    let pools = required(root, "pools").map(self.pools) ?? [:]
    if let defaults = root["defaults"] { expectKeys(defaults, StudyKeys.defaults.names) }
    let defaults = root["defaults"]?["estimator"].flatMap(estimator) ?? Study.Estimator.standard
    let counterpart = required(root, "counterpart").flatMap(actor)
    let context = OutcomeContext(
      pools: pools, periods: periods, estimator: defaults, counterpart: counterpart)
    let question = required(root, "question").flatMap(text)
    let estimand = required(root, "estimand").flatMap(text)
    let treatment = required(root, "treatment").flatMap(self.treatment)
    let coTreatment = root["co_treatment"].flatMap(self.treatment)
    let named = required(root, "named").map(actors) ?? []
    let channels = required(root, "channels").map { list($0).compactMap { channel($0, context) } }
    let seed = required(root, "seed").flatMap { whole($0, .seed) }
    let draws = root["draws"].map(draws) ?? 9_999
    guard let question, let estimand, let treatment, let counterpart, let periods, let channels,
      let seed, let draws
    else { return nil }
    var study = Study(
      id: id, question: question, estimand: estimand, treatment: treatment,
      coTreatment: coTreatment, counterpart: counterpart, named: named, pools: pools,
      periods: periods, channels: channels, seed: UInt64(seed), draws: draws)
    if let choices = root["multiverse"] {
      study.choices = ChoiceReader(self, study).choices(choices)
    }
    return study
  }

  func treatment(_ node: YAMLNode) -> Study.Treatment? {
    expectKeys(node, StudyKeys.treatment.names)
    guard let organisation = required(node, "organisation").flatMap(actor),
      let stageNode = required(node, "stage"), let name = text(stageNode)
    else { return nil }
    let stage = Stage(name)
    let ladder = casebook.codebook.ladders[organisation] ?? []
    guard ladder.contains(stage) else {
      report(
        stageNode, "is no stage of \(organisation) in the codebook",
        known: ladder.map(\.rawValue))
      return nil
    }
    return Study.Treatment(
      organisation: organisation, stage: stage,
      label: node["label"].flatMap(text) ?? organisation.rawValue)
  }

  private func pools(_ node: YAMLNode) -> [String: Study.Pool] {
    var pools: [String: Study.Pool] = [:]
    for entry in node.entries ?? [] {
      expectKeys(entry.value, StudyKeys.pool.names)
      let title = required(entry.value, "title").flatMap(text)
      let members = required(entry.value, "actors").map(actors) ?? []
      let note = entry.value["note"].flatMap(text) ?? ""
      guard let name = entry.key.text else { continue }
      if let twice = members.firstRepeated {
        report(entry.value["actors"] ?? entry.value, "names \(twice) twice", advice: "keep one")
      }
      // A pool with a problem is still one that outcomes can name.
      pools[name] = Study.Pool(title: title ?? name, actors: members, note: note)
    }
    if pools.isEmpty { report(node, "has no pool", advice: "name one with its title and actors") }
    return pools
  }

  private func channel(_ node: YAMLNode, _ context: OutcomeContext) -> Study.Channel? {
    expectKeys(node, StudyKeys.channel.names)
    let id = required(node, "id").flatMap(channelID)
    let title = node["title"].flatMap(text)
    let thesis = required(node, "thesis").flatMap { word($0, as: Direction.self) }
    let outcomes = required(node, "outcomes").map { outcomes in
      // The outcomes of a channel that is none have problems of their own.
      list(outcomes).compactMap {
        OutcomeReader(self, channel: id ?? ChannelID(""), context).outcome($0)
      }
    }
    checkHeadline(of: node)
    guard let id, let thesis, let outcomes else { return nil }
    return Study.Channel(
      id: id, title: title ?? casebook.codebook.channel(id)?.title ?? id.rawValue, thesis: thesis,
      outcomes: outcomes, note: node["note"].flatMap(text))
  }

  /// Counts the headlines that are written, also on outcomes that have a problem of their own.
  private func checkHeadline(of channel: YAMLNode) {
    guard let outcomes = channel["outcomes"]?.elements, !outcomes.isEmpty else { return }
    let isDoubtful = outcomes.contains { outcome in
      isMisspelt("headline", in: outcome)
        || outcome["headline"].map { $0.boolean == nil } ?? false
    }
    let headlines = outcomes.count { $0["headline"]?.boolean ?? false }
    guard headlines != 1, !isDoubtful else { return }
    report(
      channel["outcomes"] ?? channel, "has \(headlines) headline outcomes",
      advice: "mark the one whose verdict is the channel's with `headline: true`")
  }

  private func channelID(_ node: YAMLNode) -> ChannelID? {
    guard let name = text(node) else { return nil }
    guard let channel = casebook.codebook.channel(ChannelID(name)) else {
      report(
        node, "is no channel of the codebook",
        known: casebook.codebook.channels.map(\.id.rawValue))
      return nil
    }
    if !channel.isOutcome { report(node, "is never an outcome", advice: "choose another channel") }
    return channel.id
  }

  func estimator(_ node: YAMLNode) -> Study.Estimator? {
    expectKeys(node, StudyKeys.estimator.names)
    let standard = Study.Estimator.standard
    let method = node["method"].flatMap { choice($0, Specification.Method.self) }
    let comparison = node["comparison"].flatMap { choice($0, GroupTimeDiD.Comparison.self) }
    let base = node["base"].flatMap { choice($0, GroupTimeDiD.BasePeriod.self) }
    let factors = node["factors"].flatMap { whole($0, .factors) }
    if method != nil || (node["method"] == nil && !isMisspelt("method", in: node)) {
      checkEstimator(node, method ?? .groupTime, comparison: comparison)
    }
    return Study.Estimator(
      comparison: comparison ?? standard.comparison, base: base ?? standard.base,
      anticipation: node["anticipation"].flatMap { whole($0, .anticipation) } ?? 0,
      method: method ?? .groupTime, factors: factors ?? 0)
  }

  /// Reports options that the method does not have.
  private func checkEstimator(
    _ node: YAMLNode, _ method: Specification.Method, comparison: GroupTimeDiD.Comparison?
  ) {
    if let base = node["base"], method != .groupTime {
      report(base, "is no option of \(method.rawValue)", advice: "take it out")
    }
    if method == .factors, node["factors"] == nil, !isMisspelt("factors", in: node) {
      report(node, "lacks `factors`", advice: "say how many factors the method takes")
    } else if let factors = node["factors"], method != .factors {
      report(factors, "is no option of \(method.rawValue)", advice: "take it out")
    }
    if let anticipation = node["anticipation"], method.isWeighting,
      anticipation.integer ?? 0 > 0
    {
      let rule = ImpossibleCombination.anticipationOfWeighting
      report(anticipation, "cannot be, as \(rule.text)", advice: rule.advice)
    }
    let rule: ImpossibleCombination? =
      switch (method, comparison) {
      case (.imputation, .neverTreated): .imputationFromNeverTreated
      case (_, .notYetTreated) where method.isWeighting: .weightingOfNotYetTreated
      default: nil
      }
    if let rule { report(node, "cannot be, as \(rule.text)", advice: rule.advice) }
  }
}

/// What an outcome takes over from its study when it does not say otherwise.
struct OutcomeContext {
  let pools: [String: Study.Pool]
  let periods: ClosedRange<Int>?
  let estimator: Study.Estimator
  let counterpart: ActorID?
}

// Values.
extension StudyReader {
  package func report(
    _ node: YAMLNode, _ message: String, advice: String? = nil, known: [String] = []
  ) {
    // A list of thousands of strangers would look for what was meant among thousands of words each.
    let guesses = problems.count < Self.mostGuesses ? known : []
    problems.append(
      advice.map { node.problem(message, advice: $0) } ?? node.problem(message, known: guesses))
  }

  /// For how many problems the words that may have been meant are looked for.
  private static let mostGuesses = 100

  package func required(_ node: YAMLNode, _ key: String) -> YAMLNode? {
    if let value = node[key], !value.isNull { return value }
    if !isMisspelt(key, in: node) { report(node, "lacks `\(key)`", advice: "add it") }
    return nil
  }

  package func expectKeys(_ node: YAMLNode, _ known: [String]) {
    problems += node.keyProblems(known: known)
    for key in (node.entries ?? []).compactMap(\.key.text) where !known.contains(key) {
      guard let meant = Suggestion.nearest(to: key, among: known) else { continue }
      misspelt[node, default: []].insert(meant)
    }
  }

  /// Whether a mapping has no such key but one that was probably meant for it.
  ///
  /// What is no mapping has been reported as that, and lacks nothing beside it.
  func isMisspelt(_ key: String, in node: YAMLNode) -> Bool {
    node.entries == nil || (node[key] == nil && misspelt[node]?.contains(key) ?? false)
  }

  /// Reads one of the words of a choice.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ node: YAMLNode, _ kind: Choice.Type
  ) -> Choice? where Choice.RawValue == String {
    oneOf(node, Choice.allCases.map(\.rawValue)).flatMap(Choice.init(rawValue:))
  }

  func truth(_ node: YAMLNode) -> Bool? {
    if let truth = node.boolean { return truth }
    report(node, "should be true or false", advice: "write one of them without quotes")
    return nil
  }

  package func text(_ node: YAMLNode) -> String? {
    guard let text = node.text, !text.isEmpty else {
      report(node, "should be a text", advice: "write one")
      return nil
    }
    return text
  }

  package func list(_ node: YAMLNode) -> [YAMLNode] {
    guard let elements = node.elements else {
      report(node, "should be a list", advice: "write `- ` before each element")
      return []
    }
    return elements
  }

  package func whole(
    _ node: YAMLNode, _ bounds: Bounded<Int>, advice: String = "write one"
  ) -> Int? {
    guard let number = node.integer, bounds.contains(number) else {
      report(node, "should be \(bounds.words)", advice: advice)
      return nil
    }
    return number
  }

  /// Reads how many draws a file asks for, within the limit of who runs the program.
  package func draws(_ node: YAMLNode) -> Int? {
    whole(
      node, .draws(within: casebook.limits),
      advice: "write one, or raise the limit `draws` where you run the program")
  }

  package func number(_ node: YAMLNode, _ bounds: Bounded<Double>) -> Double? {
    guard let number = node.number, bounds.contains(number) else {
      report(node, "should be \(bounds.words)", advice: "write one with a decimal point")
      return nil
    }
    return number
  }

  package func oneOf(_ node: YAMLNode, _ known: [String]) -> String? {
    if let text = node.text, known.contains(text) { return text }
    report(node, "is not one of the choices", known: known)
    return nil
  }

  /// Reads the name of a pool; any, where no pool could be read.
  func pool(_ node: YAMLNode, among known: [String]) -> String? {
    guard let name = node.text, !known.isEmpty, !known.contains(name) else {
      return known.isEmpty ? text(node) : oneOf(node, known)
    }
    return unknownPools.insert(name).inserted ? oneOf(node, known) : nil
  }

  package func word<Choice: Word>(_ node: YAMLNode, as kind: Choice.Type) -> Choice? {
    oneOf(node, Choice.allCases.map(\.rawValue)).flatMap(Choice.init(rawValue:))
  }

  package func years(_ node: YAMLNode) -> ClosedRange<Int>? {
    guard let years = Bounded.years(node.text ?? "") else {
      report(node, "should be two years in order", advice: "write them as 1992-2024")
      return nil
    }
    return years
  }

  package func actor(_ node: YAMLNode) -> ActorID? {
    guard let name = text(node) else { return nil }
    guard casebook.actor(ActorID(name)) != nil else {
      let known = casebook.actors.map(\.id.rawValue)
      let near = Suggestion.question(for: name, among: known)
      report(node, "is no actor of this casebook", advice: near ?? "add it to actors.csv")
      return nil
    }
    return ActorID(name)
  }

  package func actors(_ node: YAMLNode) -> [ActorID] { list(node).compactMap(actor) }
}

extension Study.Estimator {
  /// Not-yet-treated comparison, varying base, no anticipation.
  static let standard = Study.Estimator(
    comparison: .notYetTreated, base: .varying, anticipation: 0)
}

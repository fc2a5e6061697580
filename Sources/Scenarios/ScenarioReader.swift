public import Evidence
public import Foundation
import Studies
import Documents

extension Scenario {
  /// Reads a scenario and checks it against the casebook and its studies.
  ///
  /// - Throws: `ScenarioError.problems` with everything that is wrong in it and in the study that it names,
  ///   or `CasebookError.unreadable`.
  public init(contentsOf url: URL, for casebook: Casebook) throws {
    let root: YAMLNode
    do {
      let isOwn = casebook.scenarios.values.contains(url)
      let name = isOwn ? "scenarios/\(url.lastPathComponent)" : url.relativePath
      root = try YAMLNode(contentsOf: url, name: name)
    } catch let problem as Problem { throw ScenarioError.problems([problem]) }
    let reader = ScenarioReader(StudyReader(casebook))
    let file = reader.studyName(in: root).flatMap { casebook.studies[$0] }
    let study: Study?
    var problemsOfStudy: [Problem] = []
    do {
      study = try file.map { try Study(contentsOf: $0, for: casebook) }
    } catch StudyError.problems(let problems) {
      (study, problemsOfStudy) = (nil, problems)
    }
    let treatment =
      try study?.treatment ?? file.flatMap { try Study.treatment(in: $0, for: casebook) }
    let scenario = reader.scenario(
      root, id: url.deletingPathExtension().lastPathComponent, of: study, treatment)
    let problems = reader.reader.problems + problemsOfStudy
    guard let scenario, problems.isEmpty else { throw ScenarioError.problems(problems) }
    self = scenario
  }
}

/// Reads the parts of a scenario and collects every problem on the way.
private struct ScenarioReader {
  let reader: StudyReader
  var casebook: Casebook { reader.casebook }

  init(_ reader: StudyReader) { self.reader = reader }

  /// The study that a scenario names, if the casebook has one of this name.
  func studyName(in root: YAMLNode) -> String? {
    reader.expectKeys(root, ScenarioKeys.scenario.names)
    return reader.required(root, "study").flatMap { node in
      reader.oneOf(node, casebook.studies.keys.sorted())
    }
  }

  /// Reads a scenario of a study; where that cannot be read, all that can be checked without it.
  func scenario(
    _ root: YAMLNode, id: String, of study: Study?, _ treatment: Study.Treatment?
  ) -> Scenario? {
    let title = reader.required(root, "title").flatMap(reader.text)
    let steps = reader.required(root, "steps").map { self.steps($0, treatment) } ?? []
    let transfer = reader.required(root, "transfer").flatMap(transfer)
    let horizon = reader.required(root, "horizon").flatMap(horizon)
    let anticipation = root["anticipation"].map { reader.whole($0, .anticipation) } ?? 0
    let outcomes = study.map { $0.channels.flatMap(\.outcomes).map(\.id) }
    let assumptions = root["assume"].map { self.assumptions($0, outcomes) } ?? [:]
    let draws = root["draws"].map(reader.draws) ?? 10_000
    let seed = root["seed"].map { reader.whole($0, .seed).map(UInt64.init) } ?? study?.seed
    guard let study, let title, let transfer, let horizon, let anticipation, let draws, let seed
    else { return nil }
    return Scenario(
      id: id, title: title, note: root["note"].flatMap(reader.text) ?? "", study: study.id,
      steps: steps, transfer: transfer, anticipation: anticipation, horizon: horizon,
      assumptions: assumptions, draws: draws, seed: seed)
  }

  private func steps(_ node: YAMLNode, _ treatment: Study.Treatment?) -> [Scenario.Step] {
    let nodes = reader.list(node)
    if nodes.isEmpty {
      reader.report(node, "has no step", advice: "write who reaches what, and when")
    }
    let read = nodes.compactMap { node in step(node, treatment).map { (node: node, step: $0) } }
    for (place, entry) in read.enumerated() {
      // A later line may hold an earlier stage.
      let others = read.enumerated().filter { $0.offset != place }.map(\.element.step)
      check(entry.step, beside: others, at: entry.node)
      if read[..<place].contains(where: { $0.step.isSame(as: entry.step) }) {
        reader.report(
          entry.node["actor"] ?? entry.node, "takes the same step twice",
          advice: "keep one year of it")
      }
    }
    if let treatment, !read.isEmpty, read.count == nodes.count {
      check(read.map(\.step), hold: treatment, at: node)
    }
    return read.map(\.step)
  }

  /// Reports steps of which none is the one whose effect the study estimates.
  private func check(
    _ steps: [Scenario.Step], hold treatment: Study.Treatment, at node: YAMLNode
  ) {
    let isEstimated = steps.contains {
      $0.organisation == treatment.organisation && $0.stage == treatment.stage
    }
    guard !isEstimated else { return }
    reader.report(
      node,
      "has no step to stage \(treatment.stage) of \(treatment.organisation), whose effect the study "
        + "estimates", advice: "add one")
  }

  /// The years that may be drawn at most.
  private static let longest = Bounded.horizon.range.upperBound

  private func horizon(_ node: YAMLNode) -> Int? {
    reader.whole(
      node, .horizon, advice: "write how many years are drawn; for more no series gives evidence")
  }

  private func step(_ node: YAMLNode, _ treatment: Study.Treatment?) -> Scenario.Step? {
    reader.expectKeys(node, ScenarioKeys.step.names)
    let actor = reader.required(node, "actor").flatMap(reader.actor)
    let organisation =
      node["organisation"].map(reader.actor) ?? treatment?.organisation
    let leaves = node["leaves"]
    let stageNode = leaves ?? reader.required(node, "stage")
    if leaves != nil, let stage = node["stage"] {
      reader.report(stage, "is given together with `leaves`", advice: "keep one of the two")
    }
    let year = reader.required(node, "on").flatMap { reader.whole($0, .year) }
    guard let organisation, let stageNode else { return nil }
    let ladder = casebook.codebook.ladders[organisation]?.map(\.rawValue) ?? []
    let stage = reader.oneOf(stageNode, ladder)
    guard let actor, let stage, let year else { return nil }
    return Scenario.Step(
      actor: actor, organisation: organisation, stage: Stage(stage), year: year,
      leaves: leaves != nil)
  }

  /// Reports a step that history or another step rules out.
  private func check(_ step: Scenario.Step, beside others: [Scenario.Step], at node: YAMLNode) {
    let spells = casebook.memberships.filter {
      $0.actor == step.actor && $0.organisation == step.organisation
    }
    let current = spells.first { $0.stage == step.stage && $0.to == nil }
    if let current, !step.leaves {
      reader.report(
        node["actor"] ?? node,
        "has been at stage \(step.stage) of \(step.organisation) since \(current.from)",
        advice: "name a state that has not, or write `leaves: \(step.stage)`")
    }
    if step.leaves, current == nil {
      reader.report(
        node["leaves"] ?? node, "is a stage that \(step.actor) is not at",
        advice: "name a stage that it has reached in memberships.csv")
    }
    let known = casebook.lastRecorded?.year ?? 0
    if step.year < known {
      reader.report(
        node["on"] ?? node, "lies before \(known), up to which the casebook knows what happened",
        advice: "write a year from \(known) on")
    }
    if step.year > known + Self.longest {
      reader.report(
        node["on"] ?? node, "lies more than \(Self.longest) years after \(known)",
        advice: "write a year that is nearer")
    }
    for earlier in stages(before: step.stage, with: step.organisation) {
      let seen = spells.filter { $0.stage == earlier }.map { $0.from.earliest.year }
      let assumed = others.filter {
        $0.actor == step.actor && $0.organisation == step.organisation && $0.stage == earlier
      }.map(\.year)
      if let late = (seen + assumed).min(), late > step.year {
        reader.report(
          node["on"] ?? node, "lies before \(late), when \(step.actor) reaches stage \(earlier)",
          advice: "write a year from \(late) on")
      }
    }
  }

  /// The stages below one on an organisation's ladder.
  private func stages(before stage: Stage, with organisation: ActorID) -> [Stage] {
    let ladder = casebook.codebook.ladders[organisation] ?? []
    return Array(ladder.prefix { $0 != stage })
  }

  private func transfer(_ node: YAMLNode) -> ClosedRange<Double>? {
    let parts = (node.text ?? "").split(separator: "-", omittingEmptySubsequences: false)
      .map { Bounded.transfer.number($0) }
    guard (1...2).contains(parts.count), let low = parts.first ?? nil, let high = parts.last ?? nil,
      low <= high
    else {
      reader.report(
        node,
        "should be a share of the effect, or a range of shares, from \(Bounded.transfer.ends)",
        advice: "write it as 0.5-1")
      return nil
    }
    return low...high
  }

  /// Reads what is assumed of outcomes; of any, where the study that has them cannot be read.
  private func assumptions(
    _ node: YAMLNode, _ outcomes: [String]?
  ) -> [String: Scenario.Assumption] {
    var assumptions: [String: Scenario.Assumption] = [:]
    for entry in node.entries ?? [] {
      let known = outcomes.map { reader.oneOf(entry.key, $0) } ?? reader.text(entry.key)
      guard let outcome = known else { continue }
      reader.expectKeys(entry.value, ScenarioKeys.assumption.names)
      let reason = reader.required(entry.value, "reason").flatMap(reader.text)
      guard let reason, let effect = assumedEffect(entry.value) else { continue }
      assumptions[outcome] = Scenario.Assumption(effect: effect, reason: reason)
    }
    if node.entries == nil { reader.expectKeys(node, []) }
    return assumptions
  }

  /// `effect`, or `low` and `high`.
  private func assumedEffect(_ node: YAMLNode) -> ClosedRange<Double>? {
    let low = (node["low"] ?? node["effect"])?.number
    let high = (node["high"] ?? node["effect"])?.number
    guard let low, let high, low <= high, Bounded.cell.contains(low), Bounded.cell.contains(high)
    else {
      reader.report(
        node, "should state the effect, \(Bounded.cell.words)",
        advice: "write `effect:`, or `low:` and a higher `high:`")
      return nil
    }
    return low...high
  }
}

extension Scenario.Step {
  /// Whether it is the same step, in whatever year.
  fileprivate func isSame(as other: Scenario.Step) -> Bool {
    actor == other.actor && organisation == other.organisation && stage == other.stage
      && leaves == other.leaves
  }
}

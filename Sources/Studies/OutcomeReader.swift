import Documents
import Evidence
import Indicators

/// Reads one outcome of a study.
struct OutcomeReader {
  private let reader: StudyReader
  private let channel: ChannelID
  private let context: OutcomeContext

  init(_ reader: StudyReader, channel: ChannelID, _ context: OutcomeContext) {
    self.reader = reader
    self.channel = channel
    self.context = context
  }

  func outcome(_ node: YAMLNode) -> Study.Outcome? {
    reader.expectKeys(node, StudyKeys.outcome.names)
    let id = reader.required(node, "id").flatMap(reader.text)
    let periods = node["periods"].flatMap(reader.years) ?? context.periods
    let pool = reader.required(node, "pool").flatMap { pool in
      reader.pool(pool, among: context.pools.keys.sorted())
    }
    let isHeadline = node["headline"].flatMap(reader.truth) ?? false
    let estimator = node["estimator"].flatMap(reader.estimator) ?? context.estimator
    let smallest = node["smallest_effect"].flatMap { reader.number($0, .smallestEffect) }
    guard let indicator = indicator(node), let id, let periods, let pool else { return nil }
    var outcome = Study.Outcome(
      id: id, isHeadline: isHeadline, indicator: indicator, pool: pool,
      periods: periods, smallestEffect: smallest, estimator: estimator,
      overlaps: node["overlaps"].flatMap(reader.text),
      caveat: node["caveat"].flatMap(reader.text))
    outcome.indirectness = node["indirect"].flatMap(reader.text)
    return outcome
  }

  /// What an outcome can rest on.
  private static let kinds = ["variable", "claims", "index"]

  private func indicator(_ node: YAMLNode) -> Indicator? {
    let kinds = Self.kinds.filter { node[$0] != nil }
    guard kinds.count == 1 else {
      if kinds.isEmpty, Self.kinds.contains(where: { reader.isMisspelt($0, in: node) }) {
        return nil
      }
      reader.report(
        node, "rests on \(kinds.isEmpty ? "nothing" : kinds.joined(separator: " and "))",
        advice: "give one of `variable`, `claims` and `index`")
      return nil
    }
    if let variable = node["variable"] { return series(variable, node) }
    let definition =
      node["claims"].map(rule).map { $0.map(Indicator.Definition.claims) }
      ?? node["index"].map(index).map { $0.map(Indicator.Definition.index) }
    let title = reader.required(node, "title").flatMap(reader.text)
    let unit = reader.required(node, "unit").flatMap(reader.text)
    let concept = reader.required(node, "concept").flatMap { reader.word($0, as: Concept.self) }
    let direction = reader.required(node, "direction")
      .flatMap { reader.word($0, as: Direction.self) }
    guard let definition, let definition, let title, let unit, let concept, let direction else {
      return nil
    }
    return Indicator(
      title: title, unit: unit, concept: concept, direction: direction, definition: definition,
      range: range(node, of: definition))
  }

  /// The values that an outcome can have: those that its measure can, unless the study says.
  private func range(
    _ node: YAMLNode, of definition: Indicator.Definition
  ) -> ValueRange {
    let own: ValueRange =
      switch definition {
      case .variable: .unbounded
      case .claims(let rule): rule.measure.range
      case .index(let index): index.range
      }
    func bound(_ key: String) -> Double? {
      guard let bound = node[key] else { return nil }
      return reader.number(bound, .cell)
    }
    let (least, most) = (bound("least") ?? own.least, bound("most") ?? own.most)
    if let least, let most, least >= most {
      reader.report(
        node["most"] ?? node["least"] ?? node,
        "leaves no room between the least value \(least) and the most \(most)",
        advice: "write `least` below `most`")
      return own
    }
    let range = ValueRange(least: least, most: most)
    check(range, of: definition, at: node)
    return range
  }

  /// Reports the first value of a series that lies out of its range.
  private func check(_ range: ValueRange, of definition: Indicator.Definition, at node: YAMLNode) {
    guard case .variable(let variable, let transformation) = definition else { return }
    let passed = reader.casebook.series(variable).lazy.compactMap { row in
      row.value.flatMap(transformation.applied).map { (row, $0) }
    }.first { !range.contains($0.1) }
    guard let (row, value) = passed else { return }
    let bound = range.held(value) > value ? "least" : "most"
    reader.report(
      node[bound] ?? node,
      "is passed by \(variable) of \(row.actor) in \(row.period), which is \(value)",
      advice: "correct the value, or leave the bound out")
  }

  /// An outcome on a series takes title, unit, concept and direction from it, unless it names its own.
  private func series(_ node: YAMLNode, _ outcome: YAMLNode) -> Indicator? {
    let transformation = outcome["transformation"].flatMap {
      reader.choice($0, Indicator.Transformation.self)
    }
    let title = outcome["title"].flatMap(reader.text)
    let unit = outcome["unit"].flatMap(reader.text)
    let concept = outcome["concept"].flatMap { reader.word($0, as: Concept.self) }
    let direction = outcome["direction"].flatMap { reader.word($0, as: Direction.self) }
    guard let name = reader.text(node) else { return nil }
    guard let variable = reader.casebook.variable(VariableID(name)) else {
      reader.report(
        node, "is no variable of variables.csv",
        known: reader.casebook.variables.map(\.id.rawValue))
      return nil
    }
    let definition = Indicator.Definition.variable(variable.id, transformation ?? .none)
    return Indicator(
      title: title ?? variable.title, unit: unit ?? variable.unit,
      concept: concept ?? variable.concept, direction: direction ?? variable.direction,
      definition: definition, range: range(outcome, of: definition))
  }

  private func rule(_ node: YAMLNode) -> ClaimRule? {
    reader.expectKeys(node, StudyKeys.rule.names)
    let measure = reader.required(node, "measure").flatMap { self.measure($0, of: node) }
    let known = reader.casebook.codebook.instruments.keys.map(\.rawValue).sorted()
    let rule = ClaimRule(
      measure: measure ?? .count, channel: channel,
      instruments: words(node["instruments"]) { reader.oneOf($0, known).map { Instrument($0) } },
      phases: words(node["phases"]) { reader.word($0, as: Phase.self) },
      directions: words(node["directions"]) { reader.word($0, as: Direction.self) },
      assertions: node["assertions"].map { node in
        words(node) { reader.word($0, as: Assertion.self) }
      } ?? [.reported],
      counterpart: node["counterpart"].flatMap(reader.actor) ?? context.counterpart,
      minimumReliability: node["reliability"].flatMap { reader.word($0, as: Reliability.self) },
      minimumCredibility: node["credibility"].flatMap { reader.word($0, as: Credibility.self) },
      countsForParent: node["parents"].flatMap(reader.truth) ?? false)
    return measure == nil ? nil : rule
  }

  private func measure(_ node: YAMLNode, of rule: YAMLNode) -> ClaimRule.Measure? {
    let names = ["count", "sum", "active-stock", "latest-position"]
    switch reader.oneOf(node, names) {
    case "count": return .count
    case "active-stock": return .activeStock
    case "latest-position": return .latestPosition
    case "sum":
      guard let unit = reader.required(rule, "unit").flatMap(reader.text) else { return nil }
      return .sum(
        unit: unit, currency: rule["currency"].flatMap(reader.text),
        of: rule["of"].flatMap(reader.text))
    default: return nil
    }
  }

  private func index(_ node: YAMLNode) -> InstrumentIndex? {
    reader.expectKeys(node, StudyKeys.index.names)
    let components = reader.required(node, "components").map { components in
      reader.list(components).compactMap(component)
    }
    let normalisation = reader.required(node, "normalisation").flatMap {
      reader.choice($0, InstrumentIndex.Normalisation.self)
    }
    let aggregation = reader.required(node, "aggregation").flatMap {
      reader.choice($0, InstrumentIndex.Aggregation.self)
    }
    guard let components, !components.isEmpty, let normalisation, let aggregation else {
      return nil
    }
    return InstrumentIndex(
      components: components, normalisation: normalisation, aggregation: aggregation)
  }

  private func component(_ node: YAMLNode) -> InstrumentIndex.Component? {
    reader.expectKeys(node, StudyKeys.component.names)
    let weight = reader.required(node, "weight").flatMap { reader.number($0, .weight) }
    let rule = reader.required(node, "claims").flatMap(rule)
    guard let weight, let rule else { return nil }
    return InstrumentIndex.Component(rule: rule, weight: weight)
  }

  private func words<Value>(_ node: YAMLNode?, _ read: (YAMLNode) -> Value?) -> [Value] {
    node.map { reader.list($0).compactMap(read) } ?? []
  }
}

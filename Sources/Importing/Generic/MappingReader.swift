import Evidence
import Documents

/// Reads the parts of a mapping file, and collects every problem on the way.
final class MappingReader {
  private(set) var problems: [Problem] = []

  func mapping(_ root: YAMLNode) -> Mapping? {
    expectKeys(
      root, ["source", "sheet", "missing", "dates", "actor", "period", "series", "claims"])
    let source = source(root)
    let actor = required("actor", of: root).flatMap { field($0, besides: ["system"]) }
    let system = root["actor"].flatMap { required("system", of: $0) }.flatMap(text)
    let dates: Mapping.DateOrder? = root["dates"].map { word($0) } ?? .iso
    guard let content = content(root), let source, let actor, let system, let dates else {
      return nil
    }
    return Mapping(
      source: source, sheet: root["sheet"].flatMap(text),
      missing: Set(root["missing"].map { list($0).compactMap(text) } ?? []), dates: dates,
      actor: actor, system: CodeSystem(system), content: content)
  }

  private func content(_ root: YAMLNode) -> Mapping.Content? {
    switch (root["series"], root["claims"]) {
    case (let series?, nil):
      let period = required("period", of: root).flatMap { field($0) }
      let all = list(series).compactMap { self.series($0) }
      if all.isEmpty, problems.isEmpty {
        report(series, "names no variable", advice: "write `- variable:` and `value:`")
      }
      return period.map { .series(all, period: $0) }
    case (nil, let claims?):
      if let period = root["period"] {
        report(period, "belongs to series", advice: "claims have `on:`")
      }
      return .claims(claimFields(claims))
    default:
      report(
        root, "says neither or both of series and claims",
        advice: "write `series:` for numbers by actor and year, or `claims:` for a claim a row")
      return nil
    }
  }

  // MARK: Parts

  private func source(_ root: YAMLNode) -> ImportedSource? {
    guard let node = required("source", of: root) else { return nil }
    expectKeys(node, ["id", "title", "author", "publisher", "url", "license"])
    guard let id = required("id", of: node).flatMap(text),
      let title = required("title", of: node).flatMap(text),
      let license = required("license", of: node).flatMap(text)
    else { return nil }
    return ImportedSource(
      id: id, title: title, author: node["author"].flatMap(text),
      publisher: node["publisher"].flatMap(text), url: node["url"].flatMap(text),
      license: license)
  }

  private func series(_ node: YAMLNode) -> Mapping.Series? {
    expectKeys(node, ["variable", "value", "low", "high"])
    let variable = required("variable", of: node).flatMap { self.variable($0) }
    let value = required("value", of: node).flatMap { field($0) }
    guard let variable, let value else { return nil }
    return Mapping.Series(
      variable: variable, value: value, low: node["low"].flatMap { field($0) },
      high: node["high"].flatMap { field($0) })
  }

  /// Reads a variable; its source is set when the source is known.
  private func variable(_ node: YAMLNode) -> Variable? {
    expectKeys(
      node,
      ["id", "title", "unit", "channel", "concept", "direction", "counterpart", "method"])
    let names = ["id", "title", "unit", "channel"].map { required($0, of: node).flatMap(text) }
    let concept: Concept? = required("concept", of: node).flatMap { word($0) }
    let direction: Direction? = required("direction", of: node).flatMap { word($0) }
    guard let id = names[0], let title = names[1], let unit = names[2], let channel = names[3],
      let concept, let direction
    else { return nil }
    return Variable(
      id: VariableID(id), title: title, unit: unit, channel: ChannelID(channel), concept: concept,
      direction: direction, counterpart: node["counterpart"].flatMap(text).map { ActorID($0) },
      source: "", method: node["method"].flatMap(text))
  }

  private func claimFields(_ node: YAMLNode) -> [Mapping.ClaimField: Mapping.Field] {
    expectKeys(node, Mapping.ClaimField.allCases.map(\.rawValue))
    for field in Mapping.ClaimField.required { _ = required(field.rawValue, of: node) }
    return Dictionary(
      uniqueKeysWithValues: Mapping.ClaimField.allCases.compactMap { name in
        node[name.rawValue].flatMap { field($0) }.map { (name, $0) }
      })
  }

  /// Reads where a text comes from: the name of a column, or `{column: …, words: {…}}`, or `{is: …}`.
  private func field(_ node: YAMLNode, besides others: [String] = []) -> Mapping.Field? {
    if let name = node.text, others.isEmpty {
      guard !name.isEmpty else {
        report(node, "is empty", advice: "name a column")
        return nil
      }
      return Mapping.Field(origin: .column(name), words: [:], node: node)
    }
    expectKeys(node, ["column", "words", "is"] + others)
    switch (node["column"], node["is"]) {
    case (let column?, nil):
      guard let name = text(column) else { return nil }
      return Mapping.Field(
        origin: .column(name), words: node["words"].map { words($0) } ?? [:], node: column)
    case (nil, let constant?):
      return text(constant).map {
        Mapping.Field(origin: .constant($0), words: [:], node: constant)
      }
    default:
      report(
        node, "names neither or both of a column and a text", advice: "write `column:` or `is:`")
      return nil
    }
  }

  private func words(_ node: YAMLNode) -> [String: String] {
    guard let entries = node.entries else {
      report(node, "should be a mapping", advice: "write `text in the file: word`")
      return [:]
    }
    let pairs = entries.compactMap { entry in
      text(entry.value).map { (entry.key.text ?? "", $0) }
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  // MARK: Nodes

  private func required(_ key: String, of node: YAMLNode) -> YAMLNode? {
    if let value = node[key] { return value }
    if node.entries != nil { report(node, "\(key) is missing", advice: "add `\(key):`") }
    return nil
  }

  private func text(_ node: YAMLNode) -> String? {
    if let text = node.text, !text.isEmpty { return text }
    report(node, "should be a text", advice: "write one")
    return nil
  }

  private func list(_ node: YAMLNode) -> [YAMLNode] {
    if let elements = node.elements { return elements }
    report(node, "should be a list", advice: "write `- ` before each element")
    return []
  }

  private func word<W: CaseIterable & RawRepresentable>(_ node: YAMLNode) -> W?
  where W.RawValue == String {
    guard let text = text(node) else { return nil }
    if let word = W(rawValue: text) { return word }
    problems.append(
      node.problem("is not a word for this place", known: W.allCases.map(\.rawValue)))
    return nil
  }

  private func expectKeys(_ node: YAMLNode, _ known: [String]) {
    problems += node.keyProblems(known: known)
  }

  private func report(_ node: YAMLNode, _ message: String, advice: String) {
    problems.append(node.problem(message, advice: advice))
  }
}

import Documents

extension HouseStyle {
  /// Reads a style of a codebook, and hands on what is wrong in it.
  init(_ node: YAMLNode, id: String, report: (Problem) -> Void) {
    self.id = id
    title = node["title"]?.text ?? id
    if node["title"] == nil { report(node.problem("\(id) has no title", advice: "add `title:`")) }
    labels = (node["names"]?.elements ?? []).compactMap { HouseStyle.Label($0, report: report) }
  }
}

extension HouseStyle.Label {
  fileprivate init?(_ node: YAMLNode, report: (Problem) -> Void) {
    guard let actor = node["actor"]?.text, let name = node["name"]?.text else {
      report(node.problem("names nobody", advice: "write `{actor: XKX, name: …}`"))
      return nil
    }
    self.actor = ActorID(actor)
    self.name = name
    note = node["note"]?.text
    source = node["source"]?.text.map { SourceID($0) }
    func date(_ key: String) -> EDTFDate? {
      guard let text = node[key]?.text else { return nil }
      do { return try EDTFDate(text) } catch {
        report((node[key] ?? node).problem("\(error)", advice: nil))
        return nil
      }
    }
    from = date("from")
    to = date("to")
  }
}

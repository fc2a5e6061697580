import Documents

// How houses name actors.

extension CasebookChecker {
  mutating func checkStyles() {
    let actors = Set(casebook.actors.map(\.id))
    let sources = Set(casebook.sources.map(\.id))
    for style in casebook.codebook.styles {
      for label in style.labels where !actors.contains(label.actor) {
        let known = casebook.actors.map(\.id.rawValue)
        problems.append(
          Problem(
            file: "codebook.yaml", value: label.actor.rawValue,
            message: "is named by the style \(style.id), and is no actor of this casebook",
            advice: Suggestion.question(for: label.actor.rawValue, among: known)
              ?? "add it to actors.csv"))
      }
      for label in style.labels {
        guard let source = label.source, !sources.contains(source) else { continue }
        let known = casebook.sources.map(\.id.rawValue)
        problems.append(
          Problem(
            file: "codebook.yaml", value: source.rawValue,
            message: "is cited by the style \(style.id), and is no source of this casebook",
            advice: Suggestion.question(for: source.rawValue, among: known)
              ?? "add it to sources.csv"))
      }
    }
  }
}

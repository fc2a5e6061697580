package import Documents

/// Which claims a reader wants to see, as the query of the evidence page says it.
package struct EvidenceFilter: Hashable, Sendable {
  package var words = ""
  package var actor = ""
  package var channel = ""
  package var instrument = ""
  package var source = ""
  /// The worst reliability of a source that is let through: `A` to `F`.
  package var reliability = ""
  /// The worst credibility of a claim that is let through: `1` to `6`.
  package var credibility = ""
  /// The first and the last year in which a claim may be in force; empty: any.
  package var from = ""
  package var to = ""
  /// Whether only claims that enter an estimate are wanted.
  package var entersEstimate = false
  /// Which page of the list, from 1.
  package var page = 1

  /// How many claims stand on one page.
  package static let pageLength = 50

  package init() {}

  /// Reads the names that it knows and leaves all others alone; what is no number is page 1.
  ///
  /// Years in the wrong order are none.
  package init(_ parameters: [AddressArgument]) {
    let isReversed = !Self.problems(in: parameters).isEmpty
    for parameter in parameters where !(isReversed && ["from", "to"].contains(parameter.name)) {
      if let text = Self.texts.first(where: { $0.name == parameter.name }) {
        self[keyPath: text.path] = parameter.value
      }
      if parameter.name == "moves" { entersEstimate = !parameter.value.isEmpty }
      if parameter.name == "page" { page = max(1, Int(parameter.value) ?? 1) }
    }
  }

  /// What a query says that no claim can meet: a first year after the last.
  package static func problems(in parameters: [AddressArgument]) -> [ArgumentProblem] {
    func year(_ name: String) -> Int? {
      parameters.last { $0.name == name }.flatMap { Int($0.value) }
    }
    guard let from = year("from"), let to = year("to"), from > to else { return [] }
    return [
      ArgumentProblem(
        name: "from", meaning: "The first year.", value: "\(from)",
        message: "lies after the last year, \(to), so that no claim can be between them",
        advice: "write from=\(to) and to=\(from), or leave one out")
    ]
  }

  /// The names that the filter's query uses.
  package static let names: Set<String> = Set(texts.map(\.name) + ["moves", "page"])

  private static var texts: [(name: String, path: WritableKeyPath<EvidenceFilter, String>)] {
    [
      ("words", \.words), ("actor", \.actor), ("channel", \.channel),
      ("instrument", \.instrument), ("source", \.source), ("reliability", \.reliability),
      ("credibility", \.credibility), ("from", \.from), ("to", \.to),
    ]
  }

  /// The parts of the query that differ from no filter, in a fixed order.
  package var parameters: [AddressArgument] {
    var parts = Self.texts.map { AddressArgument(name: $0.name, value: self[keyPath: $0.path]) }
      .filter { !$0.value.isEmpty }
    if entersEstimate { parts.append(AddressArgument(name: "moves", value: "on")) }
    if page > 1 { parts.append(AddressArgument(name: "page", value: "\(page)")) }
    return parts
  }
}

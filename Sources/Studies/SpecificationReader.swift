public import Evidence
import Foundation
import Documents

extension Specification {
  /// Reads a specification from one line of JSON, and checks it against a study and its casebook.
  ///
  /// - Throws: `StudyError.problems` with everything that is wrong.
  public init(line: String, for study: Study, in casebook: Casebook) throws {
    let node: YAMLNode
    do { node = try YAMLNode(yaml: Array(line.utf8), file: "specification") } catch let problem
      as Problem
    { throw StudyError.problems([problem]) }
    let reader = StudyReader(casebook)
    let specification = SpecificationReader(reader, outcomes: study.outcomeIDs, pools: study.pools)
      .specification(node)
    guard reader.problems.isEmpty else { throw StudyError.problems(reader.problems) }
    self = specification
  }
}

extension Study {
  /// The names of all outcomes.
  var outcomeIDs: [String] { channels.flatMap(\.outcomes).map(\.id) }
}

/// Reads specifications, from a line of JSON or as an option of the multiverse.
struct SpecificationReader {
  private let reader: StudyReader
  private let outcomes: [String]
  private let pools: [String: Study.Pool]

  init(_ reader: StudyReader, outcomes: [String], pools: [String: Study.Pool]) {
    self.reader = reader
    self.outcomes = outcomes
    self.pools = pools
  }

  /// The keys of a specification.
  private static let keys = Specification.Choice.all.map { $0.group ?? $0.key }.uniqued

  /// Reads the choices that a mapping makes; `others` are keys that are read elsewhere.
  func specification(_ node: YAMLNode, others: [String] = []) -> Specification {
    reader.expectKeys(node, others + Self.keys)
    var specification = Specification()
    let groups = Dictionary(grouping: Specification.Choice.all, by: \.group)
    for (group, choices) in groups.sorted(by: { $0.key ?? "" < $1.key ?? "" }) {
      guard let mapping = group.map({ node[$0] }) ?? node else { continue }
      if group != nil { reader.expectKeys(mapping, choices.map(\.key)) }
      for choice in choices { read(choice, in: mapping, into: &specification) }
    }
    return specification
  }

  private func read(
    _ choice: Specification.Choice, in mapping: YAMLNode, into specification: inout Specification
  ) {
    guard let node = mapping[choice.key], let value = value(node, of: choice) else { return }
    guard choice.assign(value, in: &specification) else {
      preconditionFailure("\(choice.key) is read as what it takes.")
    }
  }

  private func value(
    _ node: YAMLNode, of choice: Specification.Choice
  ) -> Specification.Choice.Value? {
    switch choice.kind {
    case .word(.pools): reader.pool(node, among: pools.keys.sorted()).map { .word($0) }
    case .word(let vocabulary): reader.oneOf(node, words(vocabulary)).map { .word($0) }
    case .words(.states): .words(reader.actors(node).map(\.rawValue))
    case .words(let vocabulary): .words(names(node, among: words(vocabulary)))
    case .whole(let bounds, _): reader.whole(node, bounds).map { .whole($0) }
    case .wholes(let bounds):
      .wholes(reader.list(node).compactMap { reader.whole($0, bounds) })
    case .weights: .numbers(reader.list(node).compactMap { reader.number($0, .weight) })
    case .years: reader.years(node).map { .years($0) }
    }
  }

  private func names(_ node: YAMLNode, among known: [String]) -> [String] {
    reader.list(node).compactMap { reader.oneOf($0, known) }
  }

  private func words(_ vocabulary: Specification.Choice.Vocabulary) -> [String] {
    vocabulary.words(outcomes: outcomes, pools: pools.keys.sorted(), in: reader.casebook)
  }
}

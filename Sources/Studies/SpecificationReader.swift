public import Evidence
import Foundation
import Indicators
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
  static let keys = [
    "outcomes", "reliability", "credibility", "phases", "resolution", "variable", "weights",
    "normalisation", "aggregation", "pool", "stage", "periods", "method", "factors",
    "comparison", "base", "anticipation", "co_treated", "draws", "leave_out",
  ]

  /// Reads the choices that a mapping makes; `others` are keys that are read elsewhere.
  func specification(_ node: YAMLNode, others: [String] = []) -> Specification {
    reader.expectKeys(node, others + Self.keys)
    var specification = Specification()
    specification.outcomes = Set(
      (node["outcomes"].map(reader.list) ?? []).compactMap { reader.oneOf($0, outcomes) })
    readEvidence(node, into: &specification)
    readIndicator(node, into: &specification)
    readComparison(node, into: &specification)
    specification.draws = node["draws"].flatMap { reader.whole($0, from: 1) }
    specification.leftOut = node["leave_out"].map(leftOut) ?? .init()
    return specification
  }

  private func readEvidence(_ node: YAMLNode, into specification: inout Specification) {
    specification.reliability = node["reliability"].flatMap {
      reader.word($0, as: Reliability.self)
    }
    specification.credibility = node["credibility"].flatMap {
      reader.word($0, as: Credibility.self)
    }
    specification.phases = node["phases"].map { phases in
      reader.list(phases).compactMap { reader.word($0, as: Phase.self) }
    }
    specification.resolution = node["resolution"].flatMap {
      reader.word($0, as: ResolutionOrder.self)
    }
  }

  private func readIndicator(_ node: YAMLNode, into specification: inout Specification) {
    let variables = reader.casebook.variables.map(\.id.rawValue)
    specification.variable = node["variable"].flatMap { reader.oneOf($0, variables) }
      .map { VariableID($0) }
    specification.weights = node["weights"].map { weights in
      reader.list(weights).compactMap { reader.number($0, above: 0) }
    }
    specification.normalisation = node["normalisation"].flatMap {
      reader.choice($0, InstrumentIndex.Normalisation.self)
    }
    specification.aggregation = node["aggregation"].flatMap {
      reader.choice($0, InstrumentIndex.Aggregation.self)
    }
  }

  private func readComparison(_ node: YAMLNode, into specification: inout Specification) {
    specification.pool = node["pool"].flatMap { reader.pool($0, among: pools.keys.sorted()) }
    let stages = Set(reader.casebook.codebook.ladders.values.joined().map(\.rawValue)).sorted()
    specification.stage = node["stage"].flatMap { reader.oneOf($0, stages) }.map { Stage($0) }
    specification.periods = node["periods"].flatMap(reader.years)
    specification.method = node["method"].flatMap { reader.choice($0, Specification.Method.self) }
    specification.factors = node["factors"].flatMap { reader.whole($0, from: 0) }
    specification.comparison = node["comparison"].flatMap {
      reader.oneOf($0, ["never", "not-yet"])
    }
    specification.base = node["base"].flatMap { reader.oneOf($0, ["varying", "universal"]) }
    specification.anticipation = node["anticipation"].flatMap { reader.whole($0, from: 0) }
    specification.coTreated = node["co_treated"].flatMap { reader.choice($0, Study.CoTreated.self) }
  }

  private func leftOut(_ node: YAMLNode) -> Specification.LeftOut {
    reader.expectKeys(node, ["claims", "sources", "coders", "states", "periods"])
    let casebook = reader.casebook
    func names(_ key: String, _ known: [String]) -> [String] {
      (node[key].map(reader.list) ?? []).compactMap { reader.oneOf($0, known) }
    }
    var left = Specification.LeftOut()
    left.claims = Set(names("claims", casebook.claims.map(\.id.rawValue)).map { ClaimID($0) })
    left.sources = Set(names("sources", casebook.sources.map(\.id.rawValue)).map { SourceID($0) })
    left.coders = Set(names("coders", Set(casebook.claims.map(\.coder)).sorted()))
    left.states = Set((node["states"].map(reader.list) ?? []).compactMap(reader.actor))
    left.periods = Set(
      (node["periods"].map(reader.list) ?? []).compactMap { reader.whole($0, from: 1) })
    return left
  }
}

import Documents
public import Evidence
public import Indicators
import Foundation

/// One set of choices that departs from a study's own; what is nil stays as the study has it.
///
/// A reader's changed judgements, one cell of the multiverse and the evidence without one claim are all
/// specifications. `line` writes one as a line of JSON; `SpecificationReader` reads it.
public struct Specification: Hashable, Sendable {
  /// The outcomes that it is about; empty: all.
  public var outcomes: Set<String> = []
  /// Which claims count, and how rivals are ranked.
  public var reliability: Reliability?
  public var credibility: Credibility?
  public var phases: [Phase]?
  public var resolution: ResolutionOrder?
  /// The series that takes the place of the outcome's own.
  public var variable: VariableID?
  public var weights: [Double]?
  public var normalisation: InstrumentIndex.Normalisation?
  public var aggregation: InstrumentIndex.Aggregation?
  /// The name of one of the study's pools.
  public var pool: String?
  /// The stage with the organisation that counts as treatment.
  public var stage: Stage?
  public var periods: ClosedRange<Int>?
  public var method: Method?
  /// How many factors; of `factors` only.
  public var factors: Int?
  public var comparison: String?
  public var base: String?
  public var anticipation: Int?
  public var coTreated: Study.CoTreated?
  public var draws: Int?
  public var leftOut = LeftOut()

  public init() {}

  /// The estimators that a specification can name.
  public enum Method: String, Hashable, Sendable, CaseIterable {
    case groupTime = "group-time"
    case imputation
    case syntheticDiD = "synthetic-did"
    case syntheticControl = "synthetic-control"
    case factors

    /// Whether donors are weighted, or factors found, among the never-treated.
    package var isWeighting: Bool { self != .groupTime && self != .imputation }
  }

  /// Evidence that is left aside.
  public struct LeftOut: Hashable, Sendable {
    public var claims: Set<ClaimID> = []
    public var sources: Set<SourceID> = []
    public var coders: Set<String> = []
    public var states: Set<ActorID> = []
    public var periods: Set<Int> = []

    public init() {}

    var isEmpty: Bool { self == LeftOut() }
    /// Whether tables of the casebook change.
    var touchesEvidence: Bool { !(claims.isEmpty && sources.isEmpty && coders.isEmpty) }
  }
}

extension Specification {
  /// This specification with another's choices in place of its own, where that one makes any.
  func overlaid(with other: Specification) -> Specification {
    var merged = self
    if !other.outcomes.isEmpty { merged.outcomes = other.outcomes }
    merged.reliability = other.reliability ?? reliability
    merged.credibility = other.credibility ?? credibility
    merged.phases = other.phases ?? phases
    merged.resolution = other.resolution ?? resolution
    merged.variable = other.variable ?? variable
    merged.weights = other.weights ?? weights
    merged.normalisation = other.normalisation ?? normalisation
    merged.aggregation = other.aggregation ?? aggregation
    merged.pool = other.pool ?? pool
    merged.stage = other.stage ?? stage
    merged.periods = other.periods ?? periods
    merged.method = other.method ?? method
    merged.factors = other.factors ?? factors
    merged.comparison = other.comparison ?? comparison
    merged.base = other.base ?? base
    merged.anticipation = other.anticipation ?? anticipation
    merged.coTreated = other.coTreated ?? coTreated
    merged.draws = other.draws ?? draws
    merged.leftOut.claims.formUnion(other.leftOut.claims)
    merged.leftOut.sources.formUnion(other.leftOut.sources)
    merged.leftOut.coders.formUnion(other.leftOut.coders)
    merged.leftOut.states.formUnion(other.leftOut.states)
    merged.leftOut.periods.formUnion(other.leftOut.periods)
    return merged
  }

  /// The specification as one line of JSON, keys in the order of their names.
  public var line: String {
    var object: [String: Any] = [:]
    if !outcomes.isEmpty { object["outcomes"] = outcomes.sorted() }
    object["reliability"] = reliability?.rawValue
    object["credibility"] = credibility?.rawValue
    object["phases"] = phases?.map(\.rawValue)
    object["resolution"] = resolution?.rawValue
    object["variable"] = variable?.rawValue
    object["weights"] = weights
    object["normalisation"] = normalisation?.rawValue
    object["aggregation"] = aggregation?.rawValue
    object["pool"] = pool
    object["stage"] = stage?.rawValue
    object["periods"] = periods.map { "\($0.lowerBound)-\($0.upperBound)" }
    object["method"] = method?.rawValue
    object["factors"] = factors
    object["comparison"] = comparison
    object["base"] = base
    object["anticipation"] = anticipation
    object["co_treated"] = coTreated?.rawValue
    object["draws"] = draws
    if !leftOut.isEmpty { object["leave_out"] = leftOut.object }
    guard
      let data = try? JSONSerialization.data(
        withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
    else { preconditionFailure("A specification is made of texts, lists and finite numbers.") }
    return String(decoding: data, as: UTF8.self)
  }
}

extension Specification.LeftOut {
  fileprivate var object: [String: Any] {
    let lists: [(String, [Any])] = [
      ("claims", claims.map(\.rawValue).sorted()), ("sources", sources.map(\.rawValue).sorted()),
      ("coders", coders.sorted()), ("states", states.map(\.rawValue).sorted()),
      ("periods", periods.sorted()),
    ]
    return Dictionary(uniqueKeysWithValues: lists.filter { !$0.1.isEmpty })
  }
}

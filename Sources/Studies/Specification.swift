public import Effects
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
  public var comparison: GroupTimeDiD.Comparison?
  public var base: GroupTimeDiD.BasePeriod?
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

    /// How many reassignments test a changed study that names no number: fewer where each weighs anew.
    package var changedDraws: Int { isWeighting ? 200 : 1_000 }
  }

  /// Evidence that is left aside.
  public struct LeftOut: Hashable, Sendable {
    public var claims: Set<ClaimID> = []
    public var sources: Set<SourceID> = []
    public var coders: Set<String> = []
    public var states: Set<ActorID> = []
    public var periods: Set<Int> = []

    public init() {}

    /// Whether tables of the casebook change.
    var touchesEvidence: Bool { !(claims.isEmpty && sources.isEmpty && coders.isEmpty) }
  }
}

extension Specification {
  /// This specification with another's choices in place of its own, where that one makes any.
  func overlaid(with other: Specification) -> Specification {
    Choice.all.reduce(into: self) { merged, choice in choice.overlay(other, on: &merged) }
  }

  /// This specification without some of its choices.
  func without(where isLeftOut: (Choice) -> Bool) -> Specification {
    Choice.all.filter(isLeftOut).reduce(into: self) { rest, choice in
      guard choice.assign(nil, in: &rest) else {
        preconditionFailure("Every choice can be left open.")
      }
    }
  }

  /// The specification as one line of JSON, keys in the order of their names.
  public var line: String {
    var object: [String: Any] = [:]
    var groups: [String: [String: Any]] = [:]
    for choice in Choice.all {
      guard let value = choice.value(in: self)?.json else { continue }
      if let group = choice.group {
        groups[group, default: [:]][choice.key] = value
      } else {
        object[choice.key] = value
      }
    }
    object.merge(groups) { $1 }
    guard
      let data = try? JSONSerialization.data(
        withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
    else { preconditionFailure("A specification is made of texts, lists and finite numbers.") }
    return String(decoding: data, as: UTF8.self)
  }
}

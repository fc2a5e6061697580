import Documents
import Effects
public import Evidence
import Foundation
import Indicators
import LinearAlgebra
import Panels

/// The multiverse of one outcome in the making: what is planned, and what is done.
///
/// It can be carried on in steps; the result depends on neither the steps nor the number of threads.
public struct MultiverseRun: Sendable {
  public let study: Study
  public let channel: Study.Channel
  public let outcome: Study.Outcome
  /// How many permutations each specification is estimated under.
  public let draws: Int
  public let seed: UInt64
  /// The most specifications that are estimated.
  public let cap: Int
  let casebookHash: String
  /// The hash of the study's file; empty where it has none.
  let studyHash: String
  let space: SpecificationSpace
  /// The combinations that are estimated, those that share the weights of cells side by side.
  let planned: [Int]
  /// Where runs of such combinations begin, and the end.
  private let bounds: [Int]
  let possible: Int
  /// How many of the possible ones were looked at, repeats among them.
  let sampled: Int
  let impossible: [ImpossibleCombination: Int]
  /// Whether the study's own answer is one; nil permutations when it is none.
  let isDecided: Bool
  private let specified: SpecificationStudy
  let threads: Int
  /// What the first of the planned combinations gave.
  public internal(set) var results: [SpecificationResult] = []

  /// How many specifications are estimated unless another number is given.
  public static let standardCap = 10_000
  /// How many permutations are drawn unless another number is given.
  public static let standardDraws = 199

  /// Lays out the combinations, the panels that they need and the permutations.
  ///
  /// - Throws: `StudyError`, for an unknown outcome or too many combinations among others.
  public init(
    _ study: Study, outcome id: String, from casebook: Casebook, cap: Int = Self.standardCap,
    draws: Int = Self.standardDraws, seed: UInt64? = nil, threads: Int = 1
  ) throws {
    precondition(cap > 0 && draws >= 19, "A multiverse needs a combination and 19 draws.")
    guard
      let channel = study.channels.first(where: { $0.outcomes.contains { $0.id == id } }),
      let outcome = channel.outcomes.first(where: { $0.id == id })
    else { throw StudyError.unknownOutcome(id, known: study.outcomeIDs) }
    let seed = seed ?? study.seed
    let space = try SpecificationSpace(study, for: outcome)
    let (indices, impossible) = space.possible()
    let sample = SpecificationSpace.sample(indices, cap: cap, seed: seed)
    let recomputation = Recomputation(study, from: casebook, threads: threads)
    let verdict = try recomputation.verdict(channel, outcome)
    isDecided = verdict != .undecidable
    specified = try SpecificationStudy(
      recomputation, channel: channel, outcome: outcome,
      specifications: sample.map(space.specification), draws: isDecided ? draws : 0, seed: seed,
      threads: threads)
    let plan = try CombinationPlan(sample, space, specified)
    planned = plan.combinations
    bounds = plan.bounds
    sampled = sample.count
    self.study = study
    self.channel = channel
    self.outcome = outcome
    self.draws = draws
    self.seed = seed
    self.cap = cap
    self.threads = threads
    self.space = space
    self.impossible = impossible
    possible = indices.count
    casebookHash = casebook.sha256
    studyHash =
      casebook.studies[study.id].flatMap { try? Data(contentsOf: $0) }.map(SHA256.hash(of:)) ?? ""
  }

  /// How many specifications are estimated in all.
  public var total: Int { planned.count }

  /// Whether every planned specification is done.
  public var isComplete: Bool { results.count == planned.count }

  /// Estimates the next specifications: as many, or a few more that share what they need.
  ///
  /// - Throws: `LinearAlgebraError.notOptimal` when a certificate fails, or `IndicatorError`.
  public mutating func advance(by count: Int) throws {
    let (first, last) = (results.count, min(results.count + count, planned.count))
    guard first < last else { return }
    let ends = bounds.filter { $0 > first && $0 < last } + [bounds.first { $0 >= last } ?? last]
    let runs = zip([first] + ends, ends).map { start, end in
      planned[start..<end].map(space.specification)
    }
    let (specified, draws) = (specified, draws)
    results += try mapEach(runs.count, threads: threads) { place in
      try specified.results(runs[place], 0..<draws)
    }.flatMap { $0 }
  }
}

/// In which order combinations are estimated.
private struct CombinationPlan {
  private(set) var combinations: [Int] = []
  /// Where runs of combinations begin that share the weights of cells, and the end.
  private(set) var bounds: [Int] = []

  /// Leaves out the combinations that compare the same numbers by the same estimator as one before them.
  init(
    _ sample: [Int], _ space: SpecificationSpace, _ specified: SpecificationStudy
  ) throws {
    var seen: Set<SpecificationStudy.Comparison> = []
    var runs: [[Int]] = []
    var places: [SpecificationStudy.Comparison: Int] = [:]
    for index in sample {
      guard let comparison = try specified.comparison(space.specification(index)) else {
        runs.append([index])
        continue
      }
      guard seen.insert(comparison).inserted else { continue }
      let shared = comparison.estimator.isLinear ? comparison.ofAnyValues : comparison
      if let place = places[shared] {
        runs[place].append(index)
      } else {
        places[shared] = runs.count
        runs.append([index])
      }
    }
    for run in runs {
      bounds.append(combinations.count)
      combinations += run
    }
    bounds.append(combinations.count)
  }
}

/// What one specification gave.
public enum SpecificationResult: Hashable, Sendable {
  /// The effect as observed and under each permutation; nil where it is not defined.
  case estimated(Estimated)
  /// Why there is none.
  case left(Reason)

  public struct Estimated: Hashable, Sendable {
    public let effect: Double
    /// What the effect is ranked by.
    public let statistic: Double
    /// How many units are treated and compared.
    public let treated: Int
    public let compared: Int
    public let effects: [Double?]
    public let statistics: [Double?]
  }

  /// Why a specification has no estimate.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    case emptyPool, treatedUnits, namedTreated, whoFloor, coTreatment, notEstimable
    /// The design could decide; but the study's own cannot, so nothing is estimated.
    case notAsked
  }
}

extension Recomputation {
  /// The verdict on an outcome as the study has it.
  func verdict(_ channel: Study.Channel, _ outcome: Study.Outcome) throws -> Verdict {
    do {
      return try OutcomeStudy(study: study, channel: channel, outcome: outcome, workings: workings)
        .judged().answerability.verdict
    } catch StudyError.emptyPool {
      return .undecidable
    }
  }
}

import LinearAlgebra
import Effects
public import Evidence
import Indicators

/// What all defensible choices of a study make of one outcome.
///
/// Simonsohn, Simmons and Nelson 2020 (10.1038/s41562-020-0912-z), with the reassignment of dates in
/// place of their resampling.
public struct Multiverse: Hashable, Sendable {
  public let channel: ChannelID
  public let outcome: String
  public let unit: String
  /// Whether the thesis expects the outcome to rise; nil when it expects no direction.
  public let isThesisPositive: Bool?
  /// The choices that bear on the outcome.
  public let choices: [Study.Choice]
  public let counts: Counts
  public let seed: UInt64
  public let draws: Int
  /// The specifications that have an estimate, in the order of their combinations.
  public let points: [Point]
  /// Nil when nothing is estimated.
  public let summary: Summary?
  /// How much each choice moves the estimate, the most first.
  public let moves: [Move]

  /// How many combinations there are, and what became of them.
  public struct Counts: Hashable, Sendable {
    /// The product of the choices.
    public let combinations: Int
    /// Combinations that cannot be, by rule.
    public let impossible: [ImpossibleCombination: Int]
    /// The others.
    public let possible: Int
    /// Those that were looked at: all, or a sample when there were more than the cap.
    public let sampled: Int
    /// Those among them that differ in what is compared or how; the others repeat one of them.
    public let planned: Int
    /// Those done so far.
    public let done: Int
    /// Specifications without an estimate, by reason.
    public let left: [SpecificationResult.Reason: Int]

    public var isSampled: Bool { sampled < possible }
    public var isComplete: Bool { done == planned }
  }

  /// One specification and what it says.
  public struct Point: Hashable, Sendable {
    public let specification: Specification
    /// The places of its options, choice by choice.
    public let options: [Int]
    public let estimate: Double
    /// The two-sided rank of its statistic among those of the permutations.
    public let p: Double
    public let treated: Int
    public let compared: Int
    /// The permutations under which it is not defined.
    public let undefined: Int
  }

  /// What the specifications say together.
  public struct Summary: Hashable, Sendable {
    public let median: Double
    /// The estimates below which a tenth and nine tenths lie.
    public let tenth: Double
    public let ninetieth: Double
    /// The shares of the specifications with an estimate above and below zero.
    public let positive: Double
    public let negative: Double
    /// The shares with p ≤ 0.05, above and below zero.
    public let significantPositive: Double
    public let significantNegative: Double
    public let joint: JointTest
  }

  /// The test of all specifications together.
  public struct JointTest: Hashable, Sendable {
    /// The share of permutations whose median effect is at least as far from zero as the observed.
    public let medianP: Double
    /// The share of permutations with at least as many specifications at p ≤ 0.05 in the thesis's
    /// direction, or in either when it has none.
    public let shareP: Double
    /// The share of specifications at p ≤ 0.05 in that direction, observed and in the middle
    /// permutation.
    public let share: Double
    public let medianShare: Double
    /// The permutations that at least one specification is defined under.
    public let draws: Int
    /// Specifications times permutations, and how many of them are not defined.
    public let cells: Int
    public let undefined: Int
    /// Specifications that too few permutations are defined for to give p ≤ 0.05.
    public let blunt: Int
  }

  /// How much one choice moves the estimate.
  public struct Move: Hashable, Sendable {
    public let choice: Int
    /// Its part of the variance of the estimates; the parts and the rest sum to one.
    public let share: Double
    /// For each option: how many estimates, their median, and the share with p ≤ 0.05.
    public let options: [OptionMove]
  }

  /// What the specifications with one option say.
  public struct OptionMove: Hashable, Sendable {
    public let count: Int
    public let median: Double?
    public let positive: Double?
    public let significant: Double?
  }

  /// The part of the variance that no choice by itself explains.
  public var interactions: Double { max(0, 1 - moves.reduce(0) { $0 + $1.share }) }
}

extension MultiverseRun {
  /// What the specifications done so far say.
  public func multiverse() -> Multiverse {
    let estimated = zip(planned, results).compactMap { index, result in
      if case .estimated(let numbers) = result { (index, numbers) } else { nil }
    }.sorted { $0.0 < $1.0 }
    let ranks = EffectRanks(estimated.map(\.1), draws: draws, threads: threads)
    let points = zip(estimated, ranks.observed).map { entry, p in
      Multiverse.Point(
        specification: space.specification(entry.0), options: space.options(entry.0),
        estimate: entry.1.effect, p: p, treated: entry.1.treated, compared: entry.1.compared,
        undefined: entry.1.effects.count { $0 == nil })
    }
    let left = results.compactMap { result in
      if case .left(let reason) = result { reason } else { nil }
    }
    let isThesisPositive = outcome.isThesisPositive(channel.thesis)
    return Multiverse(
      channel: channel.id, outcome: outcome.id, unit: outcome.indicator.unit,
      isThesisPositive: isThesisPositive, choices: space.choices,
      counts: Multiverse.Counts(
        combinations: space.size, impossible: impossible, possible: possible,
        sampled: sampled, planned: planned.count, done: results.count,
        left: Dictionary(left.map { ($0, 1) }, uniquingKeysWith: +)),
      seed: seed, draws: draws, points: points,
      summary: points.isEmpty
        ? nil : Multiverse.Summary(points, ranks.jointTest(isThesisPositive: isThesisPositive)),
      moves: moves(of: points))
  }

  private func moves(of points: [Multiverse.Point]) -> [Multiverse.Move] {
    guard !points.isEmpty else { return [] }
    let shares = choiceShares(
      points.map(\.estimate), options: points.map(\.options),
      counts: space.choices.map(\.options.count))
    return space.choices.indices.map { choice in
      Multiverse.Move(
        choice: choice, share: shares[choice],
        options: space.choices[choice].options.indices.map { option in
          Multiverse.OptionMove(points.filter { $0.options[choice] == option })
        })
    }.sorted { ($1.share, $0.choice) < ($0.share, $1.choice) }
  }
}

extension Multiverse.OptionMove {
  fileprivate init(_ points: [Multiverse.Point]) {
    count = points.count
    let all = Double(points.count)
    median = points.isEmpty ? nil : LinearAlgebra.median(ofSorted: points.map(\.estimate).sorted())
    positive = points.isEmpty ? nil : Double(points.count { $0.estimate > 0 }) / all
    significant = points.isEmpty ? nil : Double(points.count { $0.p <= significance }) / all
  }
}

extension Multiverse.Summary {
  fileprivate init(_ points: [Multiverse.Point], _ joint: Multiverse.JointTest) {
    let sorted = points.map(\.estimate).sorted()
    func share(_ isCounted: (Multiverse.Point) -> Bool) -> Double {
      Double(points.count(where: isCounted)) / Double(points.count)
    }
    median = LinearAlgebra.median(ofSorted: sorted)
    tenth = sorted[(sorted.count - 1) / 10]
    ninetieth = sorted[(sorted.count - 1) * 9 / 10]
    positive = share { $0.estimate > 0 }
    negative = share { $0.estimate < 0 }
    significantPositive = share { $0.estimate > 0 && $0.p <= significance }
    significantNegative = share { $0.estimate < 0 && $0.p <= significance }
    self.joint = joint
  }
}

extension Study.Outcome {
  /// Whether a thesis expects the outcome to rise; nil when it expects no direction.
  func isThesisPositive(_ thesis: Direction) -> Bool? {
    guard thesis != .neutral, indicator.direction != .neutral else { return nil }
    return thesis == indicator.direction
  }
}

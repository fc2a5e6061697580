public import Effects
public import Evidence

/// Whether a comparison can decide its question.
public enum Verdict: String, Hashable, Sendable {
  case decidable, weak, undecidable
}

/// A verdict with the rules that led to it, from the design and the pre-period only.
public struct Answerability: Hashable, Sendable {
  public let verdict: Verdict
  public let reasons: [Reason]

  /// One rule, what it found and what it asks.
  public enum Reason: Hashable, Sendable {
    /// How many that joined are seen before and after, or what keeps them from being compared.
    case treatedUnits(seen: Int, needed: Int, obstacle: Obstacle? = nil)
    /// The smallest p that the comparison can give, and whether it is the one by who joined.
    case whoFloor(Double, isByWho: Bool, below: Double)
    /// The named states that are seen after joining.
    case namedTreated([ActorID])
    case coTreatment(CoTreatment)
    case preTrend(p: Double?, least: Double)
    case gapBefore(Double?, most: Double)
    /// The shortest stretch before or after joining, and the named states that fall short.
    case namedPeriods(fewest: Int, short: [ActorID], needed: Int)
    /// What the test would find, and the smallest effect worth knowing.
    case detectableEffect(Double?, smallest: Double?)
  }

  /// What is left to compare without the units that came into the co-treatment inside their window.
  public struct CoTreatment: Hashable, Sendable {
    /// How many units joined both.
    public let units: Int
    /// How many treated units are left, and how many a comparison needs.
    public let left: Int
    public let needed: Int
    /// Whether there is a comparison without them.
    public let isComparable: Bool
    /// The rules that the comparison without them fails.
    public let failed: [Reason]
  }

  /// What keeps an estimator from a panel.
  public enum Obstacle: Hashable, Sendable {
    case nobodyTakesPart
    case estimator(EffectError)
  }

  /// The rules of answerability; the first four make an outcome undecidable, the rest weak.
  public enum Rule: String, Hashable, Sendable, CaseIterable {
    case treatedUnits, whoFloor, namedTreated, coTreatment
    case preTrend, gapBefore, namedPeriods, detectableEffect
  }
}

extension Answerability.Reason {
  public var rule: Answerability.Rule {
    switch self {
    case .treatedUnits: .treatedUnits
    case .whoFloor: .whoFloor
    case .namedTreated: .namedTreated
    case .coTreatment: .coTreatment
    case .preTrend: .preTrend
    case .gapBefore: .gapBefore
    case .namedPeriods: .namedPeriods
    case .detectableEffect: .detectableEffect
    }
  }

  /// The number that the rule found; nil where it found none.
  public var value: Double? {
    switch self {
    case .treatedUnits(let seen, _, _): Double(seen)
    case .whoFloor(let floor, _, _): floor
    case .namedTreated(let actors): Double(actors.count)
    case .coTreatment(let found): Double(found.left)
    case .preTrend(let p, _): p
    case .gapBefore(let gap, _): gap
    case .namedPeriods(let fewest, _, _): Double(fewest)
    case .detectableEffect(let effect, _): effect
    }
  }

  /// What the number is held against; nil where nothing is asked of it.
  public var threshold: Double? {
    switch self {
    case .treatedUnits(_, let needed, _): Double(needed)
    case .whoFloor(_, _, let below): below
    case .namedTreated: 1
    case .coTreatment(let found): found.units == 0 ? nil : Double(found.needed)
    case .preTrend(_, let least): least
    case .gapBefore(_, let most): most
    case .namedPeriods(_, _, let needed): Double(needed)
    case .detectableEffect(_, let smallest): smallest
    }
  }

  /// Whether the rule is met.
  public var passed: Bool {
    switch self {
    case .treatedUnits(let seen, let needed, let obstacle): seen >= needed && obstacle == nil
    case .whoFloor(let floor, _, let below): floor < below
    case .namedTreated(let actors): !actors.isEmpty
    case .coTreatment(let found):
      found.units == 0 || found.isComparable && found.failed.isEmpty
    case .preTrend(let p, let least): p.map { $0 >= least } ?? false
    case .gapBefore(let gap, let most): gap.map { $0 <= most } ?? false
    case .namedPeriods(_, let short, _): short.isEmpty
    case .detectableEffect(let effect, let smallest):
      effect.flatMap { effect in smallest.map { effect <= $0 } } ?? false
    }
  }
}

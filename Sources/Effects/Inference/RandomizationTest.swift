/// What reassigning the adoption dates says about an effect.
///
/// A placebo test: its p is exact only if the units were exchangeable.
public struct RandomizationTest: Hashable, Sendable {
  /// The share of assignments whose statistic is at least as far from zero as the observed one.
  public let p: Double
  /// The same for statistics at least as high.
  public let greater: OneSided
  /// The same for statistics at least as low.
  public let less: OneSided
  public let floor: Floor
  /// The number of assignments, without the observed one when they were drawn.
  public let assignments: Int
  public let isEnumerated: Bool
  /// The share of candidate assignments that were not admissible.
  public let rejected: Double
  /// Admissible assignments that left nothing to estimate: they are not counted.
  public let undefined: Int
  /// The constant effects that the test does not reject at 5 %; nil when unbounded.
  public let interval: ClosedRange<Double>?
  /// The smallest effect found in four of five cases at 5 %; nil when no effect could be.
  ///
  /// Taken over the statistics with the estimated constant effect removed: it is the same whatever
  /// that effect is. Nil, too, where the outcome moves the weights: `Randomization.detectableEffect`
  /// finds it there.
  public let minimumDetectableEffect: Double?
  /// The p of the largest event-time effect before treatment; nil when there is none.
  public let preTrend: Double?
  /// The statistic of the observed dates, and of each assignment in order.
  public let observed: Double
  public let distribution: [Double]

  /// A test against one side.
  public struct OneSided: Hashable, Sendable {
    public let p: Double
    /// Ties counted half.
    public let midP: Double
    /// The smallest p that any assignment attains.
    public let floor: Double
  }

  /// The smallest p that the design lets anybody find.
  public struct Floor: Hashable, Sendable {
    /// One in the number of ways to choose who joined.
    public let who: Double
    /// The smallest two-sided p that any admissible assignment attains.
    public let whoAndWhen: Double

    /// The floor that decides: the larger of the two.
    public var deciding: Double { max(who, whoAndWhen) }
  }
}

extension RandomizationTest {
  /// Holds what the observed dates gave against what each assignment gave.
  init(
    observed: AssignmentStatistic, statistics: [AssignmentStatistic], isEnumerated: Bool,
    rejected: Double, whoFloor: Double, undefined: Int
  ) {
    let effects = statistics.map(\.effect)
    let tail = Tail(effects, observed: observed.effect, isEnumerated: isEnumerated)
    let floor = Floor(who: whoFloor, whoAndWhen: tail.floor { abs($0) })
    self.floor = floor
    p = tail.p { abs($0) }
    greater = OneSided(
      p: tail.p { $0 }, midP: tail.midP { $0 }, floor: tail.floor { $0 })
    less = OneSided(
      p: tail.p { -$0 }, midP: tail.midP { -$0 }, floor: tail.floor { -$0 })
    self.assignments = effects.count
    self.isEnumerated = isEnumerated
    self.rejected = rejected
    self.undefined = undefined
    let doses = statistics.compactMap(\.dose)
    let isLinear = doses.count == effects.count
    interval =
      isLinear
      ? invertedInterval(
        observed: observed.effect, effects: effects, doses: doses,
        isEnumerated: isEnumerated) : nil
    // Without the estimated effect, so that what can be found does not depend on what was found.
    let cleared = Tail(
      zip(effects, doses).map { $0 - observed.effect * $1 }, observed: 0,
      isEnumerated: isEnumerated)
    minimumDetectableEffect =
      isLinear && floor.deciding < significance ? cleared.minimumDetectableEffect() : nil
    preTrend = observed.preTrend.map { largest in
      Tail(
        statistics.compactMap(\.preTrend), observed: largest,
        isEnumerated: isEnumerated
      ).p { $0 }
    }
    self.observed = observed.effect
    distribution = effects
  }
}

extension RandomizationTest {
  /// Holds what the observed dates gave against those assignments that left something to estimate.
  init(
    observed: AssignmentStatistic, statistics: [AssignmentStatistic],
    of assignments: Reassignment.Assignments, whoFloor: Double
  ) {
    self.init(
      observed: observed, statistics: statistics, isEnumerated: assignments.isEnumerated,
      rejected: assignments.rejected, whoFloor: whoFloor,
      undefined: assignments.dates.count - statistics.count)
  }
}

/// What one assignment of dates gives.
struct AssignmentStatistic: Sendable {
  /// The overall effect on the outcome.
  let effect: Double
  /// The overall effect on the treatment that was really given: how much of a constant effect shows.
  ///
  /// Nil where the effect is not linear in the outcomes.
  let dose: Double?
  /// The largest event-time effect before treatment, in size.
  let preTrend: Double?
  /// The gaps where `effect` is a ratio of them; nil elsewhere.
  var gaps: Gaps?

  /// How far the treated are from their comparison, before and after, and on average after.
  struct Gaps {
    let fit: GapFit
    let mean: Double
  }
}

/// The level at which an effect is called found.
package let significance = 0.05
/// How often an effect of the detectable size must be found.
let power = 0.8

/// A randomization distribution and the statistic held against it.
struct Tail {
  private let statistics: [Double]
  private let observed: Double
  private let isEnumerated: Bool
  private let tolerance: Double

  init(_ statistics: [Double], observed: Double, isEnumerated: Bool) {
    self.statistics = statistics
    self.observed = observed
    self.isEnumerated = isEnumerated
    tolerance = Self.tolerance(of: observed)
  }

  /// Two sums of the same changes in another order differ by rounding only; infinite ones are equal.
  private static func tolerance(of number: Double) -> Double {
    number.isFinite ? 1e-12 * max(1, abs(number)) : 0
  }

  private var total: Double { Double(statistics.count + (isEnumerated ? 0 : 1)) }

  /// The share at least as extreme as the observed one, itself included.
  func p(_ extremity: (Double) -> Double) -> Double {
    let own = extremity(observed)
    let count = statistics.filter { extremity($0) >= own - tolerance }.count
    return (Double(count) + (isEnumerated ? 0 : 1)) / total
  }

  func midP(_ extremity: (Double) -> Double) -> Double {
    let own = extremity(observed)
    let above = statistics.filter { extremity($0) > own + tolerance }.count
    let ties = statistics.filter { extremity($0) >= own - tolerance }.count - above
    return (Double(above) + (Double(ties) + (isEnumerated ? 0 : 1)) / 2) / total
  }

  /// The smallest p that any of the assignments would have had.
  func floor(_ extremity: (Double) -> Double) -> Double {
    let all = (statistics + (isEnumerated ? [] : [observed])).map(extremity)
    guard let largest = all.max() else { return 1 }
    return Double(all.filter { $0 >= largest - Self.tolerance(of: largest) }.count) / total
  }

  /// The smallest significant size; nil when no size is.
  var criticalSize: Double? {
    let sizes = statistics.map(abs).sorted(by: >)
    let own = isEnumerated ? 0.0 : 1
    let allowed = Int((significance * total - own + 1e-9).rounded(.down))
    return allowed >= 1 && allowed <= sizes.count ? sizes[allowed - 1] : nil
  }

  /// The smallest δ ≥ 0 with P(|τ* + δ| ≥ c) ≥ 0.8, c being the smallest significant size.
  func minimumDetectableEffect() -> Double? {
    guard let critical = criticalSize else { return nil }
    let ascending = statistics.sorted()
    let candidates = ascending.reversed().map { max(0, critical - $0) }
    let needed = power * Double(ascending.count) - 1e-9
    return candidates.first { effect in
      let slack = 1e-12 * max(1, critical)
      let above = ascending.count - ascending.partitioningIndex { $0 >= critical - effect - slack }
      let below = ascending.partitioningIndex { $0 > -critical - effect + slack }
      return Double(above + below) >= needed
    }
  }
}

extension Array {
  /// The first place at which a condition holds that, once true, stays true.
  package func partitioningIndex(where isAfter: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

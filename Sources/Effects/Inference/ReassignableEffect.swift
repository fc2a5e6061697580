public import Panels

/// An estimator whose overall effect can be had under other adoption dates than the observed ones.
public protocol ReassignableEstimator: Sendable {
  /// The units of a panel that take part; the others are noted as dropped, with the reason.
  ///
  /// - Throws: `EffectError` as the estimate does; `PanelError.empty`.
  func participants(of panel: Panel) throws -> Panel

  /// What a reassignment of dates is ranked by.
  var statistic: RankedStatistic { get }

  /// Lays out a panel so that its units can be given the dates of its cohorts, or further ones.
  ///
  /// - Throws: as the estimate does.
  func reassignable(on panel: Panel, alsoAt dates: [Period]) throws -> ReassignableEffect
}

/// What a reassignment of dates is ranked by.
public enum RankedStatistic: String, Hashable, Sendable {
  case effect
  /// The root mean square gap after the treatment over that before, with the sign of the mean gap.
  case gapRatio = "gap-ratio"
}

/// An estimator whose effects can be held against those of others.
public protocol ComparableEstimator: ReassignableEstimator, Hashable {
  /// Estimates the effects, in the terms that all estimators share.
  ///
  /// - Throws: as the estimate does.
  func sharedEffects(on panel: Panel) throws -> SharedEffects

  /// How many periods before treatment its effect may begin; nil where the estimator knows none.
  var anticipatedPeriods: Int? { get }

  /// How many factors are found; nil where none are, or their number is chosen by the data.
  var factorCount: Int? { get }
}

extension ComparableEstimator {
  public var anticipatedPeriods: Int? { nil }
  public var factorCount: Int? { nil }
}

extension ReassignableEstimator {
  public var statistic: RankedStatistic { .effect }

  /// Lays out a panel so that its units can be given the dates of its cohorts.
  ///
  /// - Throws: as the estimate does.
  public func reassignable(on panel: Panel) throws -> ReassignableEffect {
    try reassignable(on: panel, alsoAt: [])
  }
}

/// The overall effect of one estimator on one panel, for any adoption dates of its units.
public struct ReassignableEffect: Sendable {
  /// The units that dates move among, in the panel's order.
  public let units: [String]
  /// The periods of the panel as the estimator uses it.
  let periods: [Period]
  /// How many periods before treatment its effect may begin.
  let anticipation: Int
  /// The place of the period in which each is first treated; nil for never.
  let starts: [Int?]
  /// For each unit, the places of the dates that it may be given.
  let admissible: [Set<Int>]
  /// What other dates of the units give; `EffectError` when they leave nothing to estimate.
  let statistic: @Sendable (_ adoptions: [Adoption]) throws -> AssignmentStatistic
  /// The same without dose and pre-trend, which cost more than the effect.
  let effect: @Sendable (_ adoptions: [Adoption]) throws -> AssignmentStatistic
  /// The weights of the outcomes, where the effect is a sum of them that no outcome moves.
  let linear: LinearEffect?
  /// The largest difference before some dates, where it is had without the weights.
  var preTrend: (@Sendable (_ adoptions: [Adoption]) -> Double?)?

  init(
    units: [String], periods: [Period], anticipation: Int = 0, starts: [Int?],
    admissible: [Set<Int>], linear: LinearEffect? = nil,
    effect: (@Sendable (_ adoptions: [Adoption]) throws -> AssignmentStatistic)? = nil,
    statistic: @escaping @Sendable (_ adoptions: [Adoption]) throws -> AssignmentStatistic
  ) {
    self.effect = effect ?? statistic
    self.units = units
    self.periods = periods
    self.anticipation = anticipation
    self.starts = starts
    self.admissible = admissible
    self.linear = linear
    self.statistic = statistic
  }
}

/// The event times at which a pre-trend is looked for under every assignment.
let preTrendEventTimes = -5..<0

/// When a unit is first treated under reassigned dates.
enum Adoption: Hashable, Sendable {
  /// In the period at this place.
  case at(Int)
  case never
  /// It takes no part: its date lies where the panel cannot tell its effect.
  case leftOut

  /// The place of a date; nil for never.
  init(_ date: Int?) { self = date.map(Adoption.at) ?? .never }

  /// The place of the first treated period, if there is one.
  var date: Int? {
    if case .at(let date) = self { date } else { nil }
  }
}

extension Panel {
  /// The places of the first periods treated by these dates, ascending, with those of other dates.
  func places(of dates: [Period], with others: [Int]) -> [Int] {
    Set(others + dates.compactMap { date in periods.firstIndex { $0 >= date } }).sorted()
  }
}

public import Panels

/// An estimator whose overall effect can be had under other adoption dates than the observed ones.
public protocol ReassignableEstimator: Sendable {
  /// Lays out a panel so that its units can be given the dates of its cohorts, or further ones.
  ///
  /// - Throws: as the estimate does.
  func reassignable(on panel: Panel, alsoAt dates: [Period]) throws -> ReassignableEffect
}

extension ReassignableEstimator {
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

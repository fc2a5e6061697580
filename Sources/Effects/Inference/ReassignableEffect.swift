public import Panels

/// An estimator whose overall effect can be had under other adoption dates than the observed ones.
public protocol ReassignableEstimator: Sendable {
  /// Lays out a panel so that its units can be given other dates.
  ///
  /// - Throws: as the estimate does.
  func reassignable(on panel: Panel) throws -> ReassignableEffect
}

/// The overall effect of one estimator on one panel, for any adoption dates of its units.
public struct ReassignableEffect: Sendable {
  /// The units that dates move among, in the panel's order.
  public let units: [String]
  /// The place of the period in which each is first treated; nil for never.
  let starts: [Int?]
  /// For each unit, the places of the dates that it may be given.
  let admissible: [Set<Int>]
  /// The statistic when the units are first treated at these dates, given as places of periods.
  ///
  /// Throws `EffectError` when the dates leave nothing to estimate.
  let statistic: @Sendable (_ dates: [Int?]) throws -> AssignmentStatistic
}

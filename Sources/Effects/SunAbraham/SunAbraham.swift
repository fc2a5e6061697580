public import LinearAlgebra
public import Panels

/// The regression of Sun and Abraham 2021 (10.1016/j.jeconom.2020.09.006): an effect for each cohort
/// and event time next to effects of units and periods.
///
/// Each cohort's effects are measured from its last period before treatment; the comparison units have
/// none. Aggregated effects take the cohorts' shares as given.
public struct SunAbraham: Hashable, Sendable {
  /// Who the cohorts are compared with.
  public let comparison: Comparison
  /// The names of the panel's covariates; empty: none.
  public let covariates: [String]
  /// How many periods before treatment its effect may begin.
  public let anticipation: Int

  /// The units without effects of their own.
  public enum Comparison: String, Hashable, Sendable, CaseIterable {
    case neverTreated = "never"
    /// The cohort treated last, in the periods before its treatment; later periods are left out.
    case lastTreated = "last"
  }

  public init(comparison: Comparison, covariates: [String] = [], anticipation: Int = 0) {
    precondition(anticipation >= 0, "Anticipation is a number of periods, zero or more.")
    precondition(
      Set(covariates).count == covariates.count, "A covariate is adjusted for once.")
    self.comparison = comparison
    self.covariates = covariates
    self.anticipation = anticipation
  }

  /// Estimates each cohort's effects and their means.
  ///
  /// - Throws: `EffectError` when nobody is treated or nobody can be compared, or a covariate follows
  ///   from the effects.
  public func estimate(_ panel: Panel) throws -> SunAbrahamEffects {
    try SunAbrahamEffects(SaturatedFit(design(panel), names: covariates))
  }

  /// Who takes part; with the last cohort as comparison, its treatment and all after it left out.
  func design(_ panel: Panel) throws -> AdoptionDesign {
    guard comparison == .lastTreated else {
      return try AdoptionDesign(panel, anticipation: anticipation, covariates: covariates)
    }
    let starts = panel.cohorts.compactMap(\.start)
    guard let last = starts.max() else { throw EffectError.nobodyTreated }
    return try AdoptionDesign(
      panel.before(Period(last.number - anticipation)), anticipation: anticipation,
      covariates: covariates)
  }
}

extension Panel {
  /// The periods before one, in which units treated from then on are not treated yet.
  ///
  /// Never-treated units are left out: the last cohort is the comparison.
  fileprivate func before(_ end: Period) throws -> Panel {
    let kept = periods.indices.filter { periods[$0] < end }
    guard !kept.isEmpty else { throw EffectError.nobodyToCompare }
    let last = cohorts.compactMap(\.start).max()
    let whole = try with(periods: kept).with(
      cohorts: cohorts.map { $0.start == last && last != nil ? .neverTreated : $0 },
      dropped: dropped
        + periods.indices.filter { periods[$0] >= end }.map {
          Dropped(
            unit: nil, period: periods[$0],
            reason: "the last cohort, which is the comparison, is treated")
        })
    return try whole.filter {
      cohorts[$0] == .neverTreated
        ? "never treated; the comparison is the cohort treated last" : nil
    }
  }
}

/// The estimates of the regression of Sun and Abraham.
public struct SunAbrahamEffects: Hashable, Sendable {
  /// The units that took part, in the panel's order.
  public let units: [String]
  /// One for each cohort and period with an effect of its own, cohort by cohort.
  public let cells: [CellEffect]
  /// The mean of all post cells, by their weight of observations.
  public let overall: Estimate
  /// By event time, weighed in the same way.
  public let eventTime: [AggregatedEffect]
  /// The mean of each cohort's post cells.
  public let cohort: [AggregatedEffect]
  /// How the event-time effects vary together; nil when there is no error.
  public let eventTimeCovariance: Matrix?
  /// The test that all event-time effects before treatment are zero; nil when there is none.
  public let preTrend: WaldTest?
  /// The coefficients of the covariates, in their order.
  public let coefficients: [Double]
  /// Each unit's pull on the overall effect: the estimate is off by their mean.
  public let contributions: [Double]
  public let observations: Int
  public let clusters: Int
  public let dropped: [Dropped]
}

public import LinearAlgebra
public import Panels

/// The estimates of group-time difference in differences.
public struct GroupTimeEffects: Hashable, Sendable {
  /// The units that took part, in the panel's order.
  public let units: [String]
  /// The first period of each unit's treatment, in the same order; nil when not in the panel.
  public let treatedFrom: [Period?]
  public let dropped: [Dropped]
  /// One for each cohort and period that could be estimated, cohort by cohort.
  public let cells: [CellEffect]
  /// The weighted mean of all post cells, by the cohorts' shares.
  public let overall: Estimate
  /// By event time; its summary is the plain mean over event times from 0.
  public let eventTime: Aggregation
  /// By cohort; its summary weighs the cohorts by their shares.
  public let cohort: Aggregation
  /// By period; its summary is the plain mean over periods.
  public let period: Aggregation
  /// The joint test that all pre-treatment cells are zero; nil when there is none to test.
  public let preTrend: WaldTest?
  /// The simultaneous critical value of the cells; nil without a bootstrap.
  public let criticalValue: Double?
  /// Each unit's pull on the overall effect: the estimate is off by their mean.
  public let contributions: [Double]
  /// How the event-time effects vary together, in the order of `eventTime.cells`.
  public let eventTimeCovariance: Matrix
}

/// An estimate with its standard error, which is absent when the estimate is zero by construction.
public struct Estimate: Hashable, Sendable {
  public let att: Double
  public let standardError: Double?

  /// The interval that a normal approximation gives at a confidence level.
  public func interval(level: Double) -> ClosedRange<Double>? {
    standardError.map { error in
      let reach = error * normalQuantile(0.5 + level / 2)
      return (att - reach)...(att + reach)
    }
  }
}

/// ATT(g,t) of one cohort in one period.
public struct CellEffect: Hashable, Sendable {
  public let cohort: Period
  public let period: Period
  public let estimate: Estimate
}

/// Estimates by one key (event time, cohort or period) and their summary.
public struct Aggregation: Hashable, Sendable {
  public let summary: Estimate
  public let cells: [AggregatedEffect]
  /// The critical value of a band that holds all cells at once; nil without a bootstrap.
  public let criticalValue: Double?
}

/// The estimate at one key of an aggregation.
public struct AggregatedEffect: Hashable, Sendable {
  /// The event time, or the number of the cohort's or the period's period.
  public let key: Int
  public let estimate: Estimate
}

/// A joint test that several estimates are all zero.
public struct WaldTest: Hashable, Sendable {
  public let statistic: Double
  public let degreesOfFreedom: Int
  public let p: Double
}

extension GroupTimeEffects {
  init(
    design: GroupTimeDesign, cells estimated: [EstimatedCell], bootstrap: MultiplierBootstrap?
  ) {
    let panel = design.panel
    units = panel.units
    treatedFrom = design.starts.map { $0.map { panel.periods[$0] } }
    dropped = panel.dropped
    let influences = estimated.map(\.influence)
    let band = bootstrap?.band(influences, clustering: design.clustering)
    let errors = band?.errors ?? influences.map { standardError($0, design.clustering) }
    cells = zip(estimated, errors).map { cell, error in
      CellEffect(
        cohort: panel.periods[cell.cell.cohort], period: panel.periods[cell.cell.period],
        estimate: Estimate(att: cell.att, error: error))
    }
    let aggregator = Aggregator(design: design, cells: estimated, bootstrap: bootstrap)
    (overall, contributions) = aggregator.overall()
    let byEventTime = aggregator.byEventTime()
    eventTime = byEventTime.aggregation
    eventTimeCovariance = covariance(byEventTime.influences, design.clustering)
    cohort = aggregator.byCohort()
    period = aggregator.byPeriod()
    preTrend = jointTest(
      estimated.filter { !$0.cell.isPost && !$0.cell.isReference }, design.clustering)
    criticalValue = band?.criticalValue
  }
}

extension Estimate {
  /// An estimate whose error is below rounding has no standard error.
  init(att: Double, error: Double) {
    self.init(att: att, standardError: error > roundingError ? error : nil)
  }
}

/// A standard error at or below this is rounding, not uncertainty (the limit of `did` 2.5.1).
private let roundingError = 10 * Double.ulpOfOne.squareRoot()

/// Tests that the cells are all zero: W = θ′V⁻¹θ; nil when V is singular.
private func jointTest(_ cells: [EstimatedCell], _ clustering: Clustering?) -> WaldTest? {
  guard let units = cells.first?.influence.count, cells.count < clustering?.count ?? units
  else { return nil }
  let effects = cells.map(\.att)
  let variation = covariance(cells.map(\.influence), clustering)
  guard let solved = try? solvePositiveDefinite(variation, effects) else { return nil }
  let statistic = zip(effects, solved).reduce(0) { $0 + $1.0 * $1.1 }
  guard statistic.isFinite, statistic >= 0 else { return nil }
  return WaldTest(
    statistic: statistic, degreesOfFreedom: cells.count,
    p: chiSquareUpperTail(statistic, degreesOfFreedom: cells.count))
}

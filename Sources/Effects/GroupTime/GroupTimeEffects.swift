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

/// Estimates by one key (event time, cohort or period) and their summary.
public struct Aggregation: Hashable, Sendable {
  public let summary: Estimate
  public let cells: [AggregatedEffect]
  /// The critical value of a band that holds all cells at once; nil without a bootstrap.
  public let criticalValue: Double?
}

extension GroupTimeEffects {
  init(
    design: GroupTimeDesign, cells estimated: [EstimatedCell], bootstrap: MultiplierBootstrap?
  ) {
    let panel = design.panel
    units = panel.units
    treatedFrom = design.starts.map { $0.map { panel.periods[$0] } }
    dropped = panel.dropped
    let aggregator = Aggregator(design: design, cells: estimated, bootstrap: bootstrap)
    let band = aggregator.cellBand
    let errors =
      band?.errors ?? estimated.map { standardError($0.influence, design.clustering) }
    cells = zip(estimated, errors).map { cell, error in
      CellEffect(
        cohort: panel.periods[cell.cell.cohort], period: panel.periods[cell.cell.period],
        estimate: Estimate(att: cell.att, error: error, scale: panel.scale))
    }
    (overall, contributions) = aggregator.overall()
    let byEventTime = aggregator.byEventTime()
    eventTime = byEventTime.aggregation
    let threads = bootstrap?.threads ?? 1
    eventTimeCovariance = covariance(
      byEventTime.influences, design.clustering, threads: threads)
    cohort = aggregator.byCohort()
    period = aggregator.byPeriod()
    preTrend = jointTest(
      estimated.filter { !$0.cell.isPost && !$0.cell.isReference }, design.clustering,
      threads: threads)
    criticalValue = band?.criticalValue
  }
}

/// Tests that the cells are all zero; nil when there are not more units, or clusters, than cells.
private func jointTest(
  _ cells: [EstimatedCell], _ clustering: Clustering?, threads: Int
) -> WaldTest? {
  guard let units = cells.first?.influence.count, cells.count < clustering?.count ?? units
  else { return nil }
  return WaldTest(
    of: cells.map(\.att),
    variation: covariance(cells.map(\.influence), clustering, threads: threads))
}

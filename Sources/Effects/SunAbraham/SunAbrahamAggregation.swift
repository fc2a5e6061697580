import LinearAlgebra
import Panels

extension SunAbrahamEffects {
  init(_ fit: SaturatedFit) throws {
    let aggregator = try SaturatedAggregator(fit)
    let panel = fit.design.panel
    units = panel.units
    cells = try aggregator.cells.map { cell in
      CellEffect(
        cohort: panel.periods[cell.start], period: panel.periods[cell.period],
        estimate: try aggregator.mean(of: [cell]).estimate)
    }
    let post = aggregator.cells.filter(\.isPost)
    guard !post.isEmpty else { throw EffectError.noEstimableCell }
    let all = try aggregator.mean(of: post)
    overall = all.estimate
    contributions = all.pulls.map { $0 * Double(panel.units.count) }
    let byTime = try aggregator.means(of: aggregator.cells) { fit.equations.eventTime($0) }
    eventTime = byTime.map { AggregatedEffect(key: $0.key, estimate: $0.mean.estimate) }
    cohort = try aggregator.means(of: post) { panel.periods[$0.start].number }
      .map { AggregatedEffect(key: $0.key, estimate: $0.mean.estimate) }
    eventTimeCovariance = aggregator.covariance(byTime.map(\.mean.pulls))
    preTrend = aggregator.test(byTime.filter { $0.key < 0 }.map(\.mean))
    coefficients = fit.coefficients
    observations = aggregator.observations
    clusters = aggregator.clusters
    dropped = fit.design.dropped + aggregator.dropped
  }
}

/// Means of cells with their errors (CRV1); shares are taken as given.
private struct SaturatedAggregator {
  let fit: SaturatedFit
  let cells: [SaturatedCell]
  let observations: Int
  let clusters: Int
  /// G/(G−1)·(N−1)/(N−K); nil when there are too few.
  private let correction: Double?

  typealias Mean = (estimate: Estimate, pulls: [Double])

  init(_ fit: SaturatedFit) throws {
    self.fit = fit
    cells = fit.equations.cells
    let taking = fit.equations.cohorts.flatMap(\.rows)
    observations = taking.count
    let clustering = fit.design.clustering
    clusters =
      Set(
        Set(taking.map { $0 / fit.design.periodCount }).map { clustering?.places[$0] ?? $0 }
      ).count
    let periods = Set(taking.map { $0 % fit.design.periodCount }).count
    correction = smallSampleFactor(
      clusters: clusters, observations: observations,
      coefficients: cells.count + fit.coefficients.count + periods)
  }

  /// The mean of some cells by the weight of their observations.
  func mean(of cells: [SaturatedCell]) throws -> Mean {
    let shares = fit.equations.shares(of: cells)
    let att = shares.reduce(0) { $0 + $1.weight * fit.effect($1.cell) }
    let pulls = try fit.pulls(shares)
    let error = covariance([pulls]).map { $0[0, 0].squareRoot() } ?? 0
    let estimate = Estimate(
      att: att, error: error, scale: fit.design.panel.scale,
      degreesOfFreedom: max(clusters - 1, 1))
    return (estimate, pulls)
  }

  func means(
    of cells: [SaturatedCell], by key: (SaturatedCell) -> Int
  ) throws -> [(key: Int, mean: Mean)] {
    try grouped(cells, by: key).map { (key: $0.key, mean: try mean(of: $0.cells)) }
  }

  /// How sums of units' pulls vary together; nil when there is no error.
  func covariance(_ pulls: [[Double]]) -> Matrix? {
    correction.map { correction in
      // The shared covariance divides by the square of the units, as for means of influence.
      let units = Double(fit.design.starts.count)
      let plain = Effects.covariance(pulls, fit.design.clustering)
      return Matrix(
        rows: plain.rows, columns: plain.columns,
        elements: plain.elements.map { $0 * units * units * correction })
    }
  }

  /// The joint test of some means; nil when there are not more clusters than means.
  func test(_ means: [Mean]) -> WaldTest? {
    guard !means.isEmpty, means.count < clusters else { return nil }
    return covariance(means.map(\.pulls)).flatMap {
      WaldTest(of: means.map(\.estimate.att), variation: $0)
    }
  }

  /// Cohorts without an effect: none of their changes from the base period is known.
  var dropped: [Dropped] {
    let known = Set(cells.filter(\.isPost).map(\.path))
    let panel = fit.design.panel
    let cohorts = fit.equations.cohorts
    return cohorts.indices.dropFirst().filter { !known.contains($0) }.flatMap { place in
      cohorts[place].units.map { unit in
        Dropped(
          unit: panel.units[unit], period: nil,
          reason: "its cohort has no change from its base period to compare")
      }
    }
  }
}

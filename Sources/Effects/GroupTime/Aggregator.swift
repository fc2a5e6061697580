import LinearAlgebra
import Panels

/// Combines cells into the four aggregations, with the influence of the estimated cohort shares.
///
/// Callaway and Sant'Anna 2021, section 3 and equation 4.4.
struct Aggregator {
  private let design: GroupTimeDesign
  private let cells: [EstimatedCell]
  private let draws: DrawnMoves?
  /// The share of each cohort among all units.
  private let shares: [Int: Double]

  init(design: GroupTimeDesign, cells: [EstimatedCell], bootstrap: MultiplierBootstrap?) {
    self.design = design
    self.cells = cells
    draws = bootstrap.map { DrawnMoves($0, design: design, cells: cells) }
    let units = Double(design.panel.units.count)
    shares = Dictionary(
      uniqueKeysWithValues: design.cohorts.map { cohort in
        (cohort, design.membership(of: cohort).reduce(0, +) / units)
      })
  }

  /// The band around the cells; nil without a bootstrap.
  var cellBand: MultiplierBootstrap.Band? { draws?.cellBand }

  func overall() -> (estimate: Estimate, influence: [Double]) {
    let part = weighted(parts { $0.isPost })
    let influence = part.sum.influence(cells, design)
    return (estimate(part), influence)
  }

  /// By event time, with the influence on each.
  func byEventTime() -> (aggregation: Aggregation, influences: [[Double]]) {
    let groups = grouped(cells.indices) { design.eventTime(of: cells[$0].cell) }
    let parts = groups.map { ($0.key, weighted($0.cells.map(part))) }
    let summary = plain(parts.filter { $0.0 >= 0 }.map(\.1))
    return (
      aggregation(parts, summary: summary), parts.map { $0.1.sum.influence(cells, design) }
    )
  }

  func byCohort() -> Aggregation {
    let groups = grouped(postCells) { cells[$0].cell.cohort }
    let parts = groups.map { ($0.key, plain($0.cells.map(part))) }
    let labelled = parts.map { (design.panel.periods[$0.0].number, $0.1) }
    return aggregation(labelled, summary: weighted(parts.map(\.1)))
  }

  func byPeriod() -> Aggregation {
    let groups = grouped(postCells) { design.panel.periods[cells[$0].cell.period].number }
    let parts = groups.map { ($0.key, weighted($0.cells.map(part))) }
    return aggregation(parts, summary: plain(parts.map(\.1)))
  }

  private var postCells: [Int] { cells.indices.filter { cells[$0].cell.isPost } }

  private func parts(_ takes: (GroupTimeCell) -> Bool) -> [Part] {
    cells.indices.filter { takes(cells[$0].cell) }.map(part)
  }

  private func part(_ place: Int) -> Part {
    Part(
      cohort: cells[place].cell.cohort, att: cells[place].att,
      sum: InfluenceCombination(cell: place))
  }

  private func aggregation(_ parts: [(Int, Part)], summary: Part) -> Aggregation {
    let band = draws.map { $0.band(parts.map(\.1.sum)) }
    let errors = band?.errors ?? parts.map { error($0.1) }
    return Aggregation(
      summary: estimate(summary),
      cells: zip(parts, errors).map { part, error in
        AggregatedEffect(
          key: part.0,
          estimate: Estimate(att: part.1.att, error: error, scale: design.panel.scale))
      }, criticalValue: band?.criticalValue)
  }

  private func estimate(_ part: Part) -> Estimate {
    let error = draws.flatMap { $0.band([part.sum]).errors.first } ?? error(part)
    return Estimate(att: part.att, error: error, scale: design.panel.scale)
  }

  private func error(_ part: Part) -> Double {
    standardError(part.sum.influence(cells, design), design.clustering)
  }

  /// The mean by cohort shares: Σ p·θ / Σ p, with the influence of the shares themselves.
  private func weighted(_ parts: [Part]) -> Part {
    let weights = parts.map { shares[$0.cohort] ?? 0 }
    let total = weights.reduce(0, +)
    let att = zip(parts, weights).reduce(0) { $0 + $1.0.att * $1.1 } / total
    var sum = InfluenceCombination()
    for (part, weight) in zip(parts, weights) {
      sum.add(weight / total, part.sum)
      sum.addShare(of: part.cohort, (part.att - att) / total, mean: weight)
    }
    return Part(cohort: parts.first?.cohort ?? 0, att: att, sum: sum)
  }

  /// The plain mean.
  private func plain(_ parts: [Part]) -> Part {
    var sum = InfluenceCombination()
    for part in parts { sum.add(1 / Double(parts.count), part.sum) }
    return Part(cohort: parts.first?.cohort ?? 0, att: mean(parts.map(\.att)), sum: sum)
  }
}

/// An estimate on its way into an aggregation.
private struct Part {
  let cohort: Int
  let att: Double
  let sum: InfluenceCombination
}

import Panels

/// Combines cells into the four aggregations, with the influence of the estimated cohort shares.
///
/// Callaway and Sant'Anna 2021, section 3 and equation 4.4.
struct Aggregator {
  private let design: GroupTimeDesign
  private let cells: [EstimatedCell]
  /// The share of each cohort among all units.
  private let shares: [Int: Double]

  init(design: GroupTimeDesign, cells: [EstimatedCell]) {
    self.design = design
    self.cells = cells
    let units = Double(design.panel.units.count)
    shares = Dictionary(
      uniqueKeysWithValues: design.cohorts.map { cohort in
        (cohort, Double(design.starts.filter { $0 == cohort }.count) / units)
      })
  }

  func overall() -> Estimate {
    weighted(cells.filter(\.cell.isPost).map(Part.init)).estimate
  }

  func byEventTime() -> Aggregation {
    let groups = grouped(cells) { eventTime(of: $0.cell) }
    let parts = groups.map { ($0.key, weighted($0.cells.map(Part.init))) }
    return aggregation(parts, summary: plain(parts.filter { $0.0 >= 0 }.map(\.1)))
  }

  func byCohort() -> Aggregation {
    let groups = grouped(cells.filter(\.cell.isPost)) { $0.cell.cohort }
    let parts = groups.map { ($0.key, plain($0.cells.map(Part.init))) }
    let labelled = parts.map { (design.panel.periods[$0.0].number, $0.1) }
    return aggregation(labelled, summary: weighted(parts.map(\.1)))
  }

  func byPeriod() -> Aggregation {
    let groups = grouped(cells.filter(\.cell.isPost)) {
      design.panel.periods[$0.cell.period].number
    }
    let parts = groups.map { ($0.key, weighted($0.cells.map(Part.init))) }
    return aggregation(parts, summary: plain(parts.map(\.1)))
  }

  private func eventTime(of cell: GroupTimeCell) -> Int {
    let periods = design.panel.periods
    return periods[cell.period].since(periods[cell.cohort]).number
  }

  private func aggregation(_ parts: [(Int, Part)], summary: Part) -> Aggregation {
    Aggregation(
      summary: summary.estimate,
      cells: parts.map { AggregatedEffect(key: $0.0, estimate: $0.1.estimate) })
  }

  /// The mean by cohort shares: Σ p·θ / Σ p, with the influence of the shares themselves.
  private func weighted(_ parts: [Part]) -> Part {
    let weights = parts.map { shares[$0.cohort] ?? 0 }
    let total = weights.reduce(0, +)
    let att = zip(parts, weights).reduce(0) { $0 + $1.0.att * $1.1 } / total
    let influence = design.panel.units.indices.map { unit in
      var sum = 0.0
      for (part, weight) in zip(parts, weights) {
        let belongs = design.starts[unit] == part.cohort ? 1.0 : 0
        sum += weight * part.influence[unit] + (belongs - weight) * (part.att - att)
      }
      return sum / total
    }
    return Part(cohort: parts.first?.cohort ?? 0, att: att, influence: influence)
  }

  /// The plain mean.
  private func plain(_ parts: [Part]) -> Part {
    let count = Double(parts.count)
    let influence = design.panel.units.indices.map { unit in
      parts.reduce(0) { $0 + $1.influence[unit] } / count
    }
    return Part(
      cohort: parts.first?.cohort ?? 0, att: mean(parts.map(\.att)), influence: influence)
  }
}

/// An estimate on its way into an aggregation.
private struct Part {
  let cohort: Int
  let att: Double
  let influence: [Double]

  init(_ cell: EstimatedCell) {
    self.init(cohort: cell.cell.cohort, att: cell.att, influence: cell.influence)
  }

  init(cohort: Int, att: Double, influence: [Double]) {
    self.cohort = cohort
    self.att = att
    self.influence = influence
  }

  var estimate: Estimate { Estimate(att: att, influence: influence) }
}

/// The cells by a key, keys ascending, cells in their order.
private func grouped(
  _ cells: [EstimatedCell], by key: (EstimatedCell) -> Int
) -> [(key: Int, cells: [EstimatedCell])] {
  Dictionary(grouping: cells, by: key).sorted { $0.key < $1.key }
    .map { (key: $0.key, cells: $0.value) }
}

import Panels

/// Combines cells into the four aggregations, with the influence of the estimated cohort shares.
///
/// Callaway and Sant'Anna 2021, section 3 and equation 4.4.
struct Aggregator {
  private let design: GroupTimeDesign
  private let cells: [EstimatedCell]
  private let bootstrap: MultiplierBootstrap?
  /// The share of each cohort among all units.
  private let shares: [Int: Double]

  init(design: GroupTimeDesign, cells: [EstimatedCell], bootstrap: MultiplierBootstrap?) {
    self.design = design
    self.cells = cells
    self.bootstrap = bootstrap
    let units = Double(design.panel.units.count)
    shares = Dictionary(
      uniqueKeysWithValues: design.cohorts.map { cohort in
        let weights = design.starts.indices.filter { design.starts[$0] == cohort }
          .map { design.shareWeights[$0] }
        return (cohort, weights.reduce(0, +) / units)
      })
  }

  func overall() -> (estimate: Estimate, influence: [Double]) {
    let part = weighted(cells.filter(\.cell.isPost).map(Part.init))
    return (estimates([part]).first ?? Estimate(att: part.att, standardError: nil), part.influence)
  }

  /// By event time, with the influence on each.
  func byEventTime() -> (aggregation: Aggregation, influences: [[Double]]) {
    let groups = grouped(cells) { design.eventTime(of: $0.cell) }
    let parts = groups.map { ($0.key, weighted($0.cells.map(Part.init))) }
    let summary = plain(parts.filter { $0.0 >= 0 }.map(\.1))
    return (aggregation(parts, summary: summary), parts.map(\.1.influence))
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

  private func aggregation(_ parts: [(Int, Part)], summary: Part) -> Aggregation {
    let own = parts.map(\.1)
    let band = bootstrap?.band(own.map(\.influence), clustering: design.clustering)
    let errors = band?.errors ?? own.map { standardError($0.influence, design.clustering) }
    let summary = estimates([summary]).first ?? Estimate(att: summary.att, standardError: nil)
    return Aggregation(
      summary: summary,
      cells: zip(parts, errors).map { part, error in
        AggregatedEffect(
          key: part.0,
          estimate: Estimate(att: part.1.att, error: error, scale: design.panel.scale))
      }, criticalValue: band?.criticalValue)
  }

  private func estimates(_ parts: [Part]) -> [Estimate] {
    let band = bootstrap?.band(parts.map(\.influence), clustering: design.clustering)
    let errors = band?.errors ?? parts.map { standardError($0.influence, design.clustering) }
    return zip(parts, errors).map { Estimate(att: $0.att, error: $1, scale: design.panel.scale) }
  }

  /// The mean by cohort shares: Σ p·θ / Σ p, with the influence of the shares themselves.
  private func weighted(_ parts: [Part]) -> Part {
    let weights = parts.map { shares[$0.cohort] ?? 0 }
    let total = weights.reduce(0, +)
    let att = zip(parts, weights).reduce(0) { $0 + $1.0.att * $1.1 } / total
    let influence = design.panel.units.indices.map { unit in
      var sum = 0.0
      for (part, weight) in zip(parts, weights) {
        let belongs = design.starts[unit] == part.cohort ? design.shareWeights[unit] : 0
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
}

/// The cells by a key, keys ascending, cells in their order.
private func grouped(
  _ cells: [EstimatedCell], by key: (EstimatedCell) -> Int
) -> [(key: Int, cells: [EstimatedCell])] {
  Dictionary(grouping: cells, by: key).sorted { $0.key < $1.key }
    .map { (key: $0.key, cells: $0.value) }
}

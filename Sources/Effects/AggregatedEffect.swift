public import Panels

/// ATT(g,t) of one cohort in one period.
public struct CellEffect: Hashable, Sendable {
  public let cohort: Period
  public let period: Period
  public let estimate: Estimate
}

/// The estimate at one key of an aggregation.
public struct AggregatedEffect: Hashable, Sendable {
  /// The event time, or the number of the cohort's or the period's period.
  public let key: Int
  public let estimate: Estimate

  package init(key: Int, estimate: Estimate) {
    self.key = key
    self.estimate = estimate
  }
}

/// The mean effect over the cells of one event time.
public struct EventTimeEffect: Hashable, Sendable {
  public let eventTime: EventTime
  public let att: Double
  /// How many cells it is the mean of.
  public let cells: Int
}

/// The cells, or their places, by a key: keys ascending, cells in their order.
func grouped<Cell>(
  _ cells: some Sequence<Cell>, by key: (Cell) -> Int
) -> [(key: Int, cells: [Cell])] {
  Dictionary(grouping: cells, by: key).sorted { $0.key < $1.key }
    .map { (key: $0.key, cells: $0.value) }
}

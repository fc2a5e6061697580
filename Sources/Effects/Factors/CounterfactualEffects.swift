import LinearAlgebra
public import Panels

/// Effects as observed less counterfactual outcomes, cell by cell.
public struct CounterfactualEffects: Hashable, Sendable {
  /// The mean effect over all treated cells.
  public let att: Double
  /// The treated cells, unit after unit.
  public let cells: [CounterfactualCell]
  public let eventTimes: [EventTimeEffect]
}

/// One treated cell and what it would have been.
public struct CounterfactualCell: Hashable, Sendable {
  public let unit: String
  public let period: Period
  public let eventTime: EventTime
  public let observed: Double
  public let counterfactual: Double

  public var effect: Double { observed - counterfactual }
}

extension CounterfactualEffects {
  init(_ cells: [CounterfactualCell]) {
    self.cells = cells
    att = mean(cells.map(\.effect))
    eventTimes = Dictionary(grouping: cells, by: \.eventTime).sorted { $0.key < $1.key }.map {
      EventTimeEffect(
        eventTime: $0.key, att: mean($0.value.map(\.effect)), cells: $0.value.count)
    }
  }
}

extension CounterfactualCell {
  /// The cell of a treated unit, by its place, in a period, by its place.
  init(_ panel: Panel, unit: Int, start: Int, period: Int, counterfactual: Double) {
    self.unit = panel.units[unit]
    self.period = panel.periods[period]
    eventTime = panel.periods[period].since(panel.periods[start])
    observed = panel.values[unit * panel.periods.count + period]
    self.counterfactual = counterfactual
  }
}

package import Effects

/// Rows of ten observations for each unit, in no order, half the units treated from some period on.
package struct MadeRows {
  package let units: [Int32]
  package let periods: [Int32]
  package let outcomes: [Double]
  package let treatments: [Double]

  package init(units unitCount: Int, periods periodCount: Int, seed: UInt64) {
    var random = RandomBits(seed: seed)
    let shocks = (0..<periodCount).map { _ in random.nextBell() }
    let levels = (0..<unitCount).map { _ in random.nextUnit() * 4 }
    let starts = (0..<unitCount).map { unit in
      unit % 2 == 0 ? Int(random.nextUnit() * Double(periodCount)) : periodCount
    }
    let count = unitCount * Self.rowsOfUnit
    var units: [Int32] = []
    var periods: [Int32] = []
    var outcomes: [Double] = []
    var treatments: [Double] = []
    for row in 0..<count {
      // A prime stride visits every row once, the units out of order.
      let unit = row * Self.stride % count / Self.rowsOfUnit
      let period = Int(random.nextUnit() * Double(periodCount))
      let treatment = period >= starts[unit] ? 1.0 : 0
      units.append(Int32(unit))
      periods.append(Int32(period))
      treatments.append(treatment)
      outcomes.append(levels[unit] + shocks[period] + 0.3 * treatment + random.nextUnit() - 0.5)
    }
    self.units = units
    self.periods = periods
    self.outcomes = outcomes
    self.treatments = treatments
  }

  private static let rowsOfUnit = 10
  private static let stride = 7_368_787

  /// The rows as the estimators take them.
  package func rows() throws -> TwoWayRows {
    try TwoWayRows(units: units, periods: periods, outcomes: outcomes, treatments: treatments)
  }
}

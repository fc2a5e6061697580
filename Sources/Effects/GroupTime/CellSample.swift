import Panels

/// The observations that one cell compares.
///
/// Within units an observation is a unit's change; between samples it is a unit's level in one of the
/// two periods. Covariates and weights are those of the earlier period, or of the level's own.
struct CellSample {
  /// The unit of each observation, by its place.
  private(set) var units: [Int] = []
  private(set) var isTreated: [Bool] = []
  /// Whether a level is of the cell's period rather than of its base; all true for changes.
  private(set) var isAfter: [Bool] = []
  private(set) var outcomes: [Double] = []
  private(set) var weights: [Double] = []
  /// An intercept and the covariates, observation after observation.
  private(set) var columns: [Double] = []
  let width: Int
  let hasLevels: Bool

  init(_ cell: GroupTimeCell, of design: GroupTimeDesign) {
    width = 1 + design.covariates.count
    hasLevels = design.options.changes != .withinUnits
    for unit in design.panel.units.indices {
      let isTreated = design.starts[unit] == cell.cohort
      guard isTreated || design.isComparison(unit, for: cell) else { continue }
      if hasLevels {
        add(design, unit, cell.period, isTreated, isAfter: true)
        add(design, unit, cell.base, isTreated, isAfter: false)
      } else {
        addChange(design, unit, cell, isTreated)
      }
    }
    scaleCovariates()
  }

  /// Whether each side is observed, between samples in both periods.
  var isComplete: Bool {
    let sides = Set(zip(isTreated, isAfter).map { Side(isTreated: $0, isAfter: $1) })
    return sides.count == (hasLevels ? 4 : 2)
  }

  private struct Side: Hashable {
    let isTreated: Bool
    let isAfter: Bool
  }

  private mutating func add(
    _ design: GroupTimeDesign, _ unit: Int, _ period: Int, _ isTreated: Bool, isAfter: Bool
  ) {
    let panel = design.panel
    guard panel.isObserved(unit: unit, period: period) else { return }
    let place = unit * panel.periods.count + period
    append(
      unit, isTreated, isAfter, panel.values[place], design.weight(place),
      design.covariates.map { $0[place] })
  }

  private mutating func addChange(
    _ design: GroupTimeDesign, _ unit: Int, _ cell: GroupTimeCell, _ isTreated: Bool
  ) {
    let panel = design.panel
    guard panel.isObserved(unit: unit, period: cell.period),
      panel.isObserved(unit: unit, period: cell.base)
    else { return }
    let row = unit * panel.periods.count
    let earlier = row + min(cell.period, cell.base)
    append(
      unit, isTreated, true, panel.values[row + cell.period] - panel.values[row + cell.base],
      design.weight(earlier), design.covariates.map { $0[earlier] })
  }

  private mutating func append(
    _ unit: Int, _ isTreated: Bool, _ isAfter: Bool, _ outcome: Double, _ weight: Double,
    _ covariates: [Double?]
  ) {
    let known = covariates.compactMap { $0 }
    guard known.count == covariates.count else { return }
    units.append(unit)
    self.isTreated.append(isTreated)
    self.isAfter.append(isAfter)
    outcomes.append(outcome)
    weights.append(weight)
    if width > 1 { columns += [1] + known }
  }

  /// Centres each covariate and gives it unit spread.
  ///
  /// Estimates and influences do not change with it; the conditioning does.
  private mutating func scaleCovariates() {
    let n = Double(units.count)
    for column in 1..<width {
      let places = units.indices.map { $0 * width + column }
      let centre = places.reduce(0) { $0 + columns[$1] } / n
      let variance = places.reduce(0) { $0 + (columns[$1] - centre) * (columns[$1] - centre) } / n
      let size = places.map { abs(columns[$0]) }.max() ?? 0
      // A spread at rounding is none: the column becomes zero and is found to be dependent.
      let spread = variance.squareRoot()
      let factor = spread > 1e-12 * size ? 1 / spread : 0
      for place in places { columns[place] = (columns[place] - centre) * factor }
    }
  }
}

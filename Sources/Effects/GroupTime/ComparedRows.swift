import Panels

/// Who the observations of a cell are, and all about them but their outcomes.
///
/// Within units an observation is a unit's change; between samples it is a unit's level in one of the
/// two periods. Covariates and weights are those of the earlier period, or of the level's own.
///
/// Those of one side stand together: the treated after and, for levels, before the cell's base; then the
/// compared alike.
struct ComparedRows: Equatable {
  /// The unit of each row, by its place.
  private(set) var units: [Int] = []
  private(set) var weights: [Double] = []
  /// An intercept and the covariates, row after row; empty without covariates.
  private(set) var columns: [Double] = []
  let width: Int
  let hasLevels: Bool
  /// Where each side ends.
  private var ends: [Int] = []

  /// The observations of a cell.
  init(_ cell: GroupTimeCell, of design: GroupTimeDesign) {
    width = 1 + design.covariates.count
    hasLevels = design.options.changes != .withinUnits
    let (treated, compared) = design.sides(of: cell)
    for units in [treated, compared] {
      if hasLevels {
        append(units, of: design, observedIn: [cell.period], covariatesOf: cell.period)
        append(units, of: design, observedIn: [cell.base], covariatesOf: cell.base)
      } else {
        append(
          units, of: design, observedIn: [cell.period, cell.base],
          covariatesOf: min(cell.period, cell.base))
      }
    }
    scaleCovariates()
  }

  /// Adds, as a side of its own, the units that are observed in some periods with all covariates of one.
  private mutating func append(
    _ side: [Int], of design: GroupTimeDesign, observedIn periods: [Int],
    covariatesOf period: Int
  ) {
    units.reserveCapacity(units.count + side.count)
    weights.reserveCapacity(units.count + side.count)
    if width > 1 { columns.reserveCapacity((units.count + side.count) * width) }
    let count = design.panel.periods.count
    for unit in side {
      let row = unit * count
      guard periods.allSatisfy({ design.panel.absences[row + $0] == nil }),
        appendColumns(design, row + period)
      else { continue }
      units.append(unit)
      weights.append(design.weight(row + period))
    }
    ends.append(units.count)
  }

  /// Adds an intercept and the covariates of a cell of the panel; false, without them, when one is absent.
  private mutating func appendColumns(_ design: GroupTimeDesign, _ place: Int) -> Bool {
    guard width > 1 else { return true }
    columns.append(1)
    for covariate in design.covariates {
      guard let value = covariate[place] else {
        columns.removeLast(columns.count % width)
        return false
      }
      columns.append(value)
    }
    return true
  }

  /// Centres each covariate and gives it unit spread.
  ///
  /// Estimates and influences do not change with it; the conditioning does.
  private mutating func scaleCovariates() {
    let n = Double(units.count)
    for column in 1..<width {
      let places = stride(from: column, to: columns.count, by: width)
      var (sum, size) = (0.0, 0.0)
      for place in places {
        sum += columns[place]
        size = max(size, abs(columns[place]))
      }
      let centre = sum / n
      var squares = 0.0
      for place in places { squares += (columns[place] - centre) * (columns[place] - centre) }
      // A spread at rounding is none: the column becomes zero and is found to be dependent.
      let spread = (squares / n).squareRoot()
      let factor = spread > 1e-12 * size ? 1 / spread : 0
      for place in places { columns[place] = (columns[place] - centre) * factor }
    }
  }
}

extension ComparedRows {
  /// One of the periods that a cell compares, and its sign in the difference.
  struct Slice {
    let sign: Double
    /// The rows of the treated in it.
    let treated: Range<Int>
    let compared: Range<Int>
  }

  /// The period itself and, for levels, its base.
  var slices: [Slice] {
    let count = ends.count / 2
    return (0..<count).map { place in
      Slice(
        sign: place == 0 ? 1 : -1, treated: side(place), compared: side(count + place))
    }
  }

  /// The rows of the treated, in all periods.
  var treated: Range<Int> { 0..<ends[ends.count / 2 - 1] }

  /// Whether each side is observed, between samples in both periods.
  var isComplete: Bool { ends.indices.allSatisfy { !side($0).isEmpty } }

  /// The outcome of each row: the change since the base, or the level in the side's own period.
  func outcomes(_ cell: GroupTimeCell, _ design: GroupTimeDesign) -> [Double] {
    let count = design.panel.periods.count
    return design.panel.values.withUnsafeBufferPointer { values in
      guard hasLevels else {
        return units.map { values[$0 * count + cell.period] - values[$0 * count + cell.base] }
      }
      return ends.indices.flatMap { place in
        let period = place % 2 == 0 ? cell.period : cell.base
        return units[side(place)].map { values[$0 * count + period] }
      }
    }
  }

  private func side(_ place: Int) -> Range<Int> {
    (place == 0 ? 0 : ends[place - 1])..<ends[place]
  }
}

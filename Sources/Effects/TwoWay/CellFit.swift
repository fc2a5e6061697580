import LinearAlgebra
import Panels

/// Unit and period effects, and covariates, fitted to some cells of a panel.
///
/// Everything estimated from it is linear in the outcome: `weights` say how much each cell counts.
struct CellFit: Sendable {
  let design: AdoptionDesign
  /// The fitted cells by their place, unit after unit.
  let rows: [Int]
  let equations: TwoWayEquations
  /// What unit and period effects leave of each covariate in the fitted cells.
  private let within: [[Double]]
  /// The effects that fit each covariate.
  private let covariateEffects: [(lines: [Double], columns: [Double])]
  private let factor: Cholesky

  /// Which of the used cells effects are fitted to.
  enum Cells {
    case used
    /// Those that treatment cannot have reached.
    case untreated
  }

  /// - Throws: `EffectError.followsFromEffects`, as the place of the covariate in `names`.
  init(_ design: AdoptionDesign, to cells: Cells, names: [String]) throws {
    self.design = design
    let periods = design.periodCount
    var rows: [Int] = []
    rows.reserveCapacity(design.isUsed.count)
    var bounds = [0]
    bounds.reserveCapacity(design.starts.count + 1)
    var columns: [Int32] = []
    columns.reserveCapacity(design.isUsed.count)
    for (unit, start) in design.starts.enumerated() {
      let end =
        cells == .used ? periods : start.map { design.reach(ofStart: $0) } ?? periods
      for period in 0..<end where design.isUsed[unit * periods + period] {
        rows.append(unit * periods + period)
        columns.append(Int32(period))
      }
      bounds.append(rows.count)
    }
    self.rows = rows
    let equations = TwoWayEquations(
      bounds: bounds, columns: columns, columnCount: periods,
      weights: design.panel.weights.map { weights in rows.map { weights[$0] } })
    self.equations = equations
    covariateEffects = try design.covariates.map { values in
      try equations.effects(of: rows.map { values[$0] })
    }
    within = zip(design.covariates, covariateEffects).map { values, effects in
      rows.map { values[$0] - effects.lines[$0 / periods] - effects.columns[$0 % periods] }
    }
    factor = try Self.factor(
      within, equations,
      of: design.covariates.map { values in
        rows.map { values[$0] }
      }, names: names)
  }

  /// The covariates' own equations, after the effects.
  private static func factor(
    _ within: [[Double]], _ equations: TwoWayEquations, of covariates: [[Double]], names: [String]
  ) throws -> Cholesky {
    try covariateFactor(
      gram: within.map { left in within.map { equations.weightedProduct(left, $0) } },
      squares: covariates.map { equations.weightedProduct($0, $0) }, names: names)
  }

  /// The treated cells whose outcome without treatment is known, by their place, unit after unit.
  var imputable: [Int] {
    let periods = design.periodCount
    let parts = equations.isConnected ? nil : equations.parts()
    var cells: [Int] = []
    for (unit, start) in design.starts.enumerated() {
      guard let start, equations.totals[unit] > 0 else { continue }
      for period in start..<periods where design.isUsed[unit * periods + period] {
        guard parts.map({ $0.lines[unit] == $0.columns[period] }) ?? true else { continue }
        cells.append(unit * periods + period)
      }
    }
    return cells
  }

  /// The outcome of each cell less what is fitted to it, and the covariates' coefficients.
  func residuals(_ values: [Double]) throws -> (cells: [Double], coefficients: [Double]) {
    let periods = design.periodCount
    let untreated = rows.map { values[$0] }
    let coefficients = factor.solve(within.map { equations.weightedProduct($0, untreated) })
    var rest = values
    for (covariate, coefficient) in zip(design.covariates, coefficients) {
      for place in rest.indices { rest[place] -= coefficient * covariate[place] }
    }
    let effects = try equations.effects(of: rows.map { rest[$0] })
    for place in rest.indices {
      rest[place] -= effects.lines[place / periods] + effects.columns[place % periods]
    }
    return (rest, coefficients)
  }

  /// What part of their sum each of some cells counts.
  func shares(of cells: [Int]) -> [Double] {
    let weights = cells.map { design.weight($0) }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }
}

// The weights of the cells' outcomes in what is estimated.
extension CellFit {
  /// The weights v with Σ v·y = Σ (given weight)·(imputed effect), for every cell.
  ///
  /// v is the given weight on treated cells and −Z(Z′WZ)⁻¹ times their regressors' sum on untreated ones
  /// (Borusyak, Jaravel and Spiess 2024, 10.1093/restud/rdae007, proposition A1).
  func weights(_ cells: [Int], _ weights: [Double]) throws -> [Double] {
    let periods = design.periodCount
    var pulls = [Double](repeating: 0, count: design.isUsed.count)
    var lineSums = [Double](repeating: 0, count: design.starts.count)
    var columnSums = [Double](repeating: 0, count: periods)
    for (cell, weight) in zip(cells, weights) {
      pulls[cell] = weight
      lineSums[cell / periods] += weight
      columnSums[cell % periods] += weight
    }
    let effects = try equations.solve(lineSums: lineSums, columnSums: columnSums)
    let slopes = factor.solve(
      zip(design.covariates, covariateEffects).map { values, fitted in
        zip(cells, weights).reduce(0) { sum, cell in
          sum + cell.1
            * (values[cell.0] - fitted.lines[cell.0 / periods] - fitted.columns[cell.0 % periods])
        }
      })
    for (row, place) in rows.enumerated() {
      var value = effects.lines[place / periods] + effects.columns[place % periods]
      for (covariate, slope) in zip(within, slopes) { value += covariate[row] * slope }
      pulls[place] = -value * (equations.weights?[row] ?? 1)
    }
    return pulls
  }

  /// The weights of a treatment's coefficient, were it a regressor next to the effects and covariates.
  ///
  /// They are d̃/Σd̃², d̃ being what effects and covariates leave of the treatment (the theorem of Frisch,
  /// Waugh and Lovell).
  ///
  /// - Throws: `EffectError.nothingVaries` when they leave nothing of it.
  func weights(ofTreatment treatment: [Double]) throws -> [Double] {
    let rest = try residuals(treatment).cells
    let square = rows.reduce(0) { $0 + rest[$1] * rest[$1] * design.weight($1) }
    let size = rows.reduce(0) { $0 + treatment[$1] * treatment[$1] * design.weight($1) }
    guard square > Self.vanished * size else { throw EffectError.nothingVaries }
    var weights = [Double](repeating: 0, count: design.isUsed.count)
    for place in rows { weights[place] = rest[place] * design.weight(place) / square }
    return weights
  }

  /// A treatment of which no more than this share is left, by its square, is explained by the effects.
  private static let vanished = 1e-20

  /// The weights of a covariate's coefficient.
  func weights(ofCoefficient place: Int) -> [Double] {
    var unit = [Double](repeating: 0, count: within.count)
    unit[place] = 1
    let slopes = factor.solve(unit)
    var weights = [Double](repeating: 0, count: design.isUsed.count)
    for (row, cell) in rows.enumerated() {
      weights[cell] =
        zip(within, slopes).reduce(0) { $0 + $1.0[row] * $1.1 } * design.weight(cell)
    }
    return weights
  }
}

import LinearAlgebra
import Panels

/// Unit and period effects, and covariates, fitted to the cells that treatment cannot have reached.
///
/// Everything estimated from it is linear in the outcome: `pulls` gives the weights.
struct UntreatedFit: Sendable {
  let design: AdoptionDesign
  /// The untreated cells by their place, unit after unit.
  let rows: [Int]
  let equations: TwoWayEquations
  /// What unit and period effects leave of each covariate in the untreated cells.
  private let within: [[Double]]
  /// The effects that fit each covariate.
  private let covariateEffects: [(lines: [Double], columns: [Double])]
  private let factor: Cholesky

  /// - Throws: `EffectError.followsFromEffects`, as the place of the covariate in `names`.
  init(_ design: AdoptionDesign, names: [String]) throws {
    self.design = design
    let periods = design.periodCount
    var rows: [Int] = []
    rows.reserveCapacity(design.isUsed.count)
    var bounds = [0]
    bounds.reserveCapacity(design.starts.count + 1)
    var columns: [Int32] = []
    columns.reserveCapacity(design.isUsed.count)
    for (unit, start) in design.starts.enumerated() {
      let end = start.map { design.reach(ofStart: $0) } ?? periods
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

  /// The weights v with Σ v·y = Σ (given weight)·(imputed effect), for every cell.
  ///
  /// v is the given weight on treated cells and −Z(Z′WZ)⁻¹ times their regressors' sum on untreated ones
  /// (Borusyak, Jaravel and Spiess 2024, 10.1093/restud/rdae007, proposition A1).
  func pulls(_ cells: [Int], _ weights: [Double]) throws -> [Double] {
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
}

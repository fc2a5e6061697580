import LinearAlgebra
import Panels

/// The path of each cohort, and what the covariates explain.
struct SaturatedFit: Sendable {
  let equations: SaturatedEquations
  /// The comparison units first, then the cohorts by date.
  private let paths: [CohortFit]
  let coefficients: [Double]

  var design: AdoptionDesign { equations.design }

  /// - Throws: `EffectError` when nobody can be compared or a covariate follows from the effects.
  init(_ design: AdoptionDesign, names: [String] = []) throws {
    let equations = try SaturatedEquations(design, names: names)
    self.equations = equations
    let coefficients = equations.coefficients(of: design.panel.values)
    self.coefficients = coefficients
    var rest = design.panel.values
    for (values, coefficient) in zip(design.covariates, coefficients) {
      for place in rest.indices { rest[place] -= coefficient * values[place] }
    }
    let adjusted = rest
    paths = try equations.cohorts.map { try CohortFit($0, adjusted) }
  }

  /// What the regression leaves of each outcome; zero in cells that are not used.
  var residuals: [Double] { scattered(paths, count: design.isUsed.count) }

  func effect(_ cell: SaturatedCell) -> Double {
    let (own, compared) = (paths[cell.path].path, paths[0].path)
    return own[cell.period] - own[cell.base] - (compared[cell.period] - compared[cell.base])
  }

  /// The pull of each unit on a weighted sum of cells.
  func pulls(_ cells: [(cell: SaturatedCell, weight: Double)]) throws -> [Double] {
    let weights = try equations.weights(of: cells)
    let residuals = self.residuals
    return design.starts.indices.map { unit in
      design.panel.row(unit).reduce(0) { $0 + weights[$1] * residuals[$1] }
    }
  }
}

/// The path of one cohort, up to a constant in each connected part, and what it leaves.
struct CohortFit: Sendable {
  let equations: CohortEquations
  let path: [Double]
  /// Row after row of the equations.
  let residuals: [Double]

  init(_ equations: CohortEquations, _ values: [Double]) throws {
    self.equations = equations
    let own = equations.rows.map { values[$0] }
    let effects = try equations.equations.effects(of: own)
    let system = equations.equations
    var rest = own
    for line in 0..<system.lineCount {
      for row in system.bounds[line]..<system.bounds[line + 1] {
        rest[row] -= effects.lines[line] + effects.columns[Int(system.columns[row])]
      }
    }
    path = effects.columns
    residuals = rest
  }
}

/// The residuals of several cohorts, cell by cell.
func scattered(_ fits: [CohortFit], count: Int) -> [Double] {
  var values = [Double](repeating: 0, count: count)
  for fit in fits {
    for (row, place) in fit.equations.rows.enumerated() { values[place] = fit.residuals[row] }
  }
  return values
}

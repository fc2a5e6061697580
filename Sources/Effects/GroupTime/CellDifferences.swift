import Panels

/// The estimate of each cell as a difference of two mean changes, with each unit's influence on it.
struct CellDifferences {
  private let design: GroupTimeDesign

  init(_ design: GroupTimeDesign) { self.design = design }

  /// Estimates one cell; nil when no treated or no comparison unit is observed in both periods.
  ///
  /// The influence of unit i is (n/n₁)(ΔYᵢ − mean₁) for the treated and −(n/n₀)(ΔYᵢ − mean₀) for the
  /// comparison units, n being all units (Callaway and Sant'Anna 2021, equation 4.3 without
  /// covariates).
  func estimate(_ cell: GroupTimeCell) -> EstimatedCell? {
    let units = design.panel.units.count
    if cell.isReference {
      let zero = [Double](repeating: 0, count: units)
      return EstimatedCell(cell: cell, att: 0, influence: zero)
    }
    let treated = members { design.starts[$0] == cell.cohort }.filter { observes($0, cell) }
    let compared = members { design.isComparison($0, for: cell) }.filter { observes($0, cell) }
    guard !treated.isEmpty, !compared.isEmpty else { return nil }
    let treatedMean = mean(treated.map { change($0, cell) })
    let comparedMean = mean(compared.map { change($0, cell) })
    var influence = [Double](repeating: 0, count: units)
    for unit in treated {
      influence[unit] =
        Double(units) / Double(treated.count) * (change(unit, cell) - treatedMean)
    }
    for unit in compared {
      influence[unit] =
        -Double(units) / Double(compared.count) * (change(unit, cell) - comparedMean)
    }
    return EstimatedCell(cell: cell, att: treatedMean - comparedMean, influence: influence)
  }

  private func members(_ belongs: (Int) -> Bool) -> [Int] {
    design.panel.units.indices.filter(belongs)
  }

  private func observes(_ unit: Int, _ cell: GroupTimeCell) -> Bool {
    design.panel.isObserved(unit: unit, period: cell.period)
      && design.panel.isObserved(unit: unit, period: cell.base)
  }

  private func change(_ unit: Int, _ cell: GroupTimeCell) -> Double {
    let row = unit * design.panel.periods.count
    return design.panel.values[row + cell.period] - design.panel.values[row + cell.base]
  }
}

/// The estimate of one cell and each unit's influence on it (length: units of the design).
struct EstimatedCell {
  let cell: GroupTimeCell
  let att: Double
  let influence: [Double]
}

/// The mean, summed from the first value to the last.
func mean(_ values: [Double]) -> Double {
  values.reduce(0, +) / Double(values.count)
}

/// √(mean(IF²)/n): the standard error that an influence function implies.
func standardError(_ influence: [Double]) -> Double {
  let n = Double(influence.count)
  return (influence.reduce(0) { $0 + $1 * $1 } / n / n).squareRoot()
}

import LinearAlgebra
import Panels

/// The estimate of each cell, with each unit's influence on it.
struct CellEstimator {
  private let design: GroupTimeDesign

  init(_ design: GroupTimeDesign) { self.design = design }

  /// Estimates one cell; nil when no treated or no comparison unit is observed in both periods.
  ///
  /// The influence of unit i is that of its observations times n/m, with n all units and m the
  /// observations of the cell (Callaway and Sant'Anna 2021, equation 4.3).
  ///
  /// - Throws: `EffectError` naming a covariate that cannot be adjusted for.
  func estimate(_ cell: GroupTimeCell) throws -> EstimatedCell? {
    var influence = [Double](repeating: 0, count: design.panel.units.count)
    if cell.isReference { return EstimatedCell(cell: cell, att: 0, influence: influence) }
    let sample = CellSample(cell, of: design)
    guard sample.isComplete else { return nil }
    let sum = try difference(sample, cell)
    let scale = Double(influence.count) / Double(sample.units.count)
    for (unit, value) in zip(sample.units, sum.influence) { influence[unit] += scale * value }
    return EstimatedCell(cell: cell, att: sum.value, influence: influence)
  }

  private func difference(_ sample: CellSample, _ cell: GroupTimeCell) throws -> InfluenceSum {
    guard !design.covariates.isEmpty else { return differenceOfMeans(sample) }
    do {
      return try AdjustedDifference(sample, options: design.options).estimate()
    } catch let fault as AdjustedDifference.Fault {
      throw error(fault, in: cell)
    }
  }

  private func error(
    _ fault: AdjustedDifference.Fault, in cell: GroupTimeCell
  ) -> EffectError {
    let cohort = design.panel.periods[cell.cohort]
    let period = design.panel.periods[cell.period]
    switch fault {
    case .dependent(column: 0): return .tooFewToAdjust(cohort: cohort, period: period)
    case .dependent(let column):
      return .collinear(
        covariate: design.options.covariates[column - 1], cohort: cohort, period: period)
    case .separated(let column):
      return .separated(
        covariate: column.map { design.options.covariates[$0 - 1] }, cohort: cohort,
        period: period)
    }
  }
}

/// The difference of mean changes; of levels, the difference of differences of means.
private func differenceOfMeans(_ sample: CellSample) -> InfluenceSum {
  var sum = InfluenceSum(count: sample.units.count)
  for slice in sample.slices {
    for isTreated in [true, false] {
      let weights = sample.weights(slice) { $0 == isTreated }
      sum.addMean(isTreated ? slice.sign : -slice.sign, weights: weights, of: sample.outcomes)
    }
  }
  return sum
}

/// The estimate of one cell and each unit's influence on it (length: units of the design).
struct EstimatedCell {
  let cell: GroupTimeCell
  let att: Double
  let influence: [Double]
}

/// A sum of means in the making, with each observation's influence on it.
struct InfluenceSum {
  private(set) var value = 0.0
  /// In the scale of the observations: the sum is off by their mean.
  private(set) var influence: [Double]

  init(count: Int) { influence = [Double](repeating: 0, count: count) }

  /// Adds `sign` · Σ w v / Σ w and gives the mean.
  @discardableResult
  mutating func addMean(_ sign: Double, weights: [Double], of values: [Double]) -> Double {
    var total = 0.0
    var sum = 0.0
    for (weight, value) in zip(weights, values) {
      total += weight
      sum += weight * value
    }
    let mean = sum / total
    let scale = sign * Double(influence.count) / total
    for place in influence.indices where weights[place] != 0 {
      influence[place] += scale * weights[place] * (values[place] - mean)
    }
    value += sign * mean
    return mean
  }

  /// Adds what a regression's error does to the sum, by the sum's gradient in its coefficients.
  mutating func add(_ fit: Regression, columns: [Double], gradient: [Double]) {
    let width = gradient.count
    let direction = (0..<width).map { row in
      (0..<width).reduce(0) { $0 + fit.spread[row, $1] * gradient[$1] }
    }
    for place in influence.indices where fit.scores[place] != 0 {
      var pull = 0.0
      for i in 0..<width { pull += columns[place * width + i] * direction[i] }
      influence[place] += fit.scores[place] * pull
    }
  }
}

import LinearAlgebra
import Panels

/// The estimate of each cell, with each unit's influence on it.
struct CellEstimator {
  private let design: GroupTimeDesign

  init(_ design: GroupTimeDesign) { self.design = design }

  /// Estimates all cells that can be, cohort by cohort.
  ///
  /// - Throws: as `estimate`, for the first cell that throws.
  func estimates(threads: Int) throws -> [EstimatedCell] {
    let cohorts = Dictionary(grouping: design.cells, by: \.cohort).sorted { $0.key < $1.key }
      .map(\.value)
    return try mapEach(cohorts.count, threads: threads) { cohort in
      var scores: CellScores?
      return try cohorts[cohort].compactMap { try estimate($0, known: &scores) }
    }.flatMap { $0 }
  }

  /// Estimates one cell; nil when no treated or no comparison unit is observed in both periods.
  ///
  /// The influence of unit i is that of its observations times n/m, with n all units and m the
  /// observations of the cell (Callaway and Sant'Anna 2021, equation 4.3).
  ///
  /// - Throws: `EffectError` naming a covariate that cannot be adjusted for.
  func estimate(_ cell: GroupTimeCell) throws -> EstimatedCell? {
    var scores: CellScores?
    return try estimate(cell, known: &scores)
  }

  /// Estimates one cell with the scores of the cell before, when its rows are the same.
  private func estimate(
    _ cell: GroupTimeCell, known scores: inout CellScores?
  ) throws -> EstimatedCell? {
    var influence = [Double](repeating: 0, count: design.panel.units.count)
    if cell.isReference { return EstimatedCell(cell: cell, att: 0, influence: influence) }
    let sample = CellSample(cell, of: design)
    guard sample.rows.isComplete else { return nil }
    let sum = try difference(sample, cell, &scores)
    let scale = Double(influence.count) / Double(sample.rows.units.count)
    for (unit, value) in zip(sample.rows.units, sum.influence) { influence[unit] += scale * value }
    return EstimatedCell(cell: cell, att: sum.value, influence: influence)
  }

  private func difference(
    _ sample: CellSample, _ cell: GroupTimeCell, _ scores: inout CellScores?
  ) throws -> InfluenceSum {
    guard !design.covariates.isEmpty else { return differenceOfMeans(sample) }
    do {
      if design.options.adjustment != .outcomeRegression, scores?.rows != sample.rows {
        scores = try CellScores(sample.rows)
      }
      return try AdjustedDifference(sample, scores: scores, options: design.options).estimate()
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
  let weights = sample.rows.weights
  var sum = InfluenceSum(count: weights.count)
  for slice in sample.rows.slices {
    sum.addMean(slice.sign, slice.treated, weights: weights, of: sample.outcomes)
    sum.addMean(-slice.sign, slice.compared, weights: weights, of: sample.outcomes)
  }
  return sum
}

/// The estimate of one cell and each unit's influence on it (length: units of the design).
struct EstimatedCell: Sendable {
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

  /// Adds `sign` · Σ w v / Σ w over some rows and gives the mean.
  @discardableResult
  mutating func addMean(
    _ sign: Double, _ rows: Range<Int>, weights: [Double], of values: [Double]
  ) -> Double {
    var total = 0.0
    var sum = 0.0
    for row in rows {
      total += weights[row]
      sum += weights[row] * values[row]
    }
    let mean = sum / total
    let scale = sign * Double(influence.count) / total
    for row in rows { influence[row] += scale * weights[row] * (values[row] - mean) }
    value += sign * mean
    return mean
  }

  /// Adds what a regression's error does to the sum, by the sum's gradient in its coefficients.
  mutating func add(_ fit: Regression, columns: [Double], gradient: [Double]) {
    let width = gradient.count
    let direction = (0..<width).map { row in
      (0..<width).reduce(0) { $0 + fit.spread[row, $1] * gradient[$1] }
    }
    let pulls = Regression.values(columns, width: width, direction, rows: fit.rows)
    for (row, pull) in zip(fit.rows, pulls) { influence[row] += fit.scores[row] * pull }
  }
}

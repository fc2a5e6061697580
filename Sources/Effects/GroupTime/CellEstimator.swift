import LinearAlgebra
import Panels

/// The estimate of each cell, with each unit's influence on it.
struct CellEstimator {
  private let design: GroupTimeDesign

  init(_ design: GroupTimeDesign) { self.design = design }

  /// Estimates all cells that can be, cohort by cohort.
  ///
  /// - Throws: as `CellModel`, for the first cell that throws.
  func estimates(threads: Int) throws -> [EstimatedCell] {
    let cohorts = Dictionary(grouping: design.cells, by: \.cohort).sorted { $0.key < $1.key }
      .map(\.value)
    return try mapEach(cohorts.count, threads: threads) { cohort in
      let cells = cohorts[cohort]
      let models = try models(cells)
      return try mapEach(cells.count, threads: threads) { estimate(cells[$0], models[$0]) }
        .compactMap(\.self)
    }.flatMap { $0 }
  }

  /// The models of some cells; those that compare the same rows share one, and references have none.
  private func models(_ cells: [GroupTimeCell]) throws -> [CellModel?] {
    var known: (cell: GroupTimeCell, model: CellModel)?
    return try cells.map { cell in
      guard !cell.isReference else { return nil }
      if let known, design.haveSameRows(known.cell, cell) { return known.model }
      let rows = ComparedRows(cell, of: design)
      if let known, known.model.rows == rows { return known.model }
      let model = try model(rows, of: cell)
      known = (cell, model)
      return model
    }
  }

  /// Estimates one cell; nil when no treated or no comparison unit is observed in both periods.
  ///
  /// The influence of unit i is that of its observations times n/m, with n all units and m the
  /// observations of the cell (Callaway and Sant'Anna 2021, equation 4.3).
  private func estimate(_ cell: GroupTimeCell, _ model: CellModel?) -> EstimatedCell? {
    var influence = [Double](repeating: 0, count: design.panel.units.count)
    guard let model else { return EstimatedCell(cell: cell, att: 0, influence: influence) }
    let rows = model.rows
    guard rows.isComplete else { return nil }
    let sum = model.difference(of: rows.outcomes(cell, design))
    let scale = Double(influence.count) / Double(rows.units.count)
    for (row, unit) in rows.units.enumerated() { influence[unit] += scale * sum.influence[row] }
    return EstimatedCell(cell: cell, att: sum.value, influence: influence)
  }

  /// - Throws: `EffectError` naming a covariate that cannot be adjusted for.
  private func model(_ rows: ComparedRows, of cell: GroupTimeCell) throws -> CellModel {
    do {
      return try CellModel(rows, options: design.options)
    } catch let fault as CellModel.Fault {
      throw error(fault, in: cell)
    }
  }

  private func error(
    _ fault: CellModel.Fault, in cell: GroupTimeCell
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

/// The estimate of one cell and each unit's influence on it (length: units of the design).
struct EstimatedCell: Sendable {
  let cell: GroupTimeCell
  let att: Double
  let influence: [Double]
}

import LinearAlgebra
import Panels

extension ClusterSums {
  /// `weights` and each regressor have a number for each cell of the design, unit after unit.
  init(_ design: AdoptionDesign, weights: [Double], regressors: [[Double]]) {
    let cells = design.isUsed.indices.filter { design.isUsed[$0] }
    self.init(
      ClusteredCells(
        places: cells, weights: cells.map { design.weight($0) },
        units: cells.map { $0 / design.periodCount },
        outcomes: cells.map { design.panel.values[$0] },
        clustering: design.clustering),
      weights: weights, regressors: regressors)
  }
}

extension AdoptionDesign {
  /// For each group of units and each period, 1 in the cells of both, else 0.
  func cohortMarks(_ group: (Int?) -> Int?) -> [[Double]] {
    let groups = starts.map(group)
    return Set(groups).sorted { ($0 ?? .max) < ($1 ?? .max) }.flatMap { own in
      (0..<periodCount).map { period in
        groups.flatMap { unit in
          (0..<periodCount).map { unit == own && $0 == period ? 1.0 : 0 }
        }
      }
    }
  }
}

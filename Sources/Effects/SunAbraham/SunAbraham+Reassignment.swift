public import Panels

extension SunAbraham: ReassignableEstimator {
  /// With the last cohort as comparison, the other dates move among the units ever treated.
  public func reassignable(
    on panel: Panel, alsoAt dates: [Period]
  ) throws -> ReassignableEffect {
    let design = try design(panel)
    @Sendable func equations(_ adoptions: [Adoption]) throws -> SaturatedEquations {
      try SaturatedEquations(design.reassigned(adoptions), names: covariates)
    }
    return try ReassignableEffect(design, alsoAt: dates) { adoptions in
      let equations = try equations(adoptions)
      return try equations.weights(ofMean: equations.cells.filter(\.isPost))
    } before: { adoptions in
      let equations = try equations(adoptions)
      return try preTrendEventTimes.compactMap { time in
        let cells = equations.cells.filter { equations.eventTime($0) == time }
        return cells.isEmpty ? nil : try equations.weights(ofMean: cells)
      }
    }
  }

  public func participants(of panel: Panel) throws -> Panel {
    try design(panel).panel
  }
}

extension SunAbraham: SignedRegression {
  /// Tested is the mean of all post cells by their observations.
  public func clusterSums(on panel: Panel) throws -> ClusterSums {
    let design = try design(panel)
    let equations = try SaturatedEquations(design, names: covariates)
    return ClusterSums(
      design, weights: try equations.weights(ofMean: equations.cells.filter(\.isPost)),
      regressors: design.cohortMarks { $0 } + design.covariates)
  }
}

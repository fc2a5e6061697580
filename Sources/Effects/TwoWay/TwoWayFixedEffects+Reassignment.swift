public import Panels

extension TwoWayFixedEffects: ReassignableEstimator {
  /// There are no event times, so no pre-trend is tested.
  public func reassignable(
    on panel: Panel, alsoAt dates: [Period]
  ) throws -> ReassignableEffect {
    let design = try AdoptionDesign(panel, covariates: covariates)
    // Dates change the treatment only: the effects and covariates are factorised once.
    let whole = try CellFit(design, to: .used, names: covariates)
    return try ReassignableEffect(design, alsoAt: dates) { adoptions in
      let reassigned = design.reassigned(adoptions)
      let fit =
        adoptions.contains(.leftOut)
        ? try CellFit(reassigned, to: .used, names: covariates) : whole
      return try fit.weights(ofTreatment: reassigned.doses)
    } before: { _ in
      []
    }
  }

  public func participants(of panel: Panel) throws -> Panel {
    try AdoptionDesign(panel, covariates: covariates).panel
  }
}

extension TwoWayFixedEffects: SignedRegression {
  /// Tested is the coefficient of treatment.
  public func clusterSums(on panel: Panel) throws -> ClusterSums {
    let design = try AdoptionDesign(panel, covariates: covariates)
    let fit = try CellFit(design, to: .used, names: covariates)
    return ClusterSums(
      design, weights: try fit.weights(ofTreatment: design.doses),
      regressors: design.cohortMarks { _ in nil } + design.covariates + [design.doses])
  }
}

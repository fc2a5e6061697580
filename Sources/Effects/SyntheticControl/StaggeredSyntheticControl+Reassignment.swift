public import Panels

extension StaggeredSyntheticControl: ReassignableEstimator {
  /// The statistic is the RMSPE ratio with the sign of the mean gap, as that of one synthetic control.
  ///
  /// A share of pooling that is not given is found for each assignment.
  public func reassignable(
    on panel: Panel, alsoAt dates: [Period]
  ) throws -> ReassignableEffect {
    let design = try WeightingDesign(panel, prePeriods: prePeriods)
    return ReassignableEffect(design, prePeriods: prePeriods, alsoAt: dates) { sample in
      let fit = try fit(sample, of: panel)
      return signedRatio(fit.gaps, of: fit.blocks)
    }
  }

  public var statistic: RankedStatistic { .gapRatio }

  public func participants(of panel: Panel) throws -> Panel {
    try WeightingDesign(panel, prePeriods: prePeriods).participants()
  }
}

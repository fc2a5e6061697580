public import Panels

extension AugmentedSyntheticControl: ReassignableEstimator {
  public func reassignable(
    on panel: Panel, alsoAt dates: [Period]
  ) throws -> ReassignableEffect {
    let design = try WeightingDesign(panel, prePeriods: Self.prePeriods)
    return ReassignableEffect(design, prePeriods: Self.prePeriods, alsoAt: dates) { sample in
      AssignmentStatistic(
        averageByTreatedCells(try fits(sample, of: panel).map { ($0.block, $0.att) }))
    }
  }

  public func participants(of panel: Panel) throws -> Panel {
    try WeightingDesign(panel, prePeriods: Self.prePeriods).participants()
  }
}

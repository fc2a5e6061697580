public import Panels

extension SyntheticDiD: ReassignableEstimator {
  public func reassignable(
    on panel: Panel, alsoAt dates: [Period]
  ) throws -> ReassignableEffect {
    let design = try WeightingDesign(panel, prePeriods: Self.prePeriods)
    return ReassignableEffect(design, prePeriods: Self.prePeriods, alsoAt: dates) {
      AssignmentStatistic(average(try fits($0, of: panel)))
    }
  }

  public func participants(of panel: Panel) throws -> Panel {
    try WeightingDesign(panel, prePeriods: Self.prePeriods).participants()
  }
}

extension SyntheticDiD: ComparableEstimator {
  public func sharedEffects(on panel: Panel) throws -> SharedEffects {
    let found = try cohorts(of: panel)
    return SharedEffects(
      att: found.att,
      paths: found.cohorts.map { cohort in
        GapPath(
          units: cohort.treated.count, start: cohort.cohort,
          gaps: cohort.gaps.map { ($0.period, $0.gap) })
      }, dropped: found.dropped, panel: panel)
  }
}

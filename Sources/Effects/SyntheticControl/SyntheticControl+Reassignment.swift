public import Panels

extension SyntheticControl: ReassignableEstimator {
  /// The statistic is the RMSPE ratio with the sign of the mean gap.
  ///
  /// Every treated unit has its synthetic control; the squared gaps of all are averaged before their
  /// ratio is taken.
  public func reassignable(
    on panel: Panel, alsoAt dates: [Period]
  ) throws -> ReassignableEffect {
    let design = try WeightingDesign(panel, prePeriods: Self.prePeriods)
    return ReassignableEffect(design, prePeriods: Self.prePeriods, alsoAt: dates) { sample in
      let fits = try sample.starts.flatMap { start in
        try (sample.treated[start] ?? []).map {
          try fit(panel, unit: $0, start: start, donors: sample.donors)
        }
      }
      return signedRatio(fits.map(\.gaps), of: fits.map(\.block))
    }
  }

  public func participants(of panel: Panel) throws -> Panel {
    try WeightingDesign(panel, prePeriods: Self.prePeriods).participants()
  }
}

extension SyntheticControl: ComparableEstimator {
  public var statistic: RankedStatistic { .gapRatio }

  /// The synthetic controls of each treated unit, and their mean gap.
  public func sharedEffects(on panel: Panel) throws -> SharedEffects {
    let found = try estimateEach(panel)
    return SharedEffects(
      att: try reassignable(on: panel).observed,
      paths: found.map { unit in
        GapPath(units: 1, start: unit.cohort, gaps: unit.periods.map { ($0.period, $0.gap) })
      }, dropped: found.flatMap(\.dropped), panel: panel)
  }
}

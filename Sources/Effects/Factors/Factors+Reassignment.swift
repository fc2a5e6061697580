public import Panels

extension InteractiveFixedEffects {
  /// Chooses the number of factors, if it is to be cross-validated, on the whole panel.
  func sampledEffect(on panel: Panel) throws -> SampledEffect {
    let count =
      switch factors {
      case .given(let count): count
      case .crossValidated: try estimate(panel).factors
      }
    let design = try WeightingDesign(panel, prePeriods: count + 1)
    switch comparison {
    case .neverTreated:
      let model = try NeverTreatedModel(design)
      return SampledEffect(design: design, prePeriods: count + 1) {
        try model.att($0, factors: count)
      }
    case .notYetTreated:
      return SampledEffect(design: design, prePeriods: count + 1) {
        try completedATT(panel, sample: $0, .leading(count))
      }
    }
  }

  /// Estimates the mean effect on other samples of the units, the number of factors held.
  ///
  /// Nil for the jackknife of one treated unit.
  ///
  /// - Throws: as `estimate` does.
  public func replications(_ panel: Panel, by resampling: UnitResampling) throws -> Replications? {
    let effect = try sampledEffect(on: panel)
    return resampling.replications(of: effect.design.sample, effect.att)
  }
}

extension MatrixCompletion {
  /// Chooses the penalty, if it is to be cross-validated, on the whole panel.
  func sampledEffect(on panel: Panel) throws -> SampledEffect {
    let design = try WeightingDesign(panel, prePeriods: Self.prePeriods)
    let penalty = try chosenPenalty(design).penalty
    return SampledEffect(design: design, prePeriods: Self.prePeriods) {
      try completedATT(panel, sample: $0, penalty: penalty)
    }
  }

  /// Estimates the mean effect on other samples of the units, the penalty held.
  ///
  /// Nil for the jackknife of one treated unit.
  ///
  /// - Throws: as `estimate` does.
  public func replications(_ panel: Panel, by resampling: UnitResampling) throws -> Replications? {
    let effect = try sampledEffect(on: panel)
    return resampling.replications(of: effect.design.sample, effect.att)
  }
}

extension InteractiveFixedEffects: ReassignableEstimator {
  /// A number of factors to be cross-validated is chosen once, for the observed dates.
  public func reassignable(
    on panel: Panel, alsoAt dates: [Period]
  ) throws -> ReassignableEffect {
    ReassignableEffect(try sampledEffect(on: panel), alsoAt: dates)
  }

  /// A number of factors that is given asks for one more period before the treatment.
  public func participants(of panel: Panel) throws -> Panel {
    let least =
      switch factors {
      case .given(let count): count + 1
      case .crossValidated: Self.prePeriods
      }
    return try WeightingDesign(panel, prePeriods: least).participants()
  }
}

extension MatrixCompletion: ReassignableEstimator {
  /// A penalty to be cross-validated is chosen once, for the observed dates.
  public func reassignable(
    on panel: Panel, alsoAt dates: [Period]
  ) throws -> ReassignableEffect {
    ReassignableEffect(try sampledEffect(on: panel), alsoAt: dates)
  }

  public func participants(of panel: Panel) throws -> Panel {
    try WeightingDesign(panel, prePeriods: Self.prePeriods).participants()
  }
}

extension InteractiveFixedEffects: ComparableEstimator {
  public var factorCount: Int? {
    if case .given(let count) = factors { count } else { nil }
  }

  public func sharedEffects(on panel: Panel) throws -> SharedEffects {
    let found = try estimate(panel)
    let units = Dictionary(grouping: found.before + found.effects.cells, by: \.unit)
    return SharedEffects(
      att: found.effects.att,
      paths: panel.units.compactMap { unit in
        guard let cells = units[unit], let first = cells.first else { return nil }
        return GapPath(
          units: 1, start: Period(first.period.number - first.eventTime.number),
          gaps: cells.map { ($0.period, $0.effect) })
      }, dropped: found.dropped, panel: panel)
  }
}

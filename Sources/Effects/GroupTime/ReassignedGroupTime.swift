public import Panels

extension GroupTimeDiD: ReassignableEstimator {
  /// Finds the weights of the outcomes where dates alone make them.
  ///
  /// With covariates, weights or samples every assignment is estimated again.
  public func reassignable(
    on panel: Panel, alsoAt dates: [Period]
  ) throws -> ReassignableEffect {
    let design = try GroupTimeDesign(panel, options: self)
    let places = design.panel.places(of: dates, with: design.cohorts)
    guard design.isPlain else {
      let statistic = try ReestimatedStatistic(design)
      return ReassignableEffect(
        units: design.panel.units, periods: design.panel.periods, anticipation: anticipation,
        starts: design.starts,
        admissible: design.admissibleDates(among: places), effect: { try statistic.effect($0) },
        statistic: { try statistic($0) })
    }
    let weights = GroupTimeWeights(design, dates: places)
    return try ReassignableEffect(
      LinearEffect(
        panel: design.panel, places: weights.places, doses: design.doses,
        weights: { try weights($0) }), anticipation: anticipation,
      starts: design.starts, admissible: design.admissibleDates(among: places)
    ) { outcomes in
      let preTrend = GroupTimePreTrend(design, dates: places, outcomes: outcomes)
      return { preTrend($0) }
    }
  }
}

extension GroupTimeDesign {
  /// The treatment really given, cell by cell.
  var doses: [Double] {
    panel.units.indices.flatMap { unit in panel.periods.indices.map { dose(unit, $0) } }
  }

  /// Which of some dates each unit may be given: its base cell and one cell from the date on are
  /// observed.
  func admissibleDates(among dates: [Int]) -> [Set<Int>] {
    panel.units.indices.map { unit in
      Set(
        dates.filter { date in
          guard let base = panel.base(ofStart: date, anticipation: options.anticipation)
          else { return false }
          return panel.isObserved(unit: unit, period: base)
            && (date..<panel.periods.count).contains { panel.isObserved(unit: unit, period: $0) }
        })
    }
  }
}

extension GroupTimeDiD: ComparableEstimator {
  public var anticipatedPeriods: Int? { anticipation }

  public func sharedEffects(on panel: Panel) throws -> SharedEffects { try estimate(panel).shared }
}

extension GroupTimeEffects {
  /// What all estimators tell.
  public var shared: SharedEffects {
    SharedEffects(
      overall: overall, eventTime: eventTime.cells, preTrend: preTrend, gapBefore: nil,
      dropped: dropped)
  }
}

public import Panels

// Estimators that fit effects of units and periods, under reassigned dates: each gives the weights of
// the cells, as its estimate is linear in the outcome.

extension TwoWayFixedEffects: ReassignableEstimator {
  /// There are no event times, so no pre-trend is tested.
  public func reassignable(on panel: Panel) throws -> ReassignableEffect {
    let design = try AdoptionDesign(panel, covariates: covariates)
    // Dates change the treatment only: the effects and covariates are factorised once.
    let fit = try CellFit(design, to: .used, names: covariates)
    return try ReassignableEffect(design) { dates in
      try fit.weights(ofTreatment: design.reassigned(dates).doses)
    } before: { _ in
      []
    }
  }
}

extension SunAbraham: ReassignableEstimator {
  /// With the last cohort as comparison, the other dates move among the units ever treated.
  public func reassignable(on panel: Panel) throws -> ReassignableEffect {
    let design = try design(panel)
    @Sendable func equations(_ dates: [Int?]) throws -> SaturatedEquations {
      try SaturatedEquations(design.reassigned(dates), names: covariates)
    }
    return try ReassignableEffect(design) { dates in
      let equations = try equations(dates)
      return try equations.weights(ofMean: equations.cells.filter(\.isPost))
    } before: { dates in
      let equations = try equations(dates)
      return try GroupTimeStatistic.preTrendEventTimes.compactMap { time in
        let cells = equations.cells.filter { equations.eventTime($0) == time }
        return cells.isEmpty ? nil : try equations.weights(ofMean: cells)
      }
    }
  }
}

extension Imputation: ReassignableEstimator {
  public func reassignable(on panel: Panel) throws -> ReassignableEffect {
    let design = try AdoptionDesign(panel, anticipation: anticipation, covariates: covariates)
    return try ReassignableEffect(design) { dates in
      let fit = try CellFit(design.reassigned(dates), to: .untreated, names: covariates)
      let cells = fit.imputable
      guard !cells.isEmpty else { throw EffectError.noEstimableCell }
      return try fit.weights(cells, fit.shares(of: cells))
    } before: { dates in
      try weightsBefore(design.reassigned(dates))
    }
  }

  /// The weights of the differences before treatment, at as many event times as can be told apart.
  private func weightsBefore(_ design: AdoptionDesign) throws -> [[Double]] {
    for count in stride(from: leads, to: 0, by: -1) {
      let eventTimes = Array(-anticipation - count..<(-anticipation))
      do {
        let fit = try CellFit(
          design.adding(design.marks(at: eventTimes)), to: .untreated,
          names: covariates + eventTimes.map { "event time \($0)" })
        return eventTimes.indices.map { fit.weights(ofCoefficient: covariates.count + $0) }
      } catch EffectError.followsFromEffects {
        continue
      }
    }
    return []
  }
}

extension ReassignableEffect {
  fileprivate init(
    _ design: AdoptionDesign, weights: @escaping @Sendable ([Int?]) throws -> [Double],
    before: @escaping @Sendable ([Int?]) throws -> [[Double]]
  ) throws {
    try self.init(
      LinearEffect(
        panel: design.panel, doses: design.doses, weights: weights, weightsBefore: before),
      starts: design.starts, admissible: design.admissibleDates)
  }
}

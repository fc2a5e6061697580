import LinearAlgebra
public import Panels

// Estimators that fit effects of units and periods, under reassigned dates: each gives the weights of
// the cells, as its estimate is linear in the outcome.

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
}

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
      return try GroupTimePreTrend.eventTimes.compactMap { time in
        let cells = equations.cells.filter { equations.eventTime($0) == time }
        return cells.isEmpty ? nil : try equations.weights(ofMean: cells)
      }
    }
  }
}

extension Imputation: ReassignableEstimator {
  /// Dates add up what each unit adds to the equations; where they cannot, all cells are fitted anew.
  public func reassignable(
    on panel: Panel, alsoAt dates: [Period]
  ) throws -> ReassignableEffect {
    let design = try AdoptionDesign(panel, anticipation: anticipation, covariates: covariates)
    @Sendable func anew(_ adoptions: [Adoption]) throws -> [Double] {
      try weights(design.reassigned(adoptions))
    }
    @Sendable func testedAnew(
      _ adoptions: [Adoption], _ outcomes: [Double]
    ) throws -> (weights: [Double], preTrend: Double?) {
      let before = try weightsBefore(design.reassigned(adoptions))
      return (try anew(adoptions), before.map { abs(dot($0, outcomes)) }.max())
    }
    let places = design.panel.places(of: dates, with: design.cohorts)
    guard let equations = UntreatedEquations(design, dates: places, leads: leads) else {
      return try ReassignableEffect(design, alsoAt: dates, weights: anew) { outcomes in
        { try testedAnew($0, outcomes) }
      }
    }
    return try ReassignableEffect(design, alsoAt: dates) { adoptions in
      try equations.solve(adoptions)?.weights ?? anew(adoptions)
    } tested: { outcomes in
      let sides = equations.rightSides(of: outcomes)
      return { try equations.solve($0, sides) ?? testedAnew($0, outcomes) }
    }
  }

  /// The weights of the cells in the mean imputed effect.
  private func weights(_ design: AdoptionDesign) throws -> [Double] {
    let fit = try CellFit(design, to: .untreated, names: covariates)
    let cells = fit.imputable
    guard !cells.isEmpty else { throw EffectError.noEstimableCell }
    return try fit.weights(cells, fit.shares(of: cells))
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
  /// `before` gives the weights of the event-time effects before treatment.
  fileprivate init(
    _ design: AdoptionDesign, alsoAt dates: [Period],
    weights: @escaping @Sendable ([Adoption]) throws -> [Double],
    before: @escaping @Sendable ([Adoption]) throws -> [[Double]]
  ) throws {
    try self.init(design, alsoAt: dates, weights: weights) { outcomes in
      { adoptions in
        (try weights(adoptions), try before(adoptions).map { abs(dot($0, outcomes)) }.max())
      }
    }
  }

  fileprivate init(
    _ design: AdoptionDesign, alsoAt dates: [Period],
    weights: @escaping @Sendable ([Adoption]) throws -> [Double],
    tested: ([Double]) -> TestedWeights
  ) throws {
    let places = design.panel.places(of: dates, with: design.cohorts)
    try self.init(
      LinearEffect(
        panel: design.panel, places: design.isUsed.indices.map { $0 }, doses: design.doses,
        weights: weights), anticipation: design.anticipation,
      starts: design.starts, admissible: design.admissibleDates(among: places), tested: tested)
  }
}

import LinearAlgebra
public import Panels

extension Imputation: ReassignableEstimator {
  /// Dates add up what each unit adds to the equations; where they cannot, all cells are fitted again.
  public func reassignable(
    on panel: Panel, alsoAt dates: [Period]
  ) throws -> ReassignableEffect {
    let design = try AdoptionDesign(panel, anticipation: anticipation, covariates: covariates)
    @Sendable func fittedAgain(_ adoptions: [Adoption]) throws -> [Double] {
      try weights(design.reassigned(adoptions))
    }
    @Sendable func testedAgain(
      _ adoptions: [Adoption], _ outcomes: [Double]
    ) throws -> (weights: [Double], preTrend: Double?) {
      let before = try weightsBefore(design.reassigned(adoptions))
      return (try fittedAgain(adoptions), before.map { abs(dot($0, outcomes)) }.max())
    }
    let places = design.panel.places(of: dates, with: design.cohorts)
    guard let equations = UntreatedEquations(design, dates: places, leads: leads) else {
      return try ReassignableEffect(design, alsoAt: dates, weights: fittedAgain) { outcomes in
        { try testedAgain($0, outcomes) }
      }
    }
    return try ReassignableEffect(design, alsoAt: dates) { adoptions in
      try equations.solve(adoptions)?.weights ?? fittedAgain(adoptions)
    } tested: { outcomes in
      let sides = equations.rightSides(of: outcomes)
      return { try equations.solve($0, sides) ?? testedAgain($0, outcomes) }
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

  public func participants(of panel: Panel) throws -> Panel {
    try AdoptionDesign(panel, anticipation: anticipation, covariates: covariates).panel
  }
}

extension Imputation: ComparableEstimator {
  public var anticipatedPeriods: Int? { anticipation }

  public func sharedEffects(on panel: Panel) throws -> SharedEffects {
    let found = try estimate(panel)
    return SharedEffects(
      overall: found.overall, eventTime: (found.preTrend?.cells ?? []) + found.eventTime,
      preTrend: found.preTrend?.test, gapBefore: nil, dropped: found.dropped)
  }
}

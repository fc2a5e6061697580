import LinearAlgebra
public import Panels

/// The synthetic control of one unit.
public struct SyntheticControlEffects: Hashable, Sendable {
  public let treated: String
  /// The first treated period.
  public let cohort: Period
  /// The mean gap from the first treated period on.
  public let att: Double
  public let periods: [SyntheticPeriod]
  public let donorWeights: [UnitWeight]
  /// V, made to sum to one; empty without predictors.
  public let predictorWeights: [PredictorWeight]
  public let fit: GapFit
  /// The mean square gap over the periods of the outer loss.
  public let loss: Double
  /// The relative duality gap of the donor weights.
  public let residual: Double
  public let dropped: [Dropped]
}

/// One period of a unit and of its synthetic control.
public struct SyntheticPeriod: Hashable, Sendable {
  public let period: Period
  public let observed: Double
  public let synthetic: Double

  public var gap: Double { observed - synthetic }
}

/// The weight of one predictor.
public struct PredictorWeight: Hashable, Sendable {
  public let name: String
  public let weight: Double
}

extension SyntheticControlEffects {
  init(_ fit: SyntheticControlFit, panel: Panel, dropped: [Dropped]) {
    let block = fit.block
    let gaps = fit.gaps
    treated = panel.units[block.treated[0]]
    cohort = panel.periods[block.start]
    att = mean(Array(gaps[block.preCount...]))
    periods = block.syntheticPeriods(gaps: gaps, panel: panel)
    donorWeights = block.named(fit.donorWeights, panel: panel)
    predictorWeights = zip(fit.predictorNames, fit.predictorWeights).map {
      PredictorWeight(name: $0, weight: $1)
    }
    self.fit = GapFit(gaps: gaps, preCount: block.preCount, scale: block.scale)
    loss = fit.loss
    residual = fit.residual
    self.dropped = dropped
  }
}

extension CohortBlock {
  /// The mean of the treated and what it would be without the gap, over the window.
  func syntheticPeriods(gaps: [Double], panel: Panel) -> [SyntheticPeriod] {
    window.indices.map { place in
      let observed = outcomes[donorCount, place]
      return SyntheticPeriod(
        period: panel.periods[window[place]], observed: observed,
        synthetic: observed - gaps[place])
    }
  }
}

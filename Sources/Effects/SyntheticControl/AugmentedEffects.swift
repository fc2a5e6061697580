import LinearAlgebra
public import Panels

/// The estimates of augmented synthetic control.
public struct AugmentedEffects: Hashable, Sendable {
  public let estimator: AugmentedSyntheticControl
  /// The mean effect over all treated cells.
  public let att: Double
  public let cohorts: [AugmentedCohort]
  public let dropped: [Dropped]
}

/// The weights and the effect of the units that were first treated together.
public struct AugmentedCohort: Hashable, Sendable {
  public let cohort: Period
  public let treated: [String]
  /// The mean gap from the first treated period on.
  public let att: Double
  /// The mean of the treated and their synthetic control.
  public let periods: [SyntheticPeriod]
  /// The corrected weights: they sum to one, and may be negative.
  public let donorWeights: [UnitWeight]
  /// The weights of synthetic control, before the correction.
  public let simplexWeights: [UnitWeight]
  public let penalty: Double
  /// The penalties that were tried; empty when one was given.
  public let crossValidation: [PenaltyError]
  public let fit: GapFit
  /// The relative duality gap of the simplex weights.
  public let residual: Double
}

extension AugmentedEffects {
  init(estimator: AugmentedSyntheticControl, design: WeightingDesign, fits: [AugmentedFit]) {
    self.estimator = estimator
    att = averageByTreatedCells(fits.map { ($0.block, $0.att) })
    cohorts = fits.map { AugmentedCohort($0, panel: design.panel) }
    dropped =
      design.dropped + fits.flatMap { $0.block.dropped(design.panel, sample: design.sample) }
  }
}

extension AugmentedCohort {
  init(_ fit: AugmentedFit, panel: Panel) {
    let block = fit.block
    cohort = panel.periods[block.start]
    treated = block.treated.map { panel.units[$0] }
    att = fit.att
    periods = block.syntheticPeriods(gaps: fit.gaps, panel: panel)
    donorWeights = block.named(fit.donorWeights, panel: panel)
    simplexWeights = block.named(fit.simplexWeights, panel: panel)
    penalty = fit.penalty
    crossValidation = fit.crossValidation
    self.fit = GapFit(gaps: fit.gaps, preCount: block.preCount, scale: block.scale)
    residual = fit.residual
  }
}

import LinearAlgebra
public import Panels

/// The estimates of synthetic difference in differences.
public struct SyntheticDiDEffects: Hashable, Sendable {
  public let estimator: SyntheticDiD
  /// The mean effect over all treated cells; its standard error by the estimator's method.
  public let overall: Estimate
  public let cohorts: [SyntheticDiDCohort]
  /// The mean effect in the other mode: how much the early stop of the published path moves it.
  public let otherModeATT: Double
  /// What the standard error rests on; nil when none was asked for or none is defined.
  public let replications: Replications?
  public let dropped: [Dropped]
}

/// The weights and the effect of the units that were first treated together.
public struct SyntheticDiDCohort: Hashable, Sendable {
  public let cohort: Period
  public let treated: [String]
  public let att: Double
  public let unitWeights: [UnitWeight]
  public let timeWeights: [TimeWeight]
  /// The gap to the weighted donors in each period, less its time-weighted mean before treatment.
  public let gaps: [PeriodGap]
  /// The penalties ζ of the unit and the time weights, and the noise level they rest on.
  public let unitPenalty: Double
  public let timePenalty: Double
  public let noise: Double
  /// The coefficients of the covariates, in their order.
  public let coefficients: [Double]
  /// The larger relative duality gap of the two weightings; nil on the published path.
  public let residual: Double?
}

/// The weight of one period before the treatment.
public struct TimeWeight: Hashable, Sendable {
  public let period: Period
  public let weight: Double
}

/// The distance between the treated and their comparison in one period.
public struct PeriodGap: Hashable, Sendable {
  public let period: Period
  public let gap: Double
}

extension SyntheticDiDEffects {
  init(
    estimator: SyntheticDiD, design: WeightingDesign, fits: [SyntheticDiDFit], otherATT: Double,
    replications: Replications?
  ) {
    self.estimator = estimator
    overall = Estimate(
      att: average(fits), error: replications?.standardError ?? 0, scale: design.panel.scale)
    cohorts = fits.map { SyntheticDiDCohort($0, panel: design.panel) }
    otherModeATT = otherATT
    self.replications = replications
    dropped =
      design.dropped + fits.flatMap { $0.block.dropped(design.panel, sample: design.sample) }
  }
}

extension SyntheticDiDCohort {
  init(_ fit: SyntheticDiDFit, panel: Panel) {
    let block = fit.block
    cohort = panel.periods[block.start]
    treated = block.treated.map { panel.units[$0] }
    att = fit.att
    unitWeights = block.named(fit.unitWeights, panel: panel)
    timeWeights = zip(block.window, fit.timeWeights).map {
      TimeWeight(period: panel.periods[$0], weight: $1)
    }
    gaps = zip(block.window, fit.gaps).map { PeriodGap(period: panel.periods[$0], gap: $1) }
    unitPenalty = fit.penalties.unit
    timePenalty = fit.penalties.time
    noise = fit.penalties.noise
    coefficients = fit.coefficients
    residual = fit.residual
  }
}

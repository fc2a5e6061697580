import LinearAlgebra
public import Panels

/// Synthetic difference in differences.
///
/// Arkhangelsky et al. 2021 (10.1257/aer.20190159). Donors and pre-periods are weighted so that the weighted donors run parallel to the treated before
/// the treatment; the effect is the double difference under these weights (equation 1). Units
/// treated together form a block with the never-treated; blocks are averaged by their treated cells.
/// Difference in differences and synthetic control are the same code with other weights.
public struct SyntheticDiD: Hashable, Sendable {
  /// Which weights are found, and which are fixed.
  public let variant: Variant
  /// How far the weights are optimised.
  public let mode: Mode
  /// The panel's covariates that the outcomes are adjusted for, by name.
  public let covariates: [String]
  /// How the standard error is found; nil for none.
  public let errors: ErrorMethod?

  public init(
    variant: Variant = .syntheticDiD, mode: Mode = .exact, covariates: [String] = [],
    errors: ErrorMethod? = nil
  ) {
    self.variant = variant
    self.mode = mode
    self.covariates = covariates
    self.errors = errors
  }

  /// Which weights are found, and which are fixed.
  public enum Variant: String, Hashable, Sendable, CaseIterable {
    /// Unit and time weights.
    case syntheticDiD = "synthetic-did"
    /// Equal unit and time weights.
    case did
    /// Unit weights without an intercept or a penalty to speak of; no period is subtracted.
    case syntheticControl = "sc"
    /// Unit weights with an intercept; equal time weights.
    case demeanedSyntheticControl = "demeaned-sc"
  }

  /// How far the weights are optimised.
  public enum Mode: String, Hashable, Sendable, CaseIterable {
    /// To the optimum, with its certificate.
    case exact
    /// Along the published path, which stops early: published numbers come back digit by digit.
    case frankWolfe = "frank-wolfe"
  }

  /// How the standard error is found, and how many replications are drawn for it.
  public enum ErrorMethod: Hashable, Sendable {
    /// Never-treated units play the treated; enumerated up to 100,000 ways, else drawn.
    case placebo(draws: Int = 200, seed: UInt64, threads: Int = 1)
    /// Leaves out one unit after the other, weights held fixed.
    case jackknife
    /// Draws units with replacement.
    case bootstrap(draws: Int = 200, seed: UInt64, threads: Int = 1)
  }

  /// Pre-periods that the noise level needs: one first difference with a degree of freedom.
  static let prePeriods = 2

  /// Estimates the effect.
  ///
  /// - Throws: `EffectError` when nobody is treated inside the panel, no donor is complete, or a
  ///   covariate is unknown, has a gap or has nothing to adjust; `LinearAlgebraError.notOptimal` when
  ///   a certificate fails.
  public func estimate(_ panel: Panel) throws -> SyntheticDiDEffects {
    let design = try WeightingDesign(panel, prePeriods: Self.prePeriods)
    let fits = try self.fits(design.sample, of: panel)
    let other = SyntheticDiD(
      variant: variant, mode: mode == .exact ? .frankWolfe : .exact, covariates: covariates)
    let otherATT = average(try other.fits(design.sample, of: panel))
    let replications = try errors.flatMap { try replicate($0, design: design, fits: fits) }
    return SyntheticDiDEffects(
      estimator: self, design: design, fits: fits, otherATT: otherATT, replications: replications)
  }

  /// The mean effect, that of each cohort, and what is left out: no error, and no other mode.
  ///
  /// - Throws: as `estimate`.
  package func cohorts(
    of panel: Panel
  ) throws -> (att: Double, cohorts: [SyntheticDiDCohort], dropped: [Dropped]) {
    let design = try WeightingDesign(panel, prePeriods: Self.prePeriods)
    let fits = try fits(design.sample, of: panel)
    return (
      average(fits), fits.map { SyntheticDiDCohort($0, panel: panel) },
      design.dropped + fits.flatMap { $0.block.dropped(panel, sample: design.sample) }
    )
  }

  /// One fit for each cohort of a sample.
  func fits(_ sample: WeightingSample, of panel: Panel) throws -> [SyntheticDiDFit] {
    let tasks = try sample.starts.map { start in
      let block = try CohortBlock(
        panel, sample: sample, start: start, prePeriods: Self.prePeriods,
        covariates: covariates)
      return FitTask(block, Penalties(block, variant: variant))
    }
    return try fits(tasks).map { try $0.get() }
  }
}

/// The mean over cohorts, weighted by their treated cells.
func average(_ fits: [SyntheticDiDFit]) -> Double {
  averageByTreatedCells(fits.map { ($0.block, $0.att) })
}

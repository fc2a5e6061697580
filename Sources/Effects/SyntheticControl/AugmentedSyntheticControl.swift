import Foundation
import LinearAlgebra
public import Panels

/// Synthetic control, corrected by a ridge regression for what its weights leave unmatched.
///
/// Ben-Michael, Feller and Rothstein 2021 (10.1080/01621459.2021.1929245). The simplex weights of synthetic
/// control are moved just so far that what is left of the gaps before the treatment shrinks, at a
/// price λ for leaving the simplex (their equation 12); weights may become negative. Units treated
/// together are one mean; cohorts are averaged by their treated cells.
public struct AugmentedSyntheticControl: Hashable, Sendable {
  public let penalty: RidgePenalty
  /// Whether each unit's own mean before the treatment is taken out first.
  public let hasIntercept: Bool

  public init(penalty: RidgePenalty = .crossValidated, hasIntercept: Bool = false) {
    self.penalty = penalty
    self.hasIntercept = hasIntercept
  }

  /// Where the penalty λ on leaving the simplex comes from.
  public enum RidgePenalty: Hashable, Sendable {
    /// In squared units of the outcome.
    case given(Double)
    /// The largest of 21 penalties whose error in periods left out is within one standard error of the
    /// smallest.
    case crossValidated
  }

  /// Pre-periods that leaving one out needs.
  static let prePeriods = 2

  /// Estimates the effect on each cohort.
  ///
  /// - Throws: `EffectError` when nobody is treated inside the panel, no donor is complete or the
  ///   penalty is not above zero; `LinearAlgebraError.notOptimal` when a certificate fails.
  public func estimate(_ panel: Panel) throws -> AugmentedEffects {
    let design = try WeightingDesign(panel, prePeriods: Self.prePeriods)
    let fits = try fits(design.sample, of: panel)
    return AugmentedEffects(estimator: self, design: design, fits: fits)
  }

  /// One fit for each cohort of a sample.
  func fits(_ sample: WeightingSample, of panel: Panel) throws -> [AugmentedFit] {
    try sample.starts.map { start in
      try fit(CohortBlock(panel, sample: sample, start: start, prePeriods: Self.prePeriods))
    }
  }
}

/// The corrected weights of one block.
struct AugmentedFit: Sendable {
  let block: CohortBlock
  /// The weights before the correction.
  let simplexWeights: [Double]
  let donorWeights: [Double]
  let penalty: Double
  let crossValidation: [PenaltyError]
  /// The relative duality gap of the simplex weights.
  let residual: Double
  /// The observed less the synthetic outcome in each period of the window.
  let gaps: [Double]

  var att: Double { mean(Array(gaps[block.preCount...])) }
}

extension AugmentedSyntheticControl {
  /// Weighs the donors of one block.
  func fit(_ block: CohortBlock) throws -> AugmentedFit {
    let rows = CenteredRows(block, hasIntercept: hasIntercept)
    let before = Array(0..<block.preCount)
    let ridge = try RidgeCorrection(rows, periods: before)
    let (penalty, errors) = try chosenPenalty(rows, largest: ridge.largestPenalty)
    let (simplex, residual) = try rows.simplexWeights(before)
    let weights = ridge.corrected(simplex, penalty: penalty)
    return AugmentedFit(
      block: block, simplexWeights: simplex, donorWeights: weights, penalty: penalty,
      crossValidation: errors, residual: residual, gaps: rows.gaps(weights))
  }

  /// The gaps of outcomes, the last row those of the treated, with weights fitted to all periods.
  func fittedToAll(_ outcomes: Matrix) throws -> [Double] {
    let rows = CenteredRows(outcomes, preCount: outcomes.columns, hasIntercept: hasIntercept)
    let ridge = try RidgeCorrection(rows, periods: Array(0..<outcomes.columns))
    let penalty = try chosenPenalty(rows, largest: ridge.largestPenalty).0
    let simplex = try rows.simplexWeights(Array(0..<outcomes.columns)).weights
    return rows.gaps(ridge.corrected(simplex, penalty: penalty))
  }

  /// The penalty, and the errors of all that were tried.
  private func chosenPenalty(
    _ rows: CenteredRows, largest: Double
  ) throws -> (Double, [PenaltyError]) {
    switch penalty {
    case .given(let penalty):
      guard penalty > 0, penalty.isFinite else { throw EffectError.penaltyNotPositive(penalty) }
      return (penalty, [])
    case .crossValidated:
      let grid = (0..<Self.gridCount).map { place in
        largest * pow(Self.smallestShare, Double(place) / Double(Self.gridCount - 1))
      }
      let errors = try rows.leaveOneOutErrors(grid, of: 0..<rows.preCount)
      return (oneStandardErrorRule(errors), errors)
    }
  }

  /// The grid goes from the largest squared singular value of the donors down by eight decades.
  private static let gridCount = 21
  private static let smallestShare = 1e-8
}

/// The largest penalty whose error is within one standard error of the smallest error.
private func oneStandardErrorRule(_ errors: [PenaltyError]) -> Double {
  guard let best = errors.min(by: { $0.error < $1.error }) else { return .infinity }
  let accepted = errors.filter { $0.error <= best.error + best.standardError }
  return accepted.map(\.penalty).max() ?? best.penalty
}

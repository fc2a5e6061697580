import Foundation
import LinearAlgebra
public import Panels

/// Matrix completion: unit and period effects, and as much common structure as a penalty leaves.
///
/// Athey, Bayati, Doudchenko, Imbens and Khosravi 2021 (10.1080/01621459.2021.1891924). The outcomes without
/// treatment are completed from all that are observed; the penalty is on the singular values of what unit
/// and period effects leave. Without structure this is two-way imputation.
public struct MatrixCompletion: Hashable, Sendable {
  public let penalty: Penalty

  public init(penalty: Penalty) { self.penalty = penalty }

  /// Where the penalty λ comes from.
  public enum Penalty: Hashable, Sendable {
    /// What is taken off the singular values of the misses, these divided by the number of cells
    /// (units × periods): the scale of R `fect`.
    case given(Double)
    /// That of ten, from the smallest that leaves no structure down by three decades, which best
    /// predicts a tenth of the untreated cells left out in turn, drawn by the seed.
    case crossValidated(seed: UInt64, threads: Int = 1)
  }

  /// Pre-periods that a level needs.
  static let prePeriods = 1

  /// Estimates the effect on each treated cell.
  ///
  /// - Throws: `EffectError` when nobody is treated inside the panel, the penalty is not above zero, or
  ///   the untreated cells do not hang together; `LinearAlgebraError.notOptimal` when the certificate
  ///   fails.
  public func estimate(_ panel: Panel) throws -> CompletionEffects {
    let design = try WeightingDesign(panel, prePeriods: Self.prePeriods)
    let (penalty, errors) = try chosenPenalty(design)
    let cells = try UntreatedCells(panel, sample: design.sample)
    let whole = try CompletedOutcomes(cells, penalty: penalty)
    return CompletionEffects(
      estimator: self, penalty: penalty, factors: whole.factors,
      effects: CounterfactualEffects(try cells.treatedCells(whole.outcomes)),
      crossValidation: errors, residual: whole.residual,
      dropped: design.dropped + cells.dropped)
  }

  /// The penalty, and the errors of all that were tried.
  func chosenPenalty(_ design: WeightingDesign) throws -> (penalty: Double, [PenaltyError]) {
    switch penalty {
    case .given(let penalty):
      guard penalty > 0, penalty.isFinite else { throw EffectError.penaltyNotPositive(penalty) }
      return (penalty, [])
    case .crossValidated(let seed, let threads):
      let cells = try UntreatedCells(design.panel, sample: design.sample)
      let count = Double(cells.isKnown.count)
      let largest = try cells.largestSingularValue / count
      // Without any structure every penalty gives the same.
      guard largest > 0 else { return (1, []) }
      let grid = (0..<Self.gridCount).map { place in
        largest * pow(Self.smallestShare, Double(place) / Double(Self.gridCount - 1))
      }
      let squares = try CellFolds(cells, kept: 1, seed: seed).squares(
        design.sample, grid.map { .threshold($0 * count) }, threads: threads)
      let errors = zip(grid, squares).map { PenaltyError(penalty: $0, squares: $1) }
      return (errors.min { $0.error < $1.error }?.penalty ?? largest, errors)
    }
  }

  private static let gridCount = 10
  private static let smallestShare = 1e-3
}

/// The estimates of matrix completion.
public struct CompletionEffects: Hashable, Sendable {
  public let estimator: MatrixCompletion
  /// λ.
  public let penalty: Double
  /// The number of singular values above the penalty.
  public let factors: Int
  public let effects: CounterfactualEffects
  /// The penalties that were tried; empty when one was given.
  public let crossValidation: [PenaltyError]
  /// The duality gap over the objective.
  public let residual: Double
  public let dropped: [Dropped]
}

extension CompletedOutcomes {
  /// Completes cells under a penalty on the scale of `MatrixCompletion`.
  ///
  /// - Throws: `LinearAlgebraError.notOptimal`.
  init(_ cells: UntreatedCells, penalty: Double) throws {
    try self.init(cells, .threshold(penalty * Double(cells.isKnown.count)))
    guard residual <= Self.tolerance else {
      throw LinearAlgebraError.notOptimal(residual: residual)
    }
  }
}

/// The mean effect over the treated cells of a sample.
func completedATT(
  _ panel: Panel, sample: WeightingSample, _ shrinkage: CompletedOutcomes.Shrinkage
) throws -> Double {
  let cells = try UntreatedCells(panel, sample: sample)
  return mean(try cells.treatedCells(CompletedOutcomes(cells, shrinkage).outcomes).map(\.effect))
}

/// The mean effect over the treated cells of a sample, by matrix completion.
func completedATT(_ panel: Panel, sample: WeightingSample, penalty: Double) throws -> Double {
  let cells = try UntreatedCells(panel, sample: sample)
  return mean(
    try cells.treatedCells(CompletedOutcomes(cells, penalty: penalty).outcomes).map(\.effect))
}

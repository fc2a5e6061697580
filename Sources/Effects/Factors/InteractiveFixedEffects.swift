import LinearAlgebra
public import Panels

/// Unit and period effects and a few common factors that each unit loads on in its own way.
///
/// Without factors this is two-way imputation.
public struct InteractiveFixedEffects: Hashable, Sendable {
  public let factors: FactorCount
  public let comparison: Comparison

  public init(factors: FactorCount, comparison: Comparison = .neverTreated) {
    self.factors = factors
    self.comparison = comparison
  }

  /// Where the number of factors comes from.
  public enum FactorCount: Hashable, Sendable {
    case given(Int)
    /// The number, up to a limit, that best predicts outcomes left out.
    ///
    /// With factors of the never-treated, those of the treated before their treatment are left out one
    /// at a time; with factors of all untreated cells, a tenth of these at a time, drawn by the seed.
    case crossValidated(upTo: Int = 5, seed: UInt64 = 1)
  }

  /// The outcomes that the factors are found in.
  public enum Comparison: String, Hashable, Sendable, CaseIterable {
    /// Those of the complete never-treated units, in closed form; the treated are carried on along
    /// them, with loadings found before the treatment (Xu 2017, 10.1017/pan.2016.2).
    case neverTreated = "never"
    /// All that are observed without treatment, those of the treated before it among them, by least
    /// squares. Gaps are allowed.
    ///
    /// Such a fit has several local optima in general; taken is the one that filling in the unknown cells
    /// reaches from unit and period effects alone.
    case notYetTreated = "not-yet"
  }

  /// Estimates the effect on each treated cell.
  ///
  /// A factor that explains nothing is left out.
  ///
  /// - Throws: `EffectError` when nobody is treated inside the panel with more periods before than
  ///   factors, or the factors do not settle.
  public func estimate(_ panel: Panel) throws -> FactorEffects {
    switch (factors, comparison) {
    case (.given(let count), _):
      precondition(count >= 0, "A number of factors is not below zero.")
      return try estimate(panel, count: count, crossValidation: [])
    case (.crossValidated(let limit, _), .neverTreated):
      let model = try NeverTreatedModel(WeightingDesign(panel, prePeriods: Self.prePeriods))
      return try estimate(panel, crossValidation: model.predictionErrors(upTo: limit))
    case (.crossValidated(let limit, let seed), .notYetTreated):
      let design = try WeightingDesign(panel, prePeriods: Self.prePeriods)
      let most = max(0, min(limit, design.fewestBefore - 2))
      let folds = try CellFolds(
        UntreatedCells(panel, sample: design.sample), kept: most + 1, seed: seed)
      let squares = try folds.squares(
        design.sample, (0...most).map { .leading($0) })
      return try estimate(
        panel,
        crossValidation: squares.enumerated().map { FactorError(factors: $0, error: mean($1)) })
    }
  }

  /// Pre-periods that leaving one out needs.
  static let prePeriods = 2

  private func estimate(_ panel: Panel, crossValidation: [FactorError]) throws -> FactorEffects {
    let best = crossValidation.min { $0.error < $1.error }
    return try estimate(panel, count: best?.factors ?? 0, crossValidation: crossValidation)
  }

  private func estimate(
    _ panel: Panel, count: Int, crossValidation: [FactorError]
  ) throws -> FactorEffects {
    let least = crossValidation.isEmpty ? count + 1 : max(count + 1, Self.prePeriods)
    let design = try WeightingDesign(panel, prePeriods: least)
    switch comparison {
    case .neverTreated:
      let model = try NeverTreatedModel(design)
      let fit = try model.fit(design.sample, factors: count)
      return FactorEffects(
        estimator: self, factors: fit.factors.rows, effects: CounterfactualEffects(fit.cells),
        before: fit.before, crossValidation: crossValidation, residual: 0, dropped: model.dropped)
    case .notYetTreated:
      let cells = try UntreatedCells(panel, sample: design.sample)
      let whole = try CompletedOutcomes(cells, .leading(count))
      return FactorEffects(
        estimator: self, factors: whole.factors,
        effects: CounterfactualEffects(try cells.treatedCells(whole.outcomes)),
        before: cells.cellsBefore(whole.outcomes), crossValidation: crossValidation,
        residual: whole.residual,
        dropped: design.dropped + cells.dropped)
    }
  }
}

/// The estimates of interactive fixed effects.
public struct FactorEffects: Hashable, Sendable {
  public let estimator: InteractiveFixedEffects
  /// The number of factors used.
  public let factors: Int
  public let effects: CounterfactualEffects
  /// The cells of the treated units before their treatment, with what the factors fit to them.
  public let before: [CounterfactualCell]
  /// The numbers of factors that were tried; empty when one was given.
  public let crossValidation: [FactorError]
  /// How far another round would move a cell, over the largest outcome beyond unit and period effects;
  /// zero in closed form.
  public let residual: Double
  public let dropped: [Dropped]
}

/// The mean squared error of predictions with one number of factors.
public struct FactorError: Hashable, Sendable {
  public let factors: Int
  public let error: Double
}

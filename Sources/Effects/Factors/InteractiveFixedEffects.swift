import LinearAlgebra
public import Panels

/// Unit and period effects and a few common factors that each unit loads on in its own way.
///
/// Xu 2017 (10.1017/pan.2016.2). The factors are what the complete never-treated units have in common
/// over time, in closed form; the treated are carried on along them, with loadings found before the
/// treatment. Without factors this is two-way imputation from the never-treated.
public struct InteractiveFixedEffects: Hashable, Sendable {
  public let factors: FactorCount

  public init(factors: FactorCount) { self.factors = factors }

  /// Where the number of factors comes from.
  public enum FactorCount: Hashable, Sendable {
    case given(Int)
    /// The number, up to a limit, that best predicts outcomes of the treated before their treatment
    /// from their others.
    case crossValidated(upTo: Int = 5)
  }

  /// Estimates the effect on each treated cell.
  ///
  /// A factor that explains nothing is left out.
  ///
  /// - Throws: `EffectError` when nobody is treated inside the panel with more periods before than
  ///   factors.
  public func estimate(_ panel: Panel) throws -> FactorEffects {
    switch factors {
    case .given(let count):
      precondition(count >= 0, "A number of factors is not below zero.")
      return try estimate(panel, count: count, crossValidation: [])
    case .crossValidated(let limit):
      let model = try NeverTreatedModel(WeightingDesign(panel, prePeriods: Self.prePeriods))
      let errors = try model.predictionErrors(upTo: limit)
      let best = errors.min { $0.error < $1.error }
      return try estimate(panel, count: best?.factors ?? 0, crossValidation: errors)
    }
  }

  /// Pre-periods that leaving one out needs.
  static let prePeriods = 2

  private func estimate(
    _ panel: Panel, count: Int, crossValidation: [FactorError]
  ) throws -> FactorEffects {
    let least = crossValidation.isEmpty ? count + 1 : max(count + 1, Self.prePeriods)
    let design = try WeightingDesign(panel, prePeriods: least)
    let model = try NeverTreatedModel(design)
    let fit = try model.fit(design.sample, factors: count)
    return FactorEffects(
      estimator: self, factors: fit.factors.rows, effects: CounterfactualEffects(fit.cells),
      crossValidation: crossValidation, dropped: model.dropped)
  }
}

/// The estimates of interactive fixed effects.
public struct FactorEffects: Hashable, Sendable {
  public let estimator: InteractiveFixedEffects
  /// The number of factors used.
  public let factors: Int
  public let effects: CounterfactualEffects
  /// The numbers of factors that were tried; empty when one was given.
  public let crossValidation: [FactorError]
  public let dropped: [Dropped]
}

/// The mean squared error of predictions with one number of factors.
public struct FactorError: Hashable, Sendable {
  public let factors: Int
  public let error: Double
}

public import Panels

/// The mean effect of a panel's units on any sample of them, what was to be chosen being chosen once.
struct SampledEffect: Sendable {
  let design: WeightingDesign
  /// Pre-periods that a treated unit needs.
  let prePeriods: Int
  /// The effect; `EffectError` when the sample leaves nothing to estimate.
  let att: @Sendable (WeightingSample) throws -> Double
}

extension InteractiveFixedEffects {
  /// Chooses the number of factors, if it is to be cross-validated, on the whole panel.
  func sampledEffect(on panel: Panel) throws -> SampledEffect {
    let count =
      switch factors {
      case .given(let count): count
      case .crossValidated: try estimate(panel).factors
      }
    let design = try WeightingDesign(panel, prePeriods: count + 1)
    switch comparison {
    case .neverTreated:
      let model = try NeverTreatedModel(design)
      return SampledEffect(design: design, prePeriods: count + 1) {
        try model.att($0, factors: count)
      }
    case .notYetTreated:
      return SampledEffect(design: design, prePeriods: count + 1) {
        try completedATT(panel, sample: $0, .leading(count))
      }
    }
  }

  /// Estimates the mean effect on other samples of the units, the number of factors held.
  ///
  /// Nil for the jackknife of one treated unit.
  ///
  /// - Throws: as `estimate` does.
  public func replications(_ panel: Panel, by resampling: UnitResampling) throws -> Replications? {
    let effect = try sampledEffect(on: panel)
    return resampling.replications(of: effect.design.sample, effect.att)
  }
}

extension MatrixCompletion {
  /// Chooses the penalty, if it is to be cross-validated, on the whole panel.
  func sampledEffect(on panel: Panel) throws -> SampledEffect {
    let design = try WeightingDesign(panel, prePeriods: Self.prePeriods)
    let penalty = try chosenPenalty(design).penalty
    return SampledEffect(design: design, prePeriods: Self.prePeriods) {
      try completedATT(panel, sample: $0, penalty: penalty)
    }
  }

  /// Estimates the mean effect on other samples of the units, the penalty held.
  ///
  /// Nil for the jackknife of one treated unit.
  ///
  /// - Throws: as `estimate` does.
  public func replications(_ panel: Panel, by resampling: UnitResampling) throws -> Replications? {
    let effect = try sampledEffect(on: panel)
    return resampling.replications(of: effect.design.sample, effect.att)
  }
}

import Panels

/// The mean effect of a panel's units on any sample of them, what was to be chosen being chosen once.
struct SampledEffect: Sendable {
  let design: WeightingDesign
  /// Pre-periods that a treated unit needs.
  let prePeriods: Int
  /// The effect; `EffectError` when the sample leaves nothing to estimate.
  let att: @Sendable (WeightingSample) throws -> Double
}

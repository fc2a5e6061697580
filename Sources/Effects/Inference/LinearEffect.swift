import LinearAlgebra
import Panels

/// An overall effect as a weighted sum of the outcomes of a panel's cells, under any adoption dates.
///
/// The weights depend on the dates, on which cells are observed and on covariates, but not on the outcome:
/// they serve all outcomes of the same cells.
struct LinearEffect: Sendable {
  /// The units that take part.
  let panel: Panel
  /// 1 in each cell that was really treated, else 0, unit after unit.
  let doses: [Double]
  /// The weight of each cell, unit after unit; `EffectError` when the dates leave nothing to estimate.
  let weights: @Sendable (_ dates: [Int?]) throws -> [Double]
  /// The weights of the event-time effects before treatment that the pre-trend looks at.
  let weightsBefore: @Sendable (_ dates: [Int?]) throws -> [[Double]]
}

extension ReassignableEffect {
  /// The effect on the panel's own outcome.
  ///
  /// Units that were really treated jump within other units' pre-periods; the estimated effect is taken
  /// out of those, so that the pre-trend is judged against changes without treatment.
  ///
  /// - Throws: `EffectError` when the observed dates give no effect.
  init(_ effect: LinearEffect, starts: [Int?], admissible: [Set<Int>]) throws {
    let (outcomes, doses) = (effect.panel.values, effect.doses)
    let observed = dot(try effect.weights(starts), outcomes)
    let cleared = zip(outcomes, doses).map { $0 - observed * $1 }
    self.init(
      units: effect.panel.units, starts: starts, admissible: admissible,
      statistic: { dates in
        let weights = try effect.weights(dates)
        return AssignmentStatistic(
          effect: dot(weights, outcomes), dose: dot(weights, doses),
          preTrend: try effect.weightsBefore(dates).map { abs(dot($0, cleared)) }.max())
      })
  }
}

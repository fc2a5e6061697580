import LinearAlgebra
import Panels

/// An overall effect as a weighted sum of the outcomes of a panel's cells, under any adoption dates.
///
/// The weights depend on the dates, on which cells are observed and on covariates, but not on the outcome:
/// they serve all outcomes of the same cells.
struct LinearEffect: Sendable {
  /// The units that take part.
  let panel: Panel
  /// The cell of each weight, by its place in the panel; nil where there is none and the weight is zero.
  let places: [Int?]
  /// 1 in each cell that was really treated, else 0, unit after unit.
  let doses: [Double]
  /// The weights; `EffectError` when the dates leave nothing to estimate.
  let weights: @Sendable (_ adoptions: [Adoption]) throws -> [Double]

  /// Lays numbers of the panel's cells out as the weights are.
  func arranged(_ values: [Double]) -> [Double] {
    places.map { place in place.map { values[$0] } ?? 0 }
  }
}

extension ReassignableEffect {
  /// The weights of an effect under some dates, and the largest difference before them.
  typealias TestedWeights =
    @Sendable ([Adoption]) throws -> (weights: [Double], preTrend: Double?)

  /// The effect on the panel's own outcome.
  ///
  /// `tested` makes, of outcomes cell by cell, the weights and the pre-trend of any dates. Units that were
  /// really treated jump within other units' pre-periods; the estimated effect is taken out of those, so
  /// that the pre-trend is judged against changes without treatment.
  ///
  /// - Throws: `EffectError` when the observed dates give no effect.
  init(
    _ effect: LinearEffect, anticipation: Int, starts: [Int?], admissible: [Set<Int>],
    preTrend: ([Double]) -> @Sendable ([Adoption]) -> Double?
  ) throws {
    var before: (@Sendable ([Adoption]) -> Double?)?
    try self.init(effect, anticipation: anticipation, starts: starts, admissible: admissible) {
      outcomes in
      let preTrend = preTrend(outcomes)
      before = preTrend
      return { (try effect.weights($0), preTrend($0)) }
    }
    self.preTrend = before
  }

  /// The same where weights and pre-trend come from one piece of work.
  init(
    _ effect: LinearEffect, anticipation: Int, starts: [Int?], admissible: [Set<Int>],
    tested: ([Double]) -> TestedWeights
  ) throws {
    let outcomes = effect.arranged(effect.panel.values)
    let doses = effect.arranged(effect.doses)
    let observed = dot(try effect.weights(starts.map(Adoption.init)), outcomes)
    let tested = tested(zip(effect.panel.values, effect.doses).map { $0 - observed * $1 })
    self.init(
      units: effect.panel.units, periods: effect.panel.periods, anticipation: anticipation,
      starts: starts, admissible: admissible, linear: effect,
      effect: { adoptions in
        AssignmentStatistic(
          effect: dot(try effect.weights(adoptions), outcomes), dose: nil, preTrend: nil)
      }
    ) { adoptions in
      let (weights, preTrend) = try tested(adoptions)
      return AssignmentStatistic(
        effect: dot(weights, outcomes), dose: dot(weights, doses), preTrend: preTrend)
    }
  }
}

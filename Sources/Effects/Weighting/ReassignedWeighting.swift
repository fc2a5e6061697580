import LinearAlgebra
import Panels

// Weighting estimators under reassigned dates: every assignment is estimated again.

/// The RMSPE ratio over several units' gaps, with the sign of their mean after the treatment.
func signedRatio(_ gaps: [[Double]], of blocks: [CohortBlock]) -> AssignmentStatistic {
  let before = zip(gaps, blocks).flatMap { $0[..<$1.preCount] }
  let after = zip(gaps, blocks).flatMap { $0[$1.preCount...] }
  let fit = GapFit(
    gaps: before + after, preCount: before.count, scale: blocks.map(\.scale).max() ?? 0)
  let gap = mean(after)
  return AssignmentStatistic(
    effect: gap < 0 ? -fit.ratio : fit.ratio, dose: nil, preTrend: nil,
    gaps: AssignmentStatistic.Gaps(fit: fit, mean: gap))
}

extension ReassignableEffect {
  init(_ effect: SampledEffect, alsoAt dates: [Period]) {
    self.init(effect.design, prePeriods: effect.prePeriods, alsoAt: dates) {
      AssignmentStatistic(try effect.att($0))
    }
  }

  /// An effect of the units of a weighting design, which is not linear in the outcome.
  init(
    _ design: WeightingDesign, prePeriods: Int, alsoAt dates: [Period],
    effect: @escaping @Sendable (WeightingSample) throws -> AssignmentStatistic
  ) {
    let starts = Dictionary(
      uniqueKeysWithValues: design.sample.treated.flatMap { start, units in
        units.map { ($0, start) }
      })
    let units = (design.sample.donors + starts.keys).sorted()
    let places = design.panel.places(of: dates, with: design.sample.starts)
    self.init(
      units: units.map { design.panel.units[$0] }, periods: design.panel.periods,
      starts: units.map { starts[$0] },
      admissible: units.map { unit in
        Set(places.filter { design.mayStart(unit, at: $0, prePeriods: prePeriods) })
      },
      statistic: { adoptions in
        let taking = units.indices.filter { adoptions[$0] != .leftOut }
        return try effect(
          WeightingSample(taking.map { units[$0] }, dates: taking.map { adoptions[$0].date }))
      })
  }
}

extension AssignmentStatistic {
  /// An effect that is not linear in the outcome.
  init(_ effect: Double) {
    self.init(effect: effect, dose: nil, preTrend: nil)
  }
}

public import Panels

// Weighting estimators under reassigned dates: every assignment is estimated anew.

extension SyntheticDiD: ReassignableEstimator {
  public func reassignable(
    on panel: Panel, alsoAt dates: [Period]
  ) throws -> ReassignableEffect {
    let design = try WeightingDesign(panel, prePeriods: Self.prePeriods)
    return ReassignableEffect(design, prePeriods: Self.prePeriods, alsoAt: dates) {
      AssignmentStatistic(average(try fits($0, of: panel)))
    }
  }
}

extension AugmentedSyntheticControl: ReassignableEstimator {
  public func reassignable(
    on panel: Panel, alsoAt dates: [Period]
  ) throws -> ReassignableEffect {
    let design = try WeightingDesign(panel, prePeriods: Self.prePeriods)
    return ReassignableEffect(design, prePeriods: Self.prePeriods, alsoAt: dates) { sample in
      AssignmentStatistic(
        averageByTreatedCells(try fits(sample, of: panel).map { ($0.block, $0.att) }))
    }
  }
}

extension InteractiveFixedEffects: ReassignableEstimator {
  /// A number of factors to be cross-validated is chosen once, for the observed dates.
  public func reassignable(
    on panel: Panel, alsoAt dates: [Period]
  ) throws -> ReassignableEffect {
    ReassignableEffect(try sampledEffect(on: panel), alsoAt: dates)
  }
}

extension MatrixCompletion: ReassignableEstimator {
  /// A penalty to be cross-validated is chosen once, for the observed dates.
  public func reassignable(
    on panel: Panel, alsoAt dates: [Period]
  ) throws -> ReassignableEffect {
    ReassignableEffect(try sampledEffect(on: panel), alsoAt: dates)
  }
}

extension SyntheticControl: ReassignableEstimator {
  /// The statistic is the RMSPE ratio with the sign of the mean gap.
  ///
  /// Every treated unit has its synthetic control; the squared gaps of all are averaged before their
  /// ratio is taken.
  public func reassignable(
    on panel: Panel, alsoAt dates: [Period]
  ) throws -> ReassignableEffect {
    let design = try WeightingDesign(panel, prePeriods: Self.prePeriods)
    return ReassignableEffect(design, prePeriods: Self.prePeriods, alsoAt: dates) { sample in
      let fits = try sample.starts.flatMap { start in
        try (sample.treated[start] ?? []).map {
          try fit(panel, unit: $0, start: start, donors: sample.donors)
        }
      }
      return signedRatio(fits.map(\.gaps), of: fits.map(\.block))
    }
  }
}

extension StaggeredSyntheticControl: ReassignableEstimator {
  /// The statistic is the RMSPE ratio with the sign of the mean gap, as that of one synthetic control.
  ///
  /// A share of pooling that is not given is found for each assignment.
  public func reassignable(
    on panel: Panel, alsoAt dates: [Period]
  ) throws -> ReassignableEffect {
    let design = try WeightingDesign(panel, prePeriods: prePeriods)
    return ReassignableEffect(design, prePeriods: prePeriods, alsoAt: dates) { sample in
      let fit = try fit(sample, of: panel)
      return signedRatio(fit.gaps, of: fit.blocks)
    }
  }
}

/// The RMSPE ratio over several units' gaps, with the sign of their mean after the treatment.
private func signedRatio(_ gaps: [[Double]], of blocks: [CohortBlock]) -> AssignmentStatistic {
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
  fileprivate init(_ effect: SampledEffect, alsoAt dates: [Period]) {
    self.init(effect.design, prePeriods: effect.prePeriods, alsoAt: dates) {
      AssignmentStatistic(try effect.att($0))
    }
  }

  /// An effect of the units of a weighting design, which is not linear in the outcome.
  fileprivate init(
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
  fileprivate init(_ effect: Double) {
    self.init(effect: effect, dose: nil, preTrend: nil)
  }
}

import LinearAlgebra
public import Panels

// Weighting estimators under reassigned dates: every assignment is estimated anew.
extension Randomization {
  /// Tests the overall effect of synthetic difference in differences.
  ///
  /// - Throws: as its estimate does; `EffectError.noAdmissibleAssignment`.
  public func test(_ estimator: SyntheticDiD, on panel: Panel) throws -> RandomizationTest {
    let design = try WeightingDesign(panel, prePeriods: SyntheticDiD.prePeriods)
    return try test(design, prePeriods: SyntheticDiD.prePeriods) {
      average(try estimator.fits($0, of: panel))
    }
  }

  /// Tests the overall effect of augmented synthetic control.
  ///
  /// - Throws: as its estimate does; `EffectError.noAdmissibleAssignment`.
  public func test(
    _ estimator: AugmentedSyntheticControl, on panel: Panel
  ) throws -> RandomizationTest {
    let prePeriods = AugmentedSyntheticControl.prePeriods
    let design = try WeightingDesign(panel, prePeriods: prePeriods)
    return try test(design, prePeriods: prePeriods) { sample in
      averageByTreatedCells(try estimator.fits(sample, of: panel).map { ($0.block, $0.att) })
    }
  }

  /// Tests the overall effect of interactive fixed effects; a number to be cross-validated is chosen
  /// once, for the observed dates.
  ///
  /// - Throws: as its estimate does; `EffectError.noAdmissibleAssignment`.
  public func test(
    _ estimator: InteractiveFixedEffects, on panel: Panel
  ) throws -> RandomizationTest {
    let count =
      switch estimator.factors {
      case .given(let count): count
      case .crossValidated: try estimator.estimate(panel).factors
      }
    let design = try WeightingDesign(panel, prePeriods: count + 1)
    let model = try NeverTreatedModel(design)
    return try test(design, prePeriods: count + 1) { try model.att($0, factors: count) }
  }

  /// Tests by the RMSPE ratio, with the sign of the mean gap.
  ///
  /// Every treated unit has its synthetic control; the squared gaps of all are averaged before their
  /// ratio is taken.
  ///
  /// - Throws: as its estimate does; `EffectError.noAdmissibleAssignment`.
  public func test(_ estimator: SyntheticControl, on panel: Panel) throws -> RandomizationTest {
    let design = try WeightingDesign(panel, prePeriods: SyntheticControl.prePeriods)
    return try test(design, prePeriods: SyntheticControl.prePeriods) { sample in
      var (before, after): ([Double], [Double]) = ([], [])
      for start in sample.starts {
        for unit in sample.treated[start] ?? [] {
          let fit = try estimator.fit(panel, unit: unit, start: start, donors: sample.donors)
          let gaps = fit.gaps
          before += gaps[..<fit.block.preCount]
          after += gaps[fit.block.preCount...]
        }
      }
      let ratio = GapFit(gaps: before + after, preCount: before.count).ratio
      return mean(after) < 0 ? -ratio : ratio
    }
  }

  /// Reassigns the dates among the units of a design; assignments that leave nothing to estimate are
  /// counted and left out.
  private func test(
    _ design: WeightingDesign, prePeriods: Int,
    statistic: @Sendable (WeightingSample) throws -> Double
  ) throws -> RandomizationTest {
    let starts = Dictionary(
      uniqueKeysWithValues: design.sample.treated.flatMap { start, units in
        units.map { ($0, start) }
      })
    let units = (design.sample.donors + starts.keys).sorted()
    let reassignment = Reassignment(
      observed: units.map { starts[$0] },
      strata: units.map { unit in strata.map { $0[design.panel.units[unit]] } ?? 0 },
      admissible: units.map { unit in
        Set(
          design.sample.starts.filter { design.mayStart(unit, at: $0, prePeriods: prePeriods) })
      })
    let assignments = try reassignment.assignments(
      limit: Self.enumerationLimit, draws: draws, seed: seed, threads: threads)
    @Sendable func effect(_ dates: [Int?]) throws -> AssignmentStatistic {
      AssignmentStatistic(
        effect: try statistic(WeightingSample(units, dates: dates)), dose: nil, preTrend: nil)
    }
    let observed = try effect(reassignment.observed)
    let results = mapBlocks(assignments.dates.count, blockSize: 16, threads: threads) { range in
      range.map { index in Result { try effect(assignments.dates[index]) } }
    }
    // A failed certificate is thrown; what the dates do not identify is left out.
    let statistics = try results.map { result -> AssignmentStatistic? in
      if case .failure(let error) = result, error is EffectError { return nil }
      return try result.get()
    }
    let defined = statistics.compactMap { $0 }
    return RandomizationTest(
      observed: observed, statistics: defined, assignments: assignments,
      whoFloor: reassignment.whoFloor, undefined: statistics.count - defined.count)
  }
}

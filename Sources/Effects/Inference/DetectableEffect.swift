public import Panels

// The smallest effect that a test would find, where outcomes move the weights.

extension Randomization {
  /// The smallest effect found in four of five cases at 5 %; nil when no effect could be.
  ///
  /// What `RandomizationTest.minimumDetectableEffect` is for linear estimators: the estimated effect is
  /// taken out of the treated cells, and every assignment is estimated again on what is left, so that what
  /// can be found does not depend on what was found.
  ///
  /// - Throws: as `test`.
  public func detectableEffect(
    of estimator: any ReassignableEstimator, on panel: Panel
  ) throws -> Double? {
    let estimate = try estimator.reassignable(on: panel).observed
    let cleared = try estimator.reassignable(on: panel.addingToTreated(-estimate))
    let (_, assignments) = try assignments(of: cleared)
    let statistics = try statistics(of: cleared, under: assignments)
    let tail = Tail(
      statistics.map(\.effect), observed: 0, isEnumerated: assignments.isEnumerated)
    let gaps = statistics.compactMap(\.gaps)
    guard !gaps.isEmpty else { return tail.minimumDetectableEffect() }
    return tail.criticalSize.flatMap { $0.isFinite ? detectableGap(gaps, criticalRatio: $0) : nil }
  }
}

/// The smallest δ ≥ 0 that, added to every gap after the treatment, lets four of five assignments reach
/// a ratio c of gaps after to gaps before.
///
/// With mean gap m, mean square q after and p before, q + 2δm + δ² ≥ c²p outside the roots of its left
/// side less its right side.
func detectableGap(
  _ gaps: [AssignmentStatistic.Gaps], criticalRatio: Double
) -> Double? {
  let roots = gaps.map { gap -> (low: Double, high: Double) in
    let after = gap.fit.postRMSPE
    let needed = criticalRatio * gap.fit.preRMSPE
    let square = gap.mean * gap.mean - after * after + needed * needed
    guard square >= 0 else { return (-gap.mean, -gap.mean) }
    return (-gap.mean - square.squareRoot(), -gap.mean + square.squareRoot())
  }
  let slack = 1e-12 * (roots.map { max(abs($0.low), abs($0.high)) }.max() ?? 1)
  let candidates = ([0] + roots.map(\.high)).filter { $0 >= 0 && $0.isFinite }.sorted()
  return candidates.first { effect in
    let found = roots.count { effect <= $0.low + slack || effect >= $0.high - slack }
    return Double(found) >= power * Double(roots.count) - 1e-9
  }
}

extension Panel {
  /// The same panel with a number added to each outcome observed under treatment.
  fileprivate func addingToTreated(_ number: Double) throws -> Panel {
    try with(cells: { unit, period in
      let cell = cell(unit: unit, period: period)
      let isTreated = cohorts[unit].start.map { periods[period] >= $0 } ?? false
      return isTreated ? cell.value.map { .observed($0 + number) } ?? cell : cell
    })
  }
}

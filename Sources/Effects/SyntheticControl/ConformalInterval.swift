import LinearAlgebra
public import Panels

extension SyntheticControl {
  /// The constant effects that the conformal test does not reject.
  ///
  /// Chernozhukov, Wüthrich and Zhu 2021 (10.1080/01621459.2021.1920957): the effect under test is
  /// taken out of the outcomes, the weights are fitted to all periods, and the mean absolute gap after
  /// the treatment is compared over the cyclic shifts of the gaps. The weights are those of the
  /// outcomes alone. Nil when the periods are too few to reject anything, or no effect is accepted.
  ///
  /// - Throws: as `estimate` does.
  public func conformalInterval(
    _ panel: Panel, level: Double = 0.95
  ) throws -> ClosedRange<Double>? {
    let design = try SingleDesign(panel)
    let sample = WeightingSample(treated: [design.start: [design.unit]], donors: design.donors)
    let block = try CohortBlock(
      panel, sample: sample, start: design.start, prePeriods: Self.prePeriods)
    let gaps = try Self.outcomeOnly.fit(
      panel, unit: design.unit, start: design.start, donors: design.donors
    ).gaps
    return try ConformalTest(ofSyntheticControl: block).interval(around: gaps, level: level)
  }
}

extension AugmentedSyntheticControl {
  /// The constant effects that the conformal test does not reject, as that of synthetic control.
  ///
  /// The penalty is the one that the estimate has; weights and correction are fitted to all periods. Since
  /// the correction can take out a level, a step in the second half of the periods leaves gaps on both
  /// sides of it: only with clearly fewer periods after than before does the test reject, else nil.
  ///
  /// - Throws: as `estimate` does; `EffectError.severalCohorts` when units are treated at several dates.
  public func conformalInterval(
    _ panel: Panel, level: Double = 0.95
  ) throws -> ClosedRange<Double>? {
    let design = try WeightingDesign(panel, prePeriods: Self.prePeriods)
    let fits = try fits(design.sample, of: panel)
    guard let fit = fits.first, fits.count == 1 else {
      throw EffectError.severalCohorts(fits.map { panel.periods[$0.block.start] })
    }
    let held = AugmentedSyntheticControl(
      penalty: .given(fit.penalty), hasIntercept: hasIntercept)
    let test = ConformalTest(fit.block) { try held.fittedToAll($0) }
    return try test.interval(around: fit.gaps, level: level)
  }
}

/// The conformal test of constant effects on one block.
struct ConformalTest {
  private let block: CohortBlock
  /// The gaps of outcomes in all periods, with weights fitted to all of them.
  private let gaps: (_ outcomes: Matrix) throws -> [Double]

  init(_ block: CohortBlock, gaps: @escaping (_ outcomes: Matrix) throws -> [Double]) {
    self.block = block
    self.gaps = gaps
  }

  init(ofSyntheticControl block: CohortBlock) {
    self.init(block) { outcomes in
      let problem = SimplexProblem(
        count: outcomes.rows - 1, length: outcomes.columns, penalty: 0, hasIntercept: false
      ) { outcomes[$0, $1] }
      return problem.errors(try problem.optimum().weights)
    }
  }

  /// The share of cyclic shifts whose statistic is at least that of the real order.
  func p(_ effect: Double) throws -> Double {
    let length = block.window.count
    var outcomes = block.outcomes
    for period in block.preCount..<length { outcomes[block.donorCount, period] -= effect }
    let sizes = try gaps(outcomes).map(abs)
    let statistics = (0..<length).map { shift in
      (block.preCount..<length).reduce(0) { $0 + sizes[($1 + shift) % length] }
    }
    let tolerance = 1e-10 * max(1, statistics[0])
    return Double(statistics.count { $0 >= statistics[0] - tolerance }) / Double(length)
  }

  /// The hull of the effects accepted around the mean of the estimate's gaps after the treatment.
  func interval(around gaps: [Double], level: Double) throws -> ClosedRange<Double>? {
    let width = max(gaps.map(abs).max() ?? 1, 1e-12)
    return try interval(
      around: mean(Array(gaps[block.preCount...])), width: width, rejectingAt: 1 - level)
  }

  /// The hull of the effects accepted around an accepted one.
  private func interval(
    around center: Double, width: Double, rejectingAt significance: Double
  ) throws -> ClosedRange<Double>? {
    guard let inside = try accepted(near: center, width: width, significance),
      let upper = try edge(from: inside, step: width / 8, significance),
      let lower = try edge(from: inside, step: -width / 8, significance)
    else { return nil }
    return lower...upper
  }

  private func accepted(near center: Double, width: Double, _ level: Double) throws -> Double? {
    for place in 0...64 {
      let distance = Double((place + 1) / 2) * width / 32
      let effect = center + (place % 2 == 0 ? distance : -distance)
      if try p(effect) > level { return effect }
    }
    return nil
  }

  /// The last accepted effect in one direction; nil when effects of any size are accepted.
  private func edge(from inside: Double, step: Double, _ level: Double) throws -> Double? {
    var near = inside
    var far = inside + step
    var length = step
    while try p(far) > level {
      near = far
      length *= 1.5
      far += length
      // A statistic that has not fallen by now does not depend on the effect.
      if abs(length) > 1e6 * abs(step) { return nil }
    }
    return try bisect(
      near, far, while: { abs($2 - $1) > 1e-10 * max(abs(step), abs($2)) },
      holds: { try p($0) > level }
    ).inside
  }
}

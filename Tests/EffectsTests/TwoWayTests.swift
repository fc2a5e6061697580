import LinearAlgebra
import Panels
import TestSupport
import Testing

@testable import Effects

/// Sums of the same numbers in another order, through one factorisation.
private let rounding = 1e-10

@Suite struct TwoWayTests {
  static let starts: [Int?] = (0..<24).map { $0 < 6 ? 4 : $0 < 12 ? 7 : nil }

  @Test func allThreeFindAConstantEffectInAPanelWithGaps() throws {
    let panel = try generatedPanel(
      starts: Self.starts, periods: 10, effect: 2, noise: 0, gapShare: 0.1, seed: 3)
    #expect(abs(try TwoWayFixedEffects().estimate(panel).overall.att - 2) < rounding)
    #expect(
      abs(try SunAbraham(comparison: .neverTreated).estimate(panel).overall.att - 2) < rounding)
    #expect(
      abs(try SunAbraham(comparison: .lastTreated).estimate(panel).overall.att - 2) < rounding)
    let imputed = try Imputation().estimate(panel)
    #expect(imputed.effects.allSatisfy { abs($0.effect - 2) < rounding })
  }

  @Test func unitAndPeriodEffectsChangeNothing() throws {
    let panel = try generatedPanel(
      starts: Self.starts, periods: 10, effect: 1, gapShare: 0.1, seed: 4)
    let shifted = try panel.mapValues { unit, period, value in
      value + Double(unit * unit) - 3 * Double(period)
    }
    let estimates = try [panel, shifted].map { panel in
      [
        try TwoWayFixedEffects().estimate(panel).overall,
        try SunAbraham(comparison: .neverTreated).estimate(panel).overall,
        try Imputation().estimate(panel).overall,
      ]
    }
    for (first, second) in zip(estimates[0], estimates[1]) {
      #expect(abs(first.att - second.att) < rounding)
      #expect(abs((first.standardError ?? .nan) - (second.standardError ?? .nan)) < rounding)
    }
  }

  /// More columns than are written out as a matrix, so that conjugate gradients solve.
  @Test func manyPeriodsGiveTheEffectThatMadeTheDataOnAnyNumberOfThreads() throws {
    var random = Philox(seed: 5, stream: 98, index: 0)
    let (units, periods) = (600, 300)
    let unitEffects = (0..<units).map { _ in random.nextNormal() }
    let periodEffects = (0..<periods).map { _ in random.nextNormal() }
    let cells = (0..<6_000).map { _ in
      (unit: Int(random.next(below: 600)), period: Int(random.next(below: 300)))
    }
    let doses = cells.map { $0.unit % 2 == 0 && $0.period > 150 ? 1.0 : 0 }
    let rows = try TwoWayRows(
      units: cells.map { Int32($0.unit) }, periods: cells.map { Int32($0.period) },
      outcomes: zip(cells, doses).map { unitEffects[$0.unit] + periodEffects[$0.period] + 2 * $1 },
      treatments: doses)
    let one = try TwoWayFixedEffects().estimate(rows, threads: 1)
    let four = try TwoWayFixedEffects().estimate(rows, threads: 4)
    #expect(abs(one.overall.att - 2) < rounding)
    #expect(one == four)
  }

  @Test func refusesATreatmentThatThePeriodsExplain() throws {
    let panel = try generatedPanel(starts: [3, 3, 3], periods: 5, effect: 1, seed: 1)
    #expect(throws: EffectError.nothingVaries) { try TwoWayFixedEffects().estimate(panel) }
  }
}

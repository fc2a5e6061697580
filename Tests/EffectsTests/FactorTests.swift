import Foundation
import LinearAlgebra
import Panels
import TestSupport
import Testing

@testable import Effects

/// Two closed forms, rounded in another order.
private let closedForm = 1e-9

@Suite struct FactorTests {
  static let starts: [Int?] = [9, 9, 12, nil, nil, nil, nil, nil, nil, nil, nil, nil]

  /// Outcomes with two factors that the treated load on, and an effect of 2.
  static func panel(noise: Double, seed: UInt64) throws -> Panel {
    let plain = try generatedPanel(
      starts: starts, periods: 16, effect: 2, noise: noise, seed: seed)
    return try plain.mapValues { unit, period, value in
      let time = Double(period)
      return value + Double(unit % 5) * sin(time / 2) + Double((unit * 3) % 4) * time * time / 50
    }
  }

  @Test func findsTheEffectBehindTheFactorsThatMadeTheData() throws {
    let panel = try Self.panel(noise: 0, seed: 1)
    let effects = try InteractiveFixedEffects(factors: .given(2)).estimate(panel)
    #expect(abs(effects.effects.att - 2) < 1e-9)
    #expect(effects.factors == 2)
    // A third factor has nothing to explain.
    let more = try InteractiveFixedEffects(factors: .given(3)).estimate(panel)
    #expect(more.factors == 2)
    #expect(abs(more.effects.att - 2) < 1e-9)
  }

  @Test func crossValidationFindsTheNumberOfFactors() throws {
    let effects = try InteractiveFixedEffects(factors: .crossValidated())
      .estimate(Self.panel(noise: 0.05, seed: 2))
    #expect(effects.factors == 2)
    #expect(effects.crossValidation.map(\.factors) == Array(0...5))
    #expect(abs(effects.effects.att - 2) < 0.2)
  }

  @Test(arguments: 0...3)
  func isInvariantToUnitAndPeriodEffects(_ count: Int) throws {
    let panel = try Self.panel(noise: 1, seed: 3)
    let moved = try panel.mapValues { unit, period, value in
      4 * (value + Double(unit * unit) - 3 * Double(period))
    }
    let estimator = InteractiveFixedEffects(factors: .given(count))
    let first = try estimator.estimate(panel).effects.att
    let second = try estimator.estimate(moved).effects.att
    #expect(abs(4 * first - second) < 1e-9)
  }

  @Test func withoutFactorsIsTheDifferenceOfDifferencesInABlock() throws {
    let panel = try generatedPanel(
      starts: [6, 6, nil, nil, nil], periods: 9, effect: 1, seed: 9)
    let own = try InteractiveFixedEffects(factors: .given(0)).estimate(panel)
    let other = try SyntheticDiD(variant: .did).estimate(panel)
    #expect(abs(own.effects.att - other.overall.att) < 1e-12)
  }

  /// Leaving a period out by hand gives the errors that the leverage gives.
  @Test func leaveOneOutErrorsEqualThoseOfFitsWithoutThePeriod() throws {
    let common = CommonPath(
      path: [0, 1, -1, 2, 0, 3],
      factors: Matrix(rows: 1, columns: 6, elements: [1, 2, 4, 7, 3, -2]))
    let outcomes = [2, 5, 1, 4, 9.5]
    let line = try #require(FactorLine(outcomes, at: Array(0..<5), common))
    for left in 0..<5 {
      let kept = (0..<5).filter { $0 != left }
      let rest = try #require(FactorLine(kept.map { outcomes[$0] }, at: kept, common))
      let predicted = rest.value(at: left, common) - common.path[left]
      #expect(abs(line.leaveOneOutErrors[left] - (outcomes[left] - predicted)) < 1e-10)
    }
  }

  @Test(arguments: ["block_one_treated", "block_four_treated"], 0...2)
  func equalsTheClosedFormOfAnotherSolver(_ name: String, _ count: Int) throws {
    let values = try FactorReference.values().at(name, "gsynth_r\(count)")
    let effects = try InteractiveFixedEffects(factors: .given(count)).estimate(
      BlockReference.panel(name == "block_one_treated" ? "one_treated" : "four_treated"))
    #expect(abs(effects.effects.att - values.number("att_avg")) < closedForm)
    #expect(
      largestDifference(effects.effects.eventTimes.map(\.att), values.numbers("att")) < closedForm)
  }

  /// The peer leaves out the cohort with fewer than five periods before its treatment.
  @Test(arguments: 0...2)
  func equalsTheClosedFormOfAnotherSolverUnderStaggeredAdoption(_ count: Int) throws {
    let values = try FactorReference.values().at("staggered", "gsynth_r\(count)")
    let whole = try referencePanel(
      FactorReference.folder.appending(path: "ReferenceValues/staggered/panel.csv"), unit: "id",
      period: "period", outcome: "y", cohort: "cohort")
    let panel = try whole.filter { whole.cohorts[$0].start?.number == 2005 ? "few periods" : nil }
    let effects = try InteractiveFixedEffects(factors: .given(count)).estimate(panel).effects
    #expect(abs(effects.att - values.number("att_avg")) < closedForm)
    #expect(largestDifference(effects.eventTimes.map(\.att), values.numbers("att")) < closedForm)
  }

  @Test func leavesOutDonorsWithAGap() throws {
    let panel = try generatedPanel(
      starts: [6, nil, nil, nil, nil], periods: 9, effect: 1, gapShare: 0.08, seed: 4)
    let effects = try InteractiveFixedEffects(factors: .given(0)).estimate(panel)
    #expect(effects.dropped.contains { $0.reason.hasPrefix("a gap") })
    #expect(effects.effects.att.isFinite)
  }

  @Test func leavesOutUnitsWithFewerPeriodsThanLevelAndFactors() throws {
    let panel = try generatedPanel(
      starts: [3, 7, nil, nil, nil, nil], periods: 9, effect: 1, seed: 5)
    let effects = try InteractiveFixedEffects(factors: .given(2)).estimate(panel)
    #expect(effects.dropped.map(\.unit) == ["u0"])
  }
}

private enum FactorReference {
  static let folder = Bundle.module.resourceURL ?? URL(filePath: "/")

  static func values() throws -> [String: Any] {
    try referenceValues(folder.appending(path: "ReferenceValues/factors/exact.json"))
  }
}

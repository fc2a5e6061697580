import LinearAlgebra
import Panels
import TestSupport
import Testing

@testable import Effects

@Suite struct StepDownTests {
  private static let notYet = GroupTimeDiD(comparison: .notYetTreated)
  private static let starts: [Int?] = [4, 6, nil, nil, nil, nil]

  private static func panel(_ seed: UInt64, effect: Double = 0) throws -> Panel {
    try generatedPanel(starts: starts, periods: 9, effect: effect, gapShare: 0.04, seed: seed)
  }

  @Test func oneOutcomeHasThePOfItsOwnTest() throws {
    let panel = try Self.panel(3, effect: 1)
    for randomization in [
      Randomization(seed: 4), Randomization(draws: 99, seed: 4, enumerationLimit: 10),
    ] {
      let alone = try randomization.test(Self.notYet, on: panel)
      let joint = try randomization.stepDown(Self.notYet, on: [panel])
      #expect(joint.p == [alone.p] && joint.adjusted == [alone.p])
      #expect(joint.assignments == alone.assignments && joint.isEnumerated == alone.isEnumerated)
      #expect(joint.rejected == alone.rejected && joint.undefined == [alone.undefined])
    }
  }

  @Test func theSameOutcomeTwiceCostsNothing() throws {
    let panel = try Self.panel(5, effect: 1)
    let double = panel.with(values: panel.values.map { 2 * $0 })
    let joint = try Randomization(seed: 1).stepDown(Imputation(), on: [panel, double, panel])
    #expect(joint.adjusted == joint.p && Set(joint.p).count == 1)
  }

  @Test func adjustmentOnlyRaisesAndKeepsTheOrder() throws {
    let panels = try (0..<4 as Range<UInt64>).map { try Self.panel($0, effect: Double($0)) }
    let joint = try Randomization(seed: 1).stepDown(Self.notYet, on: panels)
    #expect(zip(joint.p, joint.adjusted).allSatisfy { $0 <= $1 })
    let byOwn = joint.p.indices.sorted { (joint.p[$0], $0) < (joint.p[$1], $1) }
    #expect(byOwn.map { joint.adjusted[$0] } == joint.adjusted.sorted())
  }

  /// Any assignment might have been the observed one; those that would find anything are counted.
  @Test(arguments: [0.05, 0.1, 0.25])
  func withoutEffectsAnythingIsFoundNoMoreOftenThanTheLevel(_ level: Double) {
    for seed in 0..<20 as Range<UInt64> {
      var random = Philox(seed: seed, stream: 94, index: 0)
      let sizes = (0..<3).map { _ in
        (0..<60).map { _ in Double?.some(abs(random.nextNormal()).rounded(.up)) }
      }
      let found = (0..<60).count { place in
        StepDown.ps(sizes, at: place).adjusted.contains { $0 <= level }
      }
      #expect(Double(found) <= level * 60)
    }
  }

  /// An outcome by itself skips the assignments that leave it nothing; all together count them.
  @Test func noPFallsByBeingAdjustedWhereAssignmentsLeaveNothing() {
    let sizes: [[Double?]] = [[1, 2, nil, 3], [1, 1, 1, 1]]
    let ps = StepDown.ps(sizes, at: 0)
    #expect(ps.own == [1, 1] && ps.adjusted == [1, 1])
    let second = StepDown.ps(sizes, at: 1)
    #expect(second.own[0] == 2.0 / 3 && second.adjusted[0] == 2.0 / 3)
  }

  /// Panels of other windows and gaps, each estimated anew under every assignment of the union.
  @Test func panelsOfOtherWindowsEqualBruteForce() throws {
    let first = try Self.panel(7, effect: 1)
    // The second outcome begins after the first date and lacks a unit; the unit treated first has none.
    let second = try Self.panel(8, effect: 1).from(period: 5, without: "u4")
    let joint = try Randomization(seed: 1).stepDown(Imputation(), on: [first, second])
    var sizes: [[Double?]] = [[], []]
    var place = 0
    for one in 0..<6 {
      for other in 0..<6 where other != one {
        var starts = [Int?](repeating: nil, count: 6)
        (starts[one], starts[other]) = (4, 6)
        let panels = [try first.withStarts(starts), try second.withDates(starts)]
        let estimates = panels.map { try? Imputation().estimate($0) }
        // Only assignments under which no unit lacks its base or what follows, but for the early date.
        guard let whole = estimates[0], whole.units.count == 6 else { continue }
        if let place = second.units.firstIndex(of: "u\(other)"),
          !second.isObserved(unit: place, period: 0)
        {
          continue
        }
        if starts == Self.starts { place = sizes[0].count }
        sizes[0].append(abs(whole.overall.att))
        sizes[1].append(estimates[1].map { abs($0.overall.att) })
      }
    }
    #expect(joint.assignments == sizes[0].count && joint.isEnumerated)
    #expect(joint.undefined[1] == sizes[1].count { $0 == nil } && joint.undefined[1] > 0)
    for (outcome, row) in sizes.enumerated() {
      let own = row[place] ?? 0
      let extreme = row.compactMap(\.self).count { $0 >= own - 1e-9 }
      #expect(joint.p[outcome] == Double(extreme) / Double(row.compactMap(\.self).count))
    }
    #expect(joint.adjusted == StepDown.ps(sizes, at: place).adjusted)
  }

  @Test func everyKindOfEstimatorLeavesUnitsOutAsItsEstimateDoes() throws {
    let panel = try generatedPanel(
      starts: [6, 8, nil, nil, nil, nil, nil], periods: 12, effect: 1, seed: 2)
    let other = try panel.withStarts([6, 8, nil, nil, nil, nil, nil]).from(period: 1, without: "u3")
    let adoptions: [Adoption] = [.leftOut, .at(7), .never, .never, .at(5), .never, .never]
    let same = try panel.withStarts([nil, 8, nil, nil, 6, nil, nil]).from(period: 1, without: "u0")
    let cases: [(any ReassignableEstimator, Double)] = [
      (Self.notYet, try Self.notYet.estimate(same).overall.att),
      (Imputation(), try Imputation().estimate(same).overall.att),
      (TwoWayFixedEffects(), try TwoWayFixedEffects().estimate(same).overall.att),
      (
        SunAbraham(comparison: .neverTreated),
        try SunAbraham(comparison: .neverTreated).estimate(same).overall.att
      ),
      (SyntheticDiD(), try SyntheticDiD().estimate(same).overall.att),
      (
        InteractiveFixedEffects(factors: .given(1)),
        try InteractiveFixedEffects(factors: .given(1)).estimate(same).effects.att
      ),
    ]
    for (estimator, expected) in cases {
      let found = try estimator.reassignable(on: panel).statistic(adoptions).effect
      #expect(abs(found - expected) < 1e-9)
      let joint = try Randomization(seed: 1).stepDown(estimator, on: [panel, other])
      #expect(joint.p.allSatisfy { $0 > 0 && $0 <= 1 })
    }
  }

  @Test func bitsDoNotDependOnThreads() throws {
    let panels = [try Self.panel(1), try Self.panel(2).from(period: 2, without: "u5")]
    let results = try [1, 3].map { threads in
      try Randomization(draws: 200, seed: 2, enumerationLimit: 5, threads: threads)
        .stepDown(Self.notYet, on: panels)
    }
    #expect(results[0] == results[1] && !results[0].isEnumerated)
  }

  @Test func refusesPanelsThatDoNotAgreeOnADate() throws {
    let panel = try Self.panel(1)
    let other = try panel.withStarts([4, 7, nil, nil, nil, nil])
    #expect(throws: EffectError.datesDiffer(unit: "u1", Period(6), Period(7))) {
      try Randomization(seed: 1).stepDown(Self.notYet, on: [panel, other])
    }
  }
}

extension Panel {
  /// The same panel from a period on, without one unit.
  fileprivate func from(period first: Int, without unit: String) throws -> Panel {
    let rows = units.indices.filter { units[$0] != unit }
    let columns = periods.indices.filter { periods[$0].number >= first }
    return try Panel(
      units: rows.map { units[$0] }, periods: columns.map { periods[$0] },
      cells: rows.map { row in columns.map { cell(unit: row, period: $0) } },
      cohorts: rows.map { cohorts[$0] })
  }

  /// The same panel with the first treated periods of units u0, u1, … that it has.
  fileprivate func withDates(_ starts: [Int?]) throws -> Panel {
    try withStarts(units.map { unit in starts[Int(unit.dropFirst()) ?? 0] })
  }
}

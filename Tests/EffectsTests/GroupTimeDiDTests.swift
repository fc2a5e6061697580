import Effects
import Panels
import TestSupport
import Testing

/// Sums of the same numbers in another order.
private let rounding = 1e-12

@Suite struct GroupTimeDiDTests {
  static let starts: [Int?] = [4, 4, 6, 6, 6, 9, nil, nil, nil, nil, nil]
  static let options = GroupTimeDiD.Comparison.allCases.flatMap { comparison in
    GroupTimeDiD.BasePeriod.allCases.flatMap { base in
      [0, 1].map { GroupTimeDiD(comparison: comparison, base: base, anticipation: $0) }
    }
  }

  @Test(arguments: options)
  func findsTheEffectThatMadeTheData(_ estimator: GroupTimeDiD) throws {
    let panel = try generatedPanel(
      starts: Self.starts, periods: 10, effect: 2, noise: 0, seed: 5)
    let effects = try estimator.estimate(panel)
    for cell in effects.cells where cell.period >= cell.cohort {
      #expect(abs(cell.estimate.att - 2) < rounding)
    }
    #expect(abs(effects.overall.att - 2) < rounding)
  }

  @Test(arguments: options)
  func isInvariantToUnitAndPeriodEffects(_ estimator: GroupTimeDiD) throws {
    let panel = try generatedPanel(starts: Self.starts, periods: 10, effect: 1, seed: 6)
    let shifted = try panel.mapValues { unit, period, value in
      value + Double(unit * unit) - 3 * Double(period)
    }
    let first = try estimator.estimate(panel)
    let second = try estimator.estimate(shifted)
    #expect(
      zip(first.cells, second.cells).allSatisfy {
        abs($0.estimate.att - $1.estimate.att) < 1e-10
      })
  }

  @Test func twoGroupsAndTwoPeriodsAreTheDifferenceOfDifferences() throws {
    let panel = try Panel(
      units: ["a", "b", "c"], periods: [Period(1), Period(2)],
      cells: [
        [.observed(1), .observed(5)], [.observed(2), .observed(3)], [.observed(4), .observed(7)],
      ],
      cohorts: [.firstTreated(Period(2)), .neverTreated, .neverTreated])
    let effects = try GroupTimeDiD(comparison: .neverTreated).estimate(panel)
    #expect(effects.overall.att == 4 - 2)
  }

  @Test func neverAndNotYetTreatedAgreeWhenThereIsOneCohort() throws {
    let panel = try generatedPanel(
      starts: [5, 5, 5, nil, nil, nil], periods: 9, effect: 1, gapShare: 0.1, seed: 8)
    let never = try GroupTimeDiD(comparison: .neverTreated).estimate(panel)
    let notYet = try GroupTimeDiD(comparison: .notYetTreated).estimate(panel)
    #expect(never == notYet)
  }

  @Test func usesOnlyUnitsObservedInBothPeriodsOfACell() throws {
    let panel = try Panel(
      units: ["a", "b", "c", "d"], periods: [Period(1), Period(2)],
      cells: [
        [.observed(1), .observed(5)], [.observed(2), .observed(3)],
        [.absent(.notSearched), .observed(100)], [.absent(.missing), .observed(-50)],
      ],
      cohorts: [
        .firstTreated(Period(2)), .neverTreated, .neverTreated, .firstTreated(Period(2)),
      ])
    let effects = try GroupTimeDiD(comparison: .neverTreated).estimate(panel)
    #expect(effects.overall.att == 4 - 1)
    #expect(effects.dropped.map(\.unit) == ["d"])
    #expect(effects.dropped[0].reason == "treated in 2 and not observed in its base period 1")
  }

  @Test func dropsUnitsTreatedFromTheStartAndSaysSo() throws {
    let panel = try generatedPanel(starts: [1, 4, nil, nil], periods: 6, effect: 1, seed: 2)
    let effects = try GroupTimeDiD(comparison: .neverTreated).estimate(panel)
    #expect(effects.dropped.map(\.unit) == ["u0"])
    #expect(!effects.units.contains("u0"))
  }

  @Test func refusesAPanelWithNobodyTreated() throws {
    let panel = try generatedPanel(starts: [nil, nil, nil], periods: 4, effect: 0, seed: 1)
    #expect(throws: EffectError.nobodyTreated) {
      try GroupTimeDiD(comparison: .neverTreated).estimate(panel)
    }
  }

  @Test func refusesAPanelWithNobodyToCompare() throws {
    let panel = try generatedPanel(starts: [3, 3, 3], periods: 5, effect: 0, seed: 1)
    #expect(throws: EffectError.noEstimableCell) {
      try GroupTimeDiD(comparison: .notYetTreated).estimate(panel)
    }
  }
}

extension Panel {
  /// The same panel with another number in each observed cell.
  func mapValues(_ transform: @escaping (Int, Int, Double) -> Double) throws -> Panel {
    try with(cells: { unit, period in
      let cell = cell(unit: unit, period: period)
      return cell.value.map { .observed(transform(unit, period, $0)) } ?? cell
    })
  }

  /// The same panel with covariates, each taken from the values of another panel of the same periods.
  func withCovariates(_ others: [String: Panel]) throws -> Panel {
    try with(
      covariates: others.mapValues { other in
        units.flatMap { unit in
          let row = other.units.firstIndex(of: unit)
          return periods.indices.map { period in
            row.flatMap { other.cell(unit: $0, period: period).value }
          }
        }
      })
  }

  /// The same panel without the cells that are not kept.
  func keeping(_ isKept: @escaping (_ unit: Int, _ period: Int) -> Bool) throws -> Panel {
    try with(cells: { unit, period in
      isKept(unit, period) ? cell(unit: unit, period: period) : .absent(.missing)
    })
  }

  /// The same outcomes with other adoption dates, given as period numbers.
  func withStarts(_ starts: [Int?]) throws -> Panel {
    try with(cohorts: starts.map { $0.map { .firstTreated(Period($0)) } ?? .neverTreated })
  }
}

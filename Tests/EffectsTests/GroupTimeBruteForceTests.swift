import LinearAlgebra
import Panels
import TestSupport
import Testing

@testable import Effects

/// Sums of the same numbers in another order.
private let rounding = 1e-12

/// Group-time effects on tiny panels with gaps, from the definition of each cell.
@Suite struct GroupTimeBruteForceTests {
  static let starts: [Int?] = [3, 3, 4, 5, nil, nil, nil]
  static let cases = GroupTimeDiDTests.options.flatMap { estimator in
    (0..<4 as Range<UInt64>).map { Case(estimator: estimator, seed: $0) }
  }

  struct Case: Sendable {
    let estimator: GroupTimeDiD
    let seed: UInt64
  }

  /// A unit's changes from a base period to another, for the treated and for those they are compared with.
  private struct Changes {
    var treated: [Double] = []
    var compared: [Double] = []

    var att: Double { mean(treated) - mean(compared) }

    /// Of two independent means, each group's variance by its own count.
    var error: Double {
      [treated, compared].reduce(0) { sum, values in
        let center = mean(values)
        let squares = values.reduce(0) { $0 + ($1 - center) * ($1 - center) }
        return sum + squares / Double(values.count) / Double(values.count)
      }.squareRoot()
    }
  }

  private func changes(
    _ panel: Panel, cohort: Int, period: Int, base: Int, _ estimator: GroupTimeDiD
  ) -> Changes {
    var changes = Changes()
    for unit in panel.units.indices {
      let start = panel.cohorts[unit].start?.number
      let isTreated = start == cohort
      let isCompared =
        start == nil
        || estimator.comparison == .notYetTreated
          && start ?? 0 > max(period, base) + estimator.anticipation && !isTreated
      guard isTreated || isCompared,
        let after = panel.cell(unit: unit, period: period - 1).value,
        let before = panel.cell(unit: unit, period: base - 1).value
      else { continue }
      if isTreated {
        changes.treated.append(after - before)
      } else {
        changes.compared.append(after - before)
      }
    }
    return changes
  }

  @Test(arguments: cases)
  func everyCellIsADifferenceOfMeanChanges(_ test: Case) throws {
    let estimator = test.estimator
    let panel = try generatedPanel(
      starts: Self.starts, periods: 6, effect: 1, gapShare: 0.1, seed: test.seed)
    let effects = try estimator.estimate(panel)
    let kept = try panel.filter { effects.units.contains(panel.units[$0]) ? nil : "left out" }
    #expect(!effects.cells.isEmpty)
    for cell in effects.cells {
      let (cohort, period) = (cell.cohort.number, cell.period.number)
      let last = cohort - 1 - estimator.anticipation
      let isBefore = period <= last
      let base = estimator.base == .varying && isBefore ? period - 1 : last
      guard period != base else {
        #expect(cell.estimate.att == 0 && cell.estimate.standardError == nil)
        continue
      }
      let changes = changes(kept, cohort: cohort, period: period, base: base, estimator)
      #expect(abs(cell.estimate.att - changes.att) < rounding)
      // The error of one unit alone on a side is that of the other.
      if changes.error > rounding {
        #expect(abs((cell.estimate.standardError ?? 0) - changes.error) < rounding)
      }
    }
    let post = effects.cells.filter { $0.period >= $0.cohort }
    let shares = post.map { cell in
      Double(kept.cohorts.count { $0.start == cell.cohort })
    }
    let overall =
      zip(post, shares).reduce(0) { $0 + $1.0.estimate.att * $1.1 } / shares.reduce(0, +)
    #expect(abs(effects.overall.att - overall) < rounding)
  }

  /// 2⁻³⁰: a power of two moves no digit.
  private static let factor = 0x1p-30

  @Test(arguments: GroupTimeDiDTests.options)
  func effectsAndErrorsScaleWithTheOutcome(_ estimator: GroupTimeDiD) throws {
    let panel = try generatedPanel(
      starts: GroupTimeDiDTests.starts, periods: 10, effect: 1, gapShare: 0.1, seed: 6)
    let small = try panel.mapValues { $2 * Self.factor }
    let (first, second) = (try estimator.estimate(panel), try estimator.estimate(small))
    #expect(first.overall.standardError != nil)
    #expect(second.overall == first.overall.scaled(by: Self.factor))
    #expect(second.cells.map(\.estimate) == first.cells.map { $0.estimate.scaled(by: Self.factor) })
  }

  @Test func regressionsScaleWithTheOutcome() throws {
    let panel = try generatedPanel(
      starts: TwoWayTests.starts, periods: 10, effect: 1, gapShare: 0.1, seed: 6)
    let small = try panel.mapValues { $2 * Self.factor }
    func estimates(_ panel: Panel) throws -> [Estimate] {
      [
        try TwoWayFixedEffects().estimate(panel).overall,
        try SunAbraham(comparison: .neverTreated).estimate(panel).overall,
        try Imputation().estimate(panel).overall,
      ]
    }
    let first = try estimates(panel)
    #expect(first.allSatisfy { $0.standardError != nil })
    #expect(try estimates(small) == first.map { $0.scaled(by: Self.factor) })
  }

  /// Two estimates of the same cells by a regression and by differences of means.
  @Test func sunAbrahamEqualsGroupTimeFromOneBase() throws {
    let panel = try generatedPanel(
      starts: GroupTimeDiDTests.starts, periods: 10, effect: 1, seed: 7)
    let regression = try SunAbraham(comparison: .neverTreated).estimate(panel)
    let cells = try GroupTimeDiD(comparison: .neverTreated, base: .universal).estimate(panel).cells
    for cell in regression.cells {
      let own = cells.first { $0.cohort == cell.cohort && $0.period == cell.period }
      #expect(abs(cell.estimate.att - (own?.estimate.att ?? .nan)) < 1e-11)
    }
  }

  @Test func withOneCohortImputationIsTwoWayFixedEffects() throws {
    let panel = try generatedPanel(
      starts: [5, 5, 5, nil, nil, nil, nil], periods: 9, effect: 1, seed: 8)
    let imputed = try Imputation().estimate(panel).overall.att
    #expect(abs(imputed - (try TwoWayFixedEffects().estimate(panel).overall.att)) < 1e-11)
  }

  @Test func theOrderOfUnitsMovesNothing() throws {
    let panel = try generatedPanel(
      starts: GroupTimeDiDTests.starts, periods: 10, effect: 1, gapShare: 0.1, seed: 9)
    let turned = try panel.picking(panel.units.indices.reversed())
    for estimator in GroupTimeDiDTests.options {
      let (first, second) = (try estimator.estimate(panel), try estimator.estimate(turned))
      #expect(abs(first.overall.att - second.overall.att) < rounding)
    }
    let first = try TwoWayFixedEffects().estimate(panel).overall
    let second = try TwoWayFixedEffects().estimate(turned).overall
    #expect(abs(first.att - second.att) < 1e-11)
    #expect(abs((first.standardError ?? 0) - (second.standardError ?? 1)) < 1e-11)
  }
}

extension Estimate {
  fileprivate func scaled(by factor: Double) -> Estimate {
    Estimate(
      att: att * factor, standardError: standardError.map { $0 * factor },
      degreesOfFreedom: degreesOfFreedom)
  }
}

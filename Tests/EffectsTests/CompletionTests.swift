import Foundation
import LinearAlgebra
import Panels
import TestSupport
import Testing

@testable import Effects

/// Both solvers stop when a round moves no cell by 1e-12 of the largest and more; the slowest direction
/// of these panels shrinks by a twentieth a round, so that cells are within 1e-10 of the fixed point.
private let settled = 1e-9

@Suite struct CompletionTests {
  static func allCells(_ count: Int) -> InteractiveFixedEffects {
    InteractiveFixedEffects(factors: .given(count), comparison: .notYetTreated)
  }

  @Test func findsTheEffectBehindTheFactorsThatMadeTheData() throws {
    let panel = try FactorTests.panel(noise: 0, seed: 1)
    let effects = try Self.allCells(2).estimate(panel)
    #expect(abs(effects.effects.att - 2) < 1e-7 && effects.factors == 2)
  }

  @Test func completionFindsTheEffectThatMadeTheData() throws {
    let panel = try generatedPanel(
      starts: FactorTests.starts, periods: 16, effect: 2, noise: 0.05, gapShare: 0.05, seed: 1)
    for penalty in [1e-4, 1e-2] {
      let effects = try MatrixCompletion(penalty: .given(penalty)).estimate(panel)
      #expect(abs(effects.effects.att - 2) < 0.1 && effects.residual < 1e-9)
    }
  }

  @Test func withoutFactorsIsImputation() throws {
    let panel = try generatedPanel(
      starts: [4, 5, 7, nil, nil, nil], periods: 10, effect: 1, gapShare: 0.1, seed: 2)
    let imputed = try Imputation().estimate(panel).overall.att
    #expect(abs(try Self.allCells(0).estimate(panel).effects.att - imputed) < 1e-10)
    let completed = try MatrixCompletion(penalty: .given(10)).estimate(panel)
    #expect(completed.factors == 0 && abs(completed.effects.att - imputed) < 1e-10)
  }

  @Test func isInvariantToUnitAndPeriodEffectsAndScale() throws {
    let panel = try FactorTests.panel(noise: 1, seed: 3)
    let moved = try panel.mapValues { unit, period, value in
      4 * (value + Double(unit * unit) - 3 * Double(period))
    }
    let (first, second) = (
      try Self.allCells(1).estimate(panel).effects.att,
      try Self.allCells(1).estimate(moved).effects.att
    )
    #expect(abs(4 * first - second) < 1e-8)
    let completed = try MatrixCompletion(penalty: .given(0.01)).estimate(panel).effects.att
    let other = try MatrixCompletion(penalty: .given(0.04)).estimate(moved).effects.att
    #expect(abs(4 * completed - other) < 1e-8)
  }

  @Test(arguments: CompletionReference.cases)
  func equalsTheFixedPointOfAnotherSolver(_ panel: String, _ entry: String) throws {
    let values = try CompletionReference.values().at(panel, entry)
    let effects = try CompletionReference.effects(panel, values)
    #expect(abs(effects.att - values.number("att_avg")) < settled)
    // The other solver counts event time from a unit's first *observed* treated period.
    let first = Dictionary(grouping: effects.cells, by: \.unit).mapValues { cells in
      cells.map(\.eventTime.number).min() ?? 0
    }
    let times = Dictionary(grouping: effects.cells) { $0.eventTime.number - (first[$0.unit] ?? 0) }
    let means = times.sorted { $0.key < $1.key }.map { time in
      time.value.reduce(0) { $0 + $1.effect } / Double(time.value.count)
    }
    #expect(largestDifference(means, values.numbers("att")) < settled)
  }

  /// The objective is convex, so what no small or large change of any part lowers is its minimum.
  @Test func noChangeOfAnyPartLowersThePenalisedObjective() throws {
    let panel = try generatedPanel(
      starts: [3, nil, nil, nil, nil], periods: 5, effect: 1, gapShare: 0.05, seed: 5)
    let sample = try WeightingDesign(panel, prePeriods: 1).sample
    let cells = try UntreatedCells(panel, sample: sample)
    let penalty = 0.6
    let whole = try CompletedOutcomes(cells, .threshold(penalty))
    #expect(whole.residual < 1e-9 && whole.factors > 0)
    func objective(_ outcomes: [Double], _ structure: [Double]) throws -> Double {
      let misses = cells.isKnown.indices.filter { cells.isKnown[$0] }.map {
        cells.additive[$0] + cells.rest[$0] - outcomes[$0]
      }
      let matrix = Matrix(
        rows: cells.units.count, columns: cells.width, elements: structure)
      return misses.reduce(0) { $0 + $1 * $1 } / 2
        + penalty * (try SingularValues(matrix).values.reduce(0, +))
    }
    let structure = doublyCentred(whole.outcomes, width: cells.width)
    let least = try objective(whole.outcomes, structure)
    var random = Philox(seed: 6, stream: 1, index: 0)
    for draw in 0..<600 {
      let size = [1e-4, 1e-2, 1][draw % 3]
      let levels = cells.units.map { _ in size * random.nextNormal() }
      let times = cells.periods.map { _ in size * random.nextNormal() }
      let (left, right) = (
        cells.units.map { _ in random.nextNormal() }, cells.periods.map { _ in random.nextNormal() }
      )
      let turns = structure.indices.map {
        size * left[$0 / cells.width] * right[$0 % cells.width]
      }
      let changed = whole.outcomes.indices.map {
        whole.outcomes[$0] + levels[$0 / cells.width] + times[$0 % cells.width] + turns[$0]
      }
      #expect(try objective(changed, zip(structure, turns).map { $0 + $1 }) >= least - 1e-12)
    }
  }

  @Test func crossValidationFindsTheNumberOfFactors() throws {
    let panel = try FactorTests.panel(noise: 0.05, seed: 2)
    let estimator = InteractiveFixedEffects(
      factors: .crossValidated(upTo: 4, seed: 3), comparison: .notYetTreated)
    let effects = try estimator.estimate(panel)
    #expect(effects.factors == 2 && effects.crossValidation.map(\.factors) == Array(0...4))
    #expect(abs(effects.effects.att - 2) < 0.2)
  }

  @Test func crossValidatedPenaltyIsTheSameOnAnyNumberOfThreads() throws {
    let panel = try FactorTests.panel(noise: 0.3, seed: 4)
    let (one, three) = try (
      MatrixCompletion(penalty: .crossValidated(seed: 5)).estimate(panel),
      MatrixCompletion(penalty: .crossValidated(seed: 5, threads: 3)).estimate(panel)
    )
    #expect(one.penalty == three.penalty && one.effects == three.effects)
    #expect(one.crossValidation.count == 10)
    #expect(
      one.crossValidation.contains { $0.error < (one.crossValidation.first?.error ?? 0) / 2 })
  }

  @Test func treatedCellsOfPeriodsThatNobodyTellsAreRefused() throws {
    let whole = try generatedPanel(starts: [3, nil, nil], periods: 4, effect: 1, seed: 26)
    let panel = try Panel(
      units: whole.units, periods: whole.periods,
      cells: whole.units.indices.map { unit in
        whole.periods.indices.map { period in
          unit > 0 && period > 1 ? .absent(.missing) : whole.cell(unit: unit, period: period)
        }
      }, cohorts: whole.cohorts)
    #expect(throws: EffectError.noEstimableCell) {
      try MatrixCompletion(penalty: .given(1)).estimate(panel)
    }
    #expect(throws: EffectError.noEstimableCell) {
      try InteractiveFixedEffects(factors: .given(0), comparison: .notYetTreated).estimate(panel)
    }
  }

  @Test func cellsThatDoNotHangTogetherAreRefused() throws {
    let panel = try Panel(
      units: ["a", "b", "c", "d"], periods: (1...4).map { Period($0) },
      cells: [
        [.observed(1), .observed(2), .absent(.missing), .absent(.missing)],
        [.observed(2), .observed(4), .absent(.missing), .absent(.missing)],
        [.absent(.missing), .absent(.missing), .observed(3), .observed(1)],
        [.absent(.missing), .absent(.missing), .observed(5), .observed(2)],
      ], cohorts: [.firstTreated(Period(2)), .neverTreated, .neverTreated, .neverTreated])
    #expect(throws: EffectError.untreatedCellsApart) { try Self.allCells(0).estimate(panel) }
    #expect(throws: EffectError.penaltyNotPositive(0)) {
      try MatrixCompletion(penalty: .given(0)).estimate(panel)
    }
  }
}

/// A table less its means by row and by column.
private func doublyCentred(_ table: [Double], width: Int) -> [Double] {
  let height = table.count / width
  let rows = (0..<height).map { row in
    (0..<width).reduce(0) { $0 + table[row * width + $1] } / Double(width)
  }
  let columns = (0..<width).map { column in
    (0..<height).reduce(0) { $0 + table[$1 * width + column] } / Double(height)
  }
  let whole = rows.reduce(0, +) / Double(height)
  return table.indices.map { table[$0] - rows[$0 / width] - columns[$0 % width] + whole }
}

private enum CompletionReference {
  static let folder = (Bundle.module.resourceURL ?? URL(filePath: "/"))
    .appending(path: "ReferenceValues")

  static let cases: [(String, String)] = [
    "block_one_treated", "block_four_treated", "staggered", "staggered_missing",
  ].flatMap { panel in
    (["fe", "ife_r1", "ife_r2", "mc_lambda_0.001", "mc_lambda_0.01"]
      + (panel.hasPrefix("block") ? [] : ["fe_minT0_1", "mc_lambda_0.001_minT0_1"])).map {
        (panel, $0)
      }
  }

  static func values() throws -> [String: Any] {
    try referenceValues(folder.appending(path: "factors/exact.json"))
  }

  /// The panel without the treated units that have too few periods for the peer.
  static func panel(_ name: String, least: Int) throws -> Panel {
    if name.hasPrefix("block") {
      return try BlockReference.panel(name == "block_one_treated" ? "one_treated" : "four_treated")
    }
    let whole = try referencePanel(
      folder.appending(
        path: name == "staggered" ? "staggered/panel.csv" : "staggered-missing/panel.csv"),
      unit: "id", period: "period", outcome: "y", cohort: "cohort")
    return try whole.filter { unit in
      guard let start = whole.cohorts[unit].start else { return nil }
      let before = whole.periods.indices.filter {
        whole.periods[$0] < start && whole.cell(unit: unit, period: $0).value != nil
      }
      return before.count < least ? "few periods" : nil
    }
  }

  static func effects(_ name: String, _ values: [String: Any]) throws -> CounterfactualEffects {
    let panel = try panel(name, least: Int(values.number("min_T0")))
    switch values["method"] as? String {
    case "mc":
      return try MatrixCompletion(penalty: .given(values.number("lambda"))).estimate(panel).effects
    case "ife": return try CompletionTests.allCells(Int(values.number("r"))).estimate(panel).effects
    default: return try CompletionTests.allCells(0).estimate(panel).effects
    }
  }
}

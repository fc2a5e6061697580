import LinearAlgebra
import Panels
import TestSupport
import Testing

@testable import Effects

/// A column for each unit and period, solved by normal equations: their condition costs some digits.
private let dense = 1e-9

/// The regressions on tiny panels with gaps, by columns that are written out.
@Suite struct RegressionBruteForceTests {
  static let starts: [Int?] = [3, 3, 4, 4, nil, nil, nil]
  static let seeds: Range<UInt64> = 0..<8

  /// A panel with gaps in which every treated unit keeps its last untreated period.
  static func panel(_ seed: UInt64) throws -> Panel {
    let panel = try generatedPanel(
      starts: starts, periods: 5, effect: 1, gapShare: 0.15, seed: seed)
    let whole = try generatedPanel(starts: starts, periods: 5, effect: 1, seed: seed + 100)
    return try Panel(
      units: panel.units, periods: panel.periods,
      cells: panel.units.indices.map { unit in
        panel.periods.indices.map { period in
          starts[unit].map { abs(period - $0 + 1) < 2 } ?? false
            ? whole.cell(unit: unit, period: period) : panel.cell(unit: unit, period: period)
        }
      }, cohorts: panel.cohorts)
  }

  @Test(arguments: seeds)
  func twoWayFixedEffectsEqualLeastSquaresOnDummies(_ seed: UInt64) throws {
    let panel = try Self.panel(seed)
    let cells = Cells(panel) { _ in true }
    let fit = try DenseFit(cells, extra: [cells.places.map { panel.isTreated($0) ? 1 : 0 }])
    let effect = try TwoWayFixedEffects().estimate(panel).overall
    #expect(abs(effect.att - fit.coefficients[0]) < dense)
    // CRV1; the effects of units lie within the clusters, those of periods count.
    let (g, n) = (Double(panel.units.count), Double(cells.places.count))
    let k = Double(1 + panel.periods.count)
    let factor = g / (g - 1) * (n - 1) / (n - k)
    let sums = panel.units.indices.map { unit in
      zip(cells.places, zip(fit.residuals, fit.pulls)).reduce(0) { sum, row in
        row.0 / panel.periods.count == unit ? sum + row.1.0 * row.1.1 : sum
      }
    }
    let error = (factor * sums.reduce(0) { $0 + $1 * $1 }).squareRoot()
    #expect(abs((effect.standardError ?? .nan) - error) < dense)
  }

  @Test(arguments: seeds)
  func sunAbrahamEqualsLeastSquaresOnCohortsTimesPeriods(_ seed: UInt64) throws {
    let panel = try Self.panel(seed)
    let cells = Cells(panel) { _ in true }
    var columns: [[Double]] = []
    var keys: [(cohort: Period, period: Period)] = []
    for cohort in Set(panel.cohorts.compactMap(\.start)).sorted() {
      for period in panel.periods where period.number != cohort.number - 1 {
        let column = cells.places.map { place -> Double in
          let isCell =
            panel.cohorts[place / panel.periods.count].start == cohort
            && panel.periods[place % panel.periods.count] == period
          return isCell ? 1 : 0
        }
        guard column.contains(1) else { continue }
        columns.append(column)
        keys.append((cohort, period))
      }
    }
    let fit = try DenseFit(cells, extra: columns)
    let effects = try SunAbraham(comparison: .neverTreated).estimate(panel)
    #expect(effects.cells.count == keys.count)
    for (key, coefficient) in zip(keys, fit.coefficients) {
      let own = effects.cells.first { $0.cohort == key.cohort && $0.period == key.period }
      #expect(abs((own?.estimate.att ?? .nan) - coefficient) < dense)
    }
  }

  @Test(arguments: seeds)
  func imputationEqualsPredictionsFromTheUntreatedCells(_ seed: UInt64) throws {
    let panel = try Self.panel(seed)
    let untreated = Cells(panel) { !panel.isTreated($0) }
    let fit = try DenseFit(untreated, extra: [])
    let effects = try Imputation().estimate(panel)
    let treated = Cells(panel, panel.isTreated).places.filter { place in
      // A period without an untreated cell has no effect to predict with.
      untreated.places.contains { $0 % panel.periods.count == place % panel.periods.count }
    }
    let expected = treated.map { panel.values[$0] - fit.prediction(at: $0) }
    #expect(largestDifference(effects.effects.map(\.effect), expected) < dense)
    #expect(abs(effects.overall.att - mean(expected)) < dense)
  }

  @Test(arguments: seeds)
  func eachBaconComparisonIsTheRegressionOnItsTwoCohortsAndTheirWindow(_ seed: UInt64) throws {
    let panel = try generatedPanel(starts: Self.starts, periods: 6, effect: 1, seed: seed)
    let effects = try TwoWayFixedEffects().estimate(panel)
    let parts = try #require(effects.decomposition)
    #expect(parts.count == 4)
    for part in parts {
      let window = panel.periods.filter { period in
        guard let other = part.comparison.start else { return true }
        return other < part.treated ? period >= other : period < other
      }
      let units = panel.units.indices.filter {
        panel.cohorts[$0].start == part.treated || panel.cohorts[$0] == part.comparison
      }
      // A cohort that is treated throughout the window does not change: it compares like one never treated.
      let cut = try Panel(
        units: units.map { panel.units[$0] }, periods: window,
        cells: units.map { unit in
          window.map { panel.cell(unit: unit, period: $0.number - 1) }
        },
        cohorts: units.map {
          panel.cohorts[$0].start == part.treated ? panel.cohorts[$0] : .neverTreated
        })
      let alone = try TwoWayFixedEffects().estimate(cut).overall.att
      #expect(abs(alone - part.estimate) < dense)
    }
    let whole = parts.reduce(0) { $0 + $1.weight * $1.estimate }
    #expect(abs(whole - effects.overall.att) < dense)
    #expect(abs(parts.reduce(0) { $0 + $1.weight } - 1) < dense)
    #expect(parts.allSatisfy { $0.weight > 0 })
  }
}

extension Panel {
  fileprivate func isTreated(_ place: Int) -> Bool {
    cohorts[place / periods.count].start.map { periods[place % periods.count] >= $0 } ?? false
  }
}

/// Some observed cells of a panel.
private struct Cells {
  let panel: Panel
  let places: [Int]

  init(_ panel: Panel, _ belongs: (Int) -> Bool) {
    self.panel = panel
    places = panel.values.indices.filter { panel.absences[$0] == nil && belongs($0) }
  }
}

/// Least squares of the outcome on some columns, a column for each unit, and for each period but the first.
private struct DenseFit {
  /// Of the columns given, in their order.
  let coefficients: [Double]
  let residuals: [Double]
  /// How far the first coefficient moves with the outcome of each cell.
  let pulls: [Double]
  private let cells: Cells
  private let units: [Int]
  private let periods: [Int]
  private let solution: [Double]

  init(_ cells: Cells, extra: [[Double]]) throws {
    let count = cells.panel.periods.count
    let units = Set(cells.places.map { $0 / count }).sorted()
    let periods = Array(Set(cells.places.map { $0 % count }).sorted().dropFirst())
    let columns =
      extra + units.map { unit in cells.places.map { $0 / count == unit ? 1 : 0 } }
      + periods.map { period in cells.places.map { $0 % count == period ? 1 : 0 } }
    var gram = Matrix(zeros: columns.count, columns.count)
    for row in columns.indices {
      for column in columns.indices { gram[row, column] = dot(columns[row], columns[column]) }
    }
    let outcomes = cells.places.map { cells.panel.values[$0] }
    let solution = try solvePositiveDefinite(gram, columns.map { dot($0, outcomes) })
    residuals = outcomes.indices.map { row in
      columns.indices.reduce(outcomes[row]) { $0 - solution[$1] * columns[$1][row] }
    }
    let first = columns.indices.map { $0 == 0 ? 1.0 : 0 }
    let direction = try solvePositiveDefinite(gram, first)
    pulls = outcomes.indices.map { row in
      columns.indices.reduce(0) { $0 + direction[$1] * columns[$1][row] }
    }
    coefficients = Array(solution.prefix(extra.count))
    self.solution = Array(solution.dropFirst(extra.count))
    (self.cells, self.units, self.periods) = (cells, units, periods)
  }

  /// The unit's effect and the period's.
  func prediction(at place: Int) -> Double {
    let count = cells.panel.periods.count
    guard let unit = units.firstIndex(of: place / count) else { return .nan }
    let period = periods.firstIndex(of: place % count)
    return solution[unit] + (period.map { solution[units.count + $0] } ?? 0)
  }
}

private func dot(_ first: [Double], _ second: [Double]) -> Double {
  zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
}

import Effects
import MadeData
import Panels

/// Times whole calls of the estimators on panels that it makes, and prints the medians.
@main struct Kernels {
  static func main() throws {
    print(Measurement.header)
    for measured in try reassignments() + outcomes() + growth() { print(measured.line) }
    let limits = MachineLimits()
    print("\n" + limits.lines.joined(separator: "\n"))
    print("\n" + Distance.header)
    for distance in try [signs(limits), rows(limits)] { print(distance.line) }
  }

  private static let notYet = GroupTimeDiD(comparison: .notYetTreated)

  /// Ten thousand reassignments of twelve dates among 34 units of 33 periods, with gaps.
  private static func reassignments() throws -> [Measurement] {
    let panel = try StaggeredPanel(units: 34, periods: 33, gapShare: 0.05, seed: 1).panel
    return try [1, 2].map { threads in
      let test = Randomization(draws: 10_000, seed: 1, threads: threads)
      return try Measurement("10,000 reassignments, 34 × 33, gaps, threads: \(threads)") {
        _ = try test.test(notYet, on: panel)
      }
    }
  }

  /// A thousand reassignments for ten thousand outcomes of the same cells, on two threads.
  private static func outcomes() throws -> [Measurement] {
    let panel = try StaggeredPanel(units: 34, periods: 33, gapShare: 0.05, seed: 1).panel
    let own = panel.units.indices.flatMap { unit in
      panel.periods.indices.map { panel.cell(unit: unit, period: $0).value ?? 0 }
    }
    let outcomes = (0..<10_000).map { shift in
      own.enumerated().map { place, value in value * Double(1 + shift * (place + 1) % 7) }
    }
    let test = Randomization(draws: 1_000, seed: 1, threads: 2)
    return [
      try Measurement("1,000 reassignments × 10,000 outcomes, 34 × 33, group-time, threads: 2") {
        _ = try test.effects(of: outcomes, by: notYet, on: panel)
      },
      try Measurement("1,000 reassignments × 10,000 outcomes, 34 × 33, imputation, threads: 2") {
        _ = try test.effects(of: outcomes, by: Imputation(), on: panel)
      },
    ]
  }

  /// The same on one thread with ten times the units, periods or draws.
  private static func growth() throws -> [Measurement] {
    let sizes = [(34, 33, 1_000), (340, 33, 1_000), (34, 330, 1_000), (34, 33, 10_000)]
    return try sizes.map { units, periods, draws in
      let panel = try StaggeredPanel(units: units, periods: periods, gapShare: 0, seed: 1).panel
      let test = Randomization(draws: draws, seed: 1)
      return try Measurement("\(draws) reassignments, \(units) × \(periods), no gaps") {
        _ = try test.test(notYet, on: panel)
      }
    }
  }

  /// What draws of signs add to an estimate without them, against the additions that they need.
  ///
  /// Eight columns at a time; for each eight units the 256 sums of a table, then one for each draw.
  private static func signs(_ limits: MachineLimits) throws -> Distance {
    let (units, draws) = (10_000, 999)
    let panel = try StaggeredPanel(units: units, periods: 20, gapShare: 0, seed: 1).panel
    let estimator = GroupTimeDiD(comparison: .neverTreated)
    let bootstrap = MultiplierBootstrap(draws: draws, seed: 1)
    let without = try Measurement("") { _ = try estimator.estimate(panel) }
    let with = try Measurement("") { _ = try estimator.estimate(panel, bootstrap: bootstrap) }
    let effects = try estimator.estimate(panel)
    let columns = effects.cells.count + Set(effects.treatedFrom.compactMap { $0 }).count + 1
    let additions = Double((columns + 7) / 8 * 8) * Double(units / 8) * Double(draws + 255)
    return Distance(
      name: "\(draws) draws of signs for \(units) units, \(columns) columns",
      least: additions / (limits.arithmetic / 2),
      measured: (with.median - without.median) / .seconds(1))
  }

  /// Two-way effects of unordered rows, against moving them: 24 bytes of a row in, 20 out by unit, and
  /// those read twice, for the sums and for the residuals.
  private static func rows(_ limits: MachineLimits) throws -> Distance {
    let made = MadeRows(units: 200_000, periods: 1_000, seed: 7)
    let rows = try made.rows()
    let measured = try Measurement("") {
      _ = try TwoWayFixedEffects().estimate(rows, threads: 2)
    }
    return Distance(
      name: "two-way effects of \(made.units.count) rows in no order, two threads",
      least: Double(made.units.count) * (24 + 20 + 2 * 20) / limits.bandwidthOfTwo,
      measured: measured.median / .seconds(1))
  }
}

/// How far a kernel is from what the machine needs at least.
private struct Distance {
  let name: String
  /// Seconds.
  let least: Double
  let measured: Double

  static let header =
    "| kernel | at least, ms | measured, ms | times the least |\n|---|---|---|---|"

  var line: String {
    "| \(name) | \(Self.tenths(least * 1e3)) | \(Self.tenths(measured * 1e3)) "
      + "| \(Self.tenths(measured / least)) |"
  }

  private static func tenths(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}

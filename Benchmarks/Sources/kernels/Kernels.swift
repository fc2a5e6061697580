import Effects
import MadeData
import Panels

/// Times whole calls of the estimators on panels that it makes, and prints the medians.
@main struct Kernels {
  static func main() throws {
    print(Measurement.header)
    for measured in try reassignments() + outcomes() + growth() { print(measured.line) }
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
}

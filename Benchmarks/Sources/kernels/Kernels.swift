import Effects
import MadeData
import Panels

/// Times whole calls of the estimators on panels that it makes, and prints the medians.
@main struct Kernels {
  static func main() throws {
    print(Measurement.header)
    for measured in try reassignments() + growth() { print(measured.line) }
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

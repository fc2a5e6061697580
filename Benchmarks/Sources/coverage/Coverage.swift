import Dispatch
import Foundation

/// Simulates panels with a known effect, and counts how often intervals hold it.
///
/// Tests are counted by how often they find an effect that is not there. Prints `Documentation/Coverage.md`;
/// given words, only the rows of the procedures whose names hold one of them.
@main struct Coverage {
  static func main() throws {
    let threads = ProcessInfo.processInfo.activeProcessorCount
    let words = CommandLine.arguments.dropFirst()
    print(Report.introduction)
    for scenario in Scenario.all {
      let asked = Procedure.all(for: scenario).filter { procedure in
        words.isEmpty || words.contains { procedure.name.contains($0) }
      }
      let studies = asked.map { procedure in
        Study(procedure, of: scenario, threads: threads)
      }
      print(Report.section(scenario, studies))
    }
    print(Report.ending, terminator: "")
  }
}

/// How often a procedure was right over the simulated panels of one scenario.
struct Study {
  let procedure: Procedure
  /// The panels on which it gave an interval or a p.
  let defined: Int
  let replications: Int
  /// The share of those whose interval holds the effect, or whose p is at most 0.05.
  let share: Double

  /// The Monte Carlo standard error of the share, were the nominal one true.
  var error: Double { (0.05 * 0.95 / Double(max(defined, 1))).squareRoot() }

  /// Runs a procedure on every panel; each verdict is kept at its panel's index, so that the counts do
  /// not depend on the threads.
  init(_ procedure: Procedure, of scenario: Scenario, threads: Int) {
    let count = procedure.replications
    var verdicts = [Bool?](repeating: nil, count: count)
    verdicts.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let slots = buffer
      DispatchQueue.concurrentPerform(iterations: threads) { worker in
        for index in stride(from: worker, to: count, by: threads) {
          slots[index] = try? procedure.verdict(scenario, UInt64(index))
        }
      }
    }
    let given = verdicts.compactMap(\.self)
    self.procedure = procedure
    replications = count
    defined = given.count
    share = Double(given.count(where: \.self)) / Double(max(given.count, 1))
  }
}

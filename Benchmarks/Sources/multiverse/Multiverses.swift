import Evidence
import Foundation
import Studies

/// Times multiverses of the built-in casebook's votes, and prints how long they take.
///
/// `multiverse [SPECIFICATIONS]`: at most how many linear specifications are estimated; 10,000 unless
/// given, and a tenth as many of the weighting estimators. `/usr/bin/time -v` tells the memory.
@main struct Multiverses {
  static func main() throws {
    let most = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 10_000
    let casebook = try Casebook(contentsOf: Casebook.westernBalkans)
    print(
      "| work | threads | specifications | with an estimate | seconds | processor seconds |\n|---|---|---|---|---|---|"
    )
    for threads in [2, 1] {
      try time(
        "group-time and imputation × 1,000", linear, casebook, cap: most, draws: 1_000, threads)
      try time(
        "group-time × 1,000", linear.filter { !$0.contains("imputation") }, casebook, cap: most,
        draws: 1_000, threads)
      try time(
        "weights and factors × 200", weighting, casebook, cap: most / 10, draws: 200, threads)
    }
  }

  private static func time(
    _ name: String, _ choices: [String], _ casebook: Casebook, cap: Int, draws: Int, _ threads: Int
  ) throws {
    let study = try study(choices, casebook)
    let watch = ContinuousClock()
    let before = processorSeconds()
    var done: Multiverse?
    var total = 0
    let time = try watch.measure {
      var run = try MultiverseRun(
        study, outcome: "un-agreement", from: casebook, cap: cap, draws: draws, threads: threads)
      total = run.total
      try run.advance(by: run.total)
      done = run.multiverse()
    }
    let seconds = ((time / .milliseconds(1)) / 10).rounded() / 100
    print(
      "| \(name) | \(threads) | \(total) | \(done?.points.count ?? 0) | \(seconds) | \(((processorSeconds() - before) * 100).rounded() / 100) |"
    )
    fflush(nil)
  }

  /// The processor's time so far, over all threads.
  private static func processorSeconds() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

  /// The built-in study with other choices.
  private static func study(_ choices: [String], _ casebook: Casebook) throws -> Study {
    guard let file = casebook.studies["nato-china"] else {
      preconditionFailure("The built-in casebook has its study.")
    }
    let text = try String(contentsOf: file, encoding: .utf8)
    let own = text.range(of: "\nmultiverse:").map { text[..<$0.lowerBound] } ?? text[...]
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let changed = folder.appending(path: "nato-china.yaml")
    try Data((own + "\nmultiverse:\n" + choices.joined(separator: "\n")).utf8).write(to: changed)
    return try Study(contentsOf: changed, for: casebook)
  }

  private static func choice(_ id: String, _ options: [String]) -> String {
    let list = options.enumerated().map { "{label: \"\($0.offset)\"\($0.element)}" }
    return "  - choice: \(id)\n    title: \(id)\n    outcomes: [un-agreement]\n    options: ["
      + list.joined(separator: ", ") + "]"
  }

  /// Seven ways to count agreement, the three dates, three treatments of the co-treated.
  private static let shared = [
    choice(
      "agreement",
      [
        "", "-without-hr", "-without-me", "-contested", "-identical", "-identical-without-hr",
        "-identical-without-me",
      ].map { ", variable: un-agreement\($0)-CHN" }),
    choice("pool", [", pool: eurasia", ", pool: post-socialist"]),
    choice("date", [", stage: invited", ", stage: protocol_signed", ", stage: member"]),
    choice(
      "co-treatment",
      [", co_treated: compared", ", co_treated: excluded", ", co_treated: censored"]),
    choice(
      "window",
      (1992...1998).flatMap { start in
        [2017, 2019].map { ", periods: \(start)-\($0)" }
      }),
  ]

  private static let linear =
    shared + [
      choice("comparison", [", comparison: not-yet", ", comparison: never"]),
      choice("anticipation", [", anticipation: 0", ", anticipation: 1"]),
      choice("estimator", [", method: group-time", ", method: imputation"]),
    ]

  private static let weighting =
    shared + [
      choice(
        "estimator",
        [
          ", method: synthetic-did", ", method: synthetic-control", ", method: factors, factors: 0",
          ", method: factors, factors: 1", ", method: factors, factors: 2",
        ])
    ]
}

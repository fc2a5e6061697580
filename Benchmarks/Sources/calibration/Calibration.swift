import Effects
import Evidence
import Foundation
import Indicators
import MadeData
import Panels
import Scenarios
import Studies

/// How often bands hold what they say: accessions of made panels, replayed, against their known future.
@main
struct Calibration {
  static let cases = 1_000
  static let draws = 1_000

  static func main() throws {
    print("# Calibration of projections\n")
    print("\(cases) made cases of each kind, \(draws) draws each, seeds 0 to \(cases - 1).\n")
    print(
      "| series | years | score | naive | in 50 % | in 80 % | in 95 % |\n|---|---|---|---|---|---|---|"
    )
    for kind in MadeAccession.Kind.allCases { print(try line(kind)) }
    try time()
  }

  private static func line(_ kind: MadeAccession.Kind) throws -> String {
    var scores: [Replay.Score] = []
    for seed in 0..<cases {
      let made = MadeAccession(kind: kind, seed: UInt64(seed))
      let result = try made.panel().replay(
        of: made.last, by: GroupTimeDiD(comparison: .notYetTreated), within: kind.range,
        draws: draws, seed: UInt64(seed), threads: 2)
      if case .scored(let score) = result { scores.append(score) }
    }
    let years = scores.reduce(0) { $0 + $1.count }
    func mean(_ value: (Replay.Score) -> Double) -> String {
      rounded(scores.reduce(0) { $0 + value($1) * Double($1.count) } / Double(years), 1_000)
    }
    func share(_ count: (Replay.Covered) -> Int) -> String {
      let held = scores.reduce(0) { $0 + count($1.covered) }
      return rounded(100 * Double(held) / Double(years), 10)
    }
    return
      "| \(kind.rawValue) | \(years) | \(mean(\.crps)) | \(mean(\.naive)) | \(share(\.half)) % | "
      + "\(share(\.eighty)) % | \(share(\.ninetyFive)) % |"
  }

  private static func rounded(_ number: Double, _ parts: Double) -> String {
    String((number * parts).rounded() / parts)
  }

  /// Times the built-in scenarios, the answer they start from apart.
  private static func time() throws {
    let casebook = try Casebook(contentsOf: Casebook.westernBalkans)
    print(
      "\n| scenario | outcomes drawn | draws each | median of 7, ms, two threads |\n|---|---|---|---|"
    )
    for (name, file) in casebook.scenarios.sorted(by: { $0.key < $1.key }) {
      let scenario = try Scenario(contentsOf: file, for: casebook)
      guard let study = casebook.studies[scenario.study] else { continue }
      let answer = try Study(contentsOf: study, for: casebook).answer(from: casebook, threads: 2)
      let projection = Projection(scenario, from: answer, threads: 2)
      let drawn = projection.outcomes.count { outcome in
        if case .drawn = outcome.result { true } else { false }
      }
      let times = (0..<7).map { _ in
        ContinuousClock().measure { _ = Projection(scenario, from: answer, threads: 2) }
      }.sorted()
      print(
        "| \(name) | \(drawn) | \(scenario.draws) | \(rounded(times[3] / .milliseconds(1), 10)) |")
    }
  }
}

/// A panel of units that join in turn, with a known way to go on and an effect that differs by cohort.
struct MadeAccession {
  let kind: Kind
  let seed: UInt64

  /// How a series moves when nothing happens.
  enum Kind: String, CaseIterable {
    case level = "level that wanders"
    case trend = "trend that fades"
    case returning = "returns to its mean"
    case share = "share between 0 and 1"
    case floor = "stops at zero"

    /// Where values lie.
    var range: ValueRange {
      switch self {
      case .share: ValueRange(least: 0, most: 1)
      case .floor: ValueRange(least: 0)
      case .level, .trend, .returning: .unbounded
      }
    }

    /// The size of an effect that has grown in: about a standard deviation of a year's value, as with
    /// the others.
    var effect: Double { self == .share ? 0.08 : 1 }
  }

  private static let years = 1990...2024
  /// Four cohorts of two units among twenty.
  private static let starts = [2000, 2000, 2004, 2004, 2009, 2009, 2017, 2017]
  private static let units = 20

  /// The last unit to join.
  var last: String { "u7" }

  func panel() throws -> Panel {
    var random = RandomBits(seed: seed)
    // The effect of a cohort: about 1, with a spread of 0.3, grown in over five years.
    let cohorts = Dictionary(
      uniqueKeysWithValues: Set(Self.starts).sorted().map { ($0, 1 + 0.3 * random.nextBell()) })
    let cells = (0..<Self.units).map { unit -> [Cell] in
      let start = unit < Self.starts.count ? Self.starts[unit] : nil
      let path = path(&random)
      return Self.years.enumerated().map { place, year in
        let since = start.map { year - $0 } ?? -1
        let grown = min(1, Double(since + 1) / 5)
        let effect = since >= 0 ? (start.flatMap { cohorts[$0] } ?? 0) * grown : 0
        return .observed(kind.range.held(path[place] + kind.effect * effect))
      }
    }
    return try Panel(
      units: (0..<Self.units).map { "u\($0)" }, periods: Self.years.map { Period($0) },
      cells: cells,
      cohorts: (0..<Self.units).map { unit in
        unit < Self.starts.count ? .firstTreated(Period(Self.starts[unit])) : .neverTreated
      })
  }

  private func path(_ random: inout RandomBits) -> [Double] {
    var level = random.nextBell()
    var slope = 0.1 * random.nextBell()
    return Self.years.map { _ in
      switch kind {
      case .level:
        level += 0.2 * random.nextBell()
        return level + 0.2 * random.nextBell()
      case .trend:
        slope = 0.95 * slope + 0.02 * random.nextBell()
        level += slope
        return level + 0.2 * random.nextBell()
      case .returning:
        level = 0.6 * level + 0.3 * random.nextBell()
        return level
      case .share:
        level += 0.15 * random.nextBell()
        return 1 / (1 + exp(-0.5 - level))
      case .floor:
        level = 0.8 * level + 0.5 * random.nextBell()
        return level
      }
    }
  }
}

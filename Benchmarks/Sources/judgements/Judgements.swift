import Evidence
import Foundation
import Indicators
import Studies

/// Times answers of the built-in study under changed judgements, and prints how long they take.
///
/// `judgements [CHANGES [WORK]]`: how many random changes are timed for each kind of work, 1,000 unless
/// given; and which work, by a part of its name.
@main struct Judgements {
  private static let arguments = CommandLine.arguments.dropFirst()

  static func main() throws {
    let changes = arguments.first.flatMap { Int($0) } ?? 1_000
    let casebook = try Casebook(contentsOf: Casebook.westernBalkans)
    guard let file = casebook.studies["nato-china"] else { return }
    let study = try Study(contentsOf: file, for: casebook)
    let recomputation = Recomputation(study, from: casebook, threads: 2)
    print(
      "| work | changes | median, ms | 95 %, ms | longest, ms | processor, ms each |\n"
        + "|---|---|---|---|---|---|")
    for method in Specification.Method.allCases {
      let draws = method == .groupTime || method == .imputation ? 1_000 : 200
      try time("the channel's answer by \(method.rawValue), p of \(draws)", changes) { change in
        var specification = change.specification(casebook, study)
        specification.method = method
        specification.draws = draws
        _ = try recomputation.channel("diplomacy", under: specification)
      }
      try time("the estimate by \(method.rawValue)", changes) { change in
        var specification = change.specification(casebook, study)
        specification.method = method
        _ = try recomputation.estimate(
          of: "ideal-point-distance", under: specification, isTested: false)
      }
      try time("the estimate by \(method.rawValue), p of \(draws)", changes) { change in
        var specification = change.specification(casebook, study)
        specification.method = method
        specification.draws = draws
        _ = try recomputation.estimate(of: "ideal-point-distance", under: specification)
      }
    }
  }

  private static func time(
    _ name: String, _ count: Int, _ work: (RandomChange) throws -> Void
  ) throws {
    if let part = arguments.dropFirst().first, !name.contains(part) { return }
    var random = RandomChange(seed: 1)
    let watch = ContinuousClock()
    let before = clock()
    var times: [Duration] = []
    for _ in 0..<count {
      random.advance()
      times.append(
        try watch.measure { do { try work(random) } catch is StudyError {} })
    }
    times.sort()
    let shown = [times[count / 2], times[min(count - 1, count * 95 / 100)], times[count - 1]]
    // Over all threads: it does not see who else uses the machine.
    let own = Double(clock() - before) / Double(CLOCKS_PER_SEC) * 1_000 / Double(count)
    let columns = (shown.map { $0 / .milliseconds(1) } + [own]).map {
      String(($0 * 10).rounded() / 10)
    }
    print("| \(name) | \(count) | \(columns.joined(separator: " | ")) |")
    fflush(nil)
  }
}

/// One change of a kind drawn at random: what is left out, whom, when, and which options.
private struct RandomChange {
  private var state: UInt64
  private var kind = 0

  init(seed: UInt64) { state = seed }

  mutating func advance() {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    kind = Int(state >> 60) % 7
  }

  private func one<Value>(of values: [Value]) -> Value {
    values[Int((state >> 33) % UInt64(values.count))]
  }

  func specification(_ casebook: Casebook, _ study: Study) -> Specification {
    var specification = Specification()
    switch kind {
    case 0: specification.leftOut.claims = [one(of: casebook.claims).id]
    case 1: specification.leftOut.sources = [one(of: casebook.sources).id]
    case 2: specification.reliability = one(of: [.b, .c])
    case 3: specification.pool = one(of: ["eurasia", "post-socialist", "outside-eu"])
    case 4: specification.stage = one(of: ["invited", "protocol_signed"])
    case 5: specification.leftOut.states = [one(of: study.pools["eurasia"]?.actors ?? [])]
    default: specification.leftOut.periods = [one(of: Array(study.periods))]
    }
    return specification
  }
}

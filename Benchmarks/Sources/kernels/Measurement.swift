/// The time that a call takes: the median and the shortest of several runs.
struct Measurement {
  private let name: String
  let median: Duration
  private let shortest: Duration

  private static let runs = 7

  /// Runs the work once unmeasured, then several times.
  init(_ name: String, _ work: () throws -> Void) throws {
    try work()
    let clock = ContinuousClock()
    let times = try (0..<Self.runs).map { _ in try clock.measure(work) }.sorted()
    self.name = name
    median = times[times.count / 2]
    shortest = times[0]
  }

  static let header = "| work | median, ms | shortest, ms |\n|---|---|---|"

  var line: String { "| \(name) | \(Self.milliseconds(median)) | \(Self.milliseconds(shortest)) |" }

  private static func milliseconds(_ time: Duration) -> String {
    let hundredths = (time / .milliseconds(1) * 100).rounded()
    return String(hundredths / 100)
  }
}

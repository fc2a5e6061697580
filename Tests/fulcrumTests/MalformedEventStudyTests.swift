import Documents
import Foundation
import Publishing
import TestSupport
import Testing

@testable import fulcrum

/// Random malformed event studies: honest bounds are finite, or there is a message.
@Suite struct MalformedEventStudyTests {
  private static let count =
    (ProcessInfo.processInfo.environment["FULCRUM_MALFORMED"].flatMap(Int.init) ?? 400) / 10

  @Test(.timeLimit(.minutes(10)), .serialized, arguments: 0..<count)
  func honestGivesAMessageOrFiniteBounds(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let file = FileManager.default.temporaryDirectory
      .appending(path: "fulcrum-study-\(UUID().uuidString).json")
    try Data(Self.study(&random).utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let words = [
      "honest", file.path, "--m", random.oneOf(["0", "0,1", "1e300", "0.5,1e9"]),
      "--restriction", random.oneOf(["relative-magnitudes", "smoothness"]),
      "--effect", random.oneOf(["0", "average", "7"]),
    ]
    do {
      let report = try EstimateCommand.report(try Arguments(words, for: EstimateCommand.command))
      #expect(!report.text.lowercased().contains("nan") && !report.text.contains("inf"))
      guard case .array(let bounds) = report.json["bounds"] else {
        Issue.record("there are no bounds")
        return
      }
      for bound in bounds {
        guard case .number(let lower) = bound["lower"], case .number(let upper) = bound["upper"]
        else {
          Issue.record("a bound has no end: \(words.dropFirst(2)) of \(seed)")
          continue
        }
        #expect(lower <= upper && lower.isFinite && upper.isFinite)
      }
    } catch {
      let message = Fulcrum.message(of: error)
      #expect(message.hasSuffix(".") && !message.contains("nan"), "\(message)")
    }
  }

  /// Effects and a covariance that may be singular, huge, tiny, asymmetric or of another size.
  private static func study(_ random: inout SeededGenerator) -> String {
    let (pre, post) = (Int.random(in: 1...4, using: &random), Int.random(in: 1...3, using: &random))
    let times = Array(-pre - 1..<(-1)) + Array(0..<post)
    let size = random.oneOf([1, 1, 1e-30, 1e30, 1e150])
    let effects = times.map { _ in size * Double.random(in: -1...1, using: &random) }
    let factor = times.map { _ in times.map { _ in Double.random(in: -1...1, using: &random) } }
    var covariance = times.indices.map { row in
      times.indices.map { column in
        size * size * times.indices.reduce(0) { $0 + factor[row][$1] * factor[column][$1] }
      }
    }
    switch Int.random(in: 0..<6, using: &random) {
    case 0: covariance[0] = covariance[covariance.count - 1]
    case 1: covariance[0][0] = 0
    case 2: covariance.removeLast()
    case 3: covariance[0][0] *= 1e-18
    default: break
    }
    return "{\"event_time\": \(times), \"beta\": \(effects), \"covariance\": \(covariance)}"
  }
}

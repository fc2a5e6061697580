import Documents
import Effects
import Foundation
import Publishing

/// An event study as a file holds it.
private struct CoefficientFile: Decodable {
  let eventTime: [Int]
  let beta: [Double]
  let covariance: [[Double]]

  enum CodingKeys: String, CodingKey {
    case eventTime = "event_time"
    case beta, covariance
  }

  init(at path: String, for arguments: Arguments) throws {
    guard let data = try? Data(contentsOf: URL(filePath: path)) else {
      throw arguments.failure("\(path) cannot be read: it is missing or not a file.")
    }
    guard let file = try? JSONDecoder().decode(CoefficientFile.self, from: data) else {
      throw Failure(
        message:
          "\(path): is no event study; write an object with event_time (whole numbers), beta "
          + "(numbers) and covariance (rows of numbers).", code: .problems)
    }
    self = file
  }
}

extension Fulcrum {
  /// How far parallel trends may fail, for the event study of a file.
  static func honestReport(_ arguments: Arguments) throws -> EstimateReport {
    let path = try arguments.operands("honest", "COEFS.json")[1]
    let known = (EstimateOptions.ofHonest + EstimateOptions.ofOutput).map(\.name) + ["--level"]
    for option in EstimateOptions.all.map(\.name)
    where !known.contains(option) && arguments.isGiven(option) {
      throw arguments.failure("\(option) means nothing to honest; leave it out.")
    }
    let time = try arguments["--effect"] == "average" ? nil : arguments.integer("--effect") ?? 0
    let sensitivity = HonestSensitivity(
      restriction: try arguments.word("--restriction") ?? .relativeMagnitudes,
      target: time.map { .eventTime($0) } ?? .average, level: try arguments.level())
    let heading = EstimateReport.Heading(
      method: "honest", outcome: time.map { "the effect at event time \($0)" } ?? "the mean effect",
      level: sensitivity.level)
    let departures = try arguments.numbers("--m") ?? [0, 0.5, 1, 1.5, 2]
    let file = try CoefficientFile(at: path, for: arguments)
    do {
      let study = try EventStudy(
        eventTimes: file.eventTime, effects: file.beta, covariance: file.covariance)
      return EstimateReport(
        try sensitivity.bounds(study, m: departures), sensitivity, heading: heading)
    } catch {
      throw Failure(message: "\(path): \(error)", code: .problems)
    }
  }
}

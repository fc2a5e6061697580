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
    let data: Data
    do { data = try InputFile.contents(of: URL(filePath: path)) } catch let error as InputFileError
    { throw arguments.failure("\(path) cannot be read: \(error.explanation).") }
    guard let file = try? JSONDecoder().decode(CoefficientFile.self, from: data) else {
      throw Failure(
        message:
          "\(path): is not an event study; write an object with event_time (whole numbers), beta "
          + "(numbers) and covariance (rows of numbers).", code: .problems)
    }
    self = file
  }
}

/// How far parallel trends may fail, for the event study of a file.
enum HonestEstimate {
  private static let file = Operand("COEFS.json", completion: .files)
  private static let restriction = Option(
    "--restriction", .choice("R") as OptionType<HonestSensitivity.Restriction>,
    default: .relativeMagnitudes, help: "how trends may depart from parallel")
  private static let departures = Option(
    "--m", .numbers(0...1e12, most: 100), default: [0, 0.5, 1, 1.5, 2],
    help: "the sizes of the departure")
  private static let effect = Option(
    "--effect", .eventTime, default: .eventTime(0), help: "an event time, or `average`")

  /// `estimate honest`, which takes coefficients instead of a panel.
  static let topic = Topic(
    name: "honest", summary: "how far parallel trends may fail, for the event study in COEFS.json",
    operands: [file], options: [restriction, departures, effect],
    excluded: Set(EstimateOptions.ofPanels.map(\.name)).subtracting(
      [EstimateOptions.level.name, Shared.out.name, EstimateOptions.json.name]))

  static func report(_ arguments: Arguments) throws -> EstimateReport {
    let path = arguments[file]
    let target = arguments[effect]
    let sensitivity = HonestSensitivity(
      restriction: arguments[restriction], target: target,
      level: arguments[EstimateOptions.level])
    let heading = EstimateReport.Heading(
      method: topic.name, outcome: target.words, level: sensitivity.level)
    let file = try CoefficientFile(at: path, for: arguments)
    do {
      let study = try EventStudy(
        eventTimes: file.eventTime, effects: file.beta, covariance: file.covariance)
      return EstimateReport(
        try sensitivity.bounds(study, m: arguments[departures]), sensitivity, heading: heading)
    } catch {
      throw Failure(message: "\(path): \(sentence(of: error))", code: .problems)
    }
  }
}

extension HonestSensitivity.Target {
  fileprivate var words: String {
    switch self {
    case .eventTime(let time): "the effect at event time \(time)"
    case .average: "the mean effect"
    }
  }
}

extension OptionType<HonestSensitivity.Target> {
  /// An event time, or the mean over all of them.
  static var eventTime: OptionType {
    let bounds = Bounded(0...1_000_000)
    var type = OptionType("E", "\(bounds.words), or average") { text in
      text == "average" ? .average : bounds.number(text).map { .eventTime($0) }
    }
    type.completion = .words(["average"])
    type.write = { target in
      switch target {
      case .eventTime(let time): "\(time)"
      case .average: "average"
      }
    }
    return type
  }
}

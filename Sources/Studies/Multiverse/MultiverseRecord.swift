import Foundation

// What is done of a multiverse, as lines of text that a later run carries on from.
extension MultiverseRun {
  /// The line that says what the results belong to; another question has another line.
  public var recordHeader: String {
    Record.line(
      Record.Header(
        study: study.id, outcome: outcome.id, casebook: casebookHash, cap: cap, draws: draws,
        seed: seed, specifications: total, choices: space.size))
  }

  /// The lines of the results from a place on, one for each specification.
  public func record(from first: Int) -> [String] {
    results.indices.dropFirst(first).map { Record.line(Record.Result(results[$0])) }
  }

  /// Takes over results that an earlier run recorded, as far as they go; a line cut short ends them.
  ///
  /// - Throws: `StudyError.otherRecord` when they are of another question, evidence or choice.
  public mutating func restore(_ record: String) throws {
    let all = record.split(separator: "\n")
    guard let header = all.first, header == recordHeader else {
      throw StudyError.otherRecord(outcome: outcome.id)
    }
    let lines = all.dropFirst()
    var restored: [SpecificationResult] = []
    for line in lines.prefix(total) {
      guard
        let found = try? Record.decoder.decode(Record.Result.self, from: Data(line.utf8)),
        let result = SpecificationResult(found), result.isComplete(draws: draws)
      else { break }
      restored.append(result)
    }
    results = restored
  }
}

/// The shapes of the lines.
private enum Record {
  struct Header: Codable {
    let study: String
    let outcome: String
    let casebook: String
    let cap: Int
    let draws: Int
    let seed: UInt64
    let specifications: Int
    let choices: Int
  }

  struct Result: Codable {
    var left: String?
    var effect: Double?
    var statistic: Double?
    var treated: Int?
    var compared: Int?
    var effects: [Double?]?
    /// Absent where they are the effects.
    var statistics: [Double?]?
  }

  static let decoder = {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "∞", negativeInfinity: "−∞", nan: "–")
    return decoder
  }()

  static func line(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "∞", negativeInfinity: "−∞", nan: "–")
    guard let data = try? encoder.encode(value) else {
      preconditionFailure("A record is made of numbers and names.")
    }
    return String(decoding: data, as: UTF8.self)
  }
}

extension Record.Result {
  fileprivate init(_ result: SpecificationResult) {
    switch result {
    case .left(let reason): left = reason.rawValue
    case .estimated(let numbers):
      effect = numbers.effect
      statistic = numbers.statistic
      treated = numbers.treated
      compared = numbers.compared
      effects = numbers.effects
      statistics = numbers.statistics == numbers.effects ? nil : numbers.statistics
    }
  }
}

extension SpecificationResult {
  fileprivate init?(_ record: Record.Result) {
    if let left = record.left {
      guard let reason = Reason(rawValue: left) else { return nil }
      self = .left(reason)
      return
    }
    guard let effect = record.effect, let statistic = record.statistic,
      let treated = record.treated, let compared = record.compared, let effects = record.effects
    else { return nil }
    self = .estimated(
      Estimated(
        effect: effect, statistic: statistic, treated: treated, compared: compared,
        effects: effects, statistics: record.statistics ?? effects))
  }

  fileprivate func isComplete(draws: Int) -> Bool {
    guard case .estimated(let numbers) = self else { return true }
    return numbers.effects.count == draws && numbers.statistics.count == draws
  }
}

import Documents
import Foundation

// What is done of a multiverse, as lines of text that a later run carries on from.
extension MultiverseRun {
  /// The line that says what the results belong to; another question has another line.
  public func recordHeader(version: String) -> String {
    Record.sealed(headerText(version), number: 1, under: "")
  }

  /// The lines of the results from a place on, one for each specification.
  public func record(from first: Int, version: String) -> [String] {
    let header = headerText(version)
    return results.indices.dropFirst(first).map { place in
      Record.sealed(
        Record.text(Record.Result(results[place])), number: place + 2, under: header)
    }
  }

  /// Takes over results that an earlier run recorded; a last line that was cut short is left out.
  ///
  /// - Throws: `StudyError.otherRecord` when they are of another question, evidence, choice or version;
  ///   `StudyError.damagedRecord` at the first line that is not as it was written.
  public mutating func restore(_ record: String, version: String) throws {
    // Behind the last line feed is what was cut short, or nothing.
    let lines = record.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    guard let first = lines.first else {
      guard record.isEmpty else { throw StudyError.otherRecord(outcome: outcome.id) }
      return
    }
    let header = headerText(version)
    guard let text = Record.text(of: first, number: 1, under: ""), text == header else {
      throw StudyError.otherRecord(outcome: outcome.id)
    }
    results = try lines.enumerated().dropFirst().map { place, line in
      try result(of: line, number: place + 1, under: header)
    }
  }

  private func result(
    of line: Substring, number: Int, under header: String
  ) throws -> SpecificationResult {
    func damaged(_ fault: RecordFault) -> StudyError { .damagedRecord(line: number, fault) }
    guard let text = Record.text(of: line, number: number, under: header) else {
      throw damaged(.changed)
    }
    guard number - 1 <= total,
      let found = try? Record.decoder.decode(Record.Result.self, from: Data(text.utf8)),
      let result = SpecificationResult(found), result.isComplete(draws: draws)
    else { throw damaged(.unreadable) }
    guard result.isPlausible else { throw damaged(.implausible) }
    return result
  }

  private func headerText(_ version: String) -> String {
    Record.text(
      Record.Header(
        version: version, study: study.id, studyHash: studyHash, outcome: outcome.id,
        casebook: casebookHash, cap: cap, draws: draws, seed: seed, specifications: total,
        choices: space.size))
  }
}

/// The shapes of the lines.
private enum Record {
  struct Header: Codable {
    let version: String
    let study: String
    let studyHash: String
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

  /// How many digits of its hash a line has.
  private static let digits = 16

  /// A line: the checksum of a text with its number and the header that it belongs to, and the text.
  static func sealed(_ text: String, number: Int, under header: String) -> String {
    let hash = SHA256.hash(of: Data("\(header)\n\(number)\n\(text)".utf8))
    return "\(hash.prefix(digits)) \(text)"
  }

  /// The text of a line; nil where its checksum is another.
  static func text(of line: Substring, number: Int, under header: String) -> String? {
    let text = String(line.dropFirst(digits + 1))
    return sealed(text, number: number, under: header) == line ? text : nil
  }

  static func text(_ value: some Encodable) -> String {
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

  /// The largest size that an effect is believed to have: sums of its squares stay finite.
  private static let mostPlausible = 1e100

  /// Whether its numbers can be those of an estimate; a statistic may be infinite, as a ratio is where
  /// nothing is left before treatment.
  fileprivate var isPlausible: Bool {
    guard case .estimated(let numbers) = self else { return true }
    func isPlausible(_ effect: Double) -> Bool { abs(effect) <= Self.mostPlausible }
    func canRank(_ statistic: Double) -> Bool {
      isPlausible(statistic) || statistic == .infinity
    }
    return isPlausible(numbers.effect) && canRank(numbers.statistic)
      && numbers.treated >= 0 && numbers.compared >= 0
      && numbers.effects.compactMap(\.self).allSatisfy(isPlausible)
      && numbers.statistics.compactMap(\.self).allSatisfy(canRank)
  }

  fileprivate func isComplete(draws: Int) -> Bool {
    guard case .estimated(let numbers) = self else { return true }
    return numbers.effects.count == draws && numbers.statistics.count == draws
  }
}

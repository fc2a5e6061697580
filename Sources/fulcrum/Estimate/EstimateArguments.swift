import Foundation
import Documents

/// The options of `estimate` as values.
extension Arguments {
  func isGiven(_ option: String) -> Bool { has(option) || self[option] != nil }

  func required(_ option: String) throws -> String {
    guard let value = self[option] else { throw failure("\(option) is missing; see --help.") }
    return value
  }

  /// One of some words.
  func choice(_ option: String, of words: [String]) throws -> String? {
    guard let text = self[option] else { return nil }
    guard words.contains(text) else {
      throw failure("\(option) \(text) is none of \(words.joined(separator: ", ")).")
    }
    return text
  }

  /// A case of an enumeration by its word.
  func word<W: RawRepresentable<String> & CaseIterable>(_ option: String) throws -> W? {
    try choice(option, of: W.allCases.map(\.rawValue)).flatMap(W.init(rawValue:))
  }

  func number(_ option: String) throws -> Double? {
    guard let text = self[option] else { return nil }
    guard let number = Numeral.number(text), number >= 0 else {
      throw failure("\(option) \(text) is not a number from 0; write digits.")
    }
    return number
  }

  func numbers(_ option: String) throws -> [Double]? {
    try list(option)?.map { word in
      guard let number = Numeral.number(word) else {
        throw failure("\(option) \(word) is no number; write digits, with commas between numbers.")
      }
      return number
    }
  }

  func count(_ option: String, from least: Int, to most: Int) throws -> Int? {
    guard let number = try integer(option) else { return nil }
    guard (least...most).contains(number) else {
      throw failure("\(option) takes a whole number from \(least) to \(most).")
    }
    return number
  }

  func seed() throws -> UInt64 {
    UInt64(try count("--seed", from: 0, to: .max) ?? 1)
  }

  func threads() throws -> Int {
    try count("--threads", from: 1, to: 1_000) ?? ProcessInfo.processInfo.activeProcessorCount
  }

  /// How many periods before its treatment a unit may already respond.
  func anticipation() throws -> Int {
    try count("--anticipation", from: 0, to: 1_000_000) ?? 0
  }

  func level() throws -> Double {
    let level = try number("--level") ?? 0.95
    guard level > 0, level < 1 else { throw failure("--level lies between 0 and 1, such as 0.95.") }
    return level
  }
}

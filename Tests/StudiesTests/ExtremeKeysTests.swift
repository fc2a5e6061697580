import Documents
import Effects
import Evidence
import Foundation
import TestSupport
import Testing

@testable import Studies

/// No value of a key ends the program: it is refused with its place, or the study is answered.
@Suite struct ExtremeKeysTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Examples/river-commission/casebook").standardizedFileURL
  private static let casebook = Result { try Casebook(contentsOf: folder) }
  private static let text = Result {
    try String(
      contentsOf: folder.appending(path: "studies/commission-upland.yaml"), encoding: .utf8)
  }

  /// Reads a study; nil where it is refused with problems.
  private func read(_ text: String) throws -> Study? {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "study-\(UUID().uuidString).yaml")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    do { return try Study(contentsOf: file, for: Self.casebook.get()) } catch StudyError.problems(
      let problems)
    {
      #expect(!problems.isEmpty && problems.allSatisfy { !$0.message.isEmpty })
      return nil
    }
  }

  /// The values of a document that stand on one line without quotes.
  private func scalars(_ node: YAMLNode) -> [YAMLNode] {
    switch node.content {
    case .scalar(_, let isPlain): isPlain ? [node] : []
    case .sequence(let elements): elements.flatMap(scalars)
    case .mapping(let entries): entries.map(\.value).flatMap(scalars)
    }
  }

  /// The document with another value at the place of one.
  private func replacing(_ node: YAMLNode, by value: String, in text: String) -> String? {
    var lines = text.components(separatedBy: "\n")
    let line = lines[node.line - 1]
    let start = line.index(line.startIndex, offsetBy: node.column - 1)
    guard let old = node.text, line[start...].hasPrefix(old) else { return nil }
    lines[node.line - 1] =
      line[..<start] + value + line[line.index(start, offsetBy: old.count)...]
    return lines.joined(separator: "\n")
  }

  @Test(arguments: Extremes.texts)
  func everyValueOfAStudyIsReadOrRefused(_ value: String) throws {
    let text = try Self.text.get()
    let scalars = scalars(try YAMLNode(yaml: Array(text.utf8), file: "study"))
    #expect(scalars.count > 60)
    // Of alike values, such as the actors of a list, one stands for all.
    var seen: Set<String> = []
    for node in scalars where seen.insert(node.text ?? "").inserted {
      if let changed = replacing(node, by: value, in: text) { _ = try read(changed) }
    }
  }

  private static let numbers: [(key: String, estimator: String)] = [
    ("anticipation", "anticipation: VALUE"), ("factors", "method: factors, factors: VALUE"),
  ]

  @Test(arguments: numbers, ["0", "100", "101", "-1", "1000000", "\(Int.max)", "1e308"])
  func anEstimatorsNumbersAreRefusedOrAnswered(
    _ number: (key: String, estimator: String), _ value: String
  ) throws {
    let estimator = number.estimator.replacing("VALUE", with: value)
    let text = try Self.text.get().replacing("draws: 1999", with: "draws: 99")
      .replacing("pool: valleys\n", with: "pool: valleys\n        estimator: {\(estimator)}\n")
    let study = try read(text)
    let isInside = Int(value).map(Bounded.anticipation.contains) ?? false
    #expect((study != nil) == isInside)
    let answer = try study?.answer(from: Self.casebook.get(), threads: 2)
    for outcome in answer?.channels.flatMap(\.outcomes) ?? [] {
      #expect(outcome.estimates.allSatisfy { $0.effects.overall.att.isFinite })
    }
  }

  @Test(arguments: [
    ("smallest_effect", "1e30"), ("smallest_effect", "1e-30"), ("least", "-1e30"), ("most", "1e30"),
    ("least", "1e31"), ("most", "-inf"), ("smallest_effect", "5e-324"), ("smallest_effect", "0"),
  ])
  func theNumbersOfAnOutcomeAreRefusedOrAnswered(_ key: String, _ value: String) throws {
    let text = try Self.text.get().replacing("draws: 1999", with: "draws: 99")
      .replacing("smallest_effect: 6.0", with: "\(key): \(value)")
    guard let study = try read(text) else { return }
    #expect(Double(value).map(Bounded.cell.contains) == true)
    _ = try study.answer(from: Self.casebook.get(), threads: 2)
  }

  @Test(arguments: [("100000", true), ("100001", false), ("99", true), ("98", false)])
  func aStudyAsksForNoMoreDrawsThanTheLimit(_ draws: String, _ isRead: Bool) throws {
    let text = try Self.text.get().replacing("draws: 1999", with: "draws: \(draws)")
    #expect((try read(text) != nil) == isRead)
  }

  @Test func whoRunsTheProgramCanRaiseTheLimitOfDraws() throws {
    var limits = ReadingLimits()
    limits.draws = 1_000_000
    let casebook = try Casebook(contentsOf: Self.folder, limits: limits)
    let reader = StudyReader(casebook)
    let node = try YAMLNode(yaml: Array("draws: 1000000".utf8), file: "study")
    #expect(try reader.draws(#require(node["draws"])) == 1_000_000)
  }

  @Test(arguments: Specification.Choice.all.map(\.key))
  func everyChoiceRefusesWhatItDoesNotTake(_ key: String) throws {
    let casebook = try Self.casebook.get()
    let study = try #require(try read(Self.text.get()))
    let choice = try #require(Specification.Choice.all.first { $0.key == key })
    for value in Extremes.texts {
      var specification = Specification()
      if let read = choice.value(ofTexts: [value]) {
        _ = choice.assign(read, in: &specification)
      }
      for written in [value, "[\(value)]"] {
        let inner = "{\"\(key)\": \(written)}"
        let line = choice.group.map { "{\"\($0)\": \(inner)}" } ?? inner
        guard let read = try? Specification(line: line, for: study, in: casebook) else { continue }
        if let number = read.draws { #expect(Bounded.changedDraws.contains(number)) }
        if let number = read.anticipation { #expect(Bounded.anticipation.contains(number)) }
        if let number = read.factors { #expect(Bounded.factors.contains(number)) }
        for weight in read.weights ?? [] { #expect(Bounded.weight.contains(weight)) }
      }
    }
  }
}

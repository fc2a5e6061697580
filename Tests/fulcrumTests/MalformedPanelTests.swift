import Documents
import Foundation
import Publishing
import Testing

@testable import fulcrum

/// Random malformed panels through every method: a message or a finite result, and nothing else.
///
/// `make malformed` runs ten thousand of them; the suite takes a share.
@Suite struct MalformedPanelTests {
  private static let blockSize = 50
  private static let asked =
    ProcessInfo.processInfo.environment["FULCRUM_MALFORMED"].flatMap(Int.init)
  private static let count = asked ?? 150

  /// A file that is left behind holds a panel with a fault, or the one that ended the process.
  private static let folder = FileManager.default.temporaryDirectory
    .appending(path: "fulcrum-malformed-\(ProcessInfo.processInfo.processIdentifier)")

  @Test(.timeLimit(.minutes(10)), .serialized, arguments: 0..<(count + blockSize - 1) / blockSize)
  func everyMethodGivesAMessageOrAFiniteResult(_ block: Int) throws {
    try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
    let first = block * Self.blockSize
    var (results, messages) = (0, 0)
    for seed in first..<min(first + Self.blockSize, Self.count) {
      var panel = MalformedPanel(seed: UInt64(seed))
      let file = Self.folder.appending(path: "\(seed).csv")
      try Data(panel.text.utf8).write(to: file)
      var isSound = true
      for method in EstimateMethod.all {
        let words = panel.words(method, file: file.path)
        let outcome = Self.outcome(of: words)
        if case .result = outcome { results += 1 } else { messages += 1 }
        #expect(
          outcome.fault == nil, "panel \(seed): \(words.dropFirst().joined(separator: " "))")
        isSound = isSound && outcome.fault == nil
      }
      if isSound { try FileManager.default.removeItem(at: file) }
    }
    // Takes the folder away where nothing is left in it.
    rmdir(Self.folder.path)
    // Tables that are all refused, or all fine, would test nothing.
    #expect(results >= Self.blockSize / 5 && messages >= Self.blockSize / 2)
    if Self.asked != nil { print("block \(block): \(results) results, \(messages) messages") }
  }

  /// How a run ended, with what is wrong about it.
  private enum Outcome {
    case result(fault: String?)
    case message(fault: String?)

    var fault: String? {
      switch self {
      case .result(let fault), .message(let fault): fault
      }
    }
  }

  private static func outcome(of words: [String]) -> Outcome {
    let report: EstimateReport
    do {
      report = try EstimateCommand.report(try Arguments(words, for: EstimateCommand.command))
    } catch {
      return .message(fault: fault(ofMessage: Fulcrum.message(of: error)))
    }
    let overall = report.json["aggregations"]?["overall"] ?? report.json
    guard let att = overall["att"], case .number = att else {
      return .result(fault: "there is no effect")
    }
    // The words that a table may write for never are no numbers.
    let text = report.text.replacing("is empty, 0, NA or Inf.", with: "")
    let strange = text.split(whereSeparator: { !$0.isLetter && !$0.isNumber })
      .first { ["nan", "inf", "infinity"].contains($0.lowercased()) }
    return .result(fault: strange.map { "the text has \($0)" } ?? fault(in: report.json))
  }

  /// A message is one or more sentences for a person, not a program's name of a case.
  private static func fault(ofMessage message: String) -> String? {
    // What the file says may hold anything.
    let own = message.replacing(/`[^`]*`/, with: "")
    let lines = own.split(separator: "\n")
    let isSentence = lines.allSatisfy { line in
      line.contains(" ") && (line.hasSuffix(".") || line.hasSuffix("?"))
    }
    return lines.isEmpty || !isSentence || own.contains("nan") ? "not a message: \(message)" : nil
  }

  /// The first number that is not finite, or that cannot be what its key says.
  private static func fault(in json: JSON) -> String? {
    switch json {
    case .number(let number): return number.isFinite ? nil : "a number is \(number)"
    case .array(let elements): return elements.lazy.compactMap(fault).first
    case .object(let members):
      for member in members {
        if case .number(let number) = member.value {
          if member.key == "p" && !(0...1).contains(number) { return "p is \(number)" }
          if member.key == "se" && !(number > 0) { return "se is \(number)" }
        }
        if let found = fault(in: member.value) { return "\(member.key): \(found)" }
      }
      return nil
    default: return nil
    }
  }
}

import Markup
import Documents
import Foundation
import Testing

@testable import Effects
@testable import Publishing
@testable import Studies

/// How the outcomes' p's adjusted for each other are shown, or why there are none.
@Suite struct OutcomesTogetherPagesTests {
  private static func answer(_ together: OutcomesTogether?) throws -> Answer {
    var answer = try Sample.answer()
    answer.together = together
    return answer
  }

  private static let tested = OutcomesTogether(
    outcomes: ["vote-distance", "another"],
    test: StepDown(
      p: [0.0125, 0.4], adjusted: [0.025, 0.4], assignments: 999, isEnumerated: false,
      rejected: 0.5, undefined: [0, 3]), obstacle: nil)
  private static let refused = OutcomesTogether(
    outcomes: ["vote-distance", "another"], test: nil, obstacle: .nobodyTreated)

  @Test func theTerminalShowsBothPs() throws {
    let text = TerminalAnswer(try Self.answer(Self.tested)).text()
    #expect(text.contains("THE OUTCOMES TOGETHER"))
    #expect(text.contains(/being\s+one\s+of\s+2/))
    let row = text.split(separator: "\n").first { $0.hasSuffix("0.025") }
    #expect(row?.contains("0.013") == true || row?.contains("0.012") == true)
    #expect(!TerminalAnswer(try Self.answer(nil)).text().contains("THE OUTCOMES TOGETHER"))
  }

  @Test func thePageShowsBothPsTracedToTheOutcome() throws {
    let page = Pages(try Self.answer(Self.tested), version: "0.0").answerSection.text
    let table = try #require(page.components(separatedBy: "The outcomes together").last)
    #expect(table.contains("0.025</a>") && table.contains("Votes &amp; positions"))
    #expect(!Pages(try Self.answer(nil), version: "0.0").answerSection.text.contains("together"))
  }

  @Test func whatCannotBeTestedTogetherIsSaid() throws {
    let text = TerminalAnswer(try Self.answer(Self.refused)).text()
    #expect(text.contains("The outcomes cannot be tested together. No unit of the panel"))
    let json = try Self.answer(Self.refused).json(version: "0")["stepDown"]
    let reason = JSON.string(EffectError.nobodyTreated.sentence())
    #expect(json?["reason"] == reason && json?["assignments"] == nil)
  }

  @Test func theJSONHasEachOutcomeWithBothPs() throws {
    let found = try #require(Self.answer(Self.tested).json(version: "0")["stepDown"])
    guard case .array(let outcomes)? = found["outcomes"] else {
      Issue.record("no outcomes")
      return
    }
    #expect(outcomes.map { $0["outcome"] } == ["vote-distance", "another"])
    #expect(outcomes.map { $0["adjustedP"] } == [.number(0.025), .number(0.4)])
    #expect(outcomes.map { $0["undefined"] } == [.integer(0), .integer(3)])
    #expect(found["rejected"] == .number(0.5) && found["enumerated"] == .bool(false))
    #expect(try Self.answer(nil).json(version: "0")["stepDown"] == nil)
  }
}

import Documents
import Effects
import Evidence
import Foundation
import Indicators
import Panels
import Testing

@testable import Studies

/// The questions in `Examples/`, whose answers are known because their figures were made.
@Suite struct ExampleTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Examples")

  /// What was built into one outcome.
  private struct Expected: Decodable {
    let outcome: String
    let verdict: String
    /// The effect in the outcome's unit; nil where nothing can be estimated.
    let effect: Double?
  }

  private static func expected(_ example: String) throws -> [Expected] {
    let file = folder.appending(path: "\(example)/expected.json")
    return try JSONDecoder().decode([Expected].self, from: Data(contentsOf: file))
  }

  private static func answer(_ example: String) throws -> Answer {
    let casebook = try Casebook(contentsOf: folder.appending(path: "\(example)/casebook"))
    let file = try #require(casebook.studies.values.first)
    return try Study(contentsOf: file, for: casebook).answer(from: casebook, threads: 2)
  }

  @Test(arguments: ["harbour-league", "river-commission"])
  func findsWhatWasBuiltInAndNothingElse(_ example: String) throws {
    let outcomes = try Self.answer(example).channels.flatMap(\.outcomes)
    let expected = try Self.expected(example)
    #expect(outcomes.map(\.id) == expected.map(\.outcome))
    for (outcome, truth) in zip(outcomes, expected) {
      #expect(outcome.answerability.verdict.rawValue == truth.verdict, "\(outcome.id)")
      guard let effect = truth.effect, truth.verdict != "undecidable" else {
        #expect(outcome.estimates.isEmpty && outcome.likelihood == nil, "\(outcome.id)")
        continue
      }
      let test = try #require(outcome.estimates.first).randomization
      let interval = try #require(test.interval)
      #expect(interval.contains(effect), "\(outcome.id): \(interval)")
      // An interval that holds the effect and not zero has the effect's sign.
      #expect(interval.contains(0) == (effect == 0), "\(outcome.id): \(interval)")
      #expect((test.p < significance) == (effect != 0), "\(outcome.id): \(test.p)")
    }
  }

  @Test func theAnswerSaysThatAChangeWasFound() throws {
    let answer = try Self.answer("harbour-league")
    let decided = answer.channels.filter { $0.verdict == .decidable }.compactMap(\.headline)
    #expect(
      decided.count { ($0.estimates.first?.randomization.p ?? 1) < significance } == 2)
    guard case .coTreatment? = answer.caveats.first else {
      Issue.record("Another caveat leads.")
      return
    }
  }

  /// On that day the freight was at hand, and the accounts of the harbours were not coded yet.
  @Test func whatWasNotCodedYetIsNoZero() throws {
    let casebook = try Casebook(contentsOf: Self.folder.appending(path: "harbour-league/casebook"))
    let file = try #require(casebook.studies.values.first)
    let earlier = casebook.asKnown(on: Day(year: 2019, month: 3, day: 15))
    let answer = try Study(contentsOf: file, for: casebook).answer(from: earlier, threads: 2)
    #expect(answer.asKnownOn == Day(year: 2019, month: 3, day: 1))
    #expect(answer.channels.map(\.verdict) == [.decidable, .undecidable, .undecidable])
    let values = answer.channels[1].headline?.series.cells.joined().compactMap(\.cell.value)
    #expect(values == [])
  }

  /// All states draw more water after most of them joined; a look at the joiners alone would be fooled.
  @Test func aRiseThatAllShareIsNoEffect() throws {
    let answer = try Self.answer("river-commission")
    let outcome = try #require(answer.channels.first?.headline)
    #expect(try #require(outcome.estimates.first).randomization.p >= significance)
    let panel = outcome.panel
    let rises = panel.units.indices.compactMap { unit -> Double? in
      guard let start = panel.cohorts[unit].start else { return nil }
      func mean(_ isTaken: (Int) -> Bool) -> Double {
        let values = panel.periods.indices.filter { isTaken(panel.periods[$0].number) }
          .compactMap { panel.cell(unit: unit, period: $0).value }
        return values.reduce(0, +) / Double(values.count)
      }
      return mean { $0 >= start.number } - mean { $0 < start.number }
    }
    #expect(rises.reduce(0, +) / Double(rises.count) > 5)
  }
}

import Documents
import Effects
import Foundation
import Indicators
import Panels
import Testing

@testable import Evidence
@testable import Studies

/// The built-in study, recomputed by plain code that shares nothing with the program's.
@Suite struct BuiltInAnswerTests {
  private static let answer = Result {
    let casebook = try Casebook(contentsOf: Casebook.westernBalkans)
    let file = try #require(casebook.studies["nato-china"])
    return try Study(contentsOf: file, for: casebook).answer(from: casebook, threads: 2)
  }

  private static func outcome(_ id: String) throws -> OutcomeAnswer {
    let outcomes = try answer.get().channels.flatMap(\.outcomes)
    return try #require(outcomes.first { $0.id == id })
  }

  @Test func everyChannelOfTheArticleIsAnswered() throws {
    let channels = try Self.answer.get().channels
    #expect(
      channels.map(\.id.rawValue) == [
        "security", "infrastructure", "technology", "finance", "energy", "diplomacy", "strategy",
        "opinion",
      ])
    #expect(channels.allSatisfy { $0.headline != nil })
  }

  @Test func theOtherMembershipIsTheCaveatThatLeads() throws {
    guard case .coTreatment? = try Self.answer.get().caveats.first else {
      Issue.record("Another caveat leads.")
      return
    }
  }

  @Test func noRefusedOutcomeHasANumberOrAWordForIt() throws {
    let refused = try Self.answer.get().channels.flatMap(\.outcomes).filter {
      $0.answerability.verdict == .undecidable
    }
    #expect(!refused.isEmpty)
    for outcome in refused {
      #expect(outcome.estimates.isEmpty && outcome.likelihood == nil)
    }
  }

  @Test func theFloorOfTheRegionIsPrintedWithAndWithoutKosovo() throws {
    let claims = try Self.outcome("security-cooperation").design
    #expect(claims.namedFloor == .init(joined: 3, of: 6, who: 1.0 / 20))
    let votes = try Self.outcome("ideal-point-distance").design
    #expect(votes.namedFloor == .init(joined: 3, of: 5, who: 1.0 / 10))
    let floors = try [claims, votes].map { try #require($0.namedFloor) }
    #expect(try Self.answer.get().caveats.contains(.namedAlone(floors[0], fewer: floors[1])))
  }

  /// Facts a year, counted from the rows of claims.csv.
  @Test func eventCountsEqualACountOfTheTablesRows() throws {
    let casebook = try Self.answer.get().casebook
    var counts: [String: Set<String>] = [:]
    for claim in casebook.claims {
      guard claim.channel == "security", claim.assertion == .reported,
        claim.counterpart == "CHN", claim.direction == .toward,
        let date = claim.on?.text.prefix(4), claim.on?.text.contains("/") == false
      else { continue }
      counts["\(claim.actor) \(date)", default: []].insert(claim.fact.rawValue)
    }
    let series = try Self.outcome("security-cooperation").series
    for (row, actor) in series.actors.enumerated() {
      for (column, period) in series.periods.enumerated() {
        let expected = counts["\(actor) \(period)"].map { Double($0.count) }
        #expect(series.cells[row][column].cell.value == expected, "\(actor) \(period)")
      }
    }
  }

  @Test(arguments: ["ideal-point-distance", "un-agreement", "official-finance"])
  func effectsEqualSlowArithmetic(_ id: String) throws {
    let outcome = try Self.outcome(id)
    for estimate in outcome.estimates {
      let table = SlowPanel(outcome.panel, units: try #require(estimate.effects.groupTime).units)
      #expect(abs(table.effect(of: table.starts) - estimate.effects.overall.att) < 1e-12)
    }
  }

  /// All reassignments of two dates among nineteen states, one after the other.
  @Test func enumeratedPEqualsSlowArithmetic() throws {
    let outcome = try Self.outcome("un-agreement")
    let estimate = try #require(outcome.estimates.last)
    #expect(estimate.sample == .withoutCoTreated && estimate.randomization.isEnumerated)
    let table = SlowPanel(outcome.panel, units: try #require(estimate.effects.groupTime).units)
    let dates = table.starts.values.sorted()
    #expect(dates == [2009, 2017])
    let observed = abs(table.effect(of: table.starts))
    var all = 0
    var extreme = 0
    for first in table.units {
      for second in table.units where first != second {
        let starts = [first: dates[0], second: dates[1]]
        guard table.isAdmissible(starts) else { continue }
        all += 1
        if abs(table.effect(of: starts)) >= observed - 1e-12 { extreme += 1 }
      }
    }
    #expect(all == estimate.randomization.assignments)
    #expect(estimate.randomization.p == Double(extreme) / Double(all))
  }

  /// Without one claim, exactly the outcomes that rest on it change.
  @Test(arguments: [
    "srb-ch92a-2020", "alb-airport-sale-2020", "public-record-bgr-nato-member",
    "public-record-bgr-eu-member",
  ])
  func leavingAClaimOutChangesExactlyItsDependents(_ claim: String) throws {
    let answer = try Self.answer.get()
    let without = answer.casebook.leavingOut([ClaimID(claim)])
    let outcomes = answer.channels.flatMap(\.outcomes)
    let dependents = outcomes.filter { outcome in
      outcome.trace.contains { $0.description == claim }
    }.map(\.id)
    let again = try answer.study.answer(from: without, threads: 2).channels.flatMap(\.outcomes)
    let changed = zip(outcomes, again).filter {
      $0.series != $1.series || $0.panel != $1.panel || $0.design != $1.design
    }.map(\.0.id)
    #expect(changed == dependents)
  }

  @Test func theSameBytesOnOneAndOnThreeThreads() throws {
    let answer = try Self.answer.get()
    let again = try answer.study.answer(from: answer.casebook, threads: 3)
    #expect(again.channels == answer.channels)
    #expect(again.caveats == answer.caveats && again.wouldChange == answer.wouldChange)
  }
}

/// A panel as dictionaries, and the not-yet-treated comparison in its simplest words.
private struct SlowPanel {
  var units: [String] = []
  var starts: [String: Int] = [:]
  private var values: [String: [Int: Double]] = [:]
  private var years: [Int] = []

  init(_ panel: Panel, units: [String]) {
    self.units = units
    years = panel.periods.map(\.number)
    for (row, unit) in panel.units.enumerated() where units.contains(unit) {
      if let start = panel.cohorts[row].start?.number, start <= years[years.count - 1] {
        starts[unit] = start
      }
      for (column, year) in years.enumerated() {
        if let value = panel.cell(unit: row, period: column).value {
          values[unit, default: [:]][year] = value
        }
      }
    }
  }

  func isAdmissible(_ starts: [String: Int]) -> Bool {
    starts.allSatisfy { unit, start in
      values[unit]?[start - 1] != nil && years.contains { $0 >= start && values[unit]?[$0] != nil }
    }
  }

  func effect(of starts: [String: Int]) -> Double {
    var sum = 0.0
    var weight = 0.0
    for start in Set(starts.values).sorted() {
      let joined = units.filter { starts[$0] == start }
      for year in years where year >= start {
        let others = units.filter { starts[$0].map { $0 > year } ?? true }
        guard let first = change(joined, start - 1, year),
          let second = change(others, start - 1, year)
        else { continue }
        sum += (first - second) * Double(joined.count)
        weight += Double(joined.count)
      }
    }
    return sum / weight
  }

  private func change(_ units: [String], _ from: Int, _ to: Int) -> Double? {
    let changes = units.compactMap { unit -> Double? in
      guard let before = values[unit]?[from], let after = values[unit]?[to] else { return nil }
      return after - before
    }
    return changes.isEmpty ? nil : changes.reduce(0, +) / Double(changes.count)
  }
}

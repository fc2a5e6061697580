import Documents
import Foundation
import Indicators
import Panels
import Testing

@testable import Evidence

@Suite struct VariableIndicatorTests {
  private static func value(
    _ actor: ActorID, _ period: Int, _ value: Double?, _ status: ObservationStatus = .observed
  ) -> SeriesValue {
    SeriesValue(
      variable: "v", actor: actor, period: period, value: value, low: nil, high: nil,
      status: status, source: "s")
  }

  private static func spell(
    _ actor: ActorID, from: String, to: String? = nil
  ) throws -> Membership {
    Membership(
      actor: actor, organisation: "ORG", stage: "member", from: try EDTFDate(from),
      to: try to.map { try EDTFDate($0) }, claim: nil)
  }

  private func series(_ values: [SeriesValue], log: Bool = false) -> IndicatorSeries {
    Indicator(
      title: "t", unit: "u", concept: .alignment, direction: .away,
      definition: .variable("v", log ? .log1p : .none)
    ).series(
      from: .made(claims: [], series: values), actors: ["AAA", "BBB"], periods: [2000, 2001])
  }

  @Test func absenceKeepsItsType() {
    let series = series([
      Self.value("AAA", 2000, 1.5), Self.value("AAA", 2001, nil, .impossible),
      Self.value("BBB", 2000, nil, .withheld),
    ])
    #expect(
      series.cells.map { $0.map(\.cell) } == [
        [.observed(1.5), .absent(.impossible)], [.absent(.withheld), .absent(.notSearched)],
      ])
    #expect(series["AAA", 2000]?.evidence == [.value("v", "AAA", 2000)])
  }

  @Test func log1pKeepsAnObservedZero() {
    let series = series([Self.value("AAA", 2000, 0), Self.value("AAA", 2001, 1)], log: true)
    #expect(series.cells[0].map(\.cell) == [.observed(0), .observed(log(2))])
  }

  @Test(arguments: [false, true])
  func boundsOfAValueReachThePanel(isLog: Bool) throws {
    let stated = SeriesValue(
      variable: "v", actor: "AAA", period: 2000, value: 1, low: 0, high: 3, status: .observed,
      source: "s")
    let series = series([stated, Self.value("AAA", 2001, 5)], log: isLog)
    let bounds = isLog ? Uncertainty(low: 0, high: log(4)) : Uncertainty(low: 0, high: 3)
    let panel = try Panel(series, treatment: [])
    #expect(panel.cell(unit: 0, period: 0).uncertainty == bounds)
    #expect(panel.cell(unit: 0, period: 0).value == (isLog ? log(2) : 1))
    #expect(panel.cell(unit: 0, period: 1).uncertainty == nil)
    #expect(panel.cell(unit: 1, period: 0).uncertainty == nil)
  }

  @Test func aBoundBelowTheLogarithmIsNone() throws {
    let stated = SeriesValue(
      variable: "v", actor: "AAA", period: 2000, value: 1, low: -1, high: 3, status: .observed,
      source: "s")
    let cell = series([stated], log: true).cells[0][0].cell
    #expect(cell.uncertainty == Uncertainty(low: nil, high: log(4)))
  }

  @Test func theFirstSpellMakesTheCohort() throws {
    let panel = try Panel(
      series([]), treatment: [try Self.spell("AAA", from: "2001-03-04")])
    #expect(panel.cohorts == [.firstTreated(Period(2001)), .neverTreated])
  }

  @Test func treatmentThatEndsIsRefusedByName() throws {
    let spell = try Self.spell("AAA", from: "2000", to: "2001-06")
    #expect(throws: IndicatorError.treatmentEnds(actor: "AAA", date: "2001-06")) {
      try Panel(series([]), treatment: [spell])
    }
  }

  @Test func treatmentWithoutAYearIsRefusedByName() throws {
    let spell = try Self.spell("AAA", from: "1999/2001")
    #expect(throws: IndicatorError.undatedTreatment(actor: "AAA", date: "1999/2001")) {
      try Panel(series([]), treatment: [spell])
    }
  }
}

import Panels
import Testing

@testable import Publishing

@Suite struct PanelTableTests {
  @Test func boundsOfASourceArePublishedBesideTheOutcome() throws {
    let panel = try Panel(
      units: ["AAA", "BBB"], periods: [Period(2000)],
      cells: [[.observed(1.5, uncertainty: Uncertainty(low: 1, high: 2.5))], [.absent(.missing)]],
      cohorts: [.firstTreated(Period(2000)), .neverTreated])
    #expect(
      panel.table == """
        unit,period,outcome,first_treated,low,high
        AAA,2000,1.5,2000,1.0,2.5
        BBB,2000,,,,

        """)
    let plain = try panel.with(units: [1])
    #expect(plain.table == "unit,period,outcome,first_treated\nBBB,2000,,\n")
  }
}

import Panels
import Testing

@testable import Studies

@Suite struct CensoredPanelTests {
  @Test func censoringKeepsWeightsClustersAndCovariates() throws {
    let panel = try Panel(
      units: ["AAA", "BBB"], periods: [Period(2000), Period(2001)],
      cells: [[.observed(1), .observed(2)], [.observed(3), .observed(4)]],
      cohorts: [.firstTreated(Period(2001)), .neverTreated], covariates: ["x": [1, 2, 3, 4]],
      weights: [1, 2, 3, 4], clusters: ["north", "south"])
    let censored = try panel.censored(at: ["AAA": 2001])
    #expect(censored.cell(unit: 0, period: 1) == .absent(.missing))
    #expect(censored.cell(unit: 1, period: 1) == .observed(4))
    #expect(censored.weights == panel.weights && censored.clusters == panel.clusters)
    #expect(censored.covariates == panel.covariates)
  }
}

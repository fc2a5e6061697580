import Testing

@testable import Panels

@Suite struct ChangedPanelTests {
  private static let bounds = Uncertainty(low: 2, high: 5, draws: [3, 4])

  /// Two units by three periods with all that a panel can hold.
  private func panel() throws -> Panel {
    try Panel(
      units: ["a", "b"], periods: [Period(1), Period(2), Period(3)],
      cells: [
        [.observed(1), .observed(3, uncertainty: Self.bounds), .absent(.withheld)],
        [.observed(4), .observed(5), .observed(6)],
      ],
      cohorts: [.firstTreated(Period(2)), .neverTreated],
      covariates: ["x": [1, 2, 3, 4, nil, 6]], weights: [1, 2, 3, 4, 5, 6],
      clusters: ["north", "south"],
      dropped: [Dropped(unit: "c", period: nil, reason: "too small")])
  }

  @Test func aPanelWithNothingNamedIsTheSame() throws {
    let panel = try panel()
    #expect(try panel.with(dropped: nil) == panel)
    #expect(try panel.with(units: nil) == panel)
    #expect(try panel.with(cells: panel.cell(unit:period:)) == panel)
  }

  @Test func otherCohortsChangeNothingElse() throws {
    let panel = try panel()
    let never = try panel.with(cohorts: [.neverTreated, .neverTreated])
    #expect(never != panel && never.cohorts == [.neverTreated, .neverTreated])
    #expect(try never.with(cohorts: panel.cohorts) == panel)
  }

  @Test func otherCellsKeepWeightsClustersCovariatesAndNotes() throws {
    let panel = try panel()
    let censored = try panel.with(cells: { unit, period in
      period == 1 ? .absent(.missing) : panel.cell(unit: unit, period: period)
    })
    #expect(censored.cell(unit: 0, period: 1) == .absent(.missing))
    #expect(censored.cell(unit: 0, period: 0) == .observed(1))
    #expect(censored.covariates == panel.covariates && censored.weights == panel.weights)
    #expect(censored.clusters == panel.clusters && censored.dropped == panel.dropped)
  }

  @Test func fewerPeriodsCutAllThatIsKnownOfACell() throws {
    let cut = try panel().with(periods: [1, 2])
    #expect(cut.periods == [Period(2), Period(3)])
    #expect(cut.cell(unit: 0, period: 0) == .observed(3, uncertainty: Self.bounds))
    #expect(cut.cell(unit: 0, period: 1) == .absent(.withheld))
    #expect(cut.covariates == ["x": [2, 3, nil, 6]] && cut.weights == [2, 3, 5, 6])
    #expect(cut.clusters == ["north", "south"])
    #expect(try cut.dropped == panel().dropped)
  }

  @Test func fewerUnitsKeepTheirOwn() throws {
    let rest = try panel().filter { $0 == 1 ? "too large" : nil }
    #expect(rest.cell(unit: 0, period: 1) == .observed(3, uncertainty: Self.bounds))
    #expect(rest.covariates == ["x": [1, 2, 3]] && rest.weights == [1, 2, 3])
    #expect(rest.clusters == ["north"])
    #expect(rest.dropped.map(\.unit) == ["c", "b"])
  }

  @Test func otherNumbersAreNotAsUncertainAsTheOldOnes() throws {
    let panel = try panel().with(values: [6, 5, 0, 3, 2, 1])
    #expect(panel.cell(unit: 0, period: 1) == .observed(5))
    #expect(panel.cell(unit: 0, period: 2) == .absent(.withheld))
    #expect(panel.uncertainties == nil)
  }

  @Test func aPanelWithoutBoundsHoldsNoRoomForThem() throws {
    #expect(try panel().uncertainties?.count == 6)
    #expect(try panel().with(units: [1]).uncertainties == nil)
    #expect(Uncertainty() == nil)
  }

  @Test func noPeriodIsRefused() throws {
    #expect(throws: PanelError.empty) { try panel().with(periods: []) }
  }
}

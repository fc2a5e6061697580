import Foundation
import Panels
import TestSupport
import Testing

@testable import Effects

/// Both sides solve the same equations; only the order of summation differs.
private let closedForm = 1e-10

/// One of the two staggered panels, as the reference files name it.
struct TwoWayReference: CustomTestStringConvertible, Sendable {
  let name: String
  let folder: String

  var testDescription: String { name }

  static let all = [
    TwoWayReference(name: "staggered", folder: "staggered"),
    TwoWayReference(name: "staggered_missing", folder: "staggered-missing"),
  ]

  func values(_ file: String) throws -> [String: Any] {
    try referenceValues(referenceFolder.appending(path: "two-way/\(file).json")).at(name)
  }

  /// With `x` in each period but the last as covariates x2001, x2002 and so on.
  func panel(isWeighted: Bool = false, isClustered: Bool = false) throws -> Panel {
    let panel = try referencePanel(
      referenceFolder.appending(path: "\(folder)/panel.csv"), unit: "id", period: "period",
      outcome: "y", cohort: "cohort", covariates: ["x"], weight: isWeighted ? "weight" : nil,
      cluster: isClustered ? "cluster" : nil)
    let x = try #require(panel.covariates["x"])
    let byPeriod = panel.periods.dropLast().enumerated().map { place, period in
      (
        "x\(period)",
        x.indices.map { $0 % panel.periods.count == place ? x[$0] : x[$0].map { _ in 0 } }
      )
    }
    return try panel.withCompanions(
      covariates: Dictionary(uniqueKeysWithValues: byPeriod), weights: panel.weights,
      clusters: panel.clusters)
  }

  static let byPeriod = (2001...2011).map { "x\($0)" }
}

@Suite struct TwoWayReferenceTests {
  @Test(arguments: TwoWayReference.all)
  func twoWayFixedEffectsEqualFixest(_ reference: TwoWayReference) throws {
    let values = try reference.values("fixest")
    for (key, isWeighted, covariates) in [
      ("twfe", false, []), ("twfe_weighted", true, []),
      ("twfe_x_by_period", false, TwoWayReference.byPeriod),
    ] {
      for isClustered in [false, true] {
        let panel = try reference.panel(isWeighted: isWeighted, isClustered: isClustered)
        let effects = try TwoWayFixedEffects(covariates: covariates).estimate(panel)
        let expected = values.at(key, isClustered ? "by_cluster" : "by_id")
        let (estimates, errors) = (expected.numbers("est"), expected.numbers("se"))
        expectClose(effects.overall, estimates[0], errors[0])
        #expect(abs((effects.overall.p ?? .nan) - expected.numbers("p")[0]) < closedForm)
        for (coefficient, place) in zip(effects.fit.coefficients, 1...) {
          expectClose(coefficient, estimates[place], errors[place])
        }
      }
    }
  }

  @Test(arguments: TwoWayReference.all)
  func sunAbrahamEqualsFixest(_ reference: TwoWayReference) throws {
    for (key, isWeighted, isClustered) in [
      ("by_id", false, false), ("by_cluster", false, true), ("weighted_by_id", true, false),
    ] {
      let values = try reference.values("fixest").at("sunab", key)
      let panel = try reference.panel(isWeighted: isWeighted, isClustered: isClustered)
      let effects = try SunAbraham(comparison: .neverTreated).estimate(panel)
      let att = values.at("att")
      expectClose(effects.overall, att.numbers("est")[0], att.numbers("se")[0])
      expectClose(effects.eventTime.map(\.estimate), values.at("event_study"))
      if values["cohort"] != nil {
        expectClose(effects.cohort.map(\.estimate), values.at("cohort"))
      }
      guard values["raw"] != nil else { continue }
      let sorted = effects.cells.sorted {
        ($0.period.since($0.cohort), $0.cohort) < ($1.period.since($1.cohort), $1.cohort)
      }
      expectClose(sorted.map(\.estimate), values.at("raw"))
    }
  }

  @Test(arguments: TwoWayReference.all)
  func sunAbrahamWithCovariatesEqualsFixest(_ reference: TwoWayReference) throws {
    let values = try reference.values("fixest").at("sunab", "with_x_by_period_by_id", "att")
    let effects = try SunAbraham(
      comparison: .neverTreated, covariates: TwoWayReference.byPeriod
    ).estimate(reference.panel())
    expectClose(effects.overall, values.numbers("est")[0], values.numbers("se")[0])
    #expect(
      largestDifference(effects.coefficients, Array(values.numbers("est").dropFirst()))
        < closedForm)
  }

  @Test(arguments: TwoWayReference.all)
  func imputationEqualsTheExactSolution(_ reference: TwoWayReference) throws {
    for (key, isWeighted, isClustered, covariates) in [
      ("unweighted", false, false, []), ("weighted", true, false, []),
      ("clustered", false, true, []), ("x_by_period", false, false, TwoWayReference.byPeriod),
    ] {
      let values = try reference.values("exact").at(key)
      let panel = try reference.panel(isWeighted: isWeighted, isClustered: isClustered)
      let effects = try Imputation(covariates: covariates).estimate(panel)
      let overall = values.at("static")
      expectClose(effects.overall, overall.number("est"), overall.number("se"))
      expectClose(effects.eventTime.map(\.estimate), values.at("horizon"))
      guard values["cells"] != nil else { continue }
      let cells = values.at("cells")
      #expect(effects.effects.map(\.unit) == cells["id"] as? [String])
      #expect(effects.effects.map(\.period.number) == cells["period"] as? [Int])
      #expect(
        largestDifference(effects.effects.map(\.effect), cells.numbers("effect")) < closedForm)
    }
  }

  @Test(arguments: TwoWayReference.all)
  func imputationEqualsDidimputationButForItsWeightedErrors(_ reference: TwoWayReference) throws {
    let values = try reference.values("didimputation")
    for (key, isClustered, covariates) in [
      ("", false, []), ("_cluster", true, []), ("_x_by_period", false, TwoWayReference.byPeriod),
    ] {
      let panel = try reference.panel(isClustered: isClustered)
      let effects = try Imputation(covariates: covariates).estimate(panel)
      expectClose([effects.overall], values.at("static\(key)"))
      expectClose(effects.eventTime.map(\.estimate), values.at("horizon\(key)"))
    }
    let weighted = try Imputation().estimate(reference.panel(isWeighted: true))
    #expect(abs(weighted.overall.att - values.at("static_weighted").numbers("est")[0]) < closedForm)
  }

  @Test(arguments: TwoWayReference.all)
  func preTrendOfImputationEqualsDidimputation(_ reference: TwoWayReference) throws {
    let values = try reference.values("didimputation").at("horizon_pretrends")
    let found = try Imputation().preTrend(reference.panel(), at: (-4...(-1)).map { EventTime($0) })
    let preTrend = try #require(found)
    #expect(preTrend.cells.map(\.key) == [-4, -3, -2, -1])
    for (place, cell) in preTrend.cells.enumerated() {
      expectClose(cell.estimate, values.numbers("est")[place], values.numbers("se")[place])
    }
  }

  @Test func goodmanBaconComponentsEqualTheExactOnes() throws {
    let file = try referenceValues(referenceFolder.appending(path: "two-way/exact.json"))
    let expected = file.at("bacon_staggered")["components"] as? [[String: Any]] ?? []
    let effects = try TwoWayFixedEffects().estimate(TwoWayReference.all[0].panel())
    let found = try #require(effects.decomposition)
    #expect(found.count == expected.count)
    for component in expected {
      let comparison = component.number("control_cohort")
      let own = try #require(
        found.first {
          Double($0.treated.number) == component.number("treated_cohort")
            && Double($0.comparison.start?.number ?? 0) == comparison
        })
      #expect(abs(own.weight - component.number("weight")) < closedForm)
      #expect(abs(own.estimate - component.number("estimate")) < closedForm)
    }
  }

  private func expectClose(_ estimates: [Estimate], _ values: [String: Any]) {
    let (atts, errors) = (values.numbers("est"), values.numbers("se"))
    #expect(estimates.count == atts.count)
    for (estimate, (att, error)) in zip(estimates, zip(atts, errors)) {
      expectClose(estimate, att, error)
    }
  }

  private func expectClose(_ estimate: Estimate, _ att: Double, _ error: Double) {
    #expect(abs(estimate.att - att) < closedForm)
    #expect(abs((estimate.standardError ?? .nan) - error) < closedForm)
  }
}

import Effects
import Foundation
import LinearAlgebra
import Panels
import TestSupport
import Testing

/// Closed forms on both sides: only the order of summation, and R's rule to stop a logit, differ.
private let closedForm = 1e-10

/// The folder of committed reference values.
let referenceFolder =
  Bundle.module.resourceURL?.appending(path: "ReferenceValues") ?? URL(filePath: "/")

/// One call of `did`, as the keys of the reference files name it.
struct DidSpecification: CustomTestStringConvertible, Sendable {
  let folder: String
  let file: String
  let key: String

  var testDescription: String { key }

  static func all(_ folder: String, _ file: String) -> [DidSpecification] {
    let values = try? referenceValues(referenceFolder.appending(path: "\(folder)/\(file)"))
    let keys = (values?["specs"] as? [String: Any] ?? [:]).keys.sorted()
    return keys.map { DidSpecification(folder: folder, file: file, key: $0) }
  }

  var values: [String: Any] {
    get throws {
      let file = try referenceValues(referenceFolder.appending(path: "\(folder)/\(file)"))
      return try #require((file["specs"] as? [String: Any])?[key] as? [String: Any])
    }
  }

  var estimator: GroupTimeDiD {
    let adjustment: GroupTimeDiD.Adjustment =
      key.contains("|ipw|")
      ? .inverseProbability : key.contains("|reg|") ? .outcomeRegression : .doublyRobust
    let isSampled = key.contains("|unbalanced") || key.contains("repeated")
    return GroupTimeDiD(
      comparison: key.contains("nevertreated") ? .neverTreated : .notYetTreated,
      base: key.contains("universal") ? .universal : .varying,
      anticipation: key.contains("ant1") ? 1 : 0, covariates: key.contains("|x|") ? ["x"] : [],
      adjustment: adjustment, changes: isSampled ? .betweenSamples() : .withinUnits)
  }

  var panel: Panel {
    get throws {
      let panel = try referencePanel(
        referenceFolder.appending(path: "\(folder)/panel.csv"),
        unit: key.contains("repeated") ? nil : "id", period: "period", outcome: "y",
        cohort: "cohort", covariates: ["x"], weight: key.contains("weighted") ? "weight" : nil,
        cluster: key.contains("clustered") ? "cluster" : nil)
      guard key.contains("balanced subset") else { return panel }
      return try panel.filter { unit in
        panel.periods.indices.allSatisfy { panel.cell(unit: unit, period: $0).value != nil }
          ? nil : "not observed throughout"
      }
    }
  }
}

@Suite struct GroupTimeReferenceTests {
  static let specifications =
    DidSpecification.all("staggered", "values.json")
    + DidSpecification.all("staggered", "variants.json")
    + DidSpecification.all("staggered-missing", "values.json")

  @Test func referenceFilesAreThere() { #expect(Self.specifications.count == 48 + 11 + 16) }

  @Test(arguments: specifications)
  func equalsDid(_ specification: DidSpecification) throws {
    let (panel, values) = (try specification.panel, try specification.values)
    let effects = try specification.estimator.estimate(panel)
    #expect(effects.units.count == values["n_units"] as? Int)
    #expect(effects.cells.map(\.cohort.number) == values["group"] as? [Int])
    #expect(effects.cells.map(\.period.number) == values["period"] as? [Int])
    expectEqual(effects.cells.map(\.estimate), values["att"], values["se"])
    let all = try #require(values["aggregations"] as? [String: [String: Any]])
    expectEqual([effects.overall], [all["simple"]?["att"]], [all["simple"]?["se"]])
    let pairs = [
      ("dynamic", effects.eventTime), ("group", effects.cohort), ("calendar", effects.period),
      ("dynamic_balance_e2", try specification.estimator.eventTimes(panel, balancedAt: 2)),
    ]
    for (name, aggregation) in pairs {
      let values = try #require(all[name])
      expectEqual([aggregation.summary], [values["att"]], [values["se"]])
      #expect(aggregation.cells.map(\.key) == values["at"] as? [Int])
      expectEqual(aggregation.cells.map(\.estimate), values["att_at"], values["se_at"])
    }
    try expectSamePreTrend(effects.preTrend, values)
  }

  @Test(arguments: ["none", "x"])
  func covarianceOfEventTimesEqualsThatOfDid(_ covariates: String) throws {
    let specification = DidSpecification(
      folder: "staggered", file: "variants.json",
      key: "nevertreated|\(covariates)|dr|varying|ant0")
    let effects = try specification.estimator.estimate(specification.panel)
    let file = try referenceValues(referenceFolder.appending(path: "staggered/variants.json"))
    let values = try #require(file["vcov \(specification.key)"] as? [String: Any])
    let rows = try #require(values["vcov_dynamic"] as? [[Double]])
    for (row, numbers) in rows.enumerated() {
      for (column, number) in numbers.enumerated() {
        #expect(abs(effects.eventTimeCovariance[row, column] - number) < closedForm)
      }
    }
  }

  private func expectSamePreTrend(_ test: WaldTest?, _ values: [String: Any]) throws {
    // `did` has no test when units vary together.
    guard let statistic = values["wald"] as? Double else { return }
    let test = try #require(test)
    // The statistic inverts a 17 × 17 covariance: nine digits of it survive the inversion.
    #expect(abs(test.statistic - statistic) < 1e-8 * statistic)
    guard let p = values["wald_p"] as? Double else { return }
    #expect(abs(test.p - p) < 1e-8)
  }

  private func expectEqual(_ estimates: [Estimate], _ effects: Any?, _ errors: Any?) {
    let effects = effects as? [Any?] ?? []
    let errors = errors as? [Any?] ?? []
    #expect(estimates.count == effects.count)
    for (estimate, (att, error)) in zip(estimates, zip(effects, errors)) {
      #expect(abs(estimate.att - (att as? Double ?? .nan)) < closedForm)
      switch (estimate.standardError, error as? Double) {
      case (nil, nil): break
      case (let ours?, let theirs?): #expect(abs(ours - theirs) < closedForm)
      default:
        Issue.record(
          "\(String(describing: estimate.standardError)) against \(String(describing: error))")
      }
    }
  }
}

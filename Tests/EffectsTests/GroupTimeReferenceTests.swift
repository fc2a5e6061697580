import Effects
import Foundation
import Panels
import TestSupport
import Testing

/// Closed forms on both sides: only the order of summation differs.
private let closedForm = 1e-10

@Suite struct GroupTimeReferenceTests {
  private static let folder =
    Bundle.module.resourceURL?
    .appending(path: "ReferenceValues/staggered") ?? URL(filePath: "/")

  static let specifications = ["nevertreated", "notyettreated"].flatMap { comparison in
    ["varying", "universal"].flatMap { base in
      [0, 1].map { "\(comparison)|none|dr|\(base)|ant\($0)" }
    }
  }

  private static func effects(_ specification: String) throws -> GroupTimeEffects {
    let panel = try referencePanel(
      folder.appending(path: "panel.csv"), unit: "id", period: "period", outcome: "y",
      cohort: "cohort")
    return try GroupTimeDiD(
      comparison: specification.hasPrefix("never") ? .neverTreated : .notYetTreated,
      base: specification.contains("universal") ? .universal : .varying,
      anticipation: specification.hasSuffix("ant1") ? 1 : 0
    ).estimate(panel)
  }

  private static func values(_ specification: String) throws -> [String: Any] {
    let file = try referenceValues(folder.appending(path: "values.json"))
    let specifications = try #require(file["specs"] as? [String: Any])
    return try #require(specifications[specification] as? [String: Any])
  }

  @Test(arguments: specifications)
  func cellsAndErrorsEqualThoseOfDid(_ specification: String) throws {
    let effects = try Self.effects(specification)
    let values = try Self.values(specification)
    #expect(effects.cells.map(\.cohort.number) == values["group"] as? [Int])
    #expect(effects.cells.map(\.period.number) == values["period"] as? [Int])
    expectEqual(effects.cells.map(\.estimate), values["att"], values["se"])
  }

  @Test(arguments: specifications)
  func aggregationsAndErrorsEqualThoseOfDid(_ specification: String) throws {
    let effects = try Self.effects(specification)
    let all = try #require(
      try Self.values(specification)["aggregations"] as? [String: [String: Any]])
    expectEqual([effects.overall], [all["simple"]?["att"]], [all["simple"]?["se"]])
    let pairs = [
      ("dynamic", effects.eventTime), ("group", effects.cohort), ("calendar", effects.period),
    ]
    for (name, aggregation) in pairs {
      let values = try #require(all[name])
      expectEqual([aggregation.summary], [values["att"]], [values["se"]])
      #expect(aggregation.cells.map(\.key) == values["at"] as? [Int])
      expectEqual(aggregation.cells.map(\.estimate), values["att_at"], values["se_at"])
    }
  }

  @Test(arguments: specifications)
  func preTrendTestEqualsThatOfDid(_ specification: String) throws {
    let test = try #require(try Self.effects(specification).preTrend)
    let values = try Self.values(specification)
    #expect(test.degreesOfFreedom == 17)
    // The statistic inverts a 17 × 17 covariance: nine digits of it survive the inversion.
    let statistic = try #require(values["wald"] as? Double)
    #expect(abs(test.statistic - statistic) < 1e-8 * statistic)
    #expect(abs(test.p - (try #require(values["wald_p"] as? Double))) < 1e-9)
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

import Effects
import Foundation
import Panels
import TestSupport
import Testing

/// Both sides solve the same equations; R's logit stops at a change of the deviance.
private let closedForm = 1e-9
/// Cells of the widest published design have errors of 0.02: a hundredth of it is Monte Carlo noise.
private let monteCarlo = 0.03

/// The folder of published cases beside the project; they may not be committed.
let publishedFolder = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "../../../shared/reference/published").standardizedFileURL

/// Whether the published cases are there.
func hasPublished(_ file: String) -> Bool {
  FileManager.default.fileExists(atPath: publishedFolder.appending(path: file).path)
}

@Suite(.enabled(if: hasPublished("data/mpdta.csv"), "mpdta.csv is not beside the project"))
struct PublishedCountiesTests {
  static let specifications: [String] = {
    let file = publishedFolder.appending(path: "mpdta_callaway_santanna_R_did.json")
    let values = try? referenceValues(file)
    return (values?["specs"] as? [String: Any] ?? [:]).keys.sorted()
  }()

  static func panel(unit: String? = "countyreal") throws -> Panel {
    try referencePanel(
      publishedFolder.appending(path: "data/mpdta.csv"), unit: unit, period: "year",
      outcome: "lemp", cohort: "first.treat", covariates: ["lpop"])
  }

  static func estimator(_ key: String) -> GroupTimeDiD {
    GroupTimeDiD(
      comparison: key.hasPrefix("never") ? .neverTreated : .notYetTreated,
      base: key.contains("universal") ? .universal : .varying,
      anticipation: key.hasSuffix("ant1") ? 1 : 0,
      covariates: key.contains("|lpop|") ? ["lpop"] : [],
      adjustment: key.contains("|ipw|")
        ? .inverseProbability : key.contains("|reg|") ? .outcomeRegression : .doublyRobust)
  }

  @Test(arguments: specifications)
  func equalsDid(_ key: String) throws {
    let file = publishedFolder.appending(path: "mpdta_callaway_santanna_R_did.json")
    let specifications = try referenceValues(file)["specs"] as? [String: Any]
    let values = try #require(specifications?[key] as? [String: Any])
    let effects = try Self.estimator(key).estimate(Self.panel())
    expectEqual(effects.cells.map(\.estimate), values["att_gt"])
    let all = try #require(values["aggregations"] as? [String: Any])
    let pairs: [(String, Estimate, Aggregation?)] = [
      ("simple", effects.overall, nil),
      ("dynamic", effects.eventTime.summary, effects.eventTime),
      ("group", effects.cohort.summary, effects.cohort),
      ("calendar", effects.period.summary, effects.period),
    ]
    for (name, summary, aggregation) in pairs {
      let values = try #require(all[name] as? [String: Any])
      let att = try #require(values["overall_att"] as? Double)
      let error = try #require(values["overall_se"] as? Double)
      #expect(abs(summary.att - att) < closedForm)
      #expect(abs((summary.standardError ?? .nan) - error) < closedForm)
      guard let aggregation else { continue }
      let atts = (values["att_egt"] as? [Double]) ?? []
      #expect(aggregation.cells.count == atts.count)
      for (cell, att) in zip(aggregation.cells, atts) {
        #expect(abs(cell.estimate.att - att) < closedForm)
      }
    }
  }

  @Test func asRepeatedCrossSectionsEqualsDid() throws {
    let file = publishedFolder.appending(path: "mpdta_cs_repeated_cross_section_R_did.json")
    let estimator = GroupTimeDiD(
      comparison: .neverTreated, covariates: ["lpop"], changes: .betweenSamples())
    let effects = try estimator.estimate(Self.panel(unit: nil))
    expectEqual(effects.cells.map(\.estimate), try referenceValues(file)["att_gt"])
  }

  @Test func bootstrapComesNearThatOfDid() throws {
    let file = publishedFolder.appending(path: "mpdta_callaway_santanna_R_did.json")
    let values = try #require(
      try referenceValues(file)["bootstrap_25000_nevertreated_none_varying"] as? [String: Any])
    let effects = try GroupTimeDiD(comparison: .neverTreated)
      .estimate(Self.panel(), bootstrap: MultiplierBootstrap(draws: 9_999, seed: 1))
    let errors = try #require(values["se"] as? [Double])
    for (cell, error) in zip(effects.cells, errors) {
      #expect(abs((cell.estimate.standardError ?? .nan) / error - 1) < monteCarlo)
    }
    let criticalValue = try #require(values["crit_val_uniform"] as? Double)
    #expect(abs((effects.criticalValue ?? .nan) / criticalValue - 1) < monteCarlo)
  }

  private func expectEqual(_ estimates: [Estimate], _ cells: Any?) {
    let cells = cells as? [[String: Any]] ?? []
    #expect(estimates.count == cells.count)
    for (estimate, cell) in zip(estimates, cells) {
      #expect(abs(estimate.att - (cell["att"] as? Double ?? .nan)) < closedForm)
      guard let error = cell["se"] as? Double else { continue }
      #expect(abs((estimate.standardError ?? .nan) - error) < closedForm)
    }
  }
}

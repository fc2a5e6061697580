import Foundation
import Panels
import TestSupport
import Testing

/// The well-known cases: their data may not be committed, so tests read them where they are at hand.
///
/// The folder is `../shared/reference/published` beside the package.
enum PublishedCases {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "shared/reference/published")

  static let areAtHand = FileManager.default.fileExists(
    atPath: folder.appending(path: "data/california_prop99.csv").path)

  static func values(_ file: String) throws -> [String: Any] {
    try referenceValues(folder.appending(path: file))
  }

  /// Cigarette sales per head; California is treated from 1989.
  static func proposition99() throws -> Panel {
    try ReferenceTable(folder.appending(path: "data/california_prop99.csv")).panel(
      unit: "State", period: "Year", outcome: "PacksPerCapita", treatment: "treated")
  }
}

@testable import Effects

@Suite(.enabled(if: PublishedCases.areAtHand, "The published cases are not beside the package."))
struct SyntheticDiDPublishedTests {
  @Test(arguments: SyntheticDiDReferenceTests.variants)
  func proposition99EqualsThePublishedPath(
    _ variant: (name: String, variant: SyntheticDiD.Variant)
  ) throws {
    let effects = try SyntheticDiD(
      variant: variant.variant, mode: .frankWolfe, errors: .placebo(seed: 1)
    ).estimate(PublishedCases.proposition99())
    let file = try PublishedCases.values("prop99_synthdid_R.json")
    let values = file.at("estimators", variant.name)
    // The values are printed with 15 digits.
    #expect(abs(effects.overall.att - values.number("estimate")) < 1e-9)
    let weights = effects.cohorts[0].unitWeights.map(\.weight)
    #expect(largestDifference(weights, values.numbers("omega")) < 1e-9)
    let placebos = try #require(effects.replications)
    #expect(
      largestDifference(placebos.estimates, values.numbers("placebo_tau_warm_by_control")) < 1e-9)
    #expect(
      abs((placebos.standardError ?? 0) - values.number("placebo_se_exact_enumeration_warm")) < 1e-9
    )
  }

  @Test func proposition99EqualsTheExactOptimum() throws {
    let panel = try PublishedCases.proposition99()
    let values = try PublishedCases.values("exact_arbitration.json").at("prop99_exact_optimum")
    let effects = try SyntheticDiD().estimate(panel)
    #expect(abs(effects.overall.att - values.number("sdid")) < 1e-9)
    #expect(
      largestDifference(effects.cohorts[0].unitWeights.map(\.weight), values.numbers("omega"))
        < 1e-9)
    let control = try SyntheticDiD(variant: .syntheticControl).estimate(panel)
    #expect(abs(control.overall.att - values.number("sc_outcome_only")) < 1e-9)
    #expect(
      largestDifference(control.cohorts[0].unitWeights.map(\.weight), values.numbers("omega_sc"))
        < 1e-9)
  }

  @Test func proposition99WithACovariateEqualsThePublishedPath() throws {
    let panel = try PublishedCases.proposition99()
    let values = try PublishedCases.values("prop99_synthdid_R.json").at("sdid_with_cov")
    let order = panel.units.filter { $0 != "California" } + ["California"]
    let covariate = try panel.mapValues { unit, period, _ in
      let place = (order.firstIndex(of: panel.units[unit]) ?? 0) + 1
      return Double(place % 7 * ((period + 1) % 5))
    }
    let effects = try SyntheticDiD(mode: .frankWolfe, covariates: ["x"])
      .estimate(panel.withCovariates(["x": covariate]))
    #expect(abs(effects.overall.att - values.number("estimate")) < 1e-9)
    #expect(abs(effects.cohorts[0].coefficients[0] - values.number("beta")) < 1e-9)
  }
}

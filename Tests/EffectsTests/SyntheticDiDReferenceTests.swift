import Foundation
import Panels
import TestSupport
import Testing

@testable import Effects

/// The early-stopped path repeated: the same steps, rounded in another order.
private let publishedPath = 1e-9
/// Two exact solvers on a problem whose condition takes a few digits.
private let exactOptimum = 1e-9

/// The block panel of our own making, and what others make of it.
enum BlockReference {
  static let folder =
    Bundle.module.resourceURL?.appending(path: "ReferenceValues/block") ?? URL(filePath: "/")

  static let cases = ["one_treated": ("y", "treated1"), "four_treated": ("y4", "treated4")]

  static func panel(_ name: String) throws -> Panel {
    let (outcome, treatment) = try #require(cases[name])
    return try ReferenceTable(folder.appending(path: "panel.csv")).panel(
      unit: "unit", period: "period", outcome: outcome, treatment: treatment)
  }

  static func values(_ file: String) throws -> [String: Any] {
    try referenceValues(folder.appending(path: file))
  }
}

@Suite struct SyntheticDiDReferenceTests {
  static let variants: [(name: String, variant: SyntheticDiD.Variant)] = [
    ("did", .did), ("sc", .syntheticControl), ("sdid", .syntheticDiD),
    ("difp", .demeanedSyntheticControl),
  ]

  @Test(arguments: BlockReference.cases.keys.sorted(), variants)
  func pathEqualsThePublishedOne(
    _ panel: String, _ variant: (name: String, variant: SyntheticDiD.Variant)
  ) throws {
    let effects = try SyntheticDiD(variant: variant.variant, mode: .frankWolfe)
      .estimate(BlockReference.panel(panel))
    let block = try BlockReference.values("synthdid.json").at(panel)
    let values = block.at("estimators", variant.name)
    let cohort = effects.cohorts[0]
    #expect(abs(effects.overall.att - values.number("estimate")) < publishedPath)
    #expect(
      largestDifference(cohort.unitWeights.map(\.weight), values.numbers("omega")) < publishedPath)
    #expect(
      largestDifference(cohort.timeWeights.map(\.weight), values.numbers("lambda"))
        < publishedPath)
    #expect(
      largestDifference(cohort.gaps.suffix(8).map(\.gap), values.numbers("effect_curve"))
        < publishedPath)
    #expect(abs(cohort.noise - block.number("noise_level")) < 1e-13)
    let zeta = variant.name == "sdid" ? "zeta_omega_sdid" : "zeta_omega_sc_difp"
    if variant.name != "did" { #expect(abs(cohort.unitPenalty - block.number(zeta)) < 1e-13) }
    #expect(abs(cohort.timePenalty - block.number("zeta_lambda")) < 1e-13)
    #expect(cohort.residual == nil)
  }

  @Test(arguments: BlockReference.cases.keys.sorted(), variants)
  func optimumEqualsThatOfAnotherExactSolver(
    _ panel: String, _ variant: (name: String, variant: SyntheticDiD.Variant)
  ) throws {
    let effects = try SyntheticDiD(variant: variant.variant).estimate(BlockReference.panel(panel))
    let values = try BlockReference.values("exact.json").at(panel, "estimators", variant.name)
    let cohort = effects.cohorts[0]
    #expect(abs(effects.overall.att - values.number("estimate")) < exactOptimum)
    #expect(
      largestDifference(cohort.unitWeights.map(\.weight), values.numbers("omega")) < exactOptimum)
    #expect(
      largestDifference(cohort.timeWeights.map(\.weight), values.numbers("lambda")) < exactOptimum)
    #expect((cohort.residual ?? 1) < 1e-11)
    let peer = try BlockReference.values("synthdid.json").at(panel, "estimators", variant.name)
    #expect(abs(effects.otherModeATT - peer.number("estimate")) < publishedPath)
  }

  @Test(arguments: variants)
  func placebosEqualThePublishedOnesAndTheExactOnes(
    _ variant: (name: String, variant: SyntheticDiD.Variant)
  ) throws {
    let panel = try BlockReference.panel("one_treated")
    let published = try SyntheticDiD(
      variant: variant.variant, mode: .frankWolfe, errors: .placebo(seed: 1)
    ).estimate(panel).replications
    let path = try BlockReference.values("synthdid.json")
      .at("one_treated", "estimators", variant.name)
    let first = try #require(published)
    #expect(first.isEnumerated)
    #expect(
      largestDifference(first.estimates, path.numbers("placebo_tau_warm_full_sample_zeta"))
        < publishedPath)
    #expect(
      abs((first.standardError ?? 0) - path.number("placebo_se_all_donors_warm")) < publishedPath)
    let exact = try SyntheticDiD(variant: variant.variant, errors: .placebo(seed: 1))
      .estimate(panel).replications
    let optimum = try BlockReference.values("exact.json")
      .at("one_treated", "estimators", variant.name)
    let second = try #require(exact)
    #expect(largestDifference(second.estimates, optimum.numbers("placebo_tau")) < exactOptimum)
    #expect(
      abs((second.standardError ?? 0) - optimum.number("placebo_se_all_donors")) < exactOptimum)
    #expect(abs((second.placebo?.p ?? 0) - optimum.number("placebo_rank_p_abs")) < 1e-15)
  }

  @Test(arguments: variants)
  func jackknifeEqualsThePublishedOneAndTheExactOne(
    _ variant: (name: String, variant: SyntheticDiD.Variant)
  ) throws {
    let panel = try BlockReference.panel("four_treated")
    let optimum = try BlockReference.values("exact.json")
      .at("four_treated", "estimators", variant.name)
    let exact = try SyntheticDiD(variant: variant.variant, errors: .jackknife).estimate(panel)
    let error = try #require(exact.overall.standardError)
    #expect(abs(error - optimum.number("jackknife_se")) < exactOptimum)
    let estimates = try #require(exact.replications).estimates
    #expect(
      largestDifference(estimates.sorted(), optimum.numbers("jackknife_taus").sorted())
        < exactOptimum)
    let path = try BlockReference.values("synthdid.json")
      .at("four_treated", "estimators", variant.name)
    let published = try SyntheticDiD(
      variant: variant.variant, mode: .frankWolfe, errors: .jackknife
    ).estimate(panel)
    let peer = path.number("jackknife_se")
    #expect(abs((published.overall.standardError ?? .nan) - peer) < publishedPath)
  }

  @Test(arguments: BlockReference.cases.keys.sorted())
  func pathWithACovariateEqualsThePublishedOne(_ name: String) throws {
    let panel = try BlockReference.panel(name)
    let values = try BlockReference.values("synthdid.json").at(name)
    let order = try #require(values["units"] as? [String])
    // X[i,t] = (i mod 7)(t mod 5), with places from 1 in the peer's order: donors, then treated.
    let covariate = try panel.mapValues { unit, period, _ in
      let place = (order.firstIndex(of: panel.units[unit]) ?? 0) + 1
      return Double(place % 7 * ((period + 1) % 5))
    }
    let adjusted = try panel.withCovariates(["x": covariate])
    let published = try SyntheticDiD(mode: .frankWolfe, covariates: ["x"]).estimate(adjusted)
    let peer = values.at("sdid_with_covariate")
    #expect(abs(published.overall.att - peer.number("estimate")) < publishedPath)
    #expect(abs(published.cohorts[0].coefficients[0] - peer.number("beta")) < publishedPath)
    let omega = published.cohorts[0].unitWeights.map(\.weight)
    #expect(largestDifference(omega, peer.numbers("omega")) < publishedPath)
    let exact = try SyntheticDiD(covariates: ["x"]).estimate(adjusted)
    #expect(abs(exact.overall.att - peer.number("estimate")) < 0.02)
  }
}

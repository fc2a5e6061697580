import Foundation
import Panels
import TestSupport
import Testing

@testable import Effects

/// Two exact solvers on the same problem.
private let exactOptimum = 1e-9

@Suite struct SyntheticControlReferenceTests {
  static let predictors =
    ["p1", "p2", "p3"].map { Predictor(name: $0, variable: $0) }
    + [3, 6, 9, 12, 14, 16].map {
      Predictor(name: "special.y.\($0)", variable: nil, periods: $0...$0)
    }

  /// The panel with its one treated unit and the predictors' covariates.
  static func panel() throws -> Panel {
    let table = try ReferenceTable(BlockReference.folder.appending(path: "panel.csv"))
    return try BlockReference.panel("one_treated").withCovariates(
      ["p1", "p2", "p3"].reduce(into: [:]) {
        $0[$1] = try table.panel(unit: "unit", period: "period", outcome: $1)
      })
  }

  @Test func weightsGivenVEqualThoseOfAnotherExactSolver() throws {
    let panel = try Self.panel()
    let values = try BlockReference.values("exact.json")
      .at("classic_synth_W_given_V", "treated")
    let effects = try SyntheticControl(
      predictors: Self.predictors, weighting: .given(values.numbers("v_from_peer"))
    ).estimate(panel)
    #expect(
      largestDifference(effects.donorWeights.map(\.weight), values.numbers("w")) < exactOptimum)
    #expect(
      largestDifference(effects.periods.map(\.gap), values.numbers("gap")) < exactOptimum)
    #expect(abs(effects.loss - values.number("mspe_pre")) < exactOptimum)
    #expect(abs(effects.fit.ratio - values.number("rmspe_ratio")) < 1e-7)
    #expect(abs(effects.att - values.number("mean_gap_post")) < exactOptimum)
    #expect(effects.residual < 1e-12)
  }

  @Test func placeboWeightsGivenVEqualThoseOfAnotherExactSolver() throws {
    let panel = try Self.panel()
    let file = try BlockReference.values("exact.json").at("classic_synth_W_given_V")
    let placebos = try #require(file["placebos"] as? [[String: Any]])
    let donors = Array(panel.units.indices.dropLast())
    for (unit, values) in placebos.enumerated() {
      let fit = try SyntheticControl(
        predictors: Self.predictors, weighting: .given(values.numbers("v_from_peer"))
      ).fit(panel, unit: unit, start: 16, donors: donors.filter { $0 != unit })
      #expect(largestDifference(fit.donorWeights, values.numbers("w")) < exactOptimum)
      #expect(abs(fit.loss - values.number("mspe_pre")) < exactOptimum)
    }
  }

  @Test func searchLosesNoMoreThanThePeersForAnyUnit() throws {
    let panel = try Self.panel()
    let estimator = SyntheticControl(
      predictors: Self.predictors, weighting: .search(seed: 1))
    let effects = try estimator.estimate(panel)
    // The loss of diff-diff 3.13.0; that of R Synth 1.1-8 is 0.027306.
    #expect(effects.loss < 0.025398)
    #expect(abs(effects.predictorWeights.reduce(0) { $0 + $1.weight } - 1) < 1e-12)
    let placebos = try estimator.placebosInSpace(panel, threads: 2)
    let peers = try #require(
      try BlockReference.values("synth.json")["placebos"] as? [[String: Any]])
    #expect(placebos.units.count == peers.count)
    for (placebo, peer) in zip(placebos.units, peers) {
      #expect(placebo.unit == peer["unit"] as? String)
      #expect(placebo.loss <= peer.number("loss_v_mspe_pre") + 1e-9)
    }
    #expect(abs(placebos.p - 1.0 / 31) < 1e-15)
  }

  @Test func outcomeOnlyWeightsEqualThoseOfAnotherExactSolver() throws {
    let effects = try SyntheticControl.outcomeOnly
      .estimate(BlockReference.panel("one_treated"))
    let values = try BlockReference.values("exact.json").at("ridge_ascm", "one_treated", "scm")
    #expect(
      largestDifference(effects.donorWeights.map(\.weight), values.numbers("w")) < exactOptimum)
    #expect(
      largestDifference(effects.periods.map(\.gap), values.numbers("gap_by_period"))
        < exactOptimum)
  }
}

@Suite(.enabled(if: PublishedCases.areAtHand, "The published cases are not beside the package."))
struct SyntheticControlPublishedTests {
  /// The predictors of Abadie, Diamond and Hainmueller (2010), in the order of the peer's V.
  static let predictors =
    ["lnincome", "age15to24", "retprice"].map {
      Predictor(name: $0, variable: $0, periods: 1980...1988)
    } + [Predictor(name: "beer", variable: "beer", periods: 1984...1988)]
    + [1975, 1980, 1988].map {
      Predictor(name: "cigsale \($0)", variable: nil, periods: $0...$0)
    }

  static func table() throws -> ReferenceTable {
    try ReferenceTable(
      PublishedCases.folder.appending(path: "data/smoking_adh2010_covariates.csv"))
  }

  static func panel() throws -> Panel {
    let table = try table()
    let plain = try table.panel(unit: "state", period: "year", outcome: "cigsale")
    return try plain.withStarts(plain.units.map { $0 == "California" ? 1989 : nil })
      .withCovariates(
        ["lnincome", "age15to24", "retprice", "beer"].reduce(into: [:]) {
          $0[$1] = try table.panel(unit: "state", period: "year", outcome: $1)
        })
  }

  @Test func weightsOfProposition99GivenVEqualTheExactOnes() throws {
    let peer = try PublishedCases.values("prop99_adh2010_synth_R.json")
    let names = peer.at("names").compactMapValues { $0 as? String }
    let order = try #require(peer["predictors"] as? [String])
    let effects = try SyntheticControl(
      predictors: Self.predictors, weighting: .given(order.map { peer.at("v").number($0) })
    ).estimate(Self.panel())
    let exact = try PublishedCases.values("exact_arbitration.json").at("prop99_adh2010_synth_R")
    let donors = try #require(exact["donors"] as? [String])
    for (donor, weight) in zip(donors, exact.numbers("w_exact")) {
      let own = effects.donorWeights.first { $0.unit == names[donor] }
      #expect(abs((own?.weight ?? .nan) - weight) < 1e-9)
    }
  }

  @Test func searchOnProposition99LosesNoMoreThanThePeers() throws {
    let effects = try SyntheticControl(
      predictors: Self.predictors, weighting: .search(seed: 1)
    ).estimate(Self.panel())
    // The square of diff-diff 3.13.0's pre-period RMSPE; R Synth 1.1-8 has 3.209.
    #expect(effects.loss <= 1.6979589932500263 * 1.6979589932500263)
  }
}

@Suite(.enabled(if: PublishedCases.areAtHand, "The published cases are not beside the package."))
struct BasqueCountryTests {
  private static let treated = "Basque Country (Pais Vasco)"
  /// The columns that the vignette turns into shares of all schooling, the last two together.
  private static let schooling = ["illit", "prim", "med", "high", "post.high"].map {
    "school.\($0)"
  }
  private static let sectors = [
    "agriculture", "energy", "industry", "construction", "services.venta", "services.nonventa",
  ].map { "sec.\($0)" }

  /// The predictors of Abadie and Gardeazabal (2003), in the order of the peer's V.
  private static let predictors =
    schooling.dropLast().map { Predictor(name: $0, variable: $0) }
    + [
      Predictor(name: "invest", variable: "invest", periods: 1964...1969),
      Predictor(name: "gdpcap", variable: nil, periods: 1960...1969),
    ] + sectors.map { Predictor(name: $0, variable: $0, periods: 1961...1969) }
    + [Predictor(name: "popdens", variable: "popdens", periods: 1969...1969)]

  private static func column(_ name: String) throws -> Panel {
    try ReferenceTable(PublishedCases.folder.appending(path: "data/basque.csv")).panel(
      unit: "regionname", period: "year", outcome: name, leaving: ["Spain (Espana)"])
  }

  private static func average(_ panel: Panel, unit: Int, over years: ClosedRange<Int>) -> Double {
    let values = panel.periods.indices.filter { years.contains(panel.periods[$0].number) }
      .compactMap { panel.cell(unit: unit, period: $0).value }
    return values.reduce(0, +) / Double(values.count)
  }

  /// Output per head of 17 regions, with the predictors; the Basque Country is treated from 1970.
  private static func panel() throws -> Panel {
    let output = try column("gdpcap")
    let counts = try schooling.map { try column($0) }
    let shares = output.units.indices.map { unit in
      let means = counts.map { average($0, unit: unit, over: 1964...1969) }
      let merged = means.dropLast(2) + [means[3] + means[4]]
      return merged.map { 100 * $0 / means.reduce(0, +) }
    }
    var covariates: [String: Panel] = [:]
    for (place, name) in schooling.dropLast().enumerated() {
      covariates[name] = try output.mapValues { unit, _, _ in shares[unit][place] }
    }
    for name in sectors + ["invest", "popdens"] { covariates[name] = try column(name) }
    return try output.withStarts(output.units.map { $0 == treated ? 1970 : nil })
      .withCovariates(covariates)
  }

  /// The loss is over 1960 to 1969, as in the vignette of R `Synth` 1.1-8.
  @Test func searchOnTheBasqueCountryLosesNoMoreThanThePeers() throws {
    let panel = try Self.panel()
    let file = try PublishedCases.values("basque_synth_R.json")
    let unit = try #require(panel.units.firstIndex(of: Self.treated))
    let names = file.at("names").compactMapValues { $0 as? String }
    let numbers = try #require(file["donors"] as? [String])
    let donors = numbers.compactMap { panel.units.firstIndex(of: names[$0] ?? "") }
    #expect(donors.count == panel.units.count - 1)
    let start = try #require(panel.periods.firstIndex(of: Period(1970)))
    // The same problem: our predictors, up to their scale, are the peer's.
    let own = try PredictorTable(Self.predictors, of: donors + [unit], panel: panel, before: start)
    let theirs = try #require(file["X0"] as? [[Double]])
    let target = file.numbers("X1")
    #expect(target.count == own.count)
    for predictor in 0..<own.count {
      let peer = theirs[predictor] + [target[predictor]]
      let ratio = peer[0] / own.values[predictor]
      let ours = peer.indices.map { own.values[$0 * own.count + predictor] * ratio }
      #expect(largestDifference(ours, peer) < 1e-6 * abs(peer[0]), "predictor \(predictor)")
    }
    let effects = try SyntheticControl(
      predictors: Self.predictors, weighting: .search(seed: 1), lossPeriods: 1960...1969
    ).estimate(panel)
    for peer in [file, file.at("default_NM_BFGS")] {
      #expect(effects.loss <= peer.number("loss_v_mspe"))
    }
    #expect(effects.residual < 1e-9)
  }
}

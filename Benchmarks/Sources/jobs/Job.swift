import Effects
import Foundation
import MadeData
import Panels

/// The jobs by their names: each reads its data and gives the work to be timed.
///
/// The work gives its results by name, in an order that the peers' side knows.
enum Job {
  typealias Work = () throws -> [String: [Double]]
  typealias Prepare = @Sendable (_ folder: URL, _ threads: Int) throws -> Work

  static let all: [String: Prepare] = [
    "group-time": groupTime("staggered-10000x20.csv"),
    "group-time-covariate": groupTime("staggered-10000x20.csv", covariates: ["x"]),
    "group-time-1000x20": groupTime("staggered-1000x20.csv"),
    "group-time-1000x200": groupTime("staggered-1000x200.csv"),
    "group-time-1000x20-draws": groupTime("staggered-1000x20.csv", draws: 9_990),
    "sc-predictors": predictorPlacebos,
    "sdid-published": syntheticDiD("block-50x31.csv", mode: .frankWolfe),
    "sdid-published-prop99": proposition99(mode: .frankWolfe),
    "sdid-exact-prop99": proposition99(mode: .exact),
    "sdid-exact": syntheticDiD("block-39x31.csv", mode: .exact),
    "sdid-published-500x31": syntheticDiD("block-500x31.csv", mode: .frankWolfe),
    "sdid-published-50x310": syntheticDiD("block-50x310.csv", mode: .frankWolfe),
    "sdid-published-draws": syntheticDiD("block-50x31.csv", mode: .frankWolfe, draws: 2_000),
    "reassignments": reassignments,
    "two-way": twoWay("rows-10m"),
    "two-way-1m": twoWay("rows-1m"),
  ]

  private static func panel(
    _ file: URL, unit: String = "unit", period: String = "period", outcome: String = "y",
    treatment: PanelColumns.Treatment, covariates: [String] = []
  ) throws -> Panel {
    try PanelFile.rows(
      of: file,
      PanelColumns(
        unit: unit, period: period, outcomes: [outcome], treatment: treatment,
        covariates: covariates)
    ).panel(outcome: outcome)
  }

  private static func groupTime(
    _ file: String, covariates: [String] = [], draws: Int = 999
  ) -> Prepare {
    { folder, threads in
      let panel = try panel(
        folder.appending(path: file), treatment: .firstTreated("first_treated"),
        covariates: covariates)
      let estimator = GroupTimeDiD(comparison: .neverTreated, covariates: covariates)
      let bootstrap = MultiplierBootstrap(draws: draws, seed: 1, threads: threads)
      return {
        let effects = try estimator.estimate(panel, bootstrap: bootstrap)
        let sorted = effects.cells.sorted { ($0.cohort, $0.period) < ($1.cohort, $1.period) }
        return [
          "att": sorted.map(\.estimate.att) + [effects.overall.att],
          "error": sorted.compactMap(\.estimate.standardError),
        ]
      }
    }
  }

  private static func syntheticDiD(
    _ file: String, mode: SyntheticDiD.Mode, draws: Int = 200
  ) -> Prepare {
    { folder, threads in
      let panel = try panel(folder.appending(path: file), treatment: .status("treated"))
      return placebos(panel, mode: mode, draws: draws, threads: threads)
    }
  }

  private static func proposition99(mode: SyntheticDiD.Mode) -> Prepare {
    { folder, threads in
      let panel = try panel(
        folder.appending(path: "prop99.csv"), unit: "State", period: "Year",
        outcome: "PacksPerCapita", treatment: .status("treated"))
      return placebos(panel, mode: mode, draws: 200, threads: threads)
    }
  }

  private static func placebos(
    _ panel: Panel, mode: SyntheticDiD.Mode, draws: Int, threads: Int
  ) -> Work {
    let estimator = SyntheticDiD(
      mode: mode, errors: .placebo(draws: draws, seed: 1, threads: threads))
    return {
      let effects = try estimator.estimate(panel)
      return [
        "att": [effects.overall.att],
        "error": [effects.overall.standardError].compactMap { $0 },
        "replications": [Double(effects.replications?.estimates.count ?? 0)],
      ]
    }
  }

  /// Abadie, Diamond and Hainmueller (2010): each donor in the place of California, a search of V for each.
  private static let predictorPlacebos: Prepare = { folder, threads in
    let covariates = ["lnincome", "age15to24", "retprice", "beer"]
    let panel = try panel(
      folder.appending(path: "smoking.csv"), unit: "state", period: "year", outcome: "cigsale",
      treatment: .status("treated"), covariates: covariates)
    let predictors =
      covariates.prefix(3).map { Predictor(name: $0, variable: $0, periods: 1980...1988) }
      + [Predictor(name: "beer", variable: "beer", periods: 1984...1988)]
      + [1975, 1980, 1988].map {
        Predictor(name: "cigsale \($0)", variable: nil, periods: $0...$0)
      }
    let estimator = SyntheticControl(
      predictors: predictors, weighting: .search(randomStarts: 64, seed: 1))
    return {
      let placebos = try estimator.placebosInSpace(panel, threads: threads)
      return ["loss": placebos.units.sorted { $0.unit < $1.unit }.map(\.loss)]
    }
  }

  /// Twelve dates reassigned among 34 units of 33 periods, of which one cell in twenty is absent.
  private static let reassignments: Prepare = { _, threads in
    let panel = try StaggeredPanel(units: 34, periods: 33, gapShare: 0.05, seed: 1).panel
    let test = Randomization(draws: 10_000, seed: 1, threads: threads)
    return { ["p": [try test.test(GroupTimeDiD(comparison: .notYetTreated), on: panel).p]] }
  }

  private static func twoWay(_ name: String) -> Prepare {
    { folder, threads in
      let file = { (column: String) in folder.appending(path: "\(name).\(column)") }
      let rows = try TwoWayRows(
        units: MadeFiles.column(file("units.i32"), of: Int32.self),
        periods: MadeFiles.column(file("periods.i32"), of: Int32.self),
        outcomes: MadeFiles.column(file("outcomes.f64"), of: Double.self),
        treatments: MadeFiles.column(file("treatments.f64"), of: Double.self))
      return {
        let fit = try TwoWayFixedEffects().estimate(rows, threads: threads)
        return [
          "att": [fit.overall.att], "error": [fit.overall.standardError].compactMap { $0 },
        ]
      }
    }
  }
}

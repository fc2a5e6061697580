import Effects
import Panels
import Publishing

extension EstimateMethod {
  static let syntheticControl = EstimateMethod(
    name: "synthetic-control",
    summary: "one treated unit against weighted donors",
    options: ["--donors", "--predictors", "--placebo", "--interval"],
    report: { request in
      let (arguments, panel) = (request.arguments, request.panel)
      let placebo = try arguments.choice("--placebo", of: ["space", "time"])
      let interval = try arguments.choice("--interval", of: ["conformal"])
      let (threads, test) = (try arguments.threads(), try arguments.randomization())
      let estimator = SyntheticControl(
        predictors: request.predictors, weighting: .search(seed: try arguments.seed()))
      let effects = try estimator.estimate(panel)
      let before = panel.periods.filter { $0 < effects.cohort }
      return EstimateReport(
        effects, heading: request.heading,
        placebos: placebo == "space"
          ? try estimator.placebosInSpace(panel, threads: threads) : nil,
        earlier: placebo == "time"
          ? try estimator.placeboInTime(panel, at: before[before.count / 2]) : nil,
        interval: interval == nil
          ? nil : try estimator.conformalInterval(panel, level: request.heading.level)
      ).adding(try test?.test(estimator, on: panel))
    })

  static let augmented = EstimateMethod(
    name: "augmented",
    summary: "the same, corrected by a ridge regression",
    options: ["--donors", "--lambda"],
    report: { request in
      let test = try request.arguments.randomization()
      let penalty = try request.arguments.number("--lambda")
      let estimator = AugmentedSyntheticControl(
        penalty: penalty.map { .given($0) } ?? .crossValidated)
      return EstimateReport(try estimator.estimate(request.panel), heading: request.heading)
        .adding(try test?.test(estimator, on: request.panel))
    })

  static let syntheticDiD = EstimateMethod(
    name: "synthetic-did",
    summary: "donors and periods weighted to run parallel",
    options: ["--donors", "--covariates", "--mode", "--variant", "--se", "--bootstrap"],
    report: { request in
      let arguments = request.arguments
      let test = try arguments.randomization()
      let errors = try arguments.choice("--se", of: ["placebo", "jackknife", "bootstrap"])
      let estimator = SyntheticDiD(
        variant: try arguments.word("--variant") ?? .syntheticDiD,
        mode: try arguments.word("--mode") ?? .exact,
        covariates: arguments.list("--covariates") ?? [],
        errors: try arguments.errorMethod(errors))
      return EstimateReport(
        try estimator.estimate(request.panel), heading: request.heading, errorMethod: errors
      ).adding(try test?.test(estimator, on: request.panel))
    })
}

extension Arguments {
  /// How the errors of synthetic difference in differences come about; nil for none.
  fileprivate func errorMethod(_ word: String?) throws -> SyntheticDiD.ErrorMethod? {
    let (seed, threads) = (try seed(), try threads())
    let draws = try count("--bootstrap", from: 2, to: 1_000_000) ?? 200
    switch word {
    case "placebo": return .placebo(draws: draws, seed: seed, threads: threads)
    case "jackknife": return .jackknife
    case "bootstrap": return .bootstrap(draws: draws, seed: seed, threads: threads)
    default: return nil
    }
  }
}

import Effects
import Panels
import Publishing
import Documents

extension EstimateMethod {
  static let syntheticControl = EstimateMethod(
    name: "synthetic-control",
    summary: "one treated unit against weighted donors; several with --pooling",
    options: [
      "--donors", "--predictors", "--placebo", "--leave-one-out", "--interval", "--pooling",
      "--intercept", "--leads", "--se",
    ],
    estimate: { request in
      let (arguments, panel) = (request.arguments, request.panel)
      if arguments.isGiven("--pooling") { return try staggered(request) }
      try arguments.refuse(["--intercept", "--leads", "--se"], as: "needs --pooling; add it")
      let placebo = try arguments.choice("--placebo", of: ["space", "time"])
      let asksInterval = try arguments.asksConformalInterval()
      let threads = try arguments.threads()
      let estimator = SyntheticControl(
        predictors: request.predictors, weighting: .search(seed: try arguments.seed()))
      let effects = try estimator.estimate(panel)
      let before = panel.periods.filter { $0 < effects.cohort }
      let report = EstimateReport(
        effects, heading: request.heading,
        placebos: placebo == "space"
          ? try estimator.placebosInSpace(panel, threads: threads) : nil,
        earlier: placebo == "time"
          ? try estimator.placeboInTime(panel, at: before[before.count / 2]) : nil,
        leftOut: arguments.has("--leave-one-out")
          ? try estimator.leavingOneDonorOut(panel, threads: threads) : nil,
        interval: asksInterval
          ? ConformalResult(
            try estimator.conformalInterval(panel, level: request.heading.level),
            att: effects.att, periods: effects.periods.count, level: request.heading.level)
          : nil)
      return MethodEstimate(report, by: estimator)
    })

  private static func staggered(_ request: EstimateRequest) throws -> MethodEstimate {
    let (arguments, panel) = (request.arguments, request.panel)
    try arguments.refuse(
      ["--predictors", "--placebo", "--leave-one-out", "--interval"],
      as: "does not go with --pooling; leave one out")
    let threads = try arguments.threads()
    let errors = try arguments.choice("--se", of: ["jackknife"])
    let estimator = StaggeredSyntheticControl(
      pooling: try arguments.pooling(), hasIntercept: arguments.has("--intercept"),
      leads: try arguments.count("--leads", from: 1, to: 1_000_000))
    let report = EstimateReport(
      try estimator.estimate(panel), heading: request.heading,
      errors: errors == nil ? nil : try estimator.jackknife(panel, threads: threads))
    return MethodEstimate(report, by: estimator)
  }

  static let augmented = EstimateMethod(
    name: "augmented",
    summary: "the same, corrected by a ridge regression",
    options: ["--donors", "--lambda", "--interval"],
    estimate: { request in
      let level = request.heading.level
      let asksInterval = try request.arguments.asksConformalInterval()
      let penalty = try request.arguments.number("--lambda")
      let estimator = AugmentedSyntheticControl(
        penalty: penalty.map { .given($0) } ?? .crossValidated)
      let effects = try estimator.estimate(request.panel)
      let interval =
        asksInterval
        ? ConformalResult(
          try estimator.conformalInterval(request.panel, level: level),
          att: effects.att, periods: effects.cohorts[0].periods.count, level: level)
        : nil
      return MethodEstimate(
        EstimateReport(effects, heading: request.heading, interval: interval), by: estimator)
    })

  static let syntheticDiD = EstimateMethod(
    name: "synthetic-did",
    summary: "donors and periods weighted to run parallel",
    options: ["--donors", "--covariates", "--mode", "--variant", "--se", "--bootstrap"],
    estimate: { request in
      let arguments = request.arguments
      let errors = try arguments.choice("--se", of: ["placebo", "jackknife", "bootstrap"])
      let estimator = SyntheticDiD(
        variant: try arguments.word("--variant") ?? .syntheticDiD,
        mode: try arguments.word("--mode") ?? .exact,
        covariates: arguments.list("--covariates") ?? [],
        errors: try arguments.errorMethod(errors))
      return MethodEstimate(
        EstimateReport(
          try estimator.estimate(request.panel), heading: request.heading, errorMethod: errors),
        by: estimator)
    })
}

extension Arguments {
  fileprivate func asksConformalInterval() throws -> Bool {
    try choice("--interval", of: ["conformal"]) != nil
  }

  /// What the weights of several treated units come near to.
  fileprivate func pooling() throws -> StaggeredSyntheticControl.Pooling {
    let word = try required("--pooling")
    switch word {
    case "separate": return .separate
    case "pooled": return .pooled
    case "partial": return .partial()
    default:
      guard let share = Numeral.number(word), (0...1).contains(share) else {
        throw failure(
          "--pooling \(word) is none of separate, pooled, partial or a share from 0 to 1.")
      }
      return .partial(share: share)
    }
  }

  /// Refuses options that do not go with others that are given.
  fileprivate func refuse(_ options: [String], as reason: String) throws {
    for option in options where isGiven(option) { throw failure("\(option) \(reason).") }
  }

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

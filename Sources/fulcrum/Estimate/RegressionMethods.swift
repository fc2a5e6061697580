import Effects
import Publishing

extension EstimateMethod {
  static let imputation = EstimateMethod(
    name: "imputation",
    summary: "what untreated cells predict for the treated ones",
    options: ["--anticipation", "--covariates", "--weights", "--cluster"],
    estimate: { request in
      let arguments = request.arguments
      let estimator = Imputation(
        covariates: arguments.list("--covariates") ?? [],
        anticipation: try arguments.anticipation())
      return MethodEstimate(
        EstimateReport(try estimator.estimate(request.panel), heading: request.heading),
        by: estimator)
    })

  static let sunAbraham = EstimateMethod(
    name: "sun-abraham",
    summary: "an effect for each cohort and event time in one regression",
    options: [
      "--comparison", "--anticipation", "--covariates", "--weights", "--cluster", "--wild",
    ],
    estimate: { request in
      let arguments = request.arguments
      let wild = try request.wildBootstrap()
      let estimator = SunAbraham(
        comparison: try arguments.word("--comparison") ?? .neverTreated,
        covariates: arguments.list("--covariates") ?? [],
        anticipation: try arguments.anticipation())
      let report = EstimateReport(
        try estimator.estimate(request.panel), heading: request.heading)
      return MethodEstimate(
        report.adding(
          try wild?.test(estimator, on: request.panel), level: request.heading.level),
        by: estimator)
    })

  static let twoWayFixedEffects = EstimateMethod(
    name: "twfe",
    summary: "two-way fixed effects, with the comparisons that they mix",
    options: ["--covariates", "--weights", "--cluster", "--wild"],
    estimate: { request in
      let arguments = request.arguments
      let wild = try request.wildBootstrap()
      let estimator = TwoWayFixedEffects(covariates: arguments.list("--covariates") ?? [])
      let effects = try estimator.estimate(request.panel, threads: try arguments.threads())
      return MethodEstimate(
        EstimateReport(effects, heading: request.heading).adding(
          try wild?.test(estimator, on: request.panel), level: request.heading.level),
        by: estimator)
    })
}

extension EstimateRequest {
  /// The wild bootstrap that is asked for; nil for none.
  fileprivate func wildBootstrap() throws -> WildBootstrap? {
    let (seed, threads) = (try arguments.seed(), try arguments.threads())
    return try arguments.count("--wild", from: 1, to: 10_000_000).map {
      WildBootstrap(draws: $0, seed: seed, level: heading.level, threads: threads)
    }
  }
}

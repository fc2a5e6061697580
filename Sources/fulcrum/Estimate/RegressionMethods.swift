import Effects
import Publishing

extension EstimateMethod {
  static let imputation = EstimateMethod(
    name: "imputation",
    summary: "what untreated cells predict for the treated ones",
    options: [
      EstimateOptions.anticipation, EstimateOptions.covariates, EstimateOptions.weights,
      EstimateOptions.cluster,
    ],
    estimate: { request in
      let arguments = request.arguments
      let estimator = Imputation(
        covariates: arguments[EstimateOptions.covariates] ?? [],
        anticipation: arguments[EstimateOptions.anticipation])
      return MethodEstimate(
        EstimateReport(try estimator.estimate(request.panel), heading: request.heading),
        by: estimator)
    })

  private enum SunAbrahamOptions {
    static let comparison = Option(
      "--comparison", .choice("C") as OptionType<SunAbraham.Comparison>, default: .neverTreated,
      help: "the cohort that the others are compared with")
  }

  static let sunAbraham = EstimateMethod(
    name: "sun-abraham",
    summary: "an effect for each cohort and event time in one regression",
    options: [
      SunAbrahamOptions.comparison, EstimateOptions.anticipation, EstimateOptions.covariates,
      EstimateOptions.weights, EstimateOptions.cluster, EstimateOptions.wild,
    ],
    estimate: { request in
      let arguments = request.arguments
      let estimator = SunAbraham(
        comparison: arguments[SunAbrahamOptions.comparison],
        covariates: arguments[EstimateOptions.covariates] ?? [],
        anticipation: arguments[EstimateOptions.anticipation])
      let report = EstimateReport(
        try estimator.estimate(request.panel), heading: request.heading)
      return MethodEstimate(
        report.adding(
          try request.wildBootstrap?.test(estimator, on: request.panel),
          level: request.heading.level),
        by: estimator)
    })

  static let twoWayFixedEffects = EstimateMethod(
    name: "twfe",
    summary: "two-way fixed effects, with the comparisons that they mix",
    options: [
      EstimateOptions.covariates, EstimateOptions.weights, EstimateOptions.cluster,
      EstimateOptions.wild,
    ],
    estimate: { request in
      let arguments = request.arguments
      let estimator = TwoWayFixedEffects(covariates: arguments[EstimateOptions.covariates] ?? [])
      let effects = try estimator.estimate(request.panel, threads: arguments[Shared.threads])
      return MethodEstimate(
        EstimateReport(effects, heading: request.heading).adding(
          try request.wildBootstrap?.test(estimator, on: request.panel),
          level: request.heading.level),
        by: estimator)
    })
}

extension EstimateRequest {
  /// The wild bootstrap that is asked for; nil for none.
  fileprivate var wildBootstrap: WildBootstrap? {
    arguments[EstimateOptions.wild].map {
      WildBootstrap(
        draws: $0, seed: arguments[Shared.seed], level: heading.level,
        threads: arguments[Shared.threads])
    }
  }
}

import Effects
import Publishing

extension EstimateMethod {
  static let imputation = EstimateMethod(
    name: "imputation",
    summary: "what untreated cells predict for the treated ones",
    options: ["--anticipation", "--covariates", "--weights", "--cluster"],
    report: { request in
      let arguments = request.arguments
      let test = try arguments.randomization()
      let estimator = Imputation(
        covariates: arguments.list("--covariates") ?? [],
        anticipation: try arguments.anticipation())
      return EstimateReport(try estimator.estimate(request.panel), heading: request.heading)
        .adding(try test?.test(estimator, on: request.panel))
    })

  static let sunAbraham = EstimateMethod(
    name: "sun-abraham",
    summary: "an effect for each cohort and event time in one regression",
    options: ["--comparison", "--anticipation", "--covariates", "--weights", "--cluster"],
    report: { request in
      let arguments = request.arguments
      let test = try arguments.randomization()
      let estimator = SunAbraham(
        comparison: try arguments.word("--comparison") ?? .neverTreated,
        covariates: arguments.list("--covariates") ?? [],
        anticipation: try arguments.anticipation())
      return EstimateReport(try estimator.estimate(request.panel), heading: request.heading)
        .adding(try test?.test(estimator, on: request.panel))
    })

  static let twoWayFixedEffects = EstimateMethod(
    name: "twfe",
    summary: "two-way fixed effects, with the comparisons that they mix",
    options: ["--covariates", "--weights", "--cluster"],
    report: { request in
      let arguments = request.arguments
      let test = try arguments.randomization()
      let estimator = TwoWayFixedEffects(covariates: arguments.list("--covariates") ?? [])
      let effects = try estimator.estimate(request.panel, threads: try arguments.threads())
      return EstimateReport(effects, heading: request.heading)
        .adding(try test?.test(estimator, on: request.panel))
    })
}

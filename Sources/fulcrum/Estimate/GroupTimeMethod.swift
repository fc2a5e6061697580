import Effects
import Publishing

extension EstimateMethod {
  static let groupTime = EstimateMethod(
    name: "group-time",
    summary: "cohort by cohort and period by period, in four aggregations",
    options: [
      "--comparison", "--base", "--anticipation", "--covariates", "--adjustment", "--weights",
      "--cluster", "--bootstrap", "--repeated-cross-section",
    ],
    estimate: { request in
      let arguments = request.arguments
      let estimator = GroupTimeDiD(
        comparison: try arguments.word("--comparison") ?? .neverTreated,
        base: try arguments.word("--base") ?? .varying,
        anticipation: try arguments.anticipation(),
        covariates: arguments.list("--covariates") ?? [],
        adjustment: try arguments.word("--adjustment") ?? .doublyRobust,
        changes: arguments.has("--repeated-cross-section") ? .betweenSamples() : .withinUnits)
      let (seed, threads) = (try arguments.seed(), try arguments.threads())
      let bootstrap = try arguments.count("--bootstrap", from: 2, to: 1_000_000).map {
        MultiplierBootstrap(
          draws: $0, seed: seed, level: request.heading.level, threads: threads)
      }
      return MethodEstimate(
        EstimateReport(
          try estimator.estimate(request.panel, bootstrap: bootstrap), of: request.panel,
          heading: request.heading), by: estimator)
    })
}

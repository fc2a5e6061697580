import Effects
import Publishing

extension EstimateMethod {
  /// The options that group-time alone has, or has in its own way.
  enum GroupTime {
    static let comparison = Option(
      "--comparison", .choice("C") as OptionType<GroupTimeDiD.Comparison>,
      default: .neverTreated, help: "whom the treated are compared with")
    static let base = Option(
      "--base", .choice("B") as OptionType<GroupTimeDiD.BasePeriod>, default: .varying,
      help: "the period that changes before treatment are measured from")
    static let adjustment = Option(
      "--adjustment", .choice("A") as OptionType<GroupTimeDiD.Adjustment>,
      default: .doublyRobust, help: "how covariates are adjusted for")
    static let bootstrap = Option(
      "--bootstrap", .whole(2...1_000_000), help: "draws for standard errors and bands")
    static let repeatedCrossSection = Option(
      "--repeated-cross-section", help: "each row is a unit of its own; without --unit")
  }

  static let groupTime = EstimateMethod(
    name: "group-time",
    summary: "cohort by cohort and period by period, in four aggregations",
    options: [
      GroupTime.comparison, GroupTime.base, EstimateOptions.anticipation,
      EstimateOptions.covariates, GroupTime.adjustment, EstimateOptions.weights,
      EstimateOptions.cluster, GroupTime.bootstrap, GroupTime.repeatedCrossSection,
    ],
    estimate: { request in
      let arguments = request.arguments
      let estimator = GroupTimeDiD(
        comparison: arguments[GroupTime.comparison], base: arguments[GroupTime.base],
        anticipation: arguments[EstimateOptions.anticipation],
        covariates: arguments[EstimateOptions.covariates] ?? [],
        adjustment: arguments[GroupTime.adjustment],
        changes: arguments[GroupTime.repeatedCrossSection] ? .betweenSamples() : .withinUnits)
      let bootstrap = arguments[GroupTime.bootstrap].map {
        MultiplierBootstrap(
          draws: $0, seed: arguments[Shared.seed], level: request.heading.level,
          threads: arguments[Shared.threads])
      }
      return MethodEstimate(
        EstimateReport(
          try estimator.estimate(request.panel, bootstrap: bootstrap), of: request.panel,
          heading: request.heading), by: estimator)
    })
}

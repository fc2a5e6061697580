import Effects
import Panels
import Publishing
import Documents

extension EstimateMethod {
  /// The options that synthetic control alone has.
  enum SyntheticControlOptions {
    static let predictors = Option(
      "--predictors", .predictors,
      help: "what donors are weighted by, such as a:1980-1988,b,c@1975: a mean over some periods, "
        + "over all, one value")
    static let placebo = Option(
      "--placebo", .word("P", of: ["space", "time"]), help: "a placebo test")
    static let leaveOneOut = Option(
      "--leave-one-out", help: "again without each donor that has weight")
    static let pooling = Option(
      "--pooling", .pooling, help: "estimate several treated units, fitted separately or together")
    static let intercept = Option(
      "--intercept", help: "with --pooling: subtract each unit's own mean before treatment")
    static let leads = Option(
      "--leads", .whole(1...1_000_000), otherwise: "as many as those treated last have",
      help: "with --pooling: the number of treated periods")
    static let error = Option(
      "--se", .word("S", of: ["jackknife"]),
      help: "with --pooling: how the standard error is found")
  }

  static let syntheticControl = EstimateMethod(
    name: "synthetic-control",
    summary: "one treated unit against weighted donors; several with --pooling",
    options: [
      EstimateOptions.donors, SyntheticControlOptions.predictors, SyntheticControlOptions.placebo,
      SyntheticControlOptions.leaveOneOut, EstimateOptions.interval,
      SyntheticControlOptions.pooling, SyntheticControlOptions.intercept,
      SyntheticControlOptions.leads, SyntheticControlOptions.error,
    ],
    estimate: { request in
      let options = SyntheticControlOptions.self
      if let pooling = request.arguments[options.pooling] {
        return try pooled(request, pooling)
      }
      try request.arguments.refuse(
        [options.intercept, options.leads, options.error], because: "needs --pooling; add it")
      return try single(request)
    })

  /// One treated unit.
  private static func single(_ request: EstimateRequest) throws -> MethodEstimate {
    let (arguments, panel) = (request.arguments, request.panel)
    let (placebo, threads) = (
      arguments[SyntheticControlOptions.placebo], arguments[Shared.threads]
    )
    let estimator = SyntheticControl(
      predictors: request.predictors, weighting: .search(seed: arguments[Shared.seed]))
    let effects = try estimator.estimate(panel)
    let before = panel.periods.filter { $0 < effects.cohort }
    let report = EstimateReport(
      effects, heading: request.heading,
      placebos: placebo == "space" ? try estimator.placebosInSpace(panel, threads: threads) : nil,
      earlier: placebo == "time"
        ? try estimator.placeboInTime(panel, at: before[before.count / 2]) : nil,
      leftOut: arguments[SyntheticControlOptions.leaveOneOut]
        ? try estimator.leavingOneDonorOut(panel, threads: threads) : nil,
      interval: arguments[EstimateOptions.interval] == nil
        ? nil
        : ConformalResult(
          try estimator.conformalInterval(panel, level: request.heading.level),
          att: effects.att, periods: effects.periods.count, level: request.heading.level))
    return MethodEstimate(report, by: estimator)
  }

  /// Several treated units.
  private static func pooled(
    _ request: EstimateRequest, _ pooling: StaggeredSyntheticControl.Pooling
  ) throws -> MethodEstimate {
    let (arguments, options) = (request.arguments, SyntheticControlOptions.self)
    try arguments.refuse(
      [options.predictors, options.placebo, options.leaveOneOut, EstimateOptions.interval],
      because: "does not go with --pooling; leave one out")
    let estimator = StaggeredSyntheticControl(
      pooling: pooling, hasIntercept: arguments[options.intercept],
      leads: arguments[options.leads])
    let report = EstimateReport(
      try estimator.estimate(request.panel), heading: request.heading,
      errors: arguments[options.error] == nil
        ? nil : try estimator.jackknife(request.panel, threads: arguments[Shared.threads]))
    return MethodEstimate(report, by: estimator)
  }

  static let augmented = EstimateMethod(
    name: "augmented",
    summary: "the same, corrected by a ridge regression",
    options: [EstimateOptions.donors, EstimateOptions.penalty, EstimateOptions.interval],
    estimate: { request in
      let (arguments, level) = (request.arguments, request.heading.level)
      let estimator = AugmentedSyntheticControl(
        penalty: arguments[EstimateOptions.penalty].map { .given($0) } ?? .crossValidated)
      let effects = try estimator.estimate(request.panel)
      let interval =
        arguments[EstimateOptions.interval] == nil
        ? nil
        : ConformalResult(
          try estimator.conformalInterval(request.panel, level: level),
          att: effects.att, periods: effects.cohorts[0].periods.count, level: level)
      return MethodEstimate(
        EstimateReport(effects, heading: request.heading, interval: interval), by: estimator)
    })
}

extension OptionType<StaggeredSyntheticControl.Pooling> {
  /// What the weights of several treated units come near to.
  static var pooling: OptionType {
    var type = OptionType("P", "separate, pooled, partial or a share from 0 to 1") { text in
      switch text {
      case "separate": .separate
      case "pooled": .pooled
      case "partial": .partial()
      default:
        Numeral.number(text).flatMap { (0...1).contains($0) ? .partial(share: $0) : nil }
      }
    }
    type.remark = type.expected
    type.completion = .words(["separate", "pooled", "partial"])
    return type
  }
}

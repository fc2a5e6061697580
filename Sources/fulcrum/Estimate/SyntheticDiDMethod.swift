import Effects
import Publishing

extension EstimateMethod {
  private enum SyntheticDiDOptions {
    static let mode = Option(
      "--mode", .choice("M") as OptionType<SyntheticDiD.Mode>, default: .exact,
      help: "the exact optimum, or the published path to it")
    static let variant = Option(
      "--variant", .choice("V") as OptionType<SyntheticDiD.Variant>, default: .syntheticDiD,
      help: "the estimator, or one that it contains")
    static let error = Option(
      "--se", .word("S", of: ["placebo", "jackknife", "bootstrap"]),
      help: "how the standard error is found")
  }

  static let syntheticDiD = EstimateMethod(
    name: "synthetic-did",
    summary: "donors and periods weighted to run parallel",
    options: [
      EstimateOptions.donors, EstimateOptions.covariates, SyntheticDiDOptions.mode,
      SyntheticDiDOptions.variant, SyntheticDiDOptions.error, EstimateOptions.bootstrap,
    ],
    estimate: { request in
      let arguments = request.arguments
      let estimator = SyntheticDiD(
        variant: arguments[SyntheticDiDOptions.variant],
        mode: arguments[SyntheticDiDOptions.mode],
        covariates: arguments[EstimateOptions.covariates] ?? [],
        errors: errorMethod(arguments))
      return MethodEstimate(
        EstimateReport(
          try estimator.estimate(request.panel), heading: request.heading,
          errorMethod: arguments[SyntheticDiDOptions.error]),
        by: estimator)
    })

  /// How the errors come about; nil for none.
  private static func errorMethod(_ arguments: Arguments) -> SyntheticDiD.ErrorMethod? {
    let (seed, threads) = (arguments[Shared.seed], arguments[Shared.threads])
    let draws = arguments[EstimateOptions.bootstrap]
    return switch arguments[SyntheticDiDOptions.error] {
    case "placebo": .placebo(draws: draws, seed: seed, threads: threads)
    case "jackknife": .jackknife
    case "bootstrap": .bootstrap(draws: draws, seed: seed, threads: threads)
    default: nil
    }
  }
}

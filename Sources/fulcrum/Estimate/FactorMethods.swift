import Effects
import Publishing

extension EstimateMethod {
  fileprivate enum FactorOptions {
    static let count = Option(
      "--factors", .whole(0...100), otherwise: "cross-validated", help: "the number of factors")
    static let comparison = Option(
      "--comparison", .choice("C") as OptionType<InteractiveFixedEffects.Comparison>,
      default: .neverTreated, help: "the units whose untreated cells are used")
    /// How other samples of the units are taken for an error.
    static let error = Option(
      "--se", .word("S", of: ["jackknife", "bootstrap"]), help: "how the standard error is found")
  }

  static let factors = EstimateMethod(
    name: "factors",
    summary: "outcomes without treatment from a few common factors",
    options: [
      EstimateOptions.donors, FactorOptions.count, FactorOptions.comparison, FactorOptions.error,
      EstimateOptions.bootstrap,
    ],
    estimate: { request in
      let arguments = request.arguments
      let estimator = InteractiveFixedEffects(
        factors: arguments[FactorOptions.count].map { .given($0) }
          ?? .crossValidated(seed: arguments[Shared.seed]),
        comparison: arguments[FactorOptions.comparison])
      let effects = try estimator.estimate(request.panel)
      let error = try request.resampling.map { resampling in
        request.error(
          of: effects.effects.att, try estimator.replications(request.panel, by: resampling))
      }
      return MethodEstimate(
        EstimateReport(effects, heading: request.heading, error: error), by: estimator)
    })

  static let matrixCompletion = EstimateMethod(
    name: "matrix-completion",
    summary: "the same from all untreated cells, as much structure as a penalty leaves",
    options: [
      EstimateOptions.donors, EstimateOptions.penalty, FactorOptions.error,
      EstimateOptions.bootstrap,
    ],
    estimate: { request in
      let arguments = request.arguments
      let estimator = MatrixCompletion(
        penalty: arguments[EstimateOptions.penalty].map { .given($0) }
          ?? .crossValidated(seed: arguments[Shared.seed], threads: arguments[Shared.threads]))
      let effects = try estimator.estimate(request.panel)
      let error = try request.resampling.map { resampling in
        request.error(
          of: effects.effects.att, try estimator.replications(request.panel, by: resampling))
      }
      return MethodEstimate(
        EstimateReport(effects, heading: request.heading, error: error), by: estimator)
    })
}

extension EstimateRequest {
  /// How other samples of the units are taken for an error; nil for none.
  fileprivate var resampling: UnitResampling? {
    let (seed, threads) = (arguments[Shared.seed], arguments[Shared.threads])
    switch arguments[EstimateMethod.FactorOptions.error] {
    case "jackknife": return .jackknife(threads: threads)
    case "bootstrap":
      return .bootstrap(
        draws: arguments[EstimateOptions.bootstrap], seed: seed, threads: threads)
    default: return nil
    }
  }

  /// An effect with the error that its replications give.
  fileprivate func error(of att: Double, _ replications: Replications?) -> ReplicatedError {
    ReplicatedError(
      method: arguments[EstimateMethod.FactorOptions.error] ?? "", replications: replications,
      estimate: replications?.estimate(att, on: panel) ?? Estimate(att: att, standardError: nil))
  }
}

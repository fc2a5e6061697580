import Effects
import Publishing

extension EstimateMethod {
  static let factors = EstimateMethod(
    name: "factors",
    summary: "outcomes without treatment from a few common factors",
    options: ["--donors", "--factors", "--comparison", "--se", "--bootstrap"],
    estimate: { request in
      let arguments = request.arguments
      let resampling = try arguments.resampling()
      let count = try arguments.count("--factors", from: 0, to: 100)
      let estimator = InteractiveFixedEffects(
        factors: try count.map { .given($0) } ?? .crossValidated(seed: arguments.seed()),
        comparison: try arguments.word("--comparison") ?? .neverTreated)
      let effects = try estimator.estimate(request.panel)
      let error = try resampling.map { resampling in
        request.error(
          of: effects.effects.att, try estimator.replications(request.panel, by: resampling))
      }
      return MethodEstimate(
        EstimateReport(effects, heading: request.heading, error: error), by: estimator)
    })

  static let matrixCompletion = EstimateMethod(
    name: "matrix-completion",
    summary: "the same from all untreated cells, as much structure as a penalty leaves",
    options: ["--donors", "--lambda", "--se", "--bootstrap"],
    estimate: { request in
      let arguments = request.arguments
      let resampling = try arguments.resampling()
      let penalty = try arguments.number("--lambda")
      let estimator = MatrixCompletion(
        penalty: try penalty.map { .given($0) }
          ?? .crossValidated(seed: arguments.seed(), threads: arguments.threads()))
      let effects = try estimator.estimate(request.panel)
      let error = try resampling.map { resampling in
        request.error(
          of: effects.effects.att, try estimator.replications(request.panel, by: resampling))
      }
      return MethodEstimate(
        EstimateReport(effects, heading: request.heading, error: error), by: estimator)
    })
}

extension Arguments {
  /// How other samples of the units are taken for an error; nil for none.
  fileprivate func resampling() throws -> UnitResampling? {
    let (seed, threads) = (try seed(), try threads())
    let draws = try count("--bootstrap", from: 2, to: 1_000_000) ?? 200
    switch try choice("--se", of: ["jackknife", "bootstrap"]) {
    case "jackknife": return .jackknife(threads: threads)
    case "bootstrap": return .bootstrap(draws: draws, seed: seed, threads: threads)
    default: return nil
    }
  }
}

extension EstimateRequest {
  /// An effect with the error that its replications give.
  fileprivate func error(of att: Double, _ replications: Replications?) -> ReplicatedError {
    ReplicatedError(
      method: arguments["--se"] ?? "", replications: replications,
      estimate: replications?.estimate(att, on: panel) ?? Estimate(att: att, standardError: nil))
  }
}

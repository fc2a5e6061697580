import Effects
import Publishing

extension EstimateMethod {
  static let factors = EstimateMethod(
    name: "factors",
    summary: "outcomes without treatment from a few common factors",
    options: ["--donors", "--factors", "--comparison"],
    estimate: { request in
      let arguments = request.arguments
      let count = try arguments.count("--factors", from: 0, to: 100)
      let estimator = InteractiveFixedEffects(
        factors: try count.map { .given($0) } ?? .crossValidated(seed: arguments.seed()),
        comparison: try arguments.word("--comparison") ?? .neverTreated)
      return MethodEstimate(
        EstimateReport(try estimator.estimate(request.panel), heading: request.heading),
        by: estimator)
    })

  static let matrixCompletion = EstimateMethod(
    name: "matrix-completion",
    summary: "the same from all untreated cells, as much structure as a penalty leaves",
    options: ["--donors", "--lambda"],
    estimate: { request in
      let arguments = request.arguments
      let penalty = try arguments.number("--lambda")
      let estimator = MatrixCompletion(
        penalty: try penalty.map { .given($0) }
          ?? .crossValidated(seed: arguments.seed(), threads: arguments.threads()))
      return MethodEstimate(
        EstimateReport(try estimator.estimate(request.panel), heading: request.heading),
        by: estimator)
    })
}

import Effects
import Publishing

extension EstimateMethod {
  static let factors = EstimateMethod(
    name: "factors",
    summary: "outcomes without treatment from factors of the never-treated",
    options: ["--donors", "--factors"],
    estimate: { request in
      let count = try request.arguments.count("--factors", from: 0, to: 100)
      let estimator = InteractiveFixedEffects(
        factors: count.map { .given($0) } ?? .crossValidated())
      return MethodEstimate(
        EstimateReport(try estimator.estimate(request.panel), heading: request.heading),
        by: estimator)
    })
}

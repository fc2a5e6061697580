import Effects
import Panels
import Publishing
import Documents

/// An estimator as `estimate` offers it.
///
/// To add one: write it beside its family, list it in `all`, and put its options into
/// `EstimateOptions`.
struct EstimateMethod: Sendable {
  let name: String
  /// What it does, in a line of the help.
  let summary: String
  /// The options that it has beside those of every method.
  let options: Set<String>
  let estimate: @Sendable (EstimateRequest) throws -> MethodEstimate

  /// All methods in the order of the help.
  static let all = [
    groupTime, syntheticControl, augmented, factors, matrixCompletion, syntheticDiD, imputation,
    sunAbraham,
    twoWayFixedEffects,
  ]
}

/// What a method says of one outcome, and by which estimator, so that others can be tested with it.
struct MethodEstimate {
  let report: EstimateReport
  let estimator: any ReassignableEstimator

  init(_ report: EstimateReport, by estimator: any ReassignableEstimator) {
    self.report = report
    self.estimator = estimator
  }
}

/// What a method is asked: about which panel, and how.
struct EstimateRequest {
  let arguments: Arguments
  /// The panel, with the donors that are asked for.
  let panel: Panel
  let predictors: [Predictor]
  let heading: EstimateReport.Heading
}

extension Arguments {
  /// The method that is asked for.
  func method() throws -> EstimateMethod {
    let word = try required("--method")
    let names = EstimateMethod.all.map(\.name)
    if let method = EstimateMethod.all.first(where: { $0.name == word }) { return method }
    let near = Suggestion.question(for: word, among: names).map { "; \($0)" } ?? "."
    let known = names.joined(separator: ", ")
    throw failure("--method \(word) is none of \(known)\(near)")
  }

  /// Refuses an option that the method does not know.
  func refuseOptions(unknownTo method: EstimateMethod) throws {
    let ofEvery = EstimateOptions.ofPanels + EstimateOptions.ofOutput
    let known = method.options.union(ofEvery.map(\.name))
    for option in EstimateOptions.all.map(\.name)
    where !known.contains(option) && isGiven(option) {
      let others = EstimateMethod.all.filter { $0.options.contains(option) }.map(\.name)
      let owner = others.isEmpty ? "honest" : others.joined(separator: " and ")
      throw failure("\(option) means nothing to \(method.name), only to \(owner); leave it out.")
    }
  }

  /// The test that is asked for; nil for none.
  func randomization() throws -> Randomization? {
    let (seed, threads) = (try seed(), try threads())
    return try count("--randomize", from: 1, to: 10_000_000).map {
      Randomization(draws: $0, seed: seed, threads: threads)
    }
  }
}

import Effects
import Panels
import Publishing

/// An estimator as `estimate` offers it.
///
/// To add one: write it in the file of its family, with its options, and list it in `all`.
struct EstimateMethod: Sendable {
  let name: String
  /// What it does, in a line of the help.
  let summary: String
  /// The options that it has besides those of every method.
  let options: [any DeclaredOption]
  let estimate: @Sendable (EstimateRequest) throws -> MethodEstimate

  /// All methods in the order of the help.
  static let all = [
    groupTime, syntheticControl, augmented, factors, matrixCompletion, syntheticDiD, imputation,
    sunAbraham, twoWayFixedEffects,
  ]

  /// The method as a word of the command line.
  var topic: Topic {
    Topic(
      name: name, summary: summary, place: .value(ofOption: EstimateOptions.method.name),
      options: options)
  }

  func has(_ option: any DeclaredOption) -> Bool { options.contains { $0.name == option.name } }
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

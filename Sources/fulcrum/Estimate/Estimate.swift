import Effects
import Foundation
import Panels
import Publishing
import Documents

enum EstimateCommand {
  private static let panel = Operand("PANEL.csv", completion: .files)

  static let command = Command(
    name: "estimate",
    summary: "Estimates an effect on any panel in a long CSV file.",
    details: """
      PANEL.csv, or PANEL.csv.gz, has one row for each unit and period. COEFS.json has event_time, \
      beta and covariance: honest shows how far parallel trends may fail before the conclusion does.
      """,
    operands: [panel],
    options: EstimateOptions.ofPanels,
    topics: Topics(
      placeholder: "METHOD", all: EstimateMethod.all.map(\.topic) + [HonestEstimate.topic],
      isRequired: true, missing: missingMethod),
    run: { arguments in
      let ticking = Ticking("estimate")
      defer { ticking.end() }
      let report = try report(arguments)
      if arguments[EstimateOptions.json] {
        let text = report.json.text(indented: true)
        try Output.write(Data(text.utf8), to: arguments[Shared.out])
      } else {
        try Output.show(report.text, to: arguments[Shared.out])
      }
      return .clean
    })

  /// What the command prints.
  static func report(_ arguments: Arguments) throws -> EstimateReport {
    if arguments.topic?.name == HonestEstimate.topic.name {
      return try HonestEstimate.report(arguments)
    }
    guard let method = EstimateMethod.all.first(where: { $0.name == arguments.topic?.name }) else {
      throw arguments.failure("--method is missing; see --help.")
    }
    return try report(method, arguments)
  }

  /// Says which methods there are, where none or an unknown one is named.
  private static func missingMethod(_ words: SplitWords) -> String? {
    let names = EstimateMethod.all.map(\.name)
    guard let word = words.texts[EstimateOptions.method.name] else {
      return "--method is missing; add --method METHOD. METHOD is \(alternatives(names))."
    }
    let advice = Suggestion.question(for: word, among: names) ?? "see --help."
    return "--method: expected \(alternatives(names)); got `\(word)`; \(advice)"
  }

  private static func report(
    _ method: EstimateMethod, _ arguments: Arguments
  ) throws -> EstimateReport {
    let path = arguments[panel]
    let outcomes = arguments[EstimateOptions.outcome]
    let predictors = try arguments.predictors(of: method, outcomes: outcomes)
    let columns = try arguments.columns(of: method, outcomes: outcomes, predictors: predictors)
    let rows = try PanelFile.rows(
      of: URL(filePath: path), columns, limits: arguments[Shared.limits])
    do {
      let requests = try outcomes.map { outcome in
        let panel = try rows.panel(outcome: outcome)
        try arguments.requireVariation(panel, in: path, outcome: outcome)
        return EstimateRequest(
          arguments: arguments, panel: try arguments.pool(panel, for: method),
          predictors: predictors,
          heading: EstimateReport.Heading(
            method: method.name, outcome: outcome, level: arguments[EstimateOptions.level]))
      }
      return try report(method, requests, arguments.randomization).adding(rows.sentence)
    } catch let failure as Failure {
      throw failure
    } catch {
      // The estimators know no file: what they say of its columns is said of it.
      throw Failure(message: "\(path): \(sentence(of: error, flag: \.flag))", code: .problems)
    }
  }

  /// The report on each outcome; of several, also what they say together.
  private static func report(
    _ method: EstimateMethod, _ requests: [EstimateRequest], _ test: Randomization?
  ) throws -> EstimateReport {
    let estimates = try requests.map { try method.estimate($0) }
    let reports = try zip(requests, estimates).map { request, estimate in
      estimate.report.adding(try test?.test(estimate.estimator, on: request.panel))
    }
    guard requests.count > 1 else { return reports[0] }
    return EstimateReport(
      zip(requests, reports).map { (outcome: $0.heading.outcome, report: $1) },
      method: method.name,
      stepDown: try test?.stepDown(estimates[0].estimator, on: requests.map(\.panel)))
  }
}

extension PanelRows {
  /// Who counts as never treated, and by what.
  fileprivate var sentence: String {
    let never = cohorts.count { $0 == .neverTreated }
    let all = "\(never) of \(units.count) \(columns.unit == nil ? "rows" : "units")"
    return switch columns.treatment {
    case .firstTreated(let column):
      "Never treated: \(all), whose \(column) is empty, 0, NA or Inf."
    case .status(let column): "Never treated: \(all), whose \(column) is 0 throughout."
    }
  }
}

extension EffectError.Remedy {
  /// The option that carries it out.
  fileprivate var flag: String? {
    switch self {
    case .poolTreatedUnits: "--pooling"
    case .reassignDates: "--randomize"
    }
  }
}

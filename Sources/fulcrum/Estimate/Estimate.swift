import Effects
import Foundation
import Panels
import Publishing
import Documents

extension Fulcrum {
  static let estimate = Command(
    name: "estimate",
    summary: "Estimates an effect on any panel in a long CSV file.",
    operands: """
      PANEL.csv --unit COL --period COL --outcome COL (--first-treated COL | --treatment COL) --method M
             fulcrum estimate honest COEFS.json [--restriction R] [--m A,B,C] [--effect E]

      PANEL.csv, or PANEL.csv.gz, has one row for each unit and period. M is one of:
      \(aligned(EstimateMethod.all.map { ($0.name, $0.summary) }, indent: 4))
      Each method's options are marked by its name; one that a method does not know is refused.

      COEFS.json has event_time, beta and covariance: honest tells how far parallel trends may fail.
      """,
    options: EstimateOptions.all,
    run: { arguments in
      let report = try estimateReport(arguments)
      let text = arguments.has("--json") ? report.json.text(indented: true) : report.text
      try arguments.write(Data(text.utf8))
      return .clean
    })

  /// What the command prints, from the words that it is given.
  static func estimateReport(_ arguments: Arguments) throws -> EstimateReport {
    arguments.operands.first == "honest"
      ? try honestReport(arguments) : try panelReport(arguments)
  }

  private static func panelReport(_ arguments: Arguments) throws -> EstimateReport {
    let path = try arguments.operands("PANEL.csv")[0]
    let method = try arguments.method()
    try arguments.refuseOptions(unknownTo: method)
    let outcomes = try arguments.outcomes()
    let test = try arguments.randomization()
    let predictors = try arguments.predictors(outcomes: outcomes)
    let columns = try arguments.columns(outcomes: outcomes, predictors: predictors)
    let rows = try PanelFile.rows(of: URL(filePath: path), columns)
    do {
      let requests = try outcomes.map { outcome in
        let panel = try rows.panel(outcome: outcome)
        try arguments.requireVariation(panel, outcome: outcome)
        return EstimateRequest(
          arguments: arguments, panel: try arguments.pool(panel), predictors: predictors,
          heading: EstimateReport.Heading(
            method: method.name, outcome: outcome, level: try arguments.level()))
      }
      return try report(method, requests, test).adding(rows.sentence)
    } catch let failure as Failure {
      throw failure
    } catch {
      // The estimators know no file: what they say of its columns is said of it.
      throw Failure(message: "\(path): \(error)", code: .problems)
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

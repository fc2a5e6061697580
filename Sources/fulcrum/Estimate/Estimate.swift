import Foundation
import Panels
import Publishing
import Tables

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
      guard let path = arguments["--out"] else {
        print(text, terminator: "")
        return .clean
      }
      do { try Data(text.utf8).write(to: URL(filePath: path), options: .atomic) } catch {
        throw arguments.failure("\(path) cannot be written; choose another --out.")
      }
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
    let outcome = try arguments.required("--outcome")
    let predictors = try arguments.predictors(outcome: outcome)
    let columns = try arguments.columns(outcome: outcome, predictors: predictors)
    let panel = try PanelFile.rows(of: URL(filePath: path), columns).panel(outcome: outcome)
    do {
      try arguments.requireVariation(panel, outcome: outcome)
      return try method.report(
        EstimateRequest(
          arguments: arguments, panel: try arguments.pool(panel), predictors: predictors,
          heading: EstimateReport.Heading(
            method: method.name, outcome: outcome, level: try arguments.level())))
    } catch let failure as Failure {
      throw failure
    } catch {
      // The estimators know no file: what they say of its columns is said of it.
      throw Failure(message: "\(path): \(error)", code: .problems)
    }
  }
}

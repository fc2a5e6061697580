import Documents
import Evidence
import Foundation
import Indicators
import Publishing
import Scenarios
import Studies

enum ExposureCommand {
  private static let year = Option(
    "--year", .year, otherwise: "the year of the last record", help: "the year to look at")
  private static let refinance = Option(
    "--refinance", .refinancings, help: "loans replaced by loans on other terms or from others")
  private static let hedge = Option(
    "--hedge", .list(of: "deals"), help: "deals whose currency is hedged")
  private static let fall = Option(
    "--fall", .number(0..<1), help: "the share of its value that every debtor's currency loses")
  private static let weights = Option(
    "--weights", .watchWeights, help: "rank by weights, such as size=2,years=1,concerns=1")

  static let command = Command(
    name: "exposure",
    summary: "Lists what ties states to the power, what a call-in would cost, and a watch list.",
    details: """
      --refinance DEAL:KEY=VALUE,… replaces a deal's loans at the end of `year=`. It may give \
      `lender=` (default: the same one), `currency=`, `grace=` and `maturity=` in years, `rate=` as a \
      fraction and `schedule=`. Separate several with `;`.
      """,
    operands: [Shared.casebook],
    options: [
      Shared.study, Shared.names, year, refinance, hedge, fall, weights, Shared.limits, Shared.json,
    ],
    run: run)

  private static func run(_ arguments: Arguments) throws -> ExitCode {
    let (casebook, study) = try arguments.readNamedStudy(in: arguments[Shared.casebook])
    guard let year = arguments[year] ?? casebook.lastRecorded?.year else {
      throw arguments.failure("the casebook has no record yet; name a year with --year.")
    }
    let report = try ExposureReport(
      of: study, in: casebook, year: year, relief: relief(arguments),
      weights: arguments[weights])
    if arguments[Shared.json] {
      try Output.write(report.jsonText)
    } else {
      let isColoured = Output.isTerminal
      try Output.show(
        casebook.noting(report.text(isColoured: isColoured), isColoured: isColoured))
    }
    return .clean
  }

  /// What `--refinance`, `--hedge` and `--fall` assume; nil when none is given.
  private static func relief(_ arguments: Arguments) throws -> Relief? {
    let options: [any DeclaredOption] = [refinance, hedge, fall]
    guard options.contains(where: arguments.isGiven) else { return nil }
    return try Relief(
      refinancings: arguments[refinance] ?? [],
      hedged: Set((arguments[hedge] ?? []).map { DealID($0) }), fall: arguments[fall] ?? 0)
  }
}

import Documents
import Evidence
import Foundation
import Publishing
import Scenarios
import Studies

enum OutlookCommand {
  static let command = Command(
    name: "outlook",
    summary: "Shows how long states wait at each stage of joining, and what holds them up.",
    operands: [Shared.casebook],
    options: [Shared.study, Shared.names, Shared.limits, Shared.json],
    run: run)

  private static func run(_ arguments: Arguments) throws -> ExitCode {
    let (casebook, study) = try arguments.readNamedStudy(in: arguments[Shared.casebook])
    guard let day = casebook.lastRecorded else {
      throw arguments.failure("the casebook has no record yet.")
    }
    let outlook = Outlook(of: study.treatment.organisation, in: casebook, asKnownOn: day)
    if arguments[Shared.json] {
      try Output.write(outlook.jsonText(in: casebook))
    } else {
      let isColoured = Output.isTerminal
      try Output.show(
        casebook.noting(
          OutlookText(outlook, casebook: casebook).text(isColoured: isColoured),
          isColoured: isColoured))
    }
    return .clean
  }
}

import Documents
import Evidence
import Foundation
import Publishing
import Scenarios
import Studies

extension Fulcrum {
  static let outlook = Command(
    name: "outlook",
    summary: "Shows how long states wait on the ladder, and what stands in their way.",
    operands: "[CASEBOOK] [--study ID] [--json]",
    options: [
      Command.option("--study", "ID", "the study; not needed where the casebook has one only"),
      namesOption, Command.flag("--json", "print JSON instead of the text"),
    ],
    run: { arguments in
      let path = try arguments.casebook()
      let (plain, study) = try asked(arguments, casebook: path)
      let casebook = try named(plain, arguments)
      guard let day = casebook.lastRecorded else {
        throw arguments.failure("the casebook has no record yet.")
      }
      let outlook = Outlook(of: study.treatment.organisation, in: casebook, asKnownOn: day)
      print(
        arguments.has("--json")
          ? outlook.jsonText(in: casebook)
          : casebook.noting(
            OutlookText(outlook, casebook: casebook).text(isColoured: isTerminal),
            isColoured: isTerminal), terminator: "")
      return .clean
    })
}

import Evidence
import Foundation
import Indicators
import Publishing
import Scenarios
import Studies

extension Fulcrum {
  static let exposure = Command(
    name: "exposure",
    summary: "Lists what ties states to the power, what a call-in would cost, and a watch list.",
    operands: "[CASEBOOK] [--study ID] [--year N]",
    options: [
      Command.option("--study", "ID", "the study; not needed where the casebook has one only"),
      Command.option("--year", "N", "the year looked at; that of the last record unless given"),
    ],
    run: { arguments in
      guard arguments.operands.count <= 1 else {
        throw arguments.failure("\(arguments.operands.count) casebooks came; it takes one.")
      }
      let (casebook, study) = try asked(arguments, casebook: arguments.operands.first)
      let year = try arguments.integer("--year") ?? casebook.lastRecorded?.year
      guard let year, (1000...2999).contains(year) else {
        throw arguments.failure("--year takes a year such as 2024.")
      }
      let register = ExposureRegister(
        of: study.named, to: study.counterpart, in: casebook, year: year)
      let text = ExposureText(
        register, callIns: try casebook.callIns(in: year),
        watchList: try WatchList(
          register, concernsOf: study.treatment.organisation, in: casebook), casebook: casebook)
      print(text.text(isColoured: isTerminal), terminator: "")
      return .clean
    })
}

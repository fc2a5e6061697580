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
      namesOption,
      Command.option("--year", "N", "the year looked at; that of the last record unless given"),
    ],
    run: { arguments in
      let path = try arguments.casebook()
      let (plain, study) = try asked(arguments, casebook: path)
      let casebook = try named(plain, arguments)
      let year = try arguments.integer("--year") ?? casebook.lastRecorded?.year
      guard let year, (1000...2999).contains(year) else {
        throw arguments.failure("--year takes a year such as 2024.")
      }
      let register = ExposureRegister(
        of: study.named, to: study.counterpart, in: casebook, year: year)
      let callIns = try casebook.callIns(in: year)
      let text = ExposureText(
        register, callIns: callIns,
        watchList: WatchList(
          register, callIns: callIns, concernsOf: study.treatment.organisation, in: casebook))
      print(
        casebook.noting(text.text(isColoured: isTerminal), isColoured: isTerminal), terminator: "")
      return .clean
    })
}

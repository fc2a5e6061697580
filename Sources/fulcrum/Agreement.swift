import Importing
import Evidence
import Foundation
import Documents

extension Fulcrum {
  static let agreement = Command(
    name: "agreement",
    summary: "Counts how far states agree in roll calls, by pair and year, as a CSV table.",
    operands: "FILE… [--with STATE] [--out FILE]\n\nFILEs are the votes and the roll calls of the "
      + "R export, or the votes of the\nUN Digital Library; .gz as it is. States go by the files' "
      + "codes.",
    options: [
      Command.option("--with", "STATE", "one of each pair, such as CN; else all pairs"),
      Command.option("--out", "FILE", "where the table goes; else it is printed"),
    ],
    run: { arguments in
      guard !arguments.operands.isEmpty else {
        throw arguments.failure("no file is named; add it.")
      }
      let rollCalls = try RollCalls(contentsOf: arguments.operands.map { URL(filePath: $0) })
      let state = arguments["--with"]
      if let state, !rollCalls.states.contains(state) {
        let question = Suggestion.question(for: state, among: rollCalls.states)
        throw arguments.failure(
          "\(state) is no state of the files; \(question ?? "use one of their codes.")")
      }
      try arguments.write(rollCalls.agreementTable(with: state))
      return .clean
    })
}

import Importing
import Evidence
import Foundation
import Documents

enum AgreementCommand {
  private static let files = Operand(several: "FILE")
  private static let with = Option(
    "--with", .text.named("STATE"), otherwise: "all pairs",
    help: "only pairs with this state, such as CN")

  static let command = Command(
    name: "agreement",
    summary: "Counts how far states agree in roll calls, by pair and year, as a CSV table.",
    details: """
      FILEs are the votes and the roll calls of the R export, or the votes of the UN Digital Library, \
      compressed or not. States are named by the codes of the files.
      """,
    operands: [files],
    options: [with, Shared.limits, Shared.out],
    run: run)

  private static func run(_ arguments: Arguments) throws -> ExitCode {
    let rollCalls = try RollCalls(
      contentsOf: arguments[files].map { URL(filePath: $0) }, limits: arguments[Shared.limits])
    let state = arguments[with]
    if let state, !rollCalls.states.contains(state) {
      let question = Suggestion.question(for: state, among: rollCalls.states)
      throw arguments.failure(
        "unknown state `\(state)`; \(question ?? "use one of the files' codes.")")
    }
    try Output.write(
      rollCalls.agreementTable(with: state), to: arguments[Shared.out])
    return .clean
  }
}

import Documents
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
    operands: "[CASEBOOK] [--study ID] [--year N] [--refinance …] [--hedge A,B --fall X] "
      + "[--weights …] [--json]\n\n"
      + "--refinance DEAL:KEY=VALUE,… replaces a deal's loans at the end of `year=`; it may state\n"
      + "`lender=` (else the same one), `currency=`, `grace=` and `maturity=` in years, `rate=` as a\n"
      + "fraction and `schedule=`. Several are parted by `;`.",
    options: [
      Command.option("--study", "ID", "the study; not needed where the casebook has one only"),
      namesOption,
      Command.option("--year", "N", "the year looked at; that of the last record unless given"),
      Command.option("--refinance", "WHAT", "loans replaced by one of other terms or of another"),
      Command.option("--hedge", "A,B", "deals whose currency is hedged"),
      Command.option("--fall", "X", "what part of its worth every debtor's currency loses: 0.2"),
      Command.option("--weights", "WHAT", "an order by weights, as in size=2,years=1,concerns=1"),
      Command.flag("--json", "print JSON instead of the text"),
    ],
    run: { arguments in
      let path = try arguments.casebook()
      let (plain, study) = try asked(arguments, casebook: path)
      let casebook = try named(plain, arguments)
      let year = try arguments.integer("--year") ?? casebook.lastRecorded?.year
      guard let year, (1000...2999).contains(year) else {
        throw arguments.failure("--year takes a year such as 2024.")
      }
      let report = try ExposureReport(
        of: study, in: casebook, year: year, relief: relief(arguments),
        weights: weights(arguments))
      print(
        arguments.has("--json")
          ? report.jsonText
          : casebook.noting(report.text(isColoured: isTerminal), isColoured: isTerminal),
        terminator: "")
      return .clean
    })

  /// What `--refinance`, `--hedge` and `--fall` assume; nil when none is given.
  private static func relief(_ arguments: Arguments) throws -> Relief? {
    let names = ["--refinance", "--hedge", "--fall"]
    guard names.contains(where: { arguments[$0] != nil }) else { return nil }
    let fall = try arguments["--fall"].map { text in
      guard let number = Double(text) else {
        throw arguments.failure("--fall \(text) is no number; write a part such as 0.2.")
      }
      return number
    }
    let changes = try arguments["--refinance"]?.split(separator: ";").map { text in
      try refinancing(String(text).trimmingCharacters(in: .whitespaces), arguments)
    }
    return try Relief(
      refinancings: changes ?? [],
      hedged: Set((arguments.list("--hedge") ?? []).map { DealID($0) }), fall: fall ?? 0)
  }

  /// Reads `DEAL:year=2027,lender=EIB,maturity=15`.
  private static func refinancing(
    _ text: String, _ arguments: Arguments
  ) throws -> Relief.Refinancing {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2 else {
      throw arguments.failure(
        "--refinance \(text) names no year; write DEAL:year=2027,lender=NAME,maturity=15.")
    }
    let values = try arguments.pairs(
      parts[1], of: "--refinance",
      known: ["year", "lender", "currency", "grace", "maturity", "rate", "schedule"])
    func number(_ key: String) throws -> Double? {
      try values[key].map { try arguments.amount($0, of: "--refinance", key) }
    }
    guard let year = values["year"].flatMap({ Int($0) }), (1000...2999).contains(year) else {
      throw arguments.failure("--refinance \(text) needs a year such as year=2027.")
    }
    let (grace, maturity) = (try number("grace"), try number("maturity"))
    if let grace, let maturity, maturity <= grace {
      throw arguments.failure(
        "--refinance \(parts[0]): maturity=\(values["maturity"] ?? "") is no longer than "
          + "grace=\(values["grace"] ?? ""); a loan is repaid after its grace.")
    }
    return Relief.Refinancing(
      deal: DealID(parts[0]), lender: values["lender"], year: year, currency: values["currency"],
      graceYears: BoundedNumber(value: grace), maturityYears: BoundedNumber(value: maturity),
      rate: BoundedNumber(value: try number("rate")),
      schedule: try values["schedule"].map { try schedule($0, arguments) })
  }

  private static func schedule(
    _ word: String, _ arguments: Arguments
  ) throws -> RepaymentSchedule {
    if let schedule = RepaymentSchedule(rawValue: word) { return schedule }
    let known = RepaymentSchedule.allCases.map(\.rawValue).joined(separator: ", ")
    throw arguments.failure("--refinance: schedule=\(word) is none; known are \(known).")
  }

  /// What `--weights` says; nil when it is not given.
  private static func weights(_ arguments: Arguments) throws -> WatchWeights? {
    guard let text = arguments["--weights"] else { return nil }
    let values = try arguments.pairs(
      text, of: "--weights", known: ["size", "years", "clauses", "exit", "concerns"]
    ).mapValues { value in try arguments.amount(value, of: "--weights", "a weight") }
    return try WatchWeights(
      share: values["size"] ?? 0, yearsLeft: values["years"] ?? 0,
      clauses: values["clauses"] ?? 0, exit: values["exit"] ?? 0,
      concerns: values["concerns"] ?? 0)
  }
}

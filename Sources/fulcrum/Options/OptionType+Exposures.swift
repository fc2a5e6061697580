import Evidence
import Indicators
import Scenarios
import Documents

extension OptionType<WatchWeights> {
  /// The weights of the watch list: `size=2,years=1`.
  static var watchWeights: OptionType {
    OptionType("WEIGHTS", "weights such as size=2,concerns=1") { text in
      let pairs = try KeyedValues(text, known: ["size", "years", "clauses", "exit", "concerns"])
      return try WatchWeights(
        share: pairs.amount("size") ?? 0, yearsLeft: pairs.amount("years") ?? 0,
        clauses: pairs.amount("clauses") ?? 0, exit: pairs.amount("exit") ?? 0,
        concerns: pairs.amount("concerns") ?? 0)
    }
  }
}

extension OptionType<[Relief.Refinancing]> {
  /// Loans on other terms: `DEAL:year=2027,lender=EIB,maturity=15`, several separated by `;`.
  static var refinancings: OptionType {
    OptionType("LOANS", "DEAL:year=2027,lender=NAME,maturity=15") { text in
      try text.split(separator: ";").map {
        try refinancing(String($0.trimmingPrefix { $0 == " " }))
      }
    }
  }

  private static let keys = [
    "year", "lender", "currency", "grace", "maturity", "rate", "schedule",
  ]

  private static func refinancing(_ text: String) throws -> Relief.Refinancing {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2 else {
      throw Misreading(
        message: "`\(text)` has no year; write DEAL:year=2027,lender=NAME,maturity=15")
    }
    let pairs = try KeyedValues(parts[1], known: keys)
    guard let year = pairs["year"].flatMap({ Bounded.year.number($0) }) else {
      throw Misreading(message: "`\(text)` needs a year such as year=2027")
    }
    let (grace, maturity) = (try pairs.amount("grace"), try pairs.amount("maturity"))
    if let grace, let maturity, maturity <= grace {
      throw Misreading(
        message: "\(parts[0]): maturity=\(pairs["maturity"] ?? "") is not longer than "
          + "grace=\(pairs["grace"] ?? ""); a loan is repaid after its grace period")
    }
    return Relief.Refinancing(
      deal: DealID(parts[0]), lender: pairs["lender"], year: year, currency: pairs["currency"],
      graceYears: BoundedNumber(value: grace), maturityYears: BoundedNumber(value: maturity),
      rate: BoundedNumber(value: try pairs.amount("rate")),
      schedule: try pairs["schedule"].map(schedule))
  }

  private static func schedule(_ word: String) throws -> RepaymentSchedule {
    if let schedule = RepaymentSchedule(rawValue: word) { return schedule }
    let known = RepaymentSchedule.allCases.map(\.rawValue)
    throw Misreading(message: "schedule= is \(alternatives(known)); got `\(word)`")
  }
}

/// The values of `KEY=VALUE,…` by their keys, each of which is known and stands once.
struct KeyedValues {
  private var values: [String: String] = [:]

  /// - Throws: `Misreading`.
  init(_ text: String, known: [String]) throws {
    for part in text.split(separator: ",") {
      let words = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard let key = words.first, known.contains(key) else {
        let key = words.first ?? String(part)
        let advice = Suggestion.question(for: key, among: known) ?? "use \(alternatives(known))"
        throw Misreading(message: "unknown key `\(key)`; \(advice)")
      }
      guard words.count == 2 else {
        throw Misreading(message: "`\(key)` has no value; write \(key)=VALUE")
      }
      guard values.updateValue(words[1], forKey: key) == nil else {
        throw Misreading(message: "`\(key)` is given twice; keep one")
      }
    }
  }

  subscript(key: String) -> String? { values[key] }

  /// The number of a key, which is not negative.
  func amount(_ key: String) throws -> Double? {
    try values[key].map { text in
      let bounds = Bounded(0.0...1e12)
      guard let number = bounds.number(text) else {
        throw Misreading(message: "\(key)=\(text): expected \(bounds.words)")
      }
      return number
    }
  }
}

import Evidence
import Documents

/// One project of official finance, by the words that AidData's project tables share.
struct FinanceRecord {
  let row: Int
  /// The number of the project, alike in every release.
  let project: String
  let recipient: String
  /// The year of the commitment.
  let year: Int
  let isYearUncertain: Bool
  let isRecommended: Bool
  let isUmbrella: Bool
  let instrument: String
  let phase: Phase
  /// What is given and for what, as the statement puts it: `a grant for health`.
  let what: String
  /// The dollars of `priceYear`; nil when not stated, which is no zero.
  let amount: Double?
  let priceYear: Int
  var delivered: EDTFDate?
  var until: EDTFDate?

  static let rule = "a second row of a project: the first stands"

  /// Why the record must not be counted beside the others; nil when it may be.
  var doubling: String? {
    if isUmbrella { return "of umbrella agreements, whose parts are listed too" }
    return isRecommended ? nil : "of projects that are not recommended for sums"
  }
}

extension FinanceRecord {
  /// The instruments by the kinds of flow, debt forgiveness being a gift.
  static let instruments = [
    "Grant": "donation", "Free-standing technical assistance": "donation",
    "Scholarships/training in the donor country": "donation", "Debt forgiveness": "donation",
    "Loan": "loan", "Loan (excluding debt rescheduling)": "loan", "Export credits": "loan",
    "Strategic/Supplier Credit": "loan", "Supplier's Credit/Export Seller's Credit": "loan",
    "Export Buyer's Credit": "loan", "Debt rescheduling": "refinancing", "Vague TBD": "agreement",
  ]

  /// The phases by the words for the status of a project.
  static let phases: [String: Phase] = [
    "Pipeline: Pledge": .announced, "Pipeline: Commitment": .agreed,
    "Implementation": .delivering, "Completion": .completed, "Suspended": .suspended,
    "Cancelled": .cancelled,
  ]

  /// Makes a claim of the record.
  func claim(
    on actor: ActorID, from donor: ActorID, channel: String, _ casebook: Casebook
  ) -> RecordedClaim {
    func name(_ id: ActorID) -> String { casebook.name(of: id) }
    let date = isYearUncertain ? try? EDTFDate("\(year)?") : EDTFDate(year: year)
    let sum =
      amount.map { ", \(FinanceRecord.millions($0)) million US dollars of \(priceYear)" }
      ?? ", amount not stated"
    return RecordedClaim(
      key: project, actor: actor, channel: channel, instrument: instrument,
      statement: "\(name(donor)) and \(name(actor)) in \(isYearUncertain ? "about " : "")\(year): "
        + "\(what)\(sum), project \(project).",
      row: row, deal: project, by: donor, counterpart: donor, direction: .toward, phase: phase,
      on: date, delivered: delivered, until: until, amount: BoundedNumber(value: amount),
      unit: amount == nil ? nil : "money", currency: amount == nil ? nil : "USD",
      priceYear: amount == nil ? nil : priceYear)
  }

  private static func millions(_ dollars: Double) -> String {
    Numeral.text((dollars / 10_000).rounded() / 100)
  }
}

extension Row {
  /// Reads a word that a table of words gives a meaning to.
  func word<Value>(_ column: Column, of known: [String: Value], _ what: String) -> Value? {
    let text = text(column) ?? ""
    if let value = known[text] { return value }
    report(
      column: column.name, value: text, "is no known \(what)",
      advice: Suggestion.question(for: text, among: known.keys.sorted())
        ?? "known are \(known.keys.sorted().joined(separator: ", "))")
    return nil
  }

  /// Reads `True` or `False`, `Yes` or `No`, `1` or `0`.
  func flag(_ column: Column) -> Bool? {
    word(
      column, of: ["True": true, "False": false, "Yes": true, "No": false, "1": true, "0": false],
      "answer")
  }
}

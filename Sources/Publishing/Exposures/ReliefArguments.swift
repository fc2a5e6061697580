package import Evidence
package import Scenarios
package import Documents

// A relief as the query of an address says it: `year.DEAL=2027&maturity.DEAL=15&hedged=DEAL&fall=20`.
extension Relief {
  /// What can be said of the loan that takes a deal's place, by its name before the deal's.
  package enum Term: String, CaseIterable, Sendable {
    /// The year at whose end the loan is replaced; without one it is not.
    case year
    case lender, currency, grace, maturity
    /// In per cent a year.
    case rate
    case schedule

    /// The argument that says it of a deal.
    package func name(for deal: DealID) -> String { "\(rawValue).\(deal)" }
  }

  /// Reads from a query which loans are replaced on what terms, which are hedged, and a fall; nil when it
  /// assumes nothing that can be.
  package init?(_ arguments: [AddressArgument]) {
    let changes = Self.terms(in: arguments).compactMap { deal, texts in
      Refinancing(deal, texts)
    }
    let hedged = arguments.filter { $0.name == "hedged" && !$0.value.isEmpty }
    let fall = arguments.last { $0.name == "fall" }.flatMap { Double($0.value) }.map { $0 / 100 }
    guard !changes.isEmpty || !hedged.isEmpty || fall ?? 0 > 0,
      let relief = try? Relief(
        refinancings: changes, hedged: Set(hedged.map { DealID($0.value) }), fall: fall ?? 0)
    else { return nil }
    self = relief
  }

  /// What the relief's own page says in its query.
  package var parameters: [AddressArgument] {
    let terms = refinancings.flatMap { change in
      Term.allCases.compactMap { term in
        change.text(of: term).map { text in
          AddressArgument(name: term.name(for: change.deal), value: text)
        }
      }
    }
    let hedges = hedged.sorted().map { AddressArgument(name: "hedged", value: $0.rawValue) }
    let falls = fall > 0 ? [AddressArgument(name: "fall", value: addressNumber(fall * 100))] : []
    return terms + hedges + falls
  }

  /// What a query says that makes no relief: terms of a loan that is not replaced, or that contradict
  /// each other.
  package static func problems(in arguments: [AddressArgument]) -> [ArgumentProblem] {
    terms(in: arguments).flatMap { deal, texts -> [ArgumentProblem] in
      let year = Term.year.name(for: deal)
      guard texts[.year] != nil else {
        return Term.allCases.filter { texts[$0] != nil }.map { term in
          ArgumentProblem(
            name: term.name(for: deal),
            message: "is of a loan that is replaced, and this one is not",
            advice: "say when with \(year), or leave it out")
        }
      }
      guard Refinancing(deal, texts) == nil else { return [] }
      return [
        ArgumentProblem(
          name: Term.maturity.name(for: deal), value: texts[.maturity],
          message: "is no longer than the grace, \(texts[.grace] ?? ""), after which a loan is "
            + "repaid",
          advice: "write more years, or a shorter grace")
      ]
    }
  }

  /// What a query says of each deal, the deals in its order.
  private static func terms(
    in arguments: [AddressArgument]
  ) -> [(deal: DealID, texts: [Term: String])] {
    var found: [(deal: DealID, texts: [Term: String])] = []
    for argument in arguments where !argument.value.isEmpty {
      let parts = argument.name.split(separator: ".", maxSplits: 1).map(String.init)
      guard parts.count == 2, let term = Term(rawValue: parts[0]) else { continue }
      let deal = DealID(parts[1])
      let place = found.firstIndex { $0.deal == deal } ?? found.endIndex
      if place == found.endIndex { found.append((deal, [:])) }
      found[place].texts[term] = argument.value
    }
    return found
  }
}

extension Relief.Refinancing {
  /// Takes terms as a query has them; nil without a year, or with a grace that outlasts the loan.
  fileprivate init?(_ deal: DealID, _ texts: [Relief.Term: String]) {
    func number(_ term: Relief.Term) -> Double? { texts[term].flatMap { Double($0) } }
    let (grace, maturity) = (number(.grace), number(.maturity))
    guard let year = texts[.year].flatMap({ Int($0) }) else { return nil }
    if let grace, let maturity, maturity <= grace { return nil }
    self.init(
      deal: deal, lender: texts[.lender], year: year, currency: texts[.currency],
      graceYears: BoundedNumber(value: grace), maturityYears: BoundedNumber(value: maturity),
      rate: BoundedNumber(value: number(.rate).map { $0 / 100 }),
      schedule: texts[.schedule].flatMap(RepaymentSchedule.init))
  }

  /// A term as the query and its field have it; nil where it is not stated.
  func text(of term: Relief.Term) -> String? {
    switch term {
    case .year: "\(year)"
    case .lender: lender
    case .currency: currency
    case .grace: graceYears.value.map(addressNumber)
    case .maturity: maturityYears.value.map(addressNumber)
    case .rate: rate.value.map { addressNumber($0 * 100) }
    case .schedule: schedule?.rawValue
    }
  }
}

import Documents

extension CasebookChecker {
  mutating func checkDeals() {
    for (place, clause) in casebook.clauses.enumerated() {
      check(deal: clause.deal, Clause.self, place)
      check(word: clause.kind.rawValue, of: "clauses", Clause.self, place, "kind")
      check(actor: clause.holder, Clause.self, place, "holder")
      check(claim: clause.claim, Clause.self, place, "claim")
    }
    for (place, terms) in casebook.terms.enumerated() {
      check(deal: terms.deal, Terms.self, place)
      check(claim: terms.claim, Terms.self, place, "claim")
      check(currency: terms.currency, Terms.self, place)
      if terms.principal.isStated, terms.currency == nil {
        report(
          Terms.self, place, "currency", nil, "a principal has no currency",
          advice: "write its code, such as EUR")
      }
      checkTimes(of: terms, place)
    }
  }

  /// A loan falls due after its grace.
  private mutating func checkTimes(of terms: Terms, _ place: Int) {
    guard let grace = terms.graceYears.low ?? terms.graceYears.value,
      let maturity = terms.maturityYears.high ?? terms.maturityYears.value, maturity <= grace
    else { return }
    report(
      Terms.self, place, "maturity_years", "\(maturity)",
      "is no longer than the grace of \(grace) years",
      advice: "correct it, or `grace_years`: a loan is repaid after its grace")
  }

  /// The series that the codebook holds amounts against, or turns them by, are there.
  mutating func checkDenominators() {
    let named =
      casebook.codebook.denominators.flatMap { denominator in
        denominator.variables.map { ($0, "holds \(denominator.id) against amounts") }
      }
      + casebook.codebook.exchangeRates.map { ($0.variable, "turns \($0.currency)") }
    for (variable, use) in named where casebook.variable(variable) == nil {
      let known = casebook.variables.map(\.id.rawValue)
      problems.append(
        Problem(
          file: "codebook.yaml", value: variable.rawValue,
          message: "\(use), and is no variable of this casebook",
          advice: Suggestion.question(for: variable.rawValue, among: known)
            ?? "add it to variables.csv"))
    }
  }

  private mutating func check<R: Record>(deal: DealID, _ record: R.Type, _ place: Int) {
    guard !deal.rawValue.isEmpty, casebook.claims(of: deal).isEmpty,
      !unread.contains(Claim.table)
    else { return }
    let known = casebook.claims.lazy.compactMap { $0.deal?.rawValue }
    let advice = advice(deal.rawValue, among: known, else: "name it in the deal column of a claim")
    report(record, place, "deal", deal.rawValue, "is a deal that no claim is about", advice: advice)
  }

  mutating func checkConcerns() {
    checkUnique(Concern.self, casebook.concerns.map(\.id))
    for (place, concern) in casebook.concerns.enumerated() {
      check(actor: concern.organisation, Concern.self, place, "organisation")
      check(actor: concern.counterpart, Concern.self, place, "counterpart")
      check(word: concern.channel?.rawValue, of: "channels", Concern.self, place, "channel")
      check(word: concern.concern, of: "concerns", Concern.self, place, "concern")
      check(claim: concern.claim, Concern.self, place, "claim")
      checkOrder(concern.from, concern.to, Concern.self, place, ("from", "to"))
    }
  }

  mutating func checkCoverage() {
    for (place, stretch) in casebook.coverage.enumerated() {
      check(actor: stretch.actor, Coverage.self, place, "actor")
      check(actor: stretch.counterpart, Coverage.self, place, "counterpart")
      check(word: stretch.channel.rawValue, of: "channels", Coverage.self, place, "channel")
      check(claim: stretch.claim, Coverage.self, place, "claim")
      checkOrder(stretch.from, stretch.to, Coverage.self, place, ("from", "to"))
    }
  }
}

import Documents

extension CasebookChecker {
  mutating func checkDeals() {
    for (place, terms) in casebook.terms.enumerated() {
      if terms.principal.isStated, terms.currency == nil {
        report(
          \Terms.currency, place, nil, "a principal has no currency",
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
      \Terms.maturityYears.value, place, "\(maturity)",
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

  mutating func checkConcerns() {
    for (place, concern) in casebook.concerns.enumerated() {
      checkOrder(concern.from, concern.to, place, (\Concern.from, \.to))
    }
  }

  mutating func checkCoverage() {
    for (place, stretch) in casebook.coverage.enumerated() {
      checkOrder(stretch.from, stretch.to, place, (\Coverage.from, \.to))
    }
  }
}

import Documents

extension CasebookChecker {
  mutating func checkClaims() {
    for place in casebook.claims.indices {
      let claim = casebook.claims[place]
      checkLocator(claim, place)
      checkAmount(claim, place)
      checkDates(claim, place)
    }
  }

  private mutating func checkLocator(_ claim: Claim, _ place: Int) {
    if case .chars? = claim.locator, let source = casebook.source(claim.source),
      source.sha256 == nil
    {
      report(
        \Claim.locator, place, claim.locator?.description,
        "counts characters of a text, but source \(source.id) has no sha256",
        advice: "add the hash of the text to sources.csv")
    }
  }

  /// Checks that money has a currency, and that nothing else has a price year.
  private mutating func checkAmount(_ claim: Claim, _ place: Int) {
    if let unit = claim.unit, casebook.codebook.moneyUnits.contains(unit), claim.currency == nil {
      report(
        \Claim.currency, place, nil, "an amount of money has no currency",
        advice: "write its code, such as EUR")
    }
    if claim.currency == nil, let year = claim.priceYear {
      report(
        \Claim.priceYear, place, String(year), "there is a price year but no currency",
        advice: "write the currency, or empty the price year")
    }
  }

  private mutating func checkDates(_ claim: Claim, _ place: Int) {
    checkOrder(claim.ordered, claim.delivered, place, (\Claim.ordered, \.delivered))
    checkOrder(claim.ordered, claim.until, place, (\Claim.ordered, \.until))
    if let corrected = claim.supersedes, let earlier = casebook.claim(corrected) {
      checkOrder(
        earlier.codedOn, claim.codedOn, place, "that of \(corrected)", \Claim.codedOn)
    }
    guard let on = claim.on, let actor = casebook.actor(claim.actor) else { return }
    if let from = actor.from, on.latest < from.earliest {
      report(
        \Claim.on, place, on.text, "is before \(actor.id) existed (from \(from.text))",
        advice: "name the actor of that time, or correct the date")
    }
    if let to = actor.to, on.earliest > to.latest {
      report(
        \Claim.on, place, on.text, "is after \(actor.id) ended (\(to.text))",
        advice: "name the actor of that time, or correct the date")
    }
  }
}

import Documents

extension CasebookChecker {
  mutating func checkClaims() {
    checkUnique(Claim.self, casebook.claims.map(\.id))
    for place in casebook.claims.indices {
      let claim = casebook.claims[place]
      checkNames(claim, place)
      checkWords(claim, place)
      checkAmount(claim, place)
      checkDates(claim, place)
    }
  }

  private mutating func checkNames(_ claim: Claim, _ place: Int) {
    check(actor: claim.actor, Claim.self, place, "actor")
    check(actor: claim.by, Claim.self, place, "by")
    for party in claim.with { check(actor: party, Claim.self, place, "with") }
    check(actor: claim.counterpart, Claim.self, place, "counterpart")
    check(source: claim.source, Claim.self, place, "source")
    check(claim: claim.supersedes, Claim.self, place, "supersedes")
    checkFact(claim.partOf, Claim.self, place, "part_of")
    if case .chars? = claim.locator, let source = casebook.source(claim.source),
      source.sha256 == nil
    {
      report(
        Claim.self, place, "locator", claim.locator?.description,
        "counts characters of a text, but source \(source.id) has no sha256",
        advice: "add the hash of the text to sources.csv")
    }
  }

  private mutating func checkWords(_ claim: Claim, _ place: Int) {
    check(word: claim.channel.rawValue, of: "channels", Claim.self, place, "channel")
    check(word: claim.instrument.rawValue, of: "instruments", Claim.self, place, "instrument")
    check(word: claim.unit, of: "units", Claim.self, place, "unit")
    check(word: claim.of, of: "denominators", Claim.self, place, "of")
    check(word: claim.coder, of: "coders", Claim.self, place, "coder")
  }

  /// Checks that money has a currency, and that nothing else has a price year.
  private mutating func checkAmount(_ claim: Claim, _ place: Int) {
    if let unit = claim.unit, casebook.codebook.moneyUnits.contains(unit), claim.currency == nil {
      report(
        Claim.self, place, "currency", nil, "an amount of money has no currency",
        advice: "write its code, such as EUR")
    }
    if claim.currency == nil, let year = claim.priceYear {
      report(
        Claim.self, place, "price_year", String(year), "there is a price year but no currency",
        advice: "write the currency, or empty the price year")
    }
    check(currency: claim.currency, Claim.self, place)
  }

  mutating func check<R: Record>(currency: String?, _ record: R.Type, _ place: Int) {
    guard let currency else { return }
    let isCode =
      currency.utf8.count == 3
      && currency.utf8.allSatisfy { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }
    guard !isCode else { return }
    report(
      record, place, "currency", currency, "is no currency code",
      advice: "write the three capitals of ISO 4217, such as EUR")
  }

  private mutating func checkDates(_ claim: Claim, _ place: Int) {
    checkOrder(claim.ordered, claim.delivered, Claim.self, place, ("ordered", "delivered"))
    checkOrder(claim.ordered, claim.until, Claim.self, place, ("ordered", "until"))
    if let corrected = claim.supersedes, let earlier = casebook.claim(corrected) {
      checkOrder(
        earlier.codedOn, claim.codedOn, Claim.self, place, ("that of \(corrected)", "coded_on"))
    }
    guard let on = claim.on, let actor = casebook.actor(claim.actor) else { return }
    if let from = actor.from, on.latest < from.earliest {
      report(
        Claim.self, place, "on", on.text, "is before \(actor.id) existed (from \(from.text))",
        advice: "name the actor of that time, or correct the date")
    }
    if let to = actor.to, on.earliest > to.latest {
      report(
        Claim.self, place, "on", on.text, "is after \(actor.id) ended (\(to.text))",
        advice: "name the actor of that time, or correct the date")
    }
  }
}

import Evidence
import Indicators

/// A value of a series with its year and its name.
struct DatedValue {
  let year: Int
  let value: Double
  let evidence: EvidenceID
}

extension Casebook {
  /// The currencies that a loan can be stated in: those of loans, and those that have a rate.
  package var currencies: [String] {
    let rates = codebook.exchangeRates.flatMap { [$0.currency, $0.per] }
    return Set(rates + terms.compactMap(\.currency)).sorted()
  }

  /// The last positive value of a series up to a year, of one actor or, without one, of any.
  func latest(_ variable: VariableID, of actor: ActorID? = nil, until year: Int) -> DatedValue? {
    series(variable).filter { actor == nil || $0.actor == actor }.filter { $0.period <= year }
      .compactMap { row in
        row.value.flatMap { value in
          value > 0
            ? DatedValue(
              year: row.period, value: value, evidence: .value(variable, row.actor, row.period))
            : nil
        }
      }
      .max { $0.year < $1.year }
  }

  /// What amounts are held against, in its currency: of the last year up to one for which all its series
  /// have a positive value.
  func base(
    _ denominator: Codebook.Denominator, of actor: ActorID, until year: Int
  ) -> (year: Int, value: Double, evidence: [EvidenceID])? {
    var until = year
    while let whole = latest(denominator.variable, of: actor, until: until) {
      let factors = [denominator.times, denominator.over].map { variable in
        variable.map { latest($0, of: actor, until: whole.year) }
      }
      // A series that the denominator has not is 1; one without a value of the year is missing.
      let isWhole = factors.allSatisfy { factor in factor.map { $0?.year == whole.year } ?? true }
      if isWhole {
        let (times, over) = (factors[0]??.value ?? 1, factors[1]??.value ?? 1)
        return (
          whole.year, whole.value * denominator.scale * times / over,
          [whole.evidence] + factors.compactMap { $0??.evidence }
        )
      }
      until = whole.year - 1
    }
    return nil
  }

  /// How many units of one currency a unit of another was worth in the last year up to one that has a
  /// rate; nil where the codebook links the two by no rate.
  func rate(
    from: String, to: String, until year: Int
  ) -> (factor: Double, evidence: [EvidenceID])? {
    if from == to { return (1, []) }
    let (first, second) = (worth(of: from, until: year), worth(of: to, until: year))
    guard first.unit == second.unit else { return nil }
    return (first.value / second.value, first.evidence + second.evidence)
  }

  /// What a unit of a currency is worth in the one that its rate is stated against, or in itself.
  private func worth(
    of currency: String, until year: Int
  ) -> (unit: String, value: Double, evidence: [EvidenceID]) {
    guard let rate = codebook.exchangeRates.first(where: { $0.currency == currency }),
      let price = latest(rate.variable, until: year)
    else { return (currency, 1, []) }
    return (rate.per, 1 / price.value, [price.evidence])
  }
}

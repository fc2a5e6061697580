import Evidence
import Indicators

/// A value of a series with its year and its name.
struct DatedValue {
  let year: Int
  let value: Double
  let evidence: EvidenceID
}

extension Casebook {
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

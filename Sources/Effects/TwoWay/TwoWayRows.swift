import Panels

/// Observations of an outcome under a treatment: one row for each, with its unit and its period.
///
/// Units, periods and clusters are counted from 0. Rows may come in any order; a unit may lack periods,
/// and several rows may share a unit and a period. The treatment may be any number.
public struct TwoWayRows: Sendable {
  public let units: [Int32]
  public let periods: [Int32]
  public let outcomes: [Double]
  public let treatments: [Double]
  public let covariates: [Covariate]
  /// How much each row counts; nil: all the same.
  public let weights: [Double]?
  /// Which rows vary together; nil: those of each unit.
  public let clusters: [Int32]?
  let unitCount: Int
  let periodCount: Int

  /// One number for each row that the outcome may depend on.
  public struct Covariate: Sendable {
    public let name: String
    public let values: [Double]

    public init(name: String, values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  /// - Throws: `EffectError` naming the first row whose numbers cannot be used.
  public init(
    units: [Int32], periods: [Int32], outcomes: [Double], treatments: [Double],
    covariates: [Covariate] = [], weights: [Double]? = nil, clusters: [Int32]? = nil
  ) throws {
    let counts =
      [periods.count, outcomes.count, treatments.count] + covariates.map(\.values.count)
      + [weights?.count, clusters?.count].compactMap { $0 }
    precondition(
      units.count < Int(Int32.max) && counts.allSatisfy { $0 == units.count },
      "Rows need a unit, a period, an outcome, a treatment and each covariate, weight and cluster.")
    for (name, values) in [("unit", units), ("period", periods), ("cluster", clusters ?? [])] {
      if let row = values.firstIndex(where: { $0 < 0 }) {
        throw EffectError.rowNotUsable(row: row, what: name)
      }
    }
    let numbers =
      [("outcome", outcomes), ("treatment", treatments)]
      + covariates.map { ("covariate \($0.name)", $0.values) }
    for (name, values) in numbers {
      if let row = values.firstIndex(where: { !(abs($0) <= Panel.sizes.upperBound) }) {
        throw EffectError.rowNotUsable(row: row, what: name)
      }
    }
    if let row = weights?.firstIndex(where: { !Panel.sizes.contains($0) }) {
      throw EffectError.rowNotUsable(row: row, what: "weight")
    }
    self.units = units
    self.periods = periods
    self.outcomes = outcomes
    self.treatments = treatments
    self.covariates = covariates
    self.weights = weights
    self.clusters = clusters
    unitCount = Int(units.max() ?? -1) + 1
    periodCount = Int(periods.max() ?? -1) + 1
  }
}

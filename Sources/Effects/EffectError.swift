public import Panels

/// What keeps an estimator from its estimate.
public enum EffectError: Error, Hashable {
  case nobodyTreated
  case nobodyToCompare
  case noEstimableCell
  case noAdmissibleAssignment(attempts: Int)
  case noDonor(cohort: Period?)
  case noWindow(cohort: Period)
  case onlyDonor
  case tooFewDonors(treated: Int, donors: Int)
  case covariateWithGap(String, unit: String, period: Period)
  case covariateWithoutContrast(String)
  case coefficientsDoNotSettle(rounds: Int)
  case unknownCovariate(String, known: [String])
  case constantCovariate(String)
  case collinear(covariate: String, cohort: Period, period: Period)
  case tooFewToAdjust(cohort: Period, period: Period)
  case separated(covariate: String?, cohort: Period, period: Period)
  case severalTreated(units: [String])
  case severalCohorts([Period])
  case penaltyNotPositive(Double)
  case factorsNotTold(unit: String, factors: Int)
  case untreatedCellsApart
  case factorsDoNotSettle(rounds: Int)
  case predictorWithoutValue(name: String, unit: String)
  case constantPredictor(name: String)
  case notAPlaceboPeriod(Period, treated: Period)
  case eventTimesWithGap([Int])
  case effectOutOfRange(eventTime: Int)
  case effectsOutOfLine(eventTimes: Int, effects: Int)
  case covarianceOutOfLine(eventTimes: Int, rows: Int, columns: Int)
  case covarianceNotSymmetric(Int, Int)
  case covarianceSingular(eventTime: Int)
  case noSuchEventTime(Int, last: Int)
  case notADeparture(Double)
  case rowNotUsable(row: Int, what: String)
  case nothingVaries
  case followsFromEffects(covariate: String)
  case effectsDoNotSettle(rounds: Int)
  case notLinear
  case datesDiffer(unit: String, Period?, Period?)
  case oneCluster
  case residualsVanish
}

extension EffectError {
  /// What else could be asked of the same panel.
  public enum Remedy: Hashable, Sendable {
    /// One fit for several treated units: staggered synthetic control.
    case poolTreatedUnits
    /// A test by other adoption dates.
    case reassignDates
  }

  /// What else could be asked of the panel, where another method of this module would serve.
  public var remedies: [Remedy] {
    switch self {
    case .severalTreated: [.poolTreatedUnits]
    case .severalCohorts: [.reassignDates]
    default: []
    }
  }
}

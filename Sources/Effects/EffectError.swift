public import Panels

/// What keeps an estimator from its estimate.
public enum EffectError: Error, Hashable {
  case nobodyTreated
  case nobodyToCompare
  case noEstimableCell
  case noAdmissibleAssignment(attempts: Int)
  case noDonor(cohort: Period?)
  case noWindow(cohort: Period)
  case tooFewDonors(treated: Int, donors: Int)
  case covariateOutOfLine(place: Int)
  case covariateWithGap(place: Int, unit: String, period: Period)
  case coefficientsDoNotSettle(rounds: Int)
}

extension EffectError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .nobodyTreated:
      "No unit of the panel is treated inside its periods with a period before it; widen the "
        + "periods or the pool."
    case .nobodyToCompare:
      "Every unit of the panel is treated from the start of it; add units that are treated later "
        + "or never."
    case .noEstimableCell:
      "No treated unit is observed both before and after its treatment together with a comparison "
        + "unit; add observations, or widen the periods or the pool."
    case .noAdmissibleAssignment(let attempts):
      "None of \(attempts) reassigned adoption dates is admissible: too few units are observed "
        + "around the dates; widen the pool or the periods."
    case .noDonor(let cohort?):
      "No never-treated unit is observed in every period that the units treated in \(cohort) are; fill "
        + "the gaps, shorten the periods or widen the pool."
    case .noDonor(nil):
      "No unit of the panel is never treated, so none can carry weights; widen the pool."
    case .noWindow(let cohort):
      "The units treated in \(cohort) have too few periods in common before and after it; leave out "
        + "the one with the shortest series or fill its gaps."
    case .tooFewDonors(let treated, let donors):
      "\(donors) never-treated units cannot play \(treated) treated ones and still leave a donor; use "
        + "the jackknife or widen the pool."
    case .covariateOutOfLine(let place):
      "Covariate \(place) does not have the units and periods of the outcome; give it the same rows."
    case .covariateWithGap(let place, let unit, let period):
      "\(unit) has no value of covariate \(place) in \(period), where its outcome is observed; fill the "
        + "gap or leave the unit out."
    case .coefficientsDoNotSettle(let rounds):
      "The covariates' coefficients still move after \(rounds) rounds; leave out a covariate that "
        + "follows the units and periods closely."
    }
  }
}

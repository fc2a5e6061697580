package import Effects
import Panels

extension EffectError {
  /// What is wrong and what to do, in a sentence.
  ///
  /// `flag` names the option that carries a remedy out, where there is one.
  package func sentence(flag: (Remedy) -> String? = { _ in nil }) -> String {
    let flags = remedies.compactMap(flag).map { "`\($0)`" }
    return switch self {
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
      "Every unit of the panel is treated, so none can carry weights; widen the pool."
    case .onlyDonor: "it is the only donor"
    case .noWindow(let cohort):
      "The units treated in \(cohort) have too few periods in common before and after it; leave out "
        + "the one with the shortest series or fill its gaps."
    case .tooFewDonors(let treated, let donors):
      "\(donors) never-treated units cannot play \(treated) treated ones and still leave a donor; use "
        + "the jackknife or widen the pool."
    case .covariateWithGap(let name, let unit, let period):
      "\(unit) has no value of the covariate \(name) in \(period), where its outcome is observed; fill "
        + "the gap or leave the unit out."
    case .covariateWithoutContrast(let name):
      "The covariate \(name) is only a level for each unit and one for each period, which the weights "
        + "take out already; leave it out."
    case .severalTreated(let units):
      "\(units.formatted) are treated, and one synthetic control has one treated unit; leave the others "
        + "out, or pool them (\((["staggered synthetic control"] + flags).joined(separator: ", ")))."
    case .severalCohorts(let dates):
      "Units are treated from \(dates.map { "\($0)" }.formatted), and a conformal interval is of one date; "
        + "leave the others out, or reassign the dates\(flags.first.map { " (\($0))" } ?? "")."
    case .penaltyNotPositive(let penalty):
      "The penalty is \(penalty); give a number above zero, or none to have it chosen by "
        + "cross-validation."
    case .factorsNotTold(let unit, let factors):
      "The periods before the treatment of \(unit) do not tell its level and its loadings on \(factors) "
        + "factors apart; ask for fewer factors or leave the unit out."
    case .untreatedCellsApart:
      "The observed cells without treatment fall into parts that share neither unit nor period, so that "
        + "levels cannot be compared; leave out the units of the smaller part or fill their gaps."
    case .factorsDoNotSettle(let rounds):
      "The factors still move after \(rounds) rounds: the cells without treatment hardly hold them; ask for "
        + "fewer factors or a larger penalty."
    case .predictorWithoutValue(let name, let unit):
      "\(unit) has no value of the predictor \(name) in its periods; widen them or leave the unit out."
    case .constantPredictor(let name):
      "The predictor \(name) is the same for all units, so it cannot tell them apart; leave it out."
    case .notAPlaceboPeriod(let period, let treated):
      "A placebo in \(period) needs a period before it, and must come before the treatment in "
        + "\(treated); choose another period."
    case .eventTimesWithGap(let times):
      "The event times \(times.map(\.description).joined(separator: ", ")) have a gap or no side of the "
        + "treatment; list them from −2 downwards and from 0 upwards, without the reference −1."
    case .effectOutOfRange(let time):
      "The effect at event time \(time), or its variance, is too large or too small to compute with; "
        + "rescale the outcome."
    case .effectsOutOfLine(let times, let effects):
      "There are \(effects) finite effects for \(times) event times; give one number for each."
    case .covarianceOutOfLine(let times, let rows, let columns):
      "The covariance has \(rows) × \(columns) finite numbers for \(times) event times; give "
        + "\(times) × \(times)."
    case .covarianceNotSymmetric(let first, let second):
      "The covariance of the effects at \(first) and \(second) is not that at \(second) and \(first); "
        + "make the matrix symmetric."
    case .covarianceSingular(let time):
      "The effect at event time \(time) follows from those before it, or does not vary at all, so the "
        + "covariance is singular; use fewer event times or more clusters."
    case .noSuchEventTime(let time, let last):
      "No effect was estimated at event time \(time); choose one from 0 to \(last)."
    case .notADeparture(let m):
      "\(m) is not a usable departure from parallel trends; choose a number from 0 to a billion times "
        + "what the errors allow to see."
    case .rowNotUsable(let row, let what):
      "The \(what) of row \(row + 1) is not a usable number; correct it or leave the row out."
    case .nothingVaries:
      "The unit and period effects and the covariates explain the treatment fully; add units that are "
        + "treated later or never, or leave covariates out."
    case .followsFromEffects(let name):
      "The covariate \(name) follows from the unit and period effects and the covariates before it; "
        + "leave it out."
    case .effectsDoNotSettle(let rounds):
      "The unit and period effects do not settle in \(rounds) rounds: the units hardly overlap in their "
        + "periods; leave out units or periods that link to few others."
    case .notLinear:
      "The outcome itself moves how much this estimator lets each cell count, so outcomes cannot share "
        + "the weights; test one outcome after the other."
    case .datesDiffer(let unit, let first, let second):
      "\(unit) is \(words(first)) in one panel and \(words(second)) in another; give it one date in "
        + "all of them."
    case .oneCluster:
      "All rows are in one cluster, and signs of one cluster move nothing; cluster by units or by "
        + "something finer."
    case .residualsVanish:
      "The regression explains the outcome to rounding, so no residuals are left to give signs to; use "
        + "an outcome with noise, or fewer covariates."
    case .coefficientsDoNotSettle(let rounds):
      "The covariates' coefficients still move after \(rounds) rounds; leave out a covariate that "
        + "follows the units and periods closely, or give it in larger units."
    case .unknownCovariate(let name, let known):
      "The panel has no covariate \(name); it has \(known.isEmpty ? "none" : known.joined(separator: ", "))."
    case .constantCovariate(let name):
      "The covariate \(name) is the same in every cell and adjusts nothing; leave it out."
    case .collinear(let name, let cohort, let period):
      "In \(period) the covariate \(name) follows from the others among the units compared with the "
        + "cohort of \(cohort), or is the same for all of them; leave it out or widen the pool."
    case .tooFewToAdjust(let cohort, let period):
      "In \(period) nobody with weight can be compared with the cohort of \(cohort) given the "
        + "covariates; adjust for fewer or widen the pool."
    case .separated(let name?, let cohort, let period):
      "In \(period) the covariate \(name) tells the cohort of \(cohort) perfectly from the units it is "
        + "compared with, so that no odds can be estimated; leave it out or adjust by `reg`."
    case .separated(nil, let cohort, let period):
      "In \(period) the covariates together tell the cohort of \(cohort) perfectly from the units it is "
        + "compared with, so that no odds can be estimated; adjust for fewer or by `reg`."
    }
  }
}

extension [String] {
  /// The names in a row, with "and" before the last.
  fileprivate var formatted: String {
    guard let last, count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " and " + last
  }
}

/// When a unit is first treated, in words.
private func words(_ date: Period?) -> String {
  date.map { "treated from \($0)" } ?? "never treated"
}

import Foundation

/// The document that the study prints.
enum Report {
  static let introduction = """
    # Do intervals and tests keep their level?

    Printed by `make coverage-study`; the same bytes from every run, on any number of threads.

    Each panel has unit effects (standard deviation 3), period effects (1) and normal noise (1), half of
    which stays for the next period. Trends are parallel and the effect is the same in every treated
    cell, so that all estimators look for one number, and what fails here fails for want of units, not
    of assumptions. Intervals of 95 % are taken on panels with an effect of 1 and should hold it in 95 of
    100; tests at 5 % are taken on panels without an effect and should find one in at most 5 of 100.

    A verdict looks at the distance from the nominal share in Monte Carlo standard errors: **too low** is a
    coverage more than two of them below 95 %, **too often** a test that rejects more than two of them above 5 %.
    All procedures see the same panels, so that their shares err together. A panel for which a procedure has
    no interval or no p is not counted; the table says how many are.

    """

  static let ending = """
    ## How to read it

    - Errors from large samples (influence functions, clustered errors) need many treated units. With one
      treated unit its own noise does not enter them at all: they describe the comparison units, and hold
      the effect in a third of the cases. With eight treated units at each date they are still a little short;
      with 75 they are not. Ten treated units at seven dates, which is enough for answers to show such errors, hold
      the effect in 92 of 100 cases for group-time effects and in 83 for imputation: a cohort of one unit has no
      spread of its own. Bands and honest bounds are of no use there.
    - The simultaneous band and the honest bounds ask the same errors for several effects at once, the farthest
      of which rest on one cohort: they fall short earlier, and hold with many units.
    - A test that reassigns dates has its level by construction where units are exchangeable, as here, however
      few are treated. It may reject less often: the p of few assignments moves in steps.
    - The interval that inverts such a test holds the effect as often as the test does not reject it. It is
      absent where the assignments are too few to bound it.
    - The wild bootstrap of the two-way coefficient keeps its level throughout, but with one or two treated units it
      rejects nothing, which is no use either. Sun and Abraham's mean over cohorts of one unit each it rejects in 14
      of 100 cases: residuals that the regression has set to zero have no signs to give.
    - The jackknife of factors and of matrix completion holds the effect with three treated units, of factors
      nearly with two; the bootstrap needs many more, and with one treated unit describes the others alone. One
      factor is one more than these panels have: found in all untreated cells it has a result for 93 of 100 panels
      of forty units.
    - The conformal interval of augmented synthetic control is mostly absent: its correction takes out a level, and
      with eight of twenty-four periods after the treatment the test then rejects next to nothing.
    - The jackknife of synthetic DiD holds its weights and needs two treated units in each cohort; the bootstrap
      draws units, and one treated unit drawn again and again shows no noise of its own.

    """

  static func section(_ scenario: Scenario, _ studies: [Study]) -> String {
    let rows = studies.map { study in
      let isTest = study.procedure.kind == .test
      let share =
        study.defined == 0 ? "–" : "\(percent(study.share)) ± \(percent(study.error))"
      return "| \(study.procedure.name) | \(isTest ? "" : share) | \(isTest ? share : "") | "
        + "\(study.defined) of \(study.replications) | \(verdict(study)) |"
    }
    return """
      ## \(scenario.title)

      \(scenario.starts.count) units, \(scenario.periods) periods, first treated in \(dates(scenario)).

      | procedure | holds the effect, % | finds what is not there, % | panels | verdict |
      |---|---|---|---|---|
      \(rows.joined(separator: "\n"))

      """
  }

  private static func dates(_ scenario: Scenario) -> String {
    let dates = Set(scenario.starts.compactMap(\.self)).sorted().map { "\($0)" }
    return dates.count < 2
      ? dates.joined() : dates.dropLast().joined(separator: ", ") + " and " + (dates.last ?? "")
  }

  private static func verdict(_ study: Study) -> String {
    guard study.defined > 0 else { return "not defined" }
    let limit = 2 * study.error
    if study.procedure.kind == .test {
      return study.share > 0.05 + limit ? "**too often**" : "holds"
    }
    return study.share < 0.95 - limit ? "**too low**" : "holds"
  }

  private static func percent(_ share: Double) -> String { String(format: "%.1f", 100 * share) }
}

import LinearAlgebra
public import Panels

/// Imputation: what untreated cells predict for the treated ones, taken from what was observed.
///
/// Unit and period effects, and coefficients of covariates that may change in time, are fitted to the
/// cells without treatment; the effect of a treated cell is its outcome less the prediction (Borusyak,
/// Jaravel and Spiess 2024, 10.1093/restud/rdae007). Units treated later, or never, both count as
/// untreated until their treatment.
public struct Imputation: Hashable, Sendable {
  /// The names of the panel's covariates; empty: none.
  public let covariates: [String]
  /// How many periods before treatment its effect may begin.
  public let anticipation: Int
  /// How many periods before treatment the test of the pre-trend looks at, at most.
  public let leads: Int

  public init(covariates: [String] = [], anticipation: Int = 0, leads: Int = 5) {
    precondition(anticipation >= 0 && leads >= 0, "Periods are counted from zero.")
    precondition(
      Set(covariates).count == covariates.count, "A covariate is adjusted for once.")
    self.covariates = covariates
    self.anticipation = anticipation
    self.leads = leads
  }

  /// Estimates the effect in every treated cell and their means.
  ///
  /// - Throws: `EffectError` when nobody is treated, no treated cell can be predicted, or a covariate
  ///   follows from the effects.
  public func estimate(_ panel: Panel) throws -> ImputationEffects {
    let design = try AdoptionDesign(panel, anticipation: anticipation, covariates: covariates)
    return try ImputationEffects(
      CellFit(design, to: .untreated, names: covariates), preTrend: preTrend(design, nil))
  }

  /// Estimates how the treated differ from their own earlier periods at these event times before it.
  ///
  /// A regression on untreated cells only, so that a test of it does not depend on the effects.
  ///
  /// - Throws: as `estimate`; `EffectError.nothingVaries` when an event time cannot be told apart.
  public func preTrend(_ panel: Panel, at eventTimes: [EventTime]) throws -> PreTrend? {
    let design = try AdoptionDesign(panel, anticipation: anticipation, covariates: covariates)
    return try preTrend(design, eventTimes.map(\.number))
  }
}

/// The estimates of imputation.
public struct ImputationEffects: Hashable, Sendable {
  /// The units that took part, in the panel's order.
  public let units: [String]
  /// Each treated cell that could be predicted, unit after unit.
  public let effects: [UnitEffect]
  /// The mean of all of them, by weight.
  public let overall: Estimate
  /// Their means by event time.
  public let eventTime: [AggregatedEffect]
  /// Their means by cohort and period, cohort by cohort.
  public let cells: [CellEffect]
  /// The coefficients of the covariates, in their order.
  public let coefficients: [Double]
  /// How treated units moved before treatment; nil when no event time can be told apart.
  public let preTrend: PreTrend?
  /// Each unit's pull on the overall effect: the estimate is off by their mean.
  public let contributions: [Double]
  public let dropped: [Dropped]
}

/// The effect on one unit in one period.
public struct UnitEffect: Hashable, Sendable {
  public let unit: String
  public let period: Period
  public let effect: Double
}

/// Differences before treatment by event time, and the joint test that they are zero.
public struct PreTrend: Hashable, Sendable {
  public let cells: [AggregatedEffect]
  /// nil when there are not more clusters than cells.
  public let test: WaldTest?
}

extension ImputationEffects {
  init(_ fit: CellFit, preTrend: PreTrend?) throws {
    let design = fit.design
    let panel = design.panel
    let means = try ImputedMeans(fit)
    units = panel.units
    effects = means.cells.map { cell in
      UnitEffect(
        unit: panel.units[cell / design.periodCount],
        period: panel.periods[cell % design.periodCount], effect: means.residuals[cell])
    }
    let all = try means.mean(of: means.cells)
    overall = all.estimate
    contributions = all.influence.map { $0 * Double(panel.units.count) }
    eventTime = try grouped(means.cells) { means.eventTime($0) }.map { key, cells in
      AggregatedEffect(key: key, estimate: try means.mean(of: cells).estimate)
    }
    cells = try grouped(means.cells) { means.cohortAndPeriod($0) }.map { _, cells in
      CellEffect(
        cohort: panel.periods[design.starts[cells[0] / design.periodCount] ?? 0],
        period: panel.periods[cells[0] % design.periodCount],
        estimate: try means.mean(of: cells).estimate)
    }
    coefficients = means.coefficients
    self.preTrend = preTrend
    dropped = design.dropped + means.dropped
  }
}

/// The imputed effects, and any weighted mean of them with its error.
private struct ImputedMeans {
  private let fit: CellFit
  /// The treated cells that could be predicted, by place.
  let cells: [Int]
  /// The outcome less the prediction of each cell.
  let residuals: [Double]
  let coefficients: [Double]

  init(_ fit: CellFit) throws {
    self.fit = fit
    cells = fit.imputable
    guard !cells.isEmpty else { throw EffectError.noEstimableCell }
    (residuals, coefficients) = try fit.residuals(fit.design.panel.values)
  }

  /// Treated cells whose period has no untreated unit that they can be compared with.
  var dropped: [Dropped] {
    let design = fit.design
    let known = Set(cells)
    return design.starts.indices.flatMap { unit -> [Dropped] in
      guard let start = design.starts[unit] else { return [] }
      return design.panel.row(unit).dropFirst(start).filter {
        design.isUsed[$0] && !known.contains($0)
      }.map { place in
        Dropped(
          unit: design.panel.units[unit], period: design.panel.periods[place % design.periodCount],
          reason: "nobody untreated to predict it from")
      }
    }
  }

  func eventTime(_ cell: Int) -> Int {
    let periods = fit.design.periodCount
    return fit.design.eventTime(cell % periods, start: fit.design.starts[cell / periods] ?? 0)
  }

  /// A number for each cohort and period, ascending.
  func cohortAndPeriod(_ cell: Int) -> Int {
    let periods = fit.design.periodCount
    return (fit.design.starts[cell / periods] ?? 0) * periods + cell % periods
  }

  /// The mean of some cells by their weight, with each unit's influence in sum.
  ///
  /// Errors are those of the paper's equation 7: Σ v ε̃ by unit, ε̃ being the residual of an untreated
  /// cell and, of a treated one, its effect less the mean of its cohort at its event time.
  func mean(of cells: [Int]) throws -> (estimate: Estimate, influence: [Double]) {
    let shares = fit.shares(of: cells)
    let pulls = try fit.weights(cells, shares)
    var influence = [Double](repeating: 0, count: fit.design.starts.count)
    for place in fit.rows {
      influence[place / fit.design.periodCount] += pulls[place] * residuals[place]
    }
    for (_, own) in grouped(cells, by: cohortAndPeriod) {
      let squares = own.reduce(0) { $0 + pulls[$1] * pulls[$1] }
      let centre = own.reduce(0) { $0 + pulls[$1] * pulls[$1] * residuals[$1] } / squares
      for place in own {
        influence[place / fit.design.periodCount] += pulls[place] * (residuals[place] - centre)
      }
    }
    let att = zip(cells, shares).reduce(0) { $0 + $1.1 * residuals[$1.0] }
    let sums = fit.design.clustering?.sums(influence) ?? influence
    let error = sums.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return (Estimate(att: att, error: error, scale: fit.design.panel.scale), influence)
  }
}

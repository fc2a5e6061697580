public import Panels

/// Group-time difference in differences (Callaway and Sant'Anna 2021).
///
/// ATT(g,t) is the change of cohort g from its base period to t, less that of the comparison units
/// (10.1016/j.jeconom.2020.12.001, equations 2.1 and 2.3 to 2.5), with covariates after Sant'Anna and
/// Zhao 2020 (10.1016/j.jeconom.2020.06.003). What to do with gaps is `Changes`.
public struct GroupTimeDiD: Hashable, Sendable {
  /// Who the treated are compared with.
  public let comparison: Comparison
  /// Where pre-treatment cells are measured from.
  public let base: BasePeriod
  /// How many periods before treatment its effect may begin.
  public let anticipation: Int
  /// The names of the panel's covariates that trends are parallel given; empty: none.
  public let covariates: [String]
  /// How the covariates are adjusted for.
  public let adjustment: Adjustment
  /// What a change is when units have gaps.
  public let changes: Changes

  public init(
    comparison: Comparison, base: BasePeriod = .varying, anticipation: Int = 0,
    covariates: [String] = [], adjustment: Adjustment = .doublyRobust,
    changes: Changes = .withinUnits
  ) {
    precondition(anticipation >= 0, "Anticipation is a number of periods, zero or more.")
    precondition(
      Set(covariates).count == covariates.count, "A covariate is adjusted for once.")
    self.comparison = comparison
    self.base = base
    self.anticipation = anticipation
    self.covariates = covariates
    self.adjustment = adjustment
    self.changes = changes
  }

  /// Who a cohort is compared with in a cell.
  public enum Comparison: String, Hashable, Sendable, CaseIterable {
    case neverTreated = "never"
    /// First treated after max(t, base) + anticipation, or never.
    case notYetTreated = "not-yet"
  }

  /// The period that a pre-treatment cell is measured from.
  public enum BasePeriod: String, Hashable, Sendable, CaseIterable {
    /// The period before: each pre-treatment cell is one step.
    case varying
    /// The last period before treatment and its anticipation, for all cells.
    case universal
  }

  /// How covariates are adjusted for.
  public enum Adjustment: String, Hashable, Sendable, CaseIterable {
    /// Both of the others: right when either of them is.
    case doublyRobust = "dr"
    /// Comparison units weighted by their odds of being treated.
    case inverseProbability = "ipw"
    /// The comparison units' changes predicted for the treated.
    case outcomeRegression = "reg"
  }

  /// What a cell takes as the change from its base period.
  public enum Changes: Hashable, Sendable {
    /// The changes of the units that are observed in both periods.
    case withinUnits
    /// The change of the mean of whoever is observed in each: repeated cross-sections.
    ///
    /// A unit's influence is the sum over its observations.
    case betweenSamples(errors: SampleErrors = .published)
  }

  /// How doubly robust errors of repeated cross-sections take in the fit of the base period.
  ///
  /// They differ in one sign, and vanish alike in large samples when both models are right.
  public enum SampleErrors: String, Hashable, Sendable, CaseIterable {
    /// As `DRDID` 1.2.3 prints them.
    case published
    /// By the derivative of the estimate.
    case derived
  }

  /// Estimates every cell, the four aggregations and the pre-trend test.
  ///
  /// With a bootstrap the errors are its own, and simultaneous bands come with them.
  ///
  /// - Throws: `EffectError` when no cohort has a base period, no cell a comparison unit, or a
  ///   covariate cannot be adjusted for.
  public func estimate(
    _ panel: Panel, bootstrap: MultiplierBootstrap? = nil
  ) throws -> GroupTimeEffects {
    let design = try GroupTimeDesign(panel, options: self)
    let estimated = try CellEstimator(design).estimates(threads: bootstrap?.threads ?? 1)
    guard estimated.contains(where: { $0.cell.isPost }) else { throw EffectError.noEstimableCell }
    return GroupTimeEffects(design: design, cells: estimated, bootstrap: bootstrap)
  }

  /// Estimates event times over the same cohorts throughout.
  ///
  /// Cohorts are used that are observed for at least `last` periods after their first treated one, at
  /// event times up to `last`.
  ///
  /// - Throws: as `estimate`.
  public func eventTimes(
    _ panel: Panel, balancedAt last: Int, bootstrap: MultiplierBootstrap? = nil
  ) throws -> Aggregation {
    let design = try GroupTimeDesign(panel, options: self)
    let cells = try CellEstimator(design).estimates(threads: bootstrap?.threads ?? 1)
    let end = design.panel.periods[design.panel.periods.count - 1].number
    let balanced = cells.filter { cell in
      end - design.panel.periods[cell.cell.cohort].number >= last
        && design.eventTime(of: cell.cell) <= last
    }
    guard balanced.contains(where: { $0.cell.isPost }) else { throw EffectError.noEstimableCell }
    return Aggregator(design: design, cells: balanced, bootstrap: bootstrap).byEventTime()
      .aggregation
  }
}

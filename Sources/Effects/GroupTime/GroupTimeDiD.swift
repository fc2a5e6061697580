public import Panels

/// Group-time difference in differences without covariates (Callaway and Sant'Anna 2021).
///
/// ATT(g,t) is the change of cohort g from its base period to t, less that of the comparison units
/// (10.1016/j.jeconom.2020.12.001, equations 2.1 and 2.3 to 2.5 without covariates). In a panel with
/// gaps each cell uses the units observed in both of its periods.
public struct GroupTimeDiD: Hashable, Sendable {
  /// Who the treated are compared with.
  public let comparison: Comparison
  /// Where pre-treatment cells are measured from.
  public let base: BasePeriod
  /// How many periods before treatment its effect may begin.
  public let anticipation: Int

  public init(
    comparison: Comparison, base: BasePeriod = .varying, anticipation: Int = 0
  ) {
    precondition(anticipation >= 0, "Anticipation is a number of periods, zero or more.")
    self.comparison = comparison
    self.base = base
    self.anticipation = anticipation
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

  /// Estimates every cell, the four aggregations and the pre-trend test.
  ///
  /// - Throws: `EffectError` when no cohort has a base period, or no cell a comparison unit.
  public func estimate(_ panel: Panel) throws -> GroupTimeEffects {
    let design = try GroupTimeDesign(panel, options: self)
    let differences = CellDifferences(design)
    let estimated = design.cells.compactMap { differences.estimate($0) }
    guard estimated.contains(where: { $0.cell.isPost }) else { throw EffectError.noEstimableCell }
    return GroupTimeEffects(design: design, cells: estimated)
  }
}

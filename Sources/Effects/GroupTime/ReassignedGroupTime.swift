public import Panels

extension GroupTimeDiD: ReassignableEstimator {
  /// Lays out the changes of the units once where an assignment only regroups them.
  ///
  /// With covariates, weights or samples every assignment is estimated anew.
  public func reassignable(on panel: Panel) throws -> ReassignableEffect {
    let design = try GroupTimeDesign(panel, options: self)
    let statistic: @Sendable ([Int?]) throws -> AssignmentStatistic
    if design.isPlain {
      let sums = GroupTimeStatistic(design)
      statistic = { sums($0) }
    } else {
      let estimates = try ReestimatedStatistic(design)
      statistic = { try estimates($0) }
    }
    return ReassignableEffect(
      units: design.panel.units, starts: design.starts,
      admissible: GroupTimeStatistic.admissibleDates(design), statistic: statistic)
  }
}

public import Documents

/// What can be wrong with a panel, or with what one estimator needs of it.
public enum PanelError: Error, Hashable {
  case empty
  case duplicateUnit(String)
  case periodsNotAscending(Period, Period)
  case notFinite(unit: String, period: Period)
  case covariateNotFinite(String, unit: String, period: Period)
  case tooLargeToCompute(unit: String, period: Period)
  case tooSmallToCompute(covariate: String?, largest: Double)
  case weightNotPositive(unit: String, period: Period)
  case tooLarge(units: Int, periods: Int)
  /// A file could be read, but not all that is in it is right.
  case problems([Problem])
  case unreadable(path: String, reason: String)
}

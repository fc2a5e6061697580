import Documents
package import Panels

extension PanelError {
  /// What is wrong and what to do, in a sentence; the problems of a file line by line.
  package var sentence: String {
    switch self {
    case .empty:
      "The panel has no unit or no period; widen the pool or the periods."
    case .duplicateUnit(let unit):
      "The unit \(unit) stands in the panel twice; keep one row for each unit and period."
    case .periodsNotAscending(let earlier, let later):
      "Period \(later) follows \(earlier); list each period once, in ascending order."
    case .notFinite(let unit, let period):
      "\(unit) has a value in \(period) that is not a finite number; leave the cell empty instead."
    case .tooLargeToCompute(let unit, let period):
      "\(unit) has a value in \(period) that is too large to compute with; rescale the outcome."
    case .tooSmallToCompute(let covariate, let largest):
      "The largest value of \(covariate.map { "the covariate \($0)" } ?? "the outcome") is "
        + "\(Numeral.text(largest)), too small to compute with; give it in smaller units."
    case .covariateNotFinite(let name, let unit, let period):
      "The covariate \(name) of \(unit) in \(period) is not a finite number, or too large to compute "
        + "with; leave it empty, or rescale it."
    case .weightNotPositive(let unit, let period):
      "The weight of \(unit) in \(period) is not above zero, or too large to compute with; correct it or "
        + "leave the row out."
    case .tooLarge(let units, let periods):
      "\(units) units by \(periods) periods are more cells than a panel holds; take fewer periods, or "
        + "a method that needs no full panel (twfe)."
    case .problems(let problems):
      problems.map(\.description).joined(separator: "\n")
    case .unreadable(let path, let reason):
      "\(path) cannot be read: \(reason)."
    }
  }
}

/// What keeps an estimator from its estimate.
public enum EffectError: Error, Hashable {
  case nobodyTreated
  case nobodyToCompare
  case noEstimableCell
  case noAdmissibleAssignment(attempts: Int)
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
    }
  }
}

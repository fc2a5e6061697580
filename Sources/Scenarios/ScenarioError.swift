public import Evidence
import Studies
public import Tables

/// What keeps a scenario from being drawn.
public enum ScenarioError: Error, Hashable {
  case problems([Problem])
  case unknownScenario(String, known: [String])
  case tooFewValues(Int, least: Int)
  case noEffect
  case contradictoryTerms(DealID, grace: Double, maturity: Double)
}

extension ScenarioError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .problems(let problems): problems.map(\.description).joined(separator: "\n")
    case .unknownScenario(let name, let known):
      noFile("scenario", name, in: "scenarios/", known: known)
    case .tooFewValues(let count, let least):
      "The series has \(count) observed values and needs \(least); choose an outcome with more."
    case .noEffect:
      "No effect in the year of joining was estimated; widen the periods, or state an assumption."
    case .contradictoryTerms(let deal, let grace, let maturity):
      "The loan of deal `\(deal)` falls due after \(years(maturity)), but its grace lasts "
        + "\(years(grace)); correct `grace_years` or `maturity_years` in terms.csv."
    }
  }
}

private func years(_ number: Double) -> String {
  number == number.rounded() ? "\(Int(number)) years" : "\(number) years"
}

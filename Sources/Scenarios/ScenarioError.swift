public import Evidence
import Studies
public import Documents

/// What keeps a scenario from being drawn.
public enum ScenarioError: Error, Hashable {
  case problems([Problem])
  case unknownScenario(String, known: [String])
  case tooFewValues(Int, least: Int)
  case noEffect
  case contradictoryTerms(DealID, grace: Double, maturity: Double)
  case unknownDebt(DealID, known: [DealID])
  /// A loan is to be replaced before it was signed.
  case refinancedUnsigned(DealID, year: Int)
  case noRate(from: String, to: String)
  case impossibleFall(Double)
  case impossibleWeights
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
    case .unknownDebt(let deal, let known):
      "`\(deal)` is not a debt of this casebook; "
        + (Suggestion.question(for: deal.rawValue, among: known.map(\.rawValue))
          ?? "known are \(known.map(\.rawValue).joined(separator: ", ")).")
    case .refinancedUnsigned(let deal, let year):
      "Not all loans of deal `\(deal)` were signed by \(year); refinance them in a later year."
    case .noRate(let from, let to):
      "No exchange rate leads from \(from) to \(to); name both under `currencies:` in codebook.yaml, "
        + "each with its rate per the same third one, or refinance in \(from)."
    case .impossibleFall(let fall):
      "A currency cannot lose \(fall) of its worth; write a part from 0 to below 1, such as 0.2."
    case .impossibleWeights:
      "The weights of the watch list are 0 or more, and one is above 0; such as size=2,concerns=1."
    }
  }
}

private func years(_ number: Double) -> String {
  number == number.rounded() ? "\(Int(number)) years" : "\(number) years"
}

import Evidence
import Indicators
package import Studies

// What would change the answer.
extension Answer {
  /// A possible change in a sentence.
  package func text(of change: PossibleChange) -> String {
    switch change {
    case .largerEffect(let outcome, let found, let seen):
      "‘\(title(of: outcome))’: a change of \(plain(found)) or more would have been found in four "
        + "of five cases; the one seen is \(plain(seen))."
    case .laterValues(let outcome, let actor):
      "‘\(title(of: outcome))’: values after \(name(actor)) joined are missing; they would add a "
        + "named state."
    case .moreStates(let count, let p):
      "In the channels that rest on claims, \(counted(count)) more comparable "
        + "\(count == 1 ? "state" : "states") searched in the same way would bring the "
        + "smallest p by who joined to \(oneIn(p))."
    case .search(let unsearched, let all):
      (unsearched == all
        ? "None of the \(grouped(all)) state-years in the undecidable comparisons of claims was"
        : "\(grouped(unsearched)) of the \(grouped(all)) state-years in the undecidable "
          + "comparisons of claims were never")
        + " searched in full; a search that also records where nothing was found would turn "
        + "them into counts."
    }
  }

  private func title(of outcome: String) -> String {
    self.outcome(outcome)?.series.indicator.title ?? outcome
  }
}

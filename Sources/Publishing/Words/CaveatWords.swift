import Effects
import Evidence
import Indicators
package import Studies

// What a reader must know before any number.
extension Answer {
  /// A caveat in a sentence or two.
  package func text(of caveat: Caveat) -> String {
    switch caveat {
    case .coTreatment(let treated, let both, let separated):
      coTreatment(treated: treated, both: both, separated: separated)
    case .namedAlone(let floor, let fewer): namedAlone(floor, fewer: fewer)
    case .overlap(let outcome, let other): overlap(outcome, with: other)
    case .unsearched(let found): found.sentence
    case .endlessDeals(let outcomes): endlessDeals(outcomes)
    case .data(let text): text
    }
  }

  func outcome(_ id: String) -> OutcomeAnswer? { outcomes.first { $0.id == id } }

  private func coTreatment(treated: Int, both: Int, separated: [String]) -> String {
    let other = study.coTreatment
    let start =
      "\(study.treatment.shortLabel) or \(other?.shortLabel ?? "")? Of the "
      + "\(counted(treated)) states that joined \(organisation) in the largest "
      + "comparison, \(counted(both)) also joined \(other?.label ?? "") inside its window."
    let changes = separated.compactMap { outcome($0).flatMap(change) }
    guard !changes.isEmpty else { return start }
    return "\(start) Without those that joined both, the change in \(listed(changes))."
  }

  /// What an outcome's change is without the units that joined both, and with them.
  private func change(_ outcome: OutcomeAnswer) -> String? {
    guard let main = outcome.estimates.first, let without = outcome.estimates.last else {
      return nil
    }
    return "‘\(outcome.series.indicator.title)’ is \(without.brief) instead of \(main.brief)"
  }

  private func namedAlone(
    _ whole: DesignCard.NamedFloor, fewer: DesignCard.NamedFloor?
  ) -> String {
    let rest = fewer.map { "; where only \(counted($0.of)) of them have data, \(oneIn($0.who))" }
    return "Comparing the named states alone can decide nothing: \(counted(whole.joined)) of "
      + "\(counted(whole.of)) joined, so that by who joined alone the smallest p is "
      + "\(oneIn(whole.who))\(rest ?? "")."
  }

  private func endlessDeals(_ outcomes: [String]) -> String {
    let titles = outcomes.map { "‘\(outcome($0)?.series.indicator.title ?? $0)’" }
    let role = InstrumentRole.endsDeal.rawValue
    return "No word of the codebook has the role `\(role)`: deals counted in "
      + "\(listed(titles)) end only where a claim dates their end. Give the role to the "
      + "instruments that end a deal (`roles: [\(role)]`)."
  }

  private func overlap(_ id: String, with overlapped: String) -> String {
    let (other, main) = (outcome(id), outcome(overlapped))
    return "\(other?.series.indicator.title ?? id): \(other?.estimates.first?.brief ?? "–") "
      + "instead of \(main?.estimates.first?.brief ?? "–"). The two measure one thing and count as "
      + "one finding."
  }
}

extension OutcomeEstimate {
  /// The effect with its p: `+0.21 (p 0.031)`.
  fileprivate var brief: String {
    "\(signed(effects.overall.att)) (p \(plainP(randomization.p)))"
  }
}

extension Caveat.Unsearched {
  fileprivate var sentence: String {
    "\(counted(channels).capitalisedFirst) \(channels == 1 ? "channel rests" : "channels rest") on "
      + "claims from \(counted(sources)) \(sources == 1 ? "source" : "sources"), and the "
      + "\(counted(states)) states compared there were \(isNever ? "never" : "not all") searched "
      + "year by year: what is not claimed is unknown, not zero."
  }
}

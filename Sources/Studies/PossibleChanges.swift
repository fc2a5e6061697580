import Effects
public import Evidence
import Indicators
import Panels

/// What would change an answer, computed from its designs or from the evidence that is missing.
public enum PossibleChange: Hashable, Sendable {
  /// A change of this size in an outcome would have been found; the one seen is smaller.
  case largerEffect(outcome: String, found: Double, seen: Double)
  /// Values of an outcome after a named state joined, which are missing.
  case laterValues(outcome: String, of: ActorID)
  /// More states searched in the same way, with the smallest p that they allow.
  case moreStates(Int, smallestP: Double)
  /// A full search of the state-years of claims that were not, in the undecidable comparisons.
  case search(unsearched: Int, of: Int)
}

extension Study {
  /// What would change the answer that some outcomes give.
  func possibleChanges(_ outcomes: [OutcomeAnswer], _ casebook: Casebook) -> [PossibleChange] {
    outcomes.filter { !$0.estimates.isEmpty }.flatMap { whatWouldDecide($0, casebook) }
      + [moreStates(outcomes), search(outcomes)].compactMap { $0 }
  }

  private func whatWouldDecide(
    _ outcome: OutcomeAnswer, _ casebook: Casebook
  ) -> [PossibleChange] {
    let seen = outcome.estimates.first.map { abs($0.effects.overall.att) }
    let larger = outcome.design.minimumDetectableEffect.flatMap { effect in
      seen.flatMap { seen -> PossibleChange? in
        seen < effect ? .largerEffect(outcome: outcome.id, found: effect, seen: seen) : nil
      }
    }
    let joiners = namedJoiners(casebook)
    let later = outcome.design.named
      .filter { $0.role == .comparison && joiners.contains($0.actor) }
      .map { PossibleChange.laterValues(outcome: outcome.id, of: $0.actor) }
    return [larger].compactMap { $0 } + later
  }

  /// How many more states the region would need before its floor falls below 5 %.
  private func moreStates(_ outcomes: [OutcomeAnswer]) -> PossibleChange? {
    let floors = outcomes.filter(\.isRefusedWithUnsearched).compactMap(\.design.namedFloor)
    guard let region = floors.max(by: { ($0.of, $0.joined) < ($1.of, $1.joined) }),
      let needed = (region.of...region.of + 20).first(where: {
        1 / binomial($0, region.joined) < AnswerabilityRules.Threshold.floor
      }), needed > region.of
    else { return nil }
    return .moreStates(needed - region.of, smallestP: 1 / binomial(needed, region.joined))
  }

  /// How many values nobody searched, in the channels that rest on claims.
  private func search(_ outcomes: [OutcomeAnswer]) -> PossibleChange? {
    let refused = outcomes.filter(\.isRefusedWithUnsearched)
    let unsearched = refused.reduce(0) { $0 + $1.unsearchedCells }
    guard unsearched > 0 else { return nil }
    return .search(
      unsearched: unsearched, of: refused.reduce(0) { $0 + $1.series.cells.joined().count })
  }

  /// The named states that have the treatment at any time.
  private func namedJoiners(_ casebook: Casebook) -> [ActorID] {
    let joined = casebook.memberships(in: treatment.organisation, stage: treatment.stage)
      .map(\.actor)
    return named.filter(joined.contains)
  }
}

extension OutcomeAnswer {
  var unsearchedCells: Int { series.unsearchedCells }

  fileprivate var isRefusedWithUnsearched: Bool {
    answerability.verdict == .undecidable && unsearchedCells > 0
  }
}

extension IndicatorSeries {
  /// The state-years of values made from claims that nobody has searched in full.
  var unsearchedCells: Int {
    if case .variable = indicator.definition { return 0 }
    return cells.joined().filter { $0.isAtLeast || $0.cell.absence == .notSearched }.count
  }
}

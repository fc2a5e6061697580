import Effects
import Evidence
import Indicators
import Panels

// What would change the answer.
extension AnswerWords {
  func wouldChange() -> [String] {
    let outcomes = channels.flatMap(\.outcomes)
    return outcomes.filter { !$0.estimates.isEmpty }.flatMap(whatWouldDecide)
      + [moreStates(outcomes), search(outcomes)].compactMap { $0 }
  }

  private func whatWouldDecide(_ outcome: OutcomeAnswer) -> [String] {
    let title = outcome.series.indicator.title
    var sentences: [String] = []
    if let effect = outcome.design.minimumDetectableEffect,
      let main = outcome.estimates.first, abs(main.effects.overall.att) < effect
    {
      sentences.append(
        "‘\(title)’: a change of \(plain(effect)) or more would have been found in four of five "
          + "cases; the one seen is \(plain(abs(main.effects.overall.att))).")
    }
    for unit in outcome.design.named where unit.role == .comparison {
      guard study.namedJoiners(casebook).contains(unit.actor) else { continue }
      sentences.append(
        "‘\(title)’: values after \(name(unit.actor)) joined are missing; they would add a named "
          + "state.")
    }
    return sentences
  }

  /// How many more states the region would need before its floor falls below 5 %.
  private func moreStates(_ outcomes: [OutcomeAnswer]) -> String? {
    let floors = outcomes.filter {
      $0.answerability.verdict == .undecidable && $0.unsearchedCells > 0
    }
    .compactMap(\.design.namedFloor)
    guard let region = floors.max(by: { ($0.of, $0.joined) < ($1.of, $1.joined) }),
      let needed = (region.of...region.of + 20).first(where: {
        1 / binomial($0, region.joined) < AnswerabilityRules.Threshold.floor
      }), needed > region.of
    else { return nil }
    return "In the channels that rest on claims, \(counted(needed - region.of)) more comparable "
      + "\(needed - region.of == 1 ? "state" : "states") searched in the same way would bring the "
      + "smallest p by who joined to \(oneIn(1 / binomial(needed, region.joined)))."
  }

  /// How many cells nobody searched, in the channels that rest on claims.
  private func search(_ outcomes: [OutcomeAnswer]) -> String? {
    let refused = outcomes.filter {
      $0.answerability.verdict == .undecidable && $0.unsearchedCells > 0
    }
    let cells = refused.reduce(0) { $0 + $1.series.cells.joined().count }
    let unsearched = refused.reduce(0) { $0 + $1.unsearchedCells }
    guard unsearched > 0 else { return nil }
    let share =
      unsearched == cells
      ? "None of the \(grouped(cells)) state-years in the undecidable comparisons of claims was"
      : "\(grouped(unsearched)) of the \(grouped(cells)) state-years in the undecidable "
        + "comparisons of claims were never"
    return
      "\(share) searched in full; a search that also records where nothing was found would turn "
      + "them into counts."
  }
}

extension Study {
  /// The named states that have the treatment at any time.
  func namedJoiners(_ casebook: Casebook) -> [ActorID] {
    let joined = casebook.memberships(in: treatment.organisation, stage: treatment.stage)
      .map(\.actor)
    return named.filter(joined.contains)
  }
}

extension OutcomeAnswer {
  var unsearchedCells: Int { series.unsearchedCells }
}

extension IndicatorSeries {
  /// The state-years of values made from claims that nobody has searched in full.
  var unsearchedCells: Int {
    if case .variable = indicator.definition { return 0 }
    return cells.joined().filter { $0.isAtLeast || $0.cell.absence == .notSearched }.count
  }
}

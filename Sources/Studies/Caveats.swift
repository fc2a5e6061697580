import Effects
import Evidence
import Indicators

// What a reader must know before any number.
extension AnswerWords {
  func caveats() -> [String] {
    [coTreatmentCaveat(), namedCaveat()].compactMap { $0 } + overlapCaveats() + coverageCaveats()
      + dataCaveats()
  }

  /// "NATO or EU": leads whenever units joined both.
  private func coTreatmentCaveat() -> String? {
    let affected = channels.flatMap(\.outcomes).filter { !$0.design.coTreated.isEmpty }
    guard let coTreatment = study.coTreatment,
      let outcome = affected.max(by: { $0.design.treated.count < $1.design.treated.count })
    else { return nil }
    let both = Set(outcome.design.coTreated)
    let treated = outcome.design.treated.filter { both.contains($0.actor) }.count
    let start =
      "\(study.treatment.shortLabel) or \(coTreatment.shortLabel)? Of the "
      + "\(counted(outcome.design.treated.count)) states that joined \(organisation) in the largest "
      + "comparison, \(counted(treated)) also joined \(coTreatment.label) inside its window."
    let headlines = estimated.filter(\.isHeadline)
    let changes =
      [Verdict.decidable, .weak].flatMap { verdict in
        headlines.filter { $0.answerability.verdict == verdict }
      }.compactMap(separation)
    guard !changes.isEmpty else { return start }
    return "\(start) Without those that joined both, the change in \(listed(changes))."
  }

  /// What an outcome's change is without the units that joined both, and with them.
  private func separation(_ outcome: OutcomeAnswer) -> String? {
    guard outcome.estimates.count > 1, let main = outcome.estimates.first,
      let without = outcome.estimates.last
    else { return nil }
    return "‘\(outcome.series.indicator.title)’ is "
      + "\(signed(without.effects.overall.att)) (p \(plainP(without.randomization.p))) instead of "
      + "\(signed(main.effects.overall.att)) (p \(plainP(main.randomization.p)))"
  }

  /// The named states compared among themselves.
  private func namedCaveat() -> String? {
    let floors = Set(channels.flatMap(\.outcomes).compactMap(\.design.namedFloor))
      .sorted { ($0.of, $0.joined) > ($1.of, $1.joined) }
    guard let whole = floors.first(where: { $0.who >= AnswerabilityRules.Threshold.floor })
    else { return nil }
    let others = floors.filter { $0.of < whole.of && $0.joined == whole.joined }
    let fewer = others.first.map {
      "; where only \(counted($0.of)) of them have data, \(oneIn($0.who))"
    }
    return "Comparing the named states alone can decide nothing: \(counted(whole.joined)) of "
      + "\(counted(whole.of)) joined, so that by who joined alone the smallest p is "
      + "\(oneIn(whole.who))\(fewer ?? "")."
  }

  /// The same finding measured with other data.
  private func overlapCaveats() -> [String] {
    study.channels.flatMap(\.outcomes).compactMap { outcome in
      guard let overlapped = outcome.overlaps,
        let other = estimated.first(where: { $0.id == outcome.id })?.estimates.first,
        let main = estimated.first(where: { $0.id == overlapped })?.estimates.first
      else { return nil }
      return "\(outcome.indicator.title): \(signed(other.effects.overall.att)) (p "
        + "\(plainP(other.randomization.p))) instead of \(signed(main.effects.overall.att)) (p "
        + "\(plainP(main.randomization.p))). The two measure one thing and count as one finding."
    }
  }

  /// Channels known from claims in states and years that nobody has searched in full.
  private func coverageCaveats() -> [String] {
    let unsearched = channels.filter { $0.headline?.unsearchedCells ?? 0 > 0 }
    guard !unsearched.isEmpty else { return [] }
    let claims = casebook.claims.filter { claim in
      unsearched.contains { $0.id == claim.channel }
    }
    let sources = Set(claims.map(\.source)).count
    let headlines = unsearched.compactMap(\.headline)
    let states = Set(headlines.flatMap(\.series.actors)).count
    let isNever = headlines.allSatisfy { $0.unsearchedCells == $0.series.cells.joined().count }
    let rest =
      "\(counted(unsearched.count).capitalisedFirst) \(unsearched.count == 1 ? "channel rests" : "channels rest") on claims from "
    return [
      rest + "\(counted(sources)) \(sources == 1 ? "source" : "sources"), and the "
        + "\(counted(states)) states compared there were \(isNever ? "never" : "not all") searched "
        + "year by year: what is not claimed is unknown, not zero."
    ]
  }

  private func dataCaveats() -> [String] {
    study.channels.flatMap(\.outcomes).compactMap { outcome in
      estimated.contains { $0.id == outcome.id } ? outcome.caveat : nil
    }
  }
}

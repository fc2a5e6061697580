import Effects
import Evidence
import Indicators
import Panels

/// Says what the whole answer comes to: its summary, its caveats and what would change it.
struct AnswerWords {
  let study: Study
  let casebook: Casebook
  let channels: [ChannelAnswer]

  /// What the evidence found in the channels that it can decide, in sentences of their own.
  func findings() -> [String] {
    with(.decidable).compactMap(finding)
      + [weakSentence(with(.weak)), refusedSentence(with(.undecidable))].compactMap { $0 }
  }

  private func with(_ verdict: Verdict) -> [ChannelAnswer] {
    channels.filter { $0.verdict == verdict }
  }

  private var organisation: String { study.treatment.label }
  private var counterpart: String { name(study.counterpart) }

  private func name(_ actor: ActorID) -> String { casebook.actor(actor)?.name ?? actor.rawValue }

  /// Whether a change is shown at all, and in how many channels the evidence can decide.
  func summary() -> String {
    let decided = with(.decidable)
    let found = decided.filter {
      ($0.headline?.estimates.first?.randomization.p ?? 1) < significance
    }
    let subject = "joining \(organisation) changed how these states engage with \(counterpart)"
    let share = "\(counted(decided.count)) of \(counted(channels.count)) channels"
    if decided.isEmpty {
      return "The evidence at hand cannot decide whether \(subject)."
    }
    return found.isEmpty
      ? "It is not shown that \(subject): the evidence can decide in \(share), and finds no change "
        + "there that could not be chance."
      : "The evidence can decide in \(share) whether \(subject), and finds a change in "
        + "\(counted(found.count))."
  }

  /// The headline number of a channel, with the same number without the co-treated units.
  private func finding(_ channel: ChannelAnswer) -> String? {
    guard let outcome = channel.headline, let main = outcome.estimates.first else { return nil }
    let interval = main.randomization.interval.map {
      "95 % interval \(signed($0.lowerBound)) to \(signed($0.upperBound)), "
    }
    let without = outcome.estimates.dropFirst().last.map {
      "; \(signed($0.effects.overall.att)) without the states that also joined "
        + "\(study.coTreatment?.label ?? "")"
    }
    return "\(outcome.series.indicator.title): \(signed(main.effects.overall.att)) "
      + "(\(interval ?? "")randomization p \(plainP(main.randomization.p)))\(without ?? "")."
  }

  private func weakSentence(_ weak: [ChannelAnswer]) -> String? {
    guard !weak.isEmpty else { return nil }
    let parts = weak.compactMap { channel -> String? in
      guard let main = channel.headline?.estimates.first else { return nil }
      return "\(channel.title.lowercasedFirst) (randomization p \(plainP(main.randomization.p)))"
    }
    return "A comparison is possible but weak in \(listed(parts))."
  }

  private func refusedSentence(_ refused: [ChannelAnswer]) -> String? {
    guard !refused.isEmpty else { return nil }
    return "\(counted(refused.count).capitalisedFirst) "
      + "\(refused.count == 1 ? "channel" : "channels") cannot be decided: "
      + listed(refused.map(\.title.lowercasedFirst)) + "."
  }

  // MARK: Caveats

  func caveats() -> [String] {
    [coTreatmentCaveat(), regionCaveat()].compactMap { $0 } + overlapCaveats() + coverageCaveats()
      + dataCaveats()
  }

  private var estimated: [OutcomeAnswer] {
    channels.flatMap(\.outcomes).filter { !$0.estimates.isEmpty }
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
      "\(study.treatment.organisation) or \(coTreatment.organisation)? Of the "
      + "\(counted(outcome.design.treated.count)) states that joined \(organisation) in the largest "
      + "comparison, \(counted(treated)) also joined \(coTreatment.label) inside its window."
    let headlines = estimated.filter(\.isHeadline)
    let changes =
      [Verdict.decidable, .weak].flatMap { verdict in
        headlines.filter { $0.answerability.verdict == verdict }
      }.compactMap(separationSentence)
    return ([start] + changes).joined(separator: " ")
  }

  private func separationSentence(_ outcome: OutcomeAnswer) -> String? {
    guard outcome.estimates.count > 1, let main = outcome.estimates.first,
      let without = outcome.estimates.last
    else { return nil }
    return "Without those that joined both, the change in ‘\(outcome.series.indicator.title)’ is "
      + "\(signed(without.effects.overall.att)) (p \(plainP(without.randomization.p))) instead of "
      + "\(signed(main.effects.overall.att)) (p \(plainP(main.randomization.p)))."
  }

  private func regionCaveat() -> String? {
    let floors = Set(channels.flatMap(\.outcomes).compactMap(\.design.namedFloor))
      .sorted { ($0.of, $0.joined) > ($1.of, $1.joined) }
    guard let whole = floors.first(where: { $0.who >= AnswerabilityRules.Threshold.floor })
    else { return nil }
    let others = floors.filter { $0.of < whole.of && $0.joined == whole.joined }
    let fewer = others.first.map {
      "; where only \(counted($0.of)) of them have data, \(oneIn($0.who))"
    }
    return "Inside the region alone nothing can be decided: \(counted(whole.joined)) of "
      + "\(counted(whole.of)) states joined, so the smallest p that comparing them could give is "
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

  private func coverageCaveats() -> [String] {
    let fromClaims = channels.filter { channel in
      channel.headline.map {
        if case .variable = $0.series.indicator.definition { false } else { true }
      }
        ?? false
    }
    guard !fromClaims.isEmpty else { return [] }
    let sources = Set(
      casebook.claims.filter { claim in
        fromClaims.contains { $0.id == claim.channel }
      }.map(\.source)
    ).count
    return [
      "\(counted(fromClaims.count).capitalisedFirst) channels rest on claims from "
        + "\(counted(sources)) \(sources == 1 ? "source" : "sources"), and nobody has searched the "
        + "six states year by year: what is not claimed there is unknown, not zero."
    ]
  }

  private func dataCaveats() -> [String] {
    study.channels.flatMap(\.outcomes).compactMap { outcome in
      estimated.contains { $0.id == outcome.id } ? outcome.caveat : nil
    }
  }

  // MARK: What would change the answer

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
    let floors = outcomes.filter { $0.answerability.verdict == .undecidable }
      .compactMap(\.design.namedFloor)
    guard let region = floors.max(by: { ($0.of, $0.joined) < ($1.of, $1.joined) }),
      let needed = (region.of...region.of + 20).first(where: {
        1 / binomial($0, region.joined) < AnswerabilityRules.Threshold.floor
      }), needed > region.of
    else { return nil }
    return "In the channels that rest on claims, \(counted(needed - region.of)) more comparable "
      + "\(needed - region.of == 1 ? "state" : "states") searched in the same way would bring the "
      + "smallest attainable p to \(oneIn(1 / binomial(needed, region.joined)))."
  }

  /// How many cells nobody searched, in the channels that rest on claims.
  private func search(_ outcomes: [OutcomeAnswer]) -> String? {
    let cells = outcomes.filter { $0.answerability.verdict == .undecidable }.flatMap { outcome in
      outcome.series.cells.flatMap { $0 }
    }
    let unsearched = cells.filter { $0.isAtLeast || $0.cell.absence == .notSearched }.count
    guard unsearched > 0 else { return nil }
    let share =
      unsearched == cells.count
      ? "None of the \(grouped(cells.count)) state-years in the undecidable comparisons was"
      : "\(grouped(unsearched)) of the \(grouped(cells.count)) state-years in the undecidable "
        + "comparisons were never"
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

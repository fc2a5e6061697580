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

  var organisation: String { study.treatment.label }
  private var counterpart: String { name(study.counterpart) }

  func name(_ actor: ActorID) -> String { casebook.name(of: actor) }

  /// Whether a change is shown at all, and in how many channels the evidence can decide.
  func summary() -> String {
    let decided = with(.decidable)
    let found = decided.filter {
      ($0.headline?.estimates.first?.randomization.p ?? 1) < significance
    }
    let subject = "joining \(organisation) changed how these states engage with \(counterpart)"
    let isOnly = channels.count == 1
    let share = isOnly ? "" : " in \(counted(decided.count)) of \(counted(channels.count)) channels"
    if decided.isEmpty {
      return "The evidence at hand cannot decide whether \(subject)."
    }
    return found.isEmpty
      ? "It is not shown that \(subject): the evidence can decide\(share), and finds no change "
        + "\(isOnly ? "" : "there ")that could not be chance."
      : "The evidence can decide\(share) whether \(subject), and finds a change"
        + "\(isOnly ? "" : " in \(counted(found.count))")."
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
      + "(in \(outcome.series.indicator.unit); \(interval ?? "")randomization p \(plainP(main.randomization.p)))\(without ?? "")."
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

  /// The outcomes that have an estimate.
  var estimated: [OutcomeAnswer] {
    channels.flatMap(\.outcomes).filter { !$0.estimates.isEmpty }
  }
}

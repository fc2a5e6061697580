import Effects
import Evidence
import Indicators
public import Studies

// What the whole answer comes to.
extension Answer {
  /// The answer in one sentence: whether a change is shown, and in how many channels it can be.
  public var summary: String {
    let decided = with(.decidable)
    let found = decided.filter {
      ($0.headline?.estimates.first?.randomization.p ?? 1) < significance
    }
    let subject =
      "joining \(organisation) changed how these states engage with \(counterpart)"
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

  /// What was found in the channels that can be compared, and which cannot, a sentence each.
  package var findings: [String] {
    with(.decidable).compactMap(finding)
      + [weakSentence(with(.weak)), refusedSentence(with(.undecidable))].compactMap { $0 }
  }

  /// One or two sentences on a channel: its headline's, or why it has none.
  package func text(of channel: ChannelAnswer) -> String {
    channel.headline.map { text(of: $0) } ?? self.channel(channel.id)?.note
      ?? "The study names no outcome for this channel."
  }

  var organisation: String { study.treatment.label }
  var counterpart: String { name(study.counterpart) }

  func channel(_ id: ChannelID) -> Study.Channel? { study.channels.first { $0.id == id } }

  private func with(_ verdict: Verdict) -> [ChannelAnswer] {
    channels.filter { $0.verdict == verdict }
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
      + "(in \(outcome.series.indicator.unit); \(interval ?? "")"
      + "randomization p \(plainP(main.randomization.p)))\(without ?? "")."
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
}

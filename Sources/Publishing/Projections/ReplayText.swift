import Indicators
public import Scenarios
public import Studies
import Documents

/// How projections of past accessions did, as text for a terminal.
public struct ReplayText: Sendable {
  private let replays: [Replay]
  private let answer: Answer

  /// Takes the replays, and the answer whose outcomes they are of.
  public init(_ replays: [Replay], of answer: Answer) {
    self.replays = replays
    self.answer = answer
  }

  /// Writes the scored replays of each outcome, their sums, and those that could not be replayed.
  public func text(width: Int = 92, isColoured: Bool = false) -> String {
    let layout = TextLayout(width: min(max(width, 60), 120), isColoured: isColoured)
    let opening = layout.wrapped(
      "Each past accession drawn from the values until two years before it (today's data cut in "
        + "time, not the data of the time). Score: the mean continuous ranked probability score in "
        + "the outcome's unit, smaller is better; naive: that of a random walk.")
    let outcomes = replays.map(\.outcome).uniqued.map { name in
      outcome(name, replays.filter { $0.outcome == name }, layout)
    }
    return ([opening] + outcomes).joined(separator: "\n\n") + "\n"
  }

  private func outcome(_ name: String, _ replays: [Replay], _ layout: TextLayout) -> String {
    let scored = replays.compactMap { replay -> (Replay, Replay.Score)? in
      guard case .scored(let score) = replay.result else { return nil }
      return (replay, score)
    }
    let digits = decimals(for: scored.flatMap { [$0.1.crps, $0.1.naive] })
    let rows = scored.map { replay, score in
      [accession(replay), "\(score.years.lowerBound)–\(score.years.upperBound)"]
        + figures(score.crps, score.naive, digits)
        + [score.covered.half, score.covered.eighty, score.covered.ninetyFive].map {
          "\($0)/\(score.count)"
        }
    }
    let heads = ["Accession", "Years", "Score", "Naive", "In 50 %", "In 80 %", "In 95 %"]
    let table =
      scored.isEmpty
      ? nil : layout.table([heads] + rows + [sum(scored.map(\.1), digits)], wordColumns: 2)
    let left = refused(replays).map { reason, replays in
      let names = listed(replays.map(accession))
      return layout.wrapped("not replayable: \(names), as \(reason).", mark: "· ")
    }
    let title = answer.outcomes.first { $0.id == name }?.series.indicator.title
    let head = title.map { "\($0) (\(name))" } ?? name
    return ([layout.emphasised(printable(head), .strong), table].compactMap { $0 } + left)
      .joined(separator: "\n")
  }

  private func accession(_ replay: Replay) -> String {
    "\(answer.name(replay.actor)) \(replay.event)"
  }

  /// The replays that could not be, by their reason.
  private func refused(_ replays: [Replay]) -> [(reason: String, replays: [Replay])] {
    var groups: [(reason: String, replays: [Replay])] = []
    for replay in replays {
      guard case .notReplayable(let refusal) = replay.result else { continue }
      let reason = refusal.text
      if let place = groups.firstIndex(where: { $0.reason == reason }) {
        groups[place].replays.append(replay)
      } else {
        groups.append((reason, [replay]))
      }
    }
    return groups
  }

  private func figures(_ crps: Double, _ naive: Double, _ digits: Int) -> [String] {
    [figure(crps, decimals: digits), figure(naive, decimals: digits)]
  }

  private func sum(_ scores: [Replay.Score], _ digits: Int) -> [String] {
    guard let all = scores.together else { return [] }
    func share(_ count: Int) -> String { percentage(Double(count) / Double(all.count)) }
    return ["all", counted(all.count, "year")] + figures(all.crps, all.naive, digits)
      + [share(all.covered.half), share(all.covered.eighty), share(all.covered.ninetyFive)]
  }
}

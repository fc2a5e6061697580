import Evidence
public import Studies

/// What lies between two answers, as text for a terminal.
public struct DifferenceText: Sendable {
  private let difference: AnswerDifference
  private let names: (from: String, to: String)

  public init(_ difference: AnswerDifference, from: String, to: String) {
    self.difference = difference
    names = (from, to)
  }

  /// Writes each channel that changed as a table of steps, then the channels that did not.
  public func text(width: Int = 92, isColoured: Bool = false) -> String {
    let layout = TextLayout(width: min(max(width, 60), 120), isColoured: isColoured)
    let moved = difference.channels.filter(\.isChanged)
    let same = difference.channels.filter { !$0.isChanged }
    var parts = [layout.wrapped("From \(names.from) to \(names.to).")]
    parts += moved.map { channel($0, layout) }
    if !same.isEmpty {
      parts.append(layout.wrapped("No change in \(listed(same.map(\.title)))."))
    }
    if !moved.isEmpty {
      parts.append(
        layout.wrapped(
          "Each step begins where the one before it ended, so the parts sum to the change; what a "
            + "step is worth depends on their order."))
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func channel(_ channel: AnswerDifference.Channel, _ layout: TextLayout) -> String {
    let heads = ["What changed", "Records", "Values", "Part", "Estimate", "p", "Verdict"]
    let first = [names.from, "", "", ""] + cells(channel.before)
    let steps = channel.steps.filter(\.isChanged).map { step in
      [
        step.kind.text, grouped(step.records), grouped(step.values),
        step.part.map(signed) ?? "–",
      ] + cells(step.after)
    }
    let change =
      channel.before.estimate.flatMap { before in
        channel.after.estimate.map { signed($0 - before) }
      } ?? "–"
    let last = [names.to, "", "", change] + cells(channel.after)
    return layout.emphasised(printable("\(channel.title): \(channel.outcome)"), .strong) + "\n"
      + layout.table([heads, first] + steps + [last], wordColumns: 1)
  }

  private func cells(_ standing: Influence.Standing) -> [String] {
    [
      standing.estimate.map(signed) ?? "–", standing.p.map(plainP) ?? "–",
      standing.verdict?.rawValue ?? "–",
    ]
  }
}

extension AnswerDifference.Channel {
  /// Whether the answer or what it rests on is another.
  package var isChanged: Bool { before != after || steps.contains(where: \.isChanged) }
}

extension AnswerDifference.Step {
  /// Whether the step does anything to its channel.
  fileprivate var isChanged: Bool { values > 0 || before != after }
}

extension CasebookSteps.Kind {
  /// The kind in words.
  package var text: String {
    switch self {
    case .claimsAdded: "claims added"
    case .claimsSuperseded: "claims corrected"
    case .claimsWithdrawn: "claims not there any more"
    case .regraded: "claims and sources with new grades"
    case .judgements: "judgements"
    case .searches: "what was searched"
    case .identity: "who joined when, and who is who"
    case .vintages: "values of series"
    case .method: "the study's method"
    }
  }
}

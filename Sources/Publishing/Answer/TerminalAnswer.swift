import Documents
import Effects
import Evidence
import Indicators
import Panels
public import Studies

/// The answer as text for a terminal, in the order in which a reader meets it.
public struct TerminalAnswer: Sendable {
  private let answer: Answer

  public init(_ answer: Answer) { self.answer = answer }

  /// Writes the answer in lines of a width, with colours only when told so.
  public func text(width: Int = 92, isColoured: Bool = false) -> String {
    let writer = AnswerWriter(
      answer: answer, layout: TextLayout(width: min(max(width, 60), 120), isColoured: isColoured))
    return writer.text
  }
}

/// Writes an answer part by part.
private struct AnswerWriter {
  let answer: Answer
  let layout: TextLayout

  var text: String {
    let parts =
      [opening, caveats, decision] + answer.channels.map(channel)
      + [together, conflicts, change, made]
    return answer.casebook.noting(
      parts.compactMap { $0 }.joined(separator: "\n\n") + "\n", width: layout.width,
      isColoured: layout.isColoured)
  }

  private func heading(_ text: String) -> String { layout.emphasised(text.uppercased(), .strong) }

  private var opening: String {
    let findings = answer.findings.map { layout.wrapped($0) }.joined(separator: "\n")
    return [
      layout.wrapped(answer.study.question),
      layout.emphasised(layout.wrapped(answer.summary), .strong), findings,
      layout.wrapped("What is estimated: \(answer.study.estimand)"),
    ].joined(separator: "\n\n")
  }

  private var caveats: String? {
    guard !answer.caveats.isEmpty else { return nil }
    let items = answer.caveats.enumerated().map {
      layout.wrapped(answer.text(of: $0.element), mark: "\($0.offset + 1). ")
    }
    return ([heading("Know this before any number")] + items).joined(separator: "\n")
  }

  // MARK: Can the evidence decide?

  private var decision: String {
    let heads = [
      "Channel", "Verdict", "Joined", "Others", "Years", "Smallest p", "Detectable", "p before",
    ]
    let rows = answer.channels.map { channel in
      [channel.title, channel.verdict.rawValue] + numbers(channel.headline?.design)
    }
    let key = layout.wrapped(
      "p: how often dates of joining dealt by chance give an effect at least as large. Smallest p: the "
        + "least that the comparison could give by who joined, whenever it was, or by who and when if "
        + "that is more. Detectable: the smallest effect that it would find in four of five cases. "
        + "p before: the p of the differences before joining.")
    return [
      heading("Can the evidence decide?"), layout.table([heads] + rows, wordColumns: 2), key,
    ].joined(separator: "\n")
  }

  private func numbers(_ design: DesignCard?) -> [String] {
    guard let design else { return Array(repeating: "–", count: 6) }
    return [
      "\(design.treated.count)", "\(design.comparison.count)",
      design.periods.map { "\($0.lowerBound)–\($0.upperBound)" } ?? "–",
      design.floor.map { plainP($0.deciding) } ?? "–",
      design.minimumDetectableEffect.map(plain) ?? "–", design.preTrend.map(plainP) ?? "–",
    ]
  }

  // MARK: The channels

  private func channel(_ channel: ChannelAnswer) -> String {
    let name = layout.emphasised(printable(channel.title), .strong)
    let verdict = layout.emphasised(channel.verdict.rawValue, channel.verdict.emphasis)
    let lead =
      channel.headline == nil ? [layout.wrapped(answer.text(of: channel), indent: 2)] : []
    let note =
      channel.outcomes.isEmpty ? [layout.wrapped("No outcome can be made.", indent: 2)] : []
    return (["\(name): \(verdict)"] + lead + note + channel.outcomes.map(outcome))
      .joined(separator: "\n")
  }

  private func outcome(_ outcome: OutcomeAnswer) -> String {
    var lines: [String] = []
    let isRefused = outcome.answerability.verdict == .undecidable
    let indicator = outcome.series.indicator
    let title = "\(indicator.title) (\(indicator.concept.rawValue), \(indicator.unit))"
    lines.append(layout.wrapped(title, indent: 2))
    lines.append(layout.wrapped(answer.text(of: outcome), indent: 4))
    guard !isRefused else { return lines.joined(separator: "\n") }
    lines += outcome.estimates.map { layout.wrapped(line($0, of: outcome), indent: 4) }
    let doubts = outcome.answerability.reasons.filter { !$0.passed }
    lines += doubts.map { layout.wrapped(answer.text(of: $0), indent: 4, mark: "! ") }
    lines.append(layout.wrapped(answer.sentence(outcome.evidence), indent: 4))
    return lines.joined(separator: "\n")
  }

  private func line(_ estimate: OutcomeEstimate, of outcome: OutcomeAnswer) -> String {
    let words = EstimateWords(outcome, estimate)
    let test = estimate.randomization
    let drawn = "\(grouped(test.assignments)) reassignments"
    return "By \(inWords(estimate.method)), \(estimate.sample.text): \(words.effect) (95 % "
      + "interval \(words.interval)); p \(words.p), one-sided p \(words.oneSided(answer)); smallest p "
      + "possible \(words.smallestP); \(test.isEnumerated ? "all \(drawn)" : "\(drawn) drawn")."
  }

  // MARK: What follows

  private var together: String? {
    guard let together = answer.together else { return nil }
    let rows = answer.outcomes.compactMap { outcome in
      answer.adjusted(outcome.id).map {
        [outcome.series.indicator.title, plainP($0.p), plainP($0.adjusted)]
      }
    }
    let table =
      rows.isEmpty ? [] : [layout.table([["Outcome", "p", "Adjusted p"]] + rows, wordColumns: 1)]
    return ([heading("The outcomes together"), layout.wrapped(together.sentence)] + table)
      .joined(separator: "\n")
  }

  private var conflicts: String? {
    guard !answer.conflicts.isEmpty else { return nil }
    let items = answer.conflicts.map { conflict -> String in
      let claims = conflict.claims.compactMap(answer.casebook.claim).map { claim in
        let mark = claim.id == conflict.used ? "* " : "- "
        let amount = claim.amount.map { "\($0): " } ?? ""
        return layout.wrapped(
          "\(amount)\(claim.statement) [\(claim.source), \(claim.id)]", indent: 2, mark: mark)
      }
      let why = layout.wrapped("* used: \(conflict.why.sentence)", indent: 2)
      return (["\(printable(conflict.fact.rawValue))"] + claims + [why]).joined(separator: "\n")
    }
    return ([heading("Where sources disagree")] + items).joined(separator: "\n")
  }

  private var change: String? {
    guard !answer.wouldChange.isEmpty else { return nil }
    let items = answer.wouldChange.map { layout.wrapped(answer.text(of: $0), mark: "- ") }
    return ([heading("What would change our mind")] + items).joined(separator: "\n")
  }

  private var made: String {
    let book = answer.casebook
    let known = answer.asKnownOn.map { ", as known on \($0)" } ?? ""
    let sources =
      "\(counted(book.sources.count, "source")), \(counted(book.claims.count, "claim")), "
      + counted(book.series.count, "series value")
    return [
      heading("How it was made"),
      layout.wrapped("Casebook \(book.id) \(book.version)\(known): \(sources)."),
      layout.wrapped("SHA-256 \(book.sha256), seed \(answer.study.seed)."),
      layout.wrapped("fulcrum trace ID opens any claim, fact, series value or outcome."),
    ].joined(separator: "\n") + kept
  }

  /// The sources whose figures must not be handed on.
  private var kept: String {
    let sources = answer.casebook.sources.filter(\.isImportOnly).map(\.id.rawValue)
    guard !sources.isEmpty else { return "" }
    return "\n"
      + layout.wrapped("Figures that must not be handed on (import only): \(listed(sources)).")
  }
}

extension Verdict {
  fileprivate var emphasis: TextLayout.Emphasis {
    switch self {
    case .decidable: .good
    case .weak: .doubtful
    case .undecidable: .quiet
    }
  }
}

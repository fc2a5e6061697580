import Effects
package import Evidence
import Indicators
import Panels
package import Studies

/// What a change of the evidence moves, and by how much, in lines for a person.
package struct MoveText {
  private let moves: [OutcomeMove]
  private let study: Study
  private let casebook: Casebook

  /// Takes the moves with the study that has them and the changed casebook.
  package init(_ moves: [OutcomeMove], of study: Study, in casebook: Casebook) {
    self.moves = moves
    self.study = study
    self.casebook = casebook
  }

  /// The most values of one outcome that are shown one by one.
  private static let shown = 6

  /// Writes a paragraph for each outcome that moves, or that none does.
  package var text: String {
    guard !moves.isEmpty else {
      return "It moves no outcome: no rule of the study takes it, or its date lies outside.\n"
    }
    return moves.map { lines($0).joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private func lines(_ move: OutcomeMove) -> [String] {
    let more = move.values.count - Self.shown
    return ["\(move.channel): \(move.outcome.indicator.title)"]
      + move.values.prefix(Self.shown).map { value in
        "  \(value.actor) \(value.period): \(words(value.before)) → \(words(value.after))"
      }
      + (more > 0 ? ["  and \(counted(more, "value")) more"] : [])
      + ["  estimate: \(estimate(move))", "  verdict: \(verdict(move))"]
  }

  private func words(_ cell: IndicatorCell) -> String {
    switch cell.cell {
    case .observed(let value, _): (cell.isAtLeast ? "at least " : "") + plainFigure(value)
    case .absent(let absence): absence.text
    }
  }

  private func estimate(_ move: OutcomeMove) -> String {
    let (before, after) = (number(move.before), number(move.after))
    switch (before, after) {
    case (nil, nil): return "none, before or after"
    case (let before?, nil): return "\(signed(before)) → none"
    case (nil, let after?): return "none → \(signed(after))"
    case (let before?, let after?) where before == after: return "\(signed(after)), as before"
    case (let before?, let after?):
      return "\(signed(before)) → \(signed(after)) (by \(signed(after - before)))"
    }
  }

  private func number(_ answer: OutcomeAnswer?) -> Double? {
    answer?.estimates.first?.effects.overall.att
  }

  private func verdict(_ move: OutcomeMove) -> String {
    func words(_ answer: OutcomeAnswer?) -> String {
      answer?.answerability.verdict.rawValue ?? "nobody to compare"
    }
    let (before, after) = (words(move.before), words(move.after))
    guard before == after else { return "\(before) → \(after)" }
    let failed = move.after?.answerability.reasons.first { !$0.passed }
    let reason = failed.map { AnswerabilityWords(study: study, casebook: casebook).text(of: $0) }
    return "\(after), as before" + (reason.map { "; \($0)" } ?? "")
  }
}

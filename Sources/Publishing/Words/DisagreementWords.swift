package import Evidence
package import Studies

extension Conflict.Why {
  /// Why the claim that is used was chosen, in a sentence.
  package var sentence: String {
    switch self {
    case .rule(let rule): rule.sentence
    case .denominators: "The denominators differ, so all readings stand side by side."
    }
  }
}

extension ResolutionRule {
  /// Why the rule chose the claim it chose.
  package var sentence: String {
    switch self {
    case .onlyClaim: "No other claim speaks of it."
    case .judged(let judgement): "Judged by \(judgement.by) on \(judgement.on): \(judgement.reason)"
    case .reliability: "Its source is graded more reliable."
    case .credibility: "Of equally reliable sources, it is graded more credible."
    case .codedLater: "Equally graded; it was coded later."
    case .latest: "It was coded last."
    case .tableOrder: "Nothing tells them apart; the first in the table is used."
    }
  }
}

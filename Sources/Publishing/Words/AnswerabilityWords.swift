import Effects
import Evidence
package import Studies

extension Answer {
  /// What a rule of answerability found and what it means.
  package func text(of reason: Answerability.Reason) -> String {
    AnswerabilityWords(study: study, casebook: casebook).text(of: reason)
  }
}

/// Says what the rules of answerability found.
struct AnswerabilityWords {
  let study: Study
  let casebook: Casebook

  private var organisation: String { study.treatment.label }

  /// What a rule found and what it means.
  func text(of reason: Answerability.Reason) -> String {
    switch reason {
    case .treatedUnits(let seen, let needed, let obstacle):
      treatedUnits(seen, needed: needed, obstacle)
    case .whoFloor(let floor, let isByWho, _):
      whoFloor(floor, isByWho: isByWho, passed: reason.passed)
    case .namedTreated(let actors): namedTreated(actors)
    case .coTreatment(let found): coTreatment(found, passed: reason.passed)
    case .preTrend(let p, _): preTrend(p, passed: reason.passed)
    case .gapBefore(let gap, _): gapBefore(gap, passed: reason.passed)
    case .namedPeriods(let fewest, let short, let needed):
      namedPeriods(fewest, short: short, needed: needed)
    case .detectableEffect(let effect, let smallest):
      detectableEffect(effect, smallest: smallest, passed: reason.passed)
    }
  }

  private func treatedUnits(
    _ count: Int, needed: Int, _ obstacle: Answerability.Obstacle?
  ) -> String {
    if count >= needed {
      return obstacle?.sentence
        ?? "\(counted(count).capitalisedFirst) states joined \(organisation) and are "
        + "seen both before and after."
    }
    return count == 0
      ? "No state that joined \(organisation) is seen, fully counted, both "
        + "before and after it joined."
      : "Only \(counted(count)) that joined \(organisation) "
        + "\(count == 1 ? "is" : "are") seen both before and after: a case study, not an effect "
        + "of membership."
  }

  private func whoFloor(_ value: Double, isByWho: Bool, passed: Bool) -> String {
    let sentence =
      "\(isByWho ? "By who joined alone, the" : "The") smallest p that "
      + "this comparison could ever give is \(oneIn(value))"
    return passed
      ? "\(sentence)."
      : "\(sentence), which is not below 0.05: even the clearest difference could be chance."
  }

  private func namedTreated(_ actors: [ActorID]) -> String {
    actors.isEmpty
      ? "None of the states that the question names is seen after joining."
      : "Of the states that the question names, \(listed(actors.map(casebook.name))) "
        + "\(actors.count == 1 ? "is" : "are") seen after joining."
  }

  private func coTreatment(_ found: Answerability.CoTreatment, passed: Bool) -> String {
    let other = study.coTreatment?.label ?? organisation
    guard found.units > 0 else { return "No unit joined \(other) inside its own window." }
    let without =
      "Without the \(counted(found.units)) states that joined \(other) inside the window, "
    if passed {
      return without + "\(counted(found.left)) that joined \(organisation) are left, enough for a "
        + "comparison."
    }
    return "\(study.treatment.shortLabel) or \(study.coTreatment?.shortLabel ?? ""): these data "
      + "cannot tell. " + without
      + (found.isComparable
        ? found.failed.map(shortened).joined(separator: "; ") + "." : "nothing is left to compare.")
  }

  /// A rule that fails once more, inside a sentence: what it means has been said.
  private func shortened(_ reason: Answerability.Reason) -> String {
    if case .whoFloor(let floor, _, _) = reason {
      return "the smallest p by who joined would be \(oneIn(floor))"
    }
    let text = text(of: reason)
    return (text.hasSuffix(".") ? String(text.dropLast()) : text).lowercasedFirst
  }

  private func preTrend(_ p: Double?, passed: Bool) -> String {
    guard let p else { return "No difference before joining can be tested." }
    let sentence = "The differences before joining have a randomization p of \(plainP(p))"
    return passed
      ? "\(sentence), which gives no sign of different paths."
      : "\(sentence): the joiners may have been on another path already."
  }

  private func gapBefore(_ gap: Double?, passed: Bool) -> String {
    guard let gap else {
      return "How closely the joiners are followed before joining cannot be told."
    }
    let sentence =
      "Before joining, the median gap to the comparison is \(plain(gap)) of the spread among the "
      + "states that never joined"
    return passed
      ? "\(sentence), close enough."
      : "\(sentence): the joiners are not followed closely before joining."
  }

  private func namedPeriods(_ fewest: Int, short: [ActorID], needed: Int) -> String {
    short.isEmpty
      ? "Every named state that joined is seen at least \(counted(fewest)) years before and after."
      : "\(listed(short.map(casebook.name))) \(short.count == 1 ? "is" : "are") seen fewer than "
        + "\(counted(needed)) years before or after joining."
  }

  private func detectableEffect(_ effect: Double?, smallest: Double?, passed: Bool) -> String {
    guard let smallest else { return "The study names no smallest effect worth knowing." }
    guard let effect else {
      return "No effect, however large, would be found in four of five cases."
    }
    return "An effect would have to be \(plain(effect)) to be found in four of five cases; "
      + "the smallest worth knowing is \(plain(smallest))"
      + (passed ? "." : ", so one that matters can be missed.")
  }
}

extension Answerability.Obstacle {
  fileprivate var sentence: String {
    switch self {
    case .nobodyTakesPart: "No unit of the pool can take part in the comparison."
    case .estimator(let error): error.sentence()
    }
  }
}

extension Study.Treatment {
  /// The label without its article: `EU`.
  var shortLabel: String { label.hasPrefix("the ") ? String(label.dropFirst(4)) : label }
}

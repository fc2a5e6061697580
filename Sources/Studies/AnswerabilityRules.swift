import Effects
import Evidence
import Panels

/// Judges from the design and the pre-period alone whether a comparison can decide.
struct AnswerabilityRules {
  let study: Study
  let casebook: Casebook
  let smallestEffect: Double?

  /// The thresholds of the rules.
  enum Threshold {
    static let treatedUnits = 2
    static let floor = 0.05
    static let preTrend = 0.10
    static let gapBefore = 0.25
    static let namedPeriods = 3
  }

  /// Judges a comparison; `separated` is the same without the co-treated units, when there are any, and
  /// `detectable` the smallest effect that its test would find.
  func judge(
    _ comparison: Comparison, separated: Comparison?, coTreated: [ActorID], detectable: Double?
  ) -> Answerability {
    var reasons = design(of: comparison)
    if study.coTreatment != nil {
      reasons.append(coTreatment(separated, coTreated: coTreated))
    }
    let isUndecidable = reasons.contains { !$0.passed }
    guard !isUndecidable else { return Answerability(verdict: .undecidable, reasons: reasons) }
    let doubts = [
      comparison.estimator.isLinear ? preTrend(comparison) : gapBefore(comparison),
      namedPeriods(comparison), detectableEffect(detectable),
    ]
    let isWeak = doubts.contains { !$0.passed }
    return Answerability(verdict: isWeak ? .weak : .decidable, reasons: reasons + doubts)
  }

  /// The rules that decide from who takes part.
  private func design(of comparison: Comparison) -> [Answerability.Reason] {
    [treatedUnits(comparison), whoFloor(comparison), namedTreated(comparison)]
  }

  private func treatedUnits(_ comparison: Comparison) -> Answerability.Reason {
    let count = comparison.treated.count
    let passed = count >= Threshold.treatedUnits && comparison.obstacle == nil
    return Answerability.Reason(
      rule: .treatedUnits, value: Double(count), threshold: Double(Threshold.treatedUnits),
      passed: passed,
      text: count >= Threshold.treatedUnits && !passed
        ? comparison.obstacle ?? ""
        : passed
          ? "\(counted(count).capitalisedFirst) states joined \(study.treatment.label) and are "
            + "seen both before and after."
          : count == 0
            ? "No state that joined \(study.treatment.label) is seen, fully counted, both "
              + "before and after it joined."
            : "Only \(counted(count)) that joined \(study.treatment.label) "
              + "\(count == 1 ? "is" : "are") seen both before and after: a case study, not an effect "
              + "of membership.")
  }

  private func whoFloor(_ comparison: Comparison) -> Answerability.Reason {
    let floors = comparison.floors
    let value = floors?.deciding ?? 1
    let passed = value < Threshold.floor
    let sentence =
      "\(floors?.isByWho ?? true ? "By who joined alone, the" : "The") smallest p that "
      + "this comparison could ever give is \(oneIn(value))"
    return Answerability.Reason(
      rule: .whoFloor, value: value, threshold: Threshold.floor, passed: passed,
      text: passed
        ? "\(sentence)."
        : "\(sentence), which is not below 0.05: even the clearest difference could be chance.")
  }

  private func namedTreated(_ comparison: Comparison) -> Answerability.Reason {
    let names = comparison.treated.filter {
      study.named.contains($0.actor) && $0.periodsAfter > 0
    }.map { casebook.name(of: $0.actor) }
    return Answerability.Reason(
      rule: .namedTreated, value: Double(names.count), threshold: 1, passed: !names.isEmpty,
      text: names.isEmpty
        ? "None of the states that the question names is seen after joining."
        : "Of the states that the question names, \(listed(names)) "
          + "\(names.count == 1 ? "is" : "are") seen after joining.")
  }

  private func coTreatment(_ separated: Comparison?, coTreated: [ActorID]) -> Answerability.Reason {
    let other = study.coTreatment?.label ?? study.treatment.label
    let organisation = study.treatment.label
    guard !coTreated.isEmpty else {
      return Answerability.Reason(
        rule: .coTreatment, value: 0, threshold: nil, passed: true,
        text: "No unit joined \(other) inside its own window.")
    }
    let failures = separated.map { design(of: $0).filter { !$0.passed } } ?? []
    let passed = separated != nil && failures.isEmpty
    let left = separated?.treated.count ?? 0
    return Answerability.Reason(
      rule: .coTreatment, value: Double(left), threshold: Double(Threshold.treatedUnits),
      passed: passed,
      text: passed
        ? "Without the \(counted(coTreated.count)) states that joined \(other) inside the window, "
          + "\(counted(left)) that joined \(organisation) are left, enough for a comparison."
        : "\(study.treatment.shortLabel) or \(study.coTreatment?.shortLabel ?? ""): these data cannot tell. "
          + "Without the \(counted(coTreated.count)) states that joined \(other) inside the window, "
          + (separated == nil
            ? "nothing is left to compare."
            : failures.map(shortened).joined(separator: "; ") + "."))
  }

  /// A rule that fails once more, inside a sentence: what it means has been said.
  private func shortened(_ reason: Answerability.Reason) -> String {
    if reason.rule == .whoFloor, let value = reason.value {
      return "the smallest p by who joined would be \(oneIn(value))"
    }
    let text = reason.text
    return (text.hasSuffix(".") ? String(text.dropLast()) : text).lowercasedFirst
  }

  private func preTrend(_ comparison: Comparison) -> Answerability.Reason {
    let p = comparison.test?.preTrend
    let passed = p.map { $0 >= Threshold.preTrend } ?? false
    let sentence = p.map { "differences before joining have a randomization p of \(plainP($0))" }
    return Answerability.Reason(
      rule: .preTrend, value: p, threshold: Threshold.preTrend, passed: passed,
      text: sentence.map {
        passed
          ? "The \($0), which gives no sign of different paths."
          : "The \($0): the joiners may have been on another path already."
      } ?? "No difference before joining can be tested.")
  }

  /// Weights are chosen to leave no trend before, so what is asked is how well they follow the treated.
  private func gapBefore(_ comparison: Comparison) -> Answerability.Reason {
    let gap = comparison.effects?.gapBefore
    let passed = gap.map { $0 <= Threshold.gapBefore } ?? false
    let sentence = gap.map {
      "Before joining, the median gap to the comparison is \(plain($0)) of the spread among the "
        + "states that never joined"
    }
    return Answerability.Reason(
      rule: .gapBefore, value: gap, threshold: Threshold.gapBefore, passed: passed,
      text: sentence.map {
        passed
          ? "\($0), close enough." : "\($0): the joiners are not followed closely before joining."
      } ?? "How closely the joiners are followed before joining cannot be told.")
  }

  private func namedPeriods(_ comparison: Comparison) -> Answerability.Reason {
    let named = comparison.treated.filter { study.named.contains($0.actor) }
    let fewest = named.map { min($0.periodsBefore, $0.periodsAfter) }.min() ?? 0
    let short = named.filter {
      min($0.periodsBefore, $0.periodsAfter) < Threshold.namedPeriods
    }.map { casebook.name(of: $0.actor) }
    return Answerability.Reason(
      rule: .namedPeriods, value: Double(fewest), threshold: Double(Threshold.namedPeriods),
      passed: short.isEmpty,
      text: short.isEmpty
        ? "Every named state that joined is seen at least \(counted(fewest)) years before and after."
        : "\(listed(short)) \(short.count == 1 ? "is" : "are") seen fewer than "
          + "\(counted(Threshold.namedPeriods)) years before or after joining.")
  }

  private func detectableEffect(_ detectable: Double?) -> Answerability.Reason {
    guard let smallestEffect else {
      return Answerability.Reason(
        rule: .detectableEffect, value: detectable, threshold: nil, passed: false,
        text: "The study names no smallest effect worth knowing.")
    }
    guard let detectable else {
      return Answerability.Reason(
        rule: .detectableEffect, value: nil, threshold: smallestEffect, passed: false,
        text: "No effect, however large, would be found in four of five cases.")
    }
    let passed = detectable <= smallestEffect
    return Answerability.Reason(
      rule: .detectableEffect, value: detectable, threshold: smallestEffect, passed: passed,
      text: "An effect would have to be \(plain(detectable)) to be found in four of five cases; "
        + "the smallest worth knowing is \(plain(smallestEffect))"
        + (passed ? "." : ", so one that matters can be missed."))
  }
}

extension String {
  var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }

  /// The text inside a sentence; an abbreviation keeps its capitals.
  var lowercasedFirst: String {
    let isAbbreviation = dropFirst().first.map { $0.isUppercase || $0.isNumber } ?? false
    return isAbbreviation ? self : prefix(1).lowercased() + dropFirst()
  }
}

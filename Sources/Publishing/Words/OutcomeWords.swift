import Effects
import Evidence
import Indicators
package import Studies

// What one outcome's comparison can decide and what it found.
extension Answer {
  /// One or two sentences in plain words.
  package func text(of outcome: OutcomeAnswer) -> String {
    guard let main = outcome.estimates.first else { return refusal(of: outcome) }
    return [finding(main, of: outcome), expectation(of: outcome), separation(of: outcome)]
      .compactMap { $0 }.joined(separator: " ")
  }

  /// Why there is no estimate, and what is there instead.
  private func refusal(of outcome: OutcomeAnswer) -> String {
    let failed = outcome.answerability.reasons.filter { !$0.passed }.map { text(of: $0) }
    let count = outcome.series.evidence(on: outcome.design.named.map(\.actor)).count
    let shown =
      count == 0
      ? "No claim is about it."
      : "What is at hand on the named states, \(counted(count)) "
        + "\(count == 1 ? "claim or value" : "claims or values"), is shown as it stands."
    return (["This comparison cannot decide."] + failed + [shown]).joined(separator: " ")
  }

  private func finding(_ estimate: OutcomeEstimate, of outcome: OutcomeAnswer) -> String {
    let indicator = outcome.series.indicator
    let effect = estimate.effects.overall.att
    let interval = estimate.randomization.interval.map {
      "95 % interval \(signed($0.lowerBound)) to \(signed($0.upperBound)); "
    }
    return "\(indicator.title): joining \(organisation) goes with a change of "
      + "\(signed(effect)) (in \(indicator.unit); \(interval ?? "")"
      + "randomization p \(plainP(estimate.randomization.p))), "
      + "\(sense(of: effect, direction: indicator.direction))."
  }

  /// What the sign means: toward or away from the counterpart.
  private func sense(of effect: Double, direction: Direction) -> String {
    switch (direction, effect > 0) {
    case (.toward, true), (.away, false): "toward \(counterpart)"
    case (.toward, false), (.away, true): "away from \(counterpart)"
    case (.neutral, _): "neither toward nor away from \(counterpart)"
    }
  }

  private func expectation(of outcome: OutcomeAnswer) -> String? {
    guard let likelihood = outcome.likelihood else { return nil }
    let thesis = study.channels
      .first { channel in channel.outcomes.contains { $0.id == outcome.id } }?.thesis
    let way = thesis == .away ? "away from" : "toward"
    return "\(likelihood.word.opening) that joining moves states \(way) \(counterpart) here "
      + "(\(plainChance(likelihood.confidence))"
      + (likelihood.isCapped ? "; the evidence allows no stronger word)." : ").")
  }

  /// How the effect changes when the co-treated units are left out.
  private func separation(of outcome: OutcomeAnswer) -> String? {
    guard outcome.estimates.count > 1, let other = study.coTreatment?.label,
      let without = outcome.estimates.last
    else { return nil }
    let design = outcome.design
    let treated = Set(design.treated.map(\.actor))
    let both = design.coTreated.filter(treated.contains).count
    return "Without the \(counted(design.coTreated.count)) states that joined \(other) inside the "
      + "window (\(counted(both)) of them joined \(organisation) too) the change is "
      + "\(signed(without.effects.overall.att)) (p \(plainP(without.randomization.p)))."
  }
}

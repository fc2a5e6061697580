import Effects
import Evidence
import Indicators

/// Says in plain words what one outcome's comparison can decide and what it found.
struct OutcomeWords {
  private let outcome: OutcomeStudy
  private let design: DesignCard
  private let answerability: Answerability
  private let series: IndicatorSeries

  init(
    _ outcome: OutcomeStudy, series: IndicatorSeries, design: DesignCard,
    answerability: Answerability
  ) {
    self.outcome = outcome
    self.series = series
    self.design = design
    self.answerability = answerability
  }

  func text(_ estimates: [OutcomeEstimate], _ likelihood: Likelihood?) -> String {
    guard let main = estimates.first else { return refusal() }
    return [finding(main), expectation(likelihood), separation(estimates)]
      .compactMap { $0 }.joined(separator: " ")
  }

  /// Why there is no estimate, and what is there instead.
  private func refusal() -> String {
    let failed = answerability.reasons.filter { !$0.passed }.map(\.text)
    let count = series.evidence(on: design.named.map(\.actor)).count
    let shown =
      count == 0
      ? "No claim is about it."
      : "What is at hand on the named states, \(counted(count)) "
        + "\(count == 1 ? "claim or value" : "claims or values"), is shown as it stands."
    return (["This comparison cannot decide."] + failed + [shown]).joined(separator: " ")
  }

  private func finding(_ estimate: OutcomeEstimate) -> String {
    let effect = estimate.effects.overall.att
    let organisation = outcome.study.treatment.label
    let interval = estimate.randomization.interval.map {
      "95 % interval \(signed($0.lowerBound)) to \(signed($0.upperBound)); "
    }
    return "\(outcome.outcome.indicator.title): joining \(organisation) goes with a change of "
      + "\(signed(effect)) (in \(outcome.outcome.indicator.unit); \(interval ?? "")randomization p \(plainP(estimate.randomization.p))), "
      + "\(sense(effect))."
  }

  /// What the sign means: toward or away from the counterpart.
  private func sense(_ effect: Double) -> String {
    let counterpart = outcome.study.counterpart
    let name = outcome.casebook.name(of: counterpart)
    switch (outcome.outcome.indicator.direction, effect > 0) {
    case (.toward, true), (.away, false): return "toward \(name)"
    case (.toward, false), (.away, true): return "away from \(name)"
    case (.neutral, _): return "neither toward nor away from \(name)"
    }
  }

  private func expectation(_ likelihood: Likelihood?) -> String? {
    guard let likelihood else { return nil }
    let counterpart = outcome.study.counterpart
    let name = outcome.casebook.name(of: counterpart)
    let way = outcome.channel.thesis == .away ? "away from" : "toward"
    let word = likelihood.word
    let start =
      word == "roughly even chance" ? "There is a roughly even chance that" : "It is \(word) that"
    let sentence = word == "almost no chance" ? "There is almost no chance that" : start
    return "\(sentence) joining moves states \(way) \(name) here "
      + "(\(plainChance(likelihood.confidence))"
      + (likelihood.isCapped ? "; the evidence allows no stronger word)." : ").")
  }

  /// How the effect changes when the co-treated units are left out.
  private func separation(_ estimates: [OutcomeEstimate]) -> String? {
    guard estimates.count > 1, let other = outcome.study.coTreatment?.label,
      let without = estimates.last
    else { return nil }
    let treated = Set(design.treated.map(\.actor))
    let both = design.coTreated.filter(treated.contains).count
    return "Without the \(counted(design.coTreated.count)) states that joined \(other) inside the "
      + "window (\(counted(both)) of them joined \(outcome.study.treatment.label) too) the change is \(signed(without.effects.overall.att)) "
      + "(p \(plainP(without.randomization.p)))."
  }
}

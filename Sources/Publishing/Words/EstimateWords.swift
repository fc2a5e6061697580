import Effects
import Evidence
import Indicators
import Studies

/// An estimate in the words and rounded numbers that all texts share.
struct EstimateWords {
  private let outcome: OutcomeAnswer
  private let estimate: OutcomeEstimate

  init(_ outcome: OutcomeAnswer, _ estimate: OutcomeEstimate) {
    self.outcome = outcome
    self.estimate = estimate
  }

  var effect: String { signed(estimate.effects.overall.att) }

  /// Where outcomes move the weights, no interval follows from the test.
  var interval: String {
    estimate.randomization.interval.map { "\(signed($0.lowerBound)) to \(signed($0.upperBound))" }
      ?? (estimate.estimator.isLinear ? "unbounded" : "none")
  }

  var p: String { plainP(estimate.randomization.p) }

  /// The p against the side that the study's thesis names.
  func oneSided(_ answer: Answer) -> String {
    let thesis = answer.study.channels
      .first { channel in channel.outcomes.contains { $0.id == outcome.id } }?.thesis
    let side = thesis.map { outcome.series.indicator.side(of: $0) } ?? .greater
    let test = estimate.randomization
    return plainP(side == .greater ? test.greater.p : test.less.p)
  }

  var standardError: String {
    guard estimate.showsLargeSampleErrors, let error = estimate.effects.overall.standardError
    else { return "–" }
    return plain(error)
  }

  /// The smallest p that any assignment of the dates gives, and the larger one by who joined alone.
  var smallestP: String { estimate.randomization.floor.words(plainP) }

  var assignments: String {
    let test = estimate.randomization
    return "\(grouped(test.assignments)) \(test.isEnumerated ? "(all)" : "drawn")"
  }
}

extension RandomizationTest.Floor {
  /// The smallest p by who and when, and by who joined alone where that is larger.
  func words(_ figure: (Double) -> String) -> String {
    figure(whoAndWhen) + (who > whoAndWhen ? ", by who joined alone \(figure(who))" : "")
  }
}

extension OutcomesTogether {
  /// What testing several outcomes together means, or why it cannot be done.
  var sentence: String {
    guard let test else {
      return "The outcomes cannot be tested together. \(obstacle?.sentence() ?? "")"
    }
    let way = test.isEnumerated ? "all" : "drawn"
    return "Of several outcomes one is clear by chance more often than its own p says. Under "
      + "\(counted(test.assignments, "reassignment")) of the dates (\(way)), the same for all outcomes, each p "
      + "is adjusted for being one of \(outcomes.count) (step-down of Westfall and Young). All pools are "
      + "reassigned at once here, so a p can differ a little from the outcome's own."
  }
}

extension OutcomeEstimate.Sample {
  var text: String {
    switch self {
    case .all: "all of the pool"
    case .withoutCoTreated: "without states of the other membership"
    }
  }
}

extension Answerability.Rule {
  /// The rule as a column's or a row's name.
  var title: String {
    switch self {
    case .treatedUnits: "States that joined"
    case .whoFloor: "Smallest attainable p"
    case .namedTreated: "Named states that joined"
    case .coTreatment: "Other membership"
    case .preTrend: "Trend before joining"
    case .gapBefore: "Gap before joining"
    case .namedPeriods: "Years of the named states"
    case .detectableEffect: "Smallest effect found"
    }
  }
}

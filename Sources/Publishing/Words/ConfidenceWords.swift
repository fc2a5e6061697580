import Effects
import Evidence
package import Studies

// How far the evidence can be trusted, and how likely the thesis is.
extension Answer {
  /// The level of confidence and its reasons in sentences of their own.
  func sentence(_ evidence: EvidenceConfidence) -> String {
    (["Confidence in the evidence is \(evidence.level.rawValue)."]
      + evidence.reasons.map { text(of: $0) }).joined(separator: " ")
  }

  /// What keeps the evidence from being trusted more.
  package func text(of doubt: EvidenceConfidence.Doubt) -> String {
    switch doubt {
    case .observational: "States chose to join: an observational comparison starts low."
    case .fewTreated(let count): "Few joined: \(counted(count))."
    case .namedAbsent(let absent, let named):
      "\(counted(absent).capitalisedFirst) of the \(counted(named)) named states "
        + "\(absent == 1 ? "is" : "are") not in the data."
    case .rule(let reason): text(of: reason)
    case .unsearched(let count, let all):
      "Not searched in full: \(grouped(count)) of \(grouped(all)) state-years."
    case .signChangesWithUnits: "The sign of the effect depends on which units are compared."
    case .indirect(let text): "Indirect: \(text)"
    case .conflicts(let count):
      "Sources disagree on \(counted(count)) of the facts that it rests on, and no judgement "
        + "settles it."
    case .otherEstimators(let others):
      "Estimators disagree on the sign: "
        + "\(listed(others.map { "\($0.method.name) has \(signed($0.att))" }))."
    case .imprecise(let sample, let isLinear):
      "\(sample.imprecise): "
        + (isLinear
          ? "the interval includes zero."
          : "other dates of joining give as large a change too often.")
    case .fragile(let breakdown):
      breakdown == 0
        ? "Fragile: the sign of the first years is open even if paths stay parallel."
        : "Fragile: the sign of the first years is lost if paths part by "
          + "\(plain(breakdown)) of what they did at most from year to year before."
    }
  }
}

extension OutcomeEstimate.Sample {
  fileprivate var imprecise: String {
    switch self {
    case .all: "Imprecise"
    case .withoutCoTreated: "Imprecise without the co-treated states"
    }
  }
}

extension Specification.Method {
  /// The estimator's name inside a sentence.
  fileprivate var name: String {
    switch self {
    case .groupTime, .imputation, .syntheticControl, .factors: inWords(rawValue)
    case .syntheticDiD: "synthetic DiD"
    }
  }
}

extension Likelihood.Word {
  /// The word or words of ICD 203.
  package var text: String {
    switch self {
    case .almostNoChance: "almost no chance"
    case .veryUnlikely: "very unlikely"
    case .unlikely: "unlikely"
    case .roughlyEvenChance: "roughly even chance"
    case .likely: "likely"
    case .veryLikely: "very likely"
    case .almostCertain: "almost certain"
    }
  }

  /// How a sentence with the word begins: `It is likely`.
  var opening: String {
    switch self {
    case .almostNoChance: "There is almost no chance"
    case .roughlyEvenChance: "There is a roughly even chance"
    default: "It is \(text)"
    }
  }
}

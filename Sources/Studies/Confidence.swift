import Effects
import Evidence
import Indicators

/// The likelihood words of ICD 203 with the lower ends of their bins, the lowest first.
private let likelihoodWords: [(from: Double, word: String)] = [
  (0, "almost no chance"), (0.05, "very unlikely"), (0.20, "unlikely"),
  (0.45, "roughly even chance"), (0.55, "likely"), (0.80, "very likely"), (0.95, "almost certain"),
]

extension Likelihood {
  /// The confidence in the thesis's sign and its word, no stronger than the evidence allows.
  ///
  /// ICD 203 (2015), section D.6.e.2.a; the bins are closed below. Low evidence allows no word
  /// beyond `likely` and `unlikely`, moderate none beyond `very likely` and `very unlikely`.
  init(_ test: RandomizationTest, isThesisPositive: Bool, evidence: EvidenceConfidence.Level) {
    let side = isThesisPositive ? test.greater : test.less
    let confidence = min(max(1 - side.midP, side.floor), 1 - side.floor)
    let place = likelihoodWords.lastIndex { $0.from <= confidence } ?? 0
    let reach =
      switch evidence {
      case .low: 1
      case .moderate: 2
      case .high: 3
      }
    let middle = 3
    self.confidence = confidence
    let allowed = min(max(place, middle - reach), middle + reach)
    word = likelihoodWords[allowed].word
    isCapped = allowed != place
  }
}

extension EvidenceConfidence {
  /// A breakdown from here on counts nothing against the evidence.
  ///
  /// Paths may then part, year after year for five years, by half of the largest change seen before.
  static let soundBreakdown = 0.5

  /// Grades the evidence for one outcome (GRADE): an observational comparison starts low.
  ///
  /// It rises to moderate only where the comparison can decide, the effect is found with and
  /// without the co-treated units and by other estimators with one sign, and nothing counts against it.
  init(
    estimates: [OutcomeEstimate], answerability: Answerability, design: DesignCard,
    disagreement: EvidenceDisagreement
  ) {
    var reasons = ["States chose to join: an observational comparison starts low."]
    let treated = design.treated.count
    if treated < 10 {
      reasons.append("Few joined: \(counted(treated)).")
    }
    let absent = design.named.filter { $0.role == .absent }.count
    if absent > 0 {
      reasons.append(
        "\(counted(absent).capitalisedFirst) of the \(counted(design.named.count)) named states "
          + "\(absent == 1 ? "is" : "are") not in the data.")
    }
    for reason in answerability.reasons where !reason.passed { reasons.append(reason.text) }
    reasons += disagreement.unsearched.map { [$0] } ?? []
    let effects = estimates.map(\.effects.overall.att)
    let hasOneSign = effects.allSatisfy { $0 > 0 } || effects.allSatisfy { $0 < 0 }
    if !effects.isEmpty, !hasOneSign {
      reasons.append("The sign of the effect depends on which units are compared.")
    }
    reasons += disagreement.reasons(against: estimates.first?.effects.overall.att)
    if let main = estimates.first, main.randomization.p >= significance {
      reasons.append("Imprecise: \(main.imprecision).")
    } else if let other = estimates.dropFirst().first(where: {
      $0.randomization.p >= significance
    }) {
      reasons.append("Imprecise without the co-treated states: \(other.imprecision).")
    }
    if let fragility = estimates.first?.fragility { reasons.append(fragility) }
    self.reasons = reasons
    level = reasons.count == 1 && !estimates.isEmpty ? .moderate : .low
  }
}

extension OutcomeEstimate {
  /// Where a departure from parallel trends no larger than those seen before takes the sign.
  fileprivate var fragility: String? {
    guard let breakdown = sensitivity?.breakdown, breakdown < EvidenceConfidence.soundBreakdown
    else { return nil }
    return breakdown == 0
      ? "Fragile: the sign of the first years is open even if paths stay parallel."
      : "Fragile: the sign of the first years is lost if paths part by "
        + "\(plain(breakdown)) of what they did at most from year to year before."
  }

  /// What makes an estimate imprecise that could be chance.
  fileprivate var imprecision: String {
    estimator.isLinear
      ? "the interval includes zero" : "other dates of joining give as large a change too often"
  }
}

/// What speaks against an outcome's evidence besides its comparison.
struct EvidenceDisagreement {
  /// What other estimators make of the same panel, by name.
  let estimates: [(name: String, att: Double)]
  /// The facts behind the outcome on which claims cannot all be right, unless a judgement chose one.
  let conflicts: Int
  /// Why the outcome is not quite what the question asks about.
  let indirectness: String?
  /// What of the claims' states and years was not searched.
  let unsearched: String?

  func reasons(against main: Double?) -> [String] {
    let others = estimates.filter { other in main.map { $0 * other.att < 0 } ?? false }
    let named = others.map { "\($0.name) has \(signed($0.att))" }
    return [
      indirectness.map { "Indirect: \($0)" },
      conflicts > 0
        ? "Sources disagree on \(counted(conflicts)) of the facts that it rests on, and no judgement "
          + "settles it." : nil,
      named.isEmpty ? nil : "Estimators disagree on the sign: \(listed(named)).",
    ].compactMap { $0 }
  }
}

extension OutcomeStudy {
  /// What speaks against the evidence; other estimators are asked only where there is an estimate.
  func disagreement(_ judged: JudgedOutcome, isDecided: Bool) -> EvidenceDisagreement {
    let claims = Set(
      judged.series.evidenceSet(on: judged.series.actors).compactMap { evidence -> ClaimID? in
        guard case .claim(let id) = evidence else { return nil }
        return id
      })
    let others: [(name: String, method: Specification.Method)] = [
      ("group-time", .groupTime), ("imputation", .imputation), ("synthetic DiD", .syntheticDiD),
    ]
    let panel = judged.comparison.panel
    return EvidenceDisagreement(
      estimates: !isDecided
        ? []
        : others.filter { $0.method != outcome.estimator.method }.compactMap { name, method in
          let other = ChosenEstimator(outcome, method: method)
          return (try? other.reassignable(on: panel).observed).map { (name: name, att: $0) }
        },
      conflicts: casebook.conflicts(
        in: Set(claims.compactMap { casebook.claim($0)?.fact }).sorted()
      )
      .count {
        !claims.isDisjoint(with: $0.claims) && casebook.judgements(of: $0.fact).isEmpty
      },
      indirectness: outcome.indirectness, unsearched: isDecided ? judged.series.unsearched : nil)
  }
}

extension IndicatorSeries {
  /// How much of a series made of claims was not searched in full; nil when all of it was.
  fileprivate var unsearched: String? {
    let count = unsearchedCells
    return count == 0
      ? nil
      : "Not searched in full: \(grouped(count)) of \(grouped(cells.joined().count)) state-years."
  }
}

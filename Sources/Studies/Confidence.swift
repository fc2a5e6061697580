import Effects
import Evidence
import Indicators

extension Likelihood.Word {
  /// The lower end of the word's bin in ICD 203; the bin is closed below.
  fileprivate var from: Double {
    switch self {
    case .almostNoChance: 0
    case .veryUnlikely: 0.05
    case .unlikely: 0.20
    case .roughlyEvenChance: 0.45
    case .likely: 0.55
    case .veryLikely: 0.80
    case .almostCertain: 0.95
    }
  }
}

extension Likelihood {
  /// The confidence in the thesis's sign and its word, no stronger than the evidence allows.
  ///
  /// ICD 203 (2015), section D.6.e.2.a; the bins are closed below. Low evidence allows no word
  /// beyond `likely` and `unlikely`, moderate none beyond `very likely` and `very unlikely`.
  init(_ test: RandomizationTest, isThesisPositive: Bool, evidence: EvidenceConfidence.Level) {
    let side = isThesisPositive ? test.greater : test.less
    let confidence = min(max(1 - side.midP, side.floor), 1 - side.floor)
    let words = Word.allCases
    let place = words.lastIndex { $0.from <= confidence } ?? 0
    let reach =
      switch evidence {
      case .low: 1
      case .moderate: 2
      case .high: 3
      }
    let middle = 3
    self.confidence = confidence
    let allowed = min(max(place, middle - reach), middle + reach)
    word = words[allowed]
    isCapped = allowed != place
  }
}

extension EvidenceConfidence {
  /// What keeps the evidence from being trusted more.
  public enum Doubt: Hashable, Sendable {
    /// States chose to join; every comparison starts here.
    case observational
    case fewTreated(Int)
    /// How many of the named states are not in the data.
    case namedAbsent(Int, of: Int)
    /// A rule of answerability that is not met.
    case rule(Answerability.Reason)
    /// How many of the values were not searched in full.
    case unsearched(Int, of: Int)
    /// Estimates with and without some units have different signs.
    case signChangesWithUnits
    /// Why the outcome is not quite what the question asks about, in the study's words.
    case indirect(String)
    /// On how many facts sources disagree without a judgement.
    case conflicts(Int)
    /// Other estimators whose effect has the other sign.
    case otherEstimators([OtherEstimate])
    /// The estimate could be chance, on all of the pool or on a part only.
    case imprecise(OutcomeEstimate.Sample, isLinear: Bool)
    /// The sign of the first years is lost at this multiple of the changes seen before.
    case fragile(breakdown: Double)
  }

  /// What another estimator makes of the same panel.
  public struct OtherEstimate: Hashable, Sendable {
    public let method: Specification.Method
    public let att: Double
  }

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
    reasons =
      [.observational] + Self.participation(design)
      + answerability.reasons.filter { !$0.passed }.map { .rule($0) }
      + [disagreement.unsearched, Self.changingSign(estimates)].compactMap { $0 }
      + disagreement.reasons(against: estimates.first?.effects.overall.att)
      + [Self.imprecision(estimates), estimates.first?.fragility].compactMap { $0 }
    level = reasons.count == 1 && !estimates.isEmpty ? .moderate : .low
  }

  private static func participation(_ design: DesignCard) -> [Doubt] {
    let treated = design.treated.count
    let absent = design.named.count { $0.role == .absent }
    return [
      treated < 10 ? .fewTreated(treated) : nil,
      absent > 0 ? .namedAbsent(absent, of: design.named.count) : nil,
    ].compactMap { $0 }
  }

  private static func changingSign(_ estimates: [OutcomeEstimate]) -> Doubt? {
    let effects = estimates.map(\.effects.overall.att)
    let hasOneSign = effects.allSatisfy { $0 > 0 } || effects.allSatisfy { $0 < 0 }
    return effects.isEmpty || hasOneSign ? nil : .signChangesWithUnits
  }

  /// The first estimate that could be chance.
  private static func imprecision(_ estimates: [OutcomeEstimate]) -> Doubt? {
    estimates.first { $0.randomization.p >= significance }.map {
      .imprecise($0.sample, isLinear: $0.estimator.isLinear)
    }
  }
}

extension OutcomeEstimate {
  /// Where a departure from parallel trends no larger than those seen before takes the sign.
  fileprivate var fragility: EvidenceConfidence.Doubt? {
    guard let breakdown = sensitivity?.breakdown, breakdown < EvidenceConfidence.soundBreakdown
    else { return nil }
    return .fragile(breakdown: breakdown)
  }
}

/// What speaks against an outcome's evidence besides its comparison.
struct EvidenceDisagreement {
  /// What other estimators make of the same panel.
  let estimates: [EvidenceConfidence.OtherEstimate]
  /// The facts behind the outcome on which claims cannot all be right, unless a judgement chose one.
  let conflicts: Int
  /// Why the outcome is not quite what the question asks about.
  let indirectness: String?
  /// How much of the claims' states and years was not searched.
  let unsearched: EvidenceConfidence.Doubt?

  func reasons(against main: Double?) -> [EvidenceConfidence.Doubt] {
    let others = estimates.filter { other in main.map { $0 * other.att < 0 } ?? false }
    return [
      indirectness.map { .indirect($0) },
      conflicts > 0 ? .conflicts(conflicts) : nil,
      others.isEmpty ? nil : .otherEstimators(others),
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
    let others: [Specification.Method] = [.groupTime, .imputation, .syntheticDiD]
    let panel = judged.comparison.panel
    return EvidenceDisagreement(
      estimates: !isDecided
        ? []
        : others.filter { $0 != outcome.estimator.method }.compactMap { method in
          let other = ChosenEstimator(outcome, method: method)
          return (try? other.reassignable(on: panel).observed).map {
            EvidenceConfidence.OtherEstimate(method: method, att: $0)
          }
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
  fileprivate var unsearched: EvidenceConfidence.Doubt? {
    let count = unsearchedCells
    return count == 0 ? nil : .unsearched(count, of: cells.joined().count)
  }
}

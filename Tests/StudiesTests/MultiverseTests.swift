import Effects
import Foundation
import Indicators
import LinearAlgebra
import Panels
import Testing

@testable import Evidence
@testable import Studies

/// All defensible choices together: what they are, what they estimate and how it is tested.
@Suite struct MultiverseTests {
  /// A piece of a specification with a label.
  private static func option(
    _ label: String, _ change: (inout Specification) -> Void
  ) -> Study.Choice.Option {
    var specification = Specification()
    change(&specification)
    return Study.Choice.Option(label: label, specification: specification)
  }

  private static func choice(_ id: String, _ options: [Study.Choice.Option]) -> Study.Choice {
    Study.Choice(id: id, title: id, outcomes: [], options: options)
  }

  private static let estimators = choice(
    "estimator",
    [
      option("group-time") { $0.method = .groupTime },
      option("imputation") { $0.method = .imputation },
      option("synthetic DiD") { $0.method = .syntheticDiD },
      option("synthetic control") { $0.method = .syntheticControl },
      option("one factor") {
        $0.method = .factors
        $0.factors = 1
      },
    ])
  private static let anticipation = choice(
    "anticipation",
    [option("0") { $0.anticipation = 0 }, option("1") { $0.anticipation = 1 }])
  private static let window = choice(
    "window",
    [
      option("all") { $0.periods = 1996...2014 }, option("short") { $0.periods = 1998...2014 },
    ])
  private static let coTreatment = choice(
    "co-treatment",
    [
      option("nothing") { $0.coTreated = .compared },
      option("left out") { $0.coTreated = .excluded },
      option("censored") { $0.coTreated = .censored },
      option("covariate") { $0.coTreated = .covariate },
    ])

  private static let swift = choice("estimator", [0, 1, 4].map { estimators.options[$0] })

  private static func made(
    effect: Double = 3, coStarts: [Int: Int] = [1: 2009, 2: 2010, 13: 2006],
    _ choices: [Study.Choice]
  ) -> (study: Study, casebook: Casebook) {
    var made = MadeStudy()
    made.effect = effect
    made.coStarts = coStarts
    var study = made.study
    study.choices = choices
    return (study, made.casebook)
  }

  private static func multiverse(
    effect: Double = 3, _ choices: [Study.Choice], cap: Int = 1_000, draws: Int = 19,
    threads: Int = 2
  ) throws -> Multiverse {
    let (study, casebook) = made(effect: effect, choices)
    var run = try MultiverseRun(
      study, outcome: "distance", from: casebook, cap: cap, draws: draws, threads: threads)
    try run.advance(by: run.total)
    return run.multiverse()
  }

  // MARK: What is tried

  @Test func everyCombinationIsTriedOrCountedWithItsRule() throws {
    let multiverse = try Self.multiverse([Self.estimators, Self.anticipation, Self.coTreatment])
    let counts = multiverse.counts
    #expect(counts.combinations == 5 * 2 * 4)
    // Three weighting methods with anticipation, and four other methods with a covariate.
    #expect(counts.impossible == [.covariateOutsideImputation: 8, .anticipationOfWeighting: 9])
    #expect(counts.possible == 40 - 17 && !counts.isSampled)
    #expect(counts.planned == multiverse.points.count + counts.left.values.reduce(0, +))
  }

  @Test func aCombinationThatRepeatsAnotherIsTriedOnce() throws {
    let same = Self.choice(
      "pool", [Self.option("all") { $0.pool = "all" }, Self.option("again") { $0.pool = "twin" }])
    var (study, casebook) = Self.made([same, Self.anticipation])
    let pool = try #require(study.pools["all"])
    study = Study(
      id: study.id, question: study.question, estimand: study.estimand,
      treatment: study.treatment, coTreatment: study.coTreatment, counterpart: study.counterpart,
      named: study.named, pools: ["all": pool, "twin": pool], periods: study.periods,
      channels: study.channels, seed: study.seed, draws: study.draws)
    study.choices = [same, Self.anticipation]
    casebook.reindex()
    let run = try MultiverseRun(study, outcome: "distance", from: casebook, draws: 19)
    #expect(run.possible == 4 && run.total == 2)
  }

  @Test func aSampleIsDrawnByTheSeedAndSaid() throws {
    let all = [Self.estimators, Self.anticipation, Self.window, Self.coTreatment]
    let (study, casebook) = Self.made(all)
    let runs = try [1, 1, 2].map { seed in
      try MultiverseRun(
        study, outcome: "distance", from: casebook, cap: 12, draws: 19, seed: seed)
    }
    #expect(runs[0].planned == runs[1].planned && runs[0].planned != runs[2].planned)
    #expect(runs[0].sampled == 12 && runs[0].multiverse().counts.isSampled)
  }

  @Test func aChoiceThatDoesNotReachAnOutcomeIsNotItsOwn() throws {
    let grades = Self.choice(
      "grade", [Self.option("any") { _ in }, Self.option("B") { $0.reliability = .b }])
    let (study, _) = Self.made([grades, Self.window])
    let outcome = study.channels[0].outcomes[0]
    #expect(try SpecificationSpace(study, for: outcome).choices.map(\.id) == ["window"])
  }

  // MARK: What it estimates

  /// The estimate of each method is that of its estimator on the panel of the study.
  @Test func eachSpecificationIsWhatItsEstimatorSays() throws {
    let multiverse = try Self.multiverse([Self.estimators])
    let made = Self.made([])
    let answer = try made.study.answer(from: made.casebook)
    let panel = answer.channels[0].outcomes[0].panel
    let expected: [Double] = [
      try GroupTimeDiD(comparison: .notYetTreated).estimate(panel).overall.att,
      try Imputation().estimate(panel).overall.att,
      try SyntheticDiD().estimate(panel).overall.att,
      try Self.meanGap(panel),
      try InteractiveFixedEffects(factors: .given(1)).estimate(panel).effects.att,
    ]
    #expect(multiverse.points.count == 5)
    for (point, value) in zip(multiverse.points, expected) {
      // Two sums of the same changes in another order.
      #expect(abs(point.estimate - value) < 1e-10, "\(point.specification.line)")
    }
  }

  /// The mean of all gaps after treatment, each treated unit with a synthetic control of its own.
  private static func meanGap(_ panel: Panel) throws -> Double {
    let last = panel.periods[panel.periods.count - 1]
    let treated = panel.units.indices.filter { panel.cohorts[$0].start.map { $0 <= last } ?? false }
    let gaps = try treated.flatMap { unit in
      let alone = try panel.filter { $0 != unit && treated.contains($0) ? "treated" : nil }
      let effects = try SyntheticControl.outcomeOnly.estimate(alone)
      return effects.periods.filter { $0.period >= effects.cohort }.map(\.gap)
    }
    return gaps.reduce(0, +) / Double(gaps.count)
  }

  @Test func theCoTreatmentAsACovariateTakesItsEffectOut() throws {
    let starts = [6: 2009, 7: 2010, 8: 2010, 9: 2011, 10: 2009, 11: 2010, 13: 2006, 14: 2010]
    let (study, casebook) = Self.made(coStarts: starts, [])
    var moved = casebook
    moved.series = casebook.series.map { value in
      let since = starts.first { MadeStudy.actor($0.key) == value.actor }
      guard let year = since?.value, value.period >= year else { return value }
      return SeriesValue(
        variable: value.variable, actor: value.actor, period: value.period,
        value: value.value.map { $0 + 50 }, low: nil, high: nil, status: .observed,
        source: value.source)
    }
    moved.reindex()
    func estimate(_ treated: Study.CoTreated) throws -> Double {
      let choices = [
        Self.choice(
          "only",
          [
            Self.option("a") {
              $0.method = .imputation
              $0.coTreated = treated
            }, Self.option("b") { $0.method = .groupTime },
          ])
      ]
      var other = study
      other.choices = choices
      var run = try MultiverseRun(other, outcome: "distance", from: moved, draws: 19)
      try run.advance(by: 1)
      return try #require(run.multiverse().points.first).estimate
    }
    #expect(abs(try estimate(.covariate) - 3) < 0.5)
    #expect(abs(try estimate(.compared) - 3) > 2)
  }

  @Test func theCoTreatmentIsACovariateOfImputationOnly() throws {
    let (study, casebook) = Self.made([])
    var specification = Specification()
    specification.coTreated = .covariate
    #expect(throws: StudyError.self) {
      try Recomputation(study, from: casebook).answer(under: specification)
    }
  }

  // MARK: The test of all together

  @Test func aBuiltInEffectIsFoundAndNoneIsNot() throws {
    let all = [Self.swift, Self.anticipation, Self.window]
    let found = try #require(try Self.multiverse(effect: 3, all, draws: 59).summary)
    #expect(abs(found.median - 3) < 0.5 && found.positive == 1)
    #expect(found.joint.medianP <= 0.02 && found.joint.shareP <= 0.02)
    let none = try #require(try Self.multiverse(effect: 0, all, draws: 59).summary)
    #expect(none.joint.medianP > 0.05 && none.joint.shareP > 0.05)
  }

  /// Ranks and the joint test on a matrix small enough to count by hand.
  @Test func theJointTestCountsColumnsOfOneMatrix() {
    func row(_ effect: Double, _ effects: [Double?]) -> SpecificationResult.Estimated {
      SpecificationResult.Estimated(
        effect: effect, statistic: effect, treated: 2, compared: 2, effects: effects,
        statistics: effects)
    }
    // Columns: observed 3, 2, 1; then (1, 4, −1), (−3, nil, 5).
    let ranks = EffectRanks(
      [row(3, [1, -3]), row(2, [4, nil]), row(1, [-1, 5])], draws: 2, threads: 1)
    #expect(ranks.observed == [2.0 / 3, 1, 1])
    let joint = ranks.jointTest(isThesisPositive: true)
    // Medians: 2; 1; (−3 + 5) / 2 = 1. Only the observed one reaches 2.
    #expect(joint.medianP == 1.0 / 3)
    #expect(joint.share == 0 && joint.shareP == 1)
    #expect(joint.cells == 6 && joint.undefined == 1 && joint.draws == 2)
  }

  /// Two choices that add up without a remainder, in a balanced design: each has its own variance.
  @Test func sharesOfTheVarianceSumToWhatTheChoicesExplain() {
    let cells = (0..<2).flatMap { a in (0..<3).map { [a, $0] } }
    let numbers = cells.map { 4 * Double($0[0]) + Double($0[1]) }
    let shares = choiceShares(numbers, options: cells, counts: [2, 3])
    let parts = [4.0, 2.0 / 3]
    #expect(abs(shares[0] - parts[0] / 4.666666666666667) < 1e-12)
    #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
    // A product of the two is of neither by itself.
    let product = choiceShares(
      [1, -1, -1, 1], options: [[0, 0], [0, 1], [1, 0], [1, 1]], counts: [2, 2])
    #expect(product.allSatisfy { abs($0) < 1e-12 })
  }

  // MARK: The same on any way

  @Test func stepsAndThreadsDoNotChangeAByte() throws {
    let (study, casebook) = Self.made([Self.estimators])
    var steps = try MultiverseRun(study, outcome: "distance", from: casebook, draws: 19)
    while !steps.isComplete { try steps.advance(by: 2) }
    var once = try MultiverseRun(study, outcome: "distance", from: casebook, draws: 19, threads: 2)
    try once.advance(by: once.total)
    #expect(steps.results == once.results)
    #expect(steps.multiverse() == once.multiverse())
    #expect(steps.record(from: 0, version: "1") == once.record(from: 0, version: "1"))
  }

  @Test func aRecordIsCarriedOnFromWhereItWasCut() throws {
    let (study, casebook) = Self.made([Self.estimators])
    var whole = try MultiverseRun(study, outcome: "distance", from: casebook, draws: 19, threads: 2)
    try whole.advance(by: whole.total)
    let lines = [whole.recordHeader(version: "1")] + whole.record(from: 0, version: "1")
    let cut = lines.prefix(3).joined(separator: "\n") + "\n" + lines[3].prefix(20)
    var second = try MultiverseRun(study, outcome: "distance", from: casebook, draws: 19)
    try second.restore(cut, version: "1")
    #expect(second.results.count == 2)
    try second.advance(by: second.total)
    #expect(second.results == whole.results)

    var other = try MultiverseRun(study, outcome: "distance", from: casebook, draws: 29)
    #expect(throws: StudyError.otherRecord(outcome: "distance")) {
      try other.restore(cut, version: "1")
    }
    #expect(throws: StudyError.otherRecord(outcome: "distance")) {
      try second.restore(cut, version: "2")
    }
  }

  @Test func aChangedRecordIsRefusedAtItsLine() throws {
    let (study, casebook) = Self.made([Self.estimators])
    var whole = try MultiverseRun(study, outcome: "distance", from: casebook, draws: 19, threads: 2)
    try whole.advance(by: whole.total)
    let lines = [whole.recordHeader(version: "1")] + whole.record(from: 0, version: "1")
    func fault(_ lines: [String]) -> StudyError? {
      do {
        var run = try MultiverseRun(study, outcome: "distance", from: casebook, draws: 19)
        try run.restore(lines.map { $0 + "\n" }.joined(), version: "1")
        return nil
      } catch { return error as? StudyError }
    }
    #expect(fault(lines) == nil)
    #expect(fault([]) == nil)
    var changed = lines
    changed[2] = changed[2].replacing("\"treated\":", with: "\"treated\":1")
    #expect(fault(changed) == .damagedRecord(line: 3, .changed))
    #expect(fault([lines[0], lines[2]]) == .damagedRecord(line: 2, .changed))
    #expect(fault(lines + [lines[1]]) == .damagedRecord(line: lines.count + 1, .changed))
    #expect(fault(["notes"]) == .otherRecord(outcome: "distance"))
  }

  /// A permutation of all units, restricted to a panel that has all of them, only moves the dates.
  @Test func permutationsAreTheSameForEveryPanel() throws {
    let made = Self.made([])
    let panel = try made.study.answer(from: made.casebook).channels[0].outcomes[0].panel
    let full = try GroupTimeDiD(comparison: .notYetTreated).reassignable(on: panel)
    let less = try panel.filter { $0 == 20 ? "left out" : nil }
    let fewer = try GroupTimeDiD(comparison: .notYetTreated).reassignable(on: less)
    let permutations = try UnitPermutations(
      of: panel.units, draws: 50, seed: 1, reference: full.datedUnits)
    let effects = try full.effects(on: [panel], under: permutations, draws: 0..<50)[0]
    #expect(effects.draws.allSatisfy { $0 != nil })
    #expect(Set(effects.draws.compactMap { $0?.effect }).count > 45)
    let others = try fewer.effects(on: [less], under: permutations, draws: 0..<50)[0]
    // One comparison unit fewer hardly moves an effect when the others keep their dates.
    let pairs = zip(effects.draws, others.draws).compactMap { one, other in
      one.flatMap { one in other.map { (one.effect, $0.effect) } }
    }
    #expect(pairs.count > 45)
    #expect(pairs.count { abs($0.0 - $0.1) < 0.5 } > 40)
  }

  @Test func anUndecidableOutcomeIsNotEstimated() throws {
    var made = MadeStudy()
    made.named = [20]
    var study = made.study
    study.choices = [Self.anticipation, Self.window]
    var run = try MultiverseRun(study, outcome: "distance", from: made.casebook, draws: 19)
    try run.advance(by: run.total)
    let multiverse = run.multiverse()
    #expect(multiverse.points.isEmpty && multiverse.summary == nil)
    #expect(multiverse.counts.left == [.namedTreated: 4])
  }
}

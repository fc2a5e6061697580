import Effects
import Foundation
import LinearAlgebra
import Testing

@testable import Evidence
@testable import Studies

/// A changed judgement gives what a study and a casebook that always had it would give.
@Suite struct RecomputationTests {
  static let builtIn = Result {
    let casebook = try Casebook(contentsOf: Casebook.westernBalkans)
    let file = try #require(casebook.studies["nato-china"])
    return (casebook, try Study(contentsOf: file, for: casebook))
  }

  private static let estimator =
    "{method: group-time, comparison: not-yet, base: varying, anticipation: 0}"

  /// A change of each kind, at random: what is left out, which claims count, whom, when and how.
  private static func randomSpecification(
    _ index: Int, _ casebook: Casebook, _ study: Study
  ) -> Specification {
    var random = Philox(seed: 3, stream: 9, index: UInt64(index))
    func one<Value>(of values: [Value]) -> Value {
      values[Int(random.next(below: UInt32(values.count)))]
    }
    var specification = Specification()
    specification.draws = 99
    switch index % 8 {
    case 0: specification.leftOut.claims = [one(of: casebook.claims).id]
    case 1: specification.leftOut.sources = [one(of: casebook.sources).id]
    case 2: specification.reliability = one(of: [.b, .c])
    case 3: specification.pool = one(of: study.pools.keys.sorted())
    case 4: specification.stage = one(of: ["invited", "protocol_signed"])
    case 5: specification.anticipation = one(of: [1, 2])
    case 6: specification.leftOut.states = [one(of: study.pools["eurasia"]?.actors ?? [])]
    default: specification.leftOut.periods = [one(of: Array(study.periods))]
    }
    specification.comparison = one(of: [.neverTreated, .notYetTreated])
    return specification
  }

  @Test(arguments: 0..<16)
  func aWholeAnswerEqualsAColdRunToTheLastBit(_ index: Int) throws {
    let (casebook, study) = try Self.builtIn.get()
    let specification = Self.randomSpecification(index, casebook, study)
    let recomputation = Recomputation(study, from: casebook, threads: 2)
    let warm = Result { try recomputation.answer(under: specification) }
    let cold = Result {
      try study.applying(specification).answer(from: casebook.applying(specification))
    }
    switch (warm, cold) {
    case (.success(let warm), .success(let cold)): expectEqual(warm, cold)
    case (.failure(let warm), .failure(let cold)):
      #expect(warm as? StudyError == cold as? StudyError)
    default: Issue.record("One run has an answer and the other has none.")
    }
  }

  @Test(arguments: [
    ("pool: eurasia", "pool: six", #"{"pool": "six"}"#),
    ("stage: member}\nco", "stage: invited}\nco", #"{"stage": "invited"}"#),
    ("anticipation: 0", "anticipation: 1", #"{"anticipation": 1}"#),
    ("comparison: not-yet, base", "comparison: never, base", #"{"comparison": "never"}"#),
    (Self.estimator, "{method: imputation}", #"{"method": "imputation"}"#),
    (Self.estimator, "{method: synthetic-did}", #"{"method": "synthetic-did"}"#),
    (Self.estimator, "{method: synthetic-control}", #"{"method": "synthetic-control"}"#),
    (Self.estimator, "{method: factors, factors: 2}", #"{"method": "factors", "factors": 2}"#),
  ])
  func aSpecificationIsWhatAnEditOfTheStudyWouldBe(
    _ old: String, _ new: String, _ line: String
  ) throws {
    let (casebook, study) = try Self.builtIn.get()
    let file = try #require(casebook.studies["nato-china"])
    let text = try String(contentsOf: file, encoding: .utf8)
      .replacingOccurrences(of: "draws: 9999", with: "draws: 99")
      .replacingOccurrences(of: old, with: new)
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let edited = folder.appending(path: "nato-china.yaml")
    try Data(text.utf8).write(to: edited)
    let reread = try Study(contentsOf: edited, for: casebook)

    let specification = try Specification(line: line, for: study, in: casebook)
    let asked = try study.applying(specification)
    #expect(asked.channels == reread.channels)
    #expect(asked.treatment == reread.treatment)
  }

  /// Every estimator with changes drawn at random, on a made question.
  @Test(arguments: Specification.Method.allCases, 0..<4)
  func aWholeAnswerByAnyEstimatorEqualsAColdRunToTheLastBit(
    _ method: Specification.Method, _ index: Int
  ) throws {
    var made = MadeStudy()
    made.coStarts = [4: 2004, 5: 2007, 21: 2003]
    let (casebook, study) = (made.casebook, made.study)
    var random = Philox(seed: 5, stream: UInt32(index), index: 0)
    var specification = Specification()
    specification.method = method
    specification.factors = method == .factors ? index % 3 : nil
    specification.draws = 39
    specification.leftOut.states = [MadeStudy.actor(Int(random.next(below: 24)))]
    specification.leftOut.periods = [1996 + Int(random.next(below: 19))]
    if index % 2 == 0 { specification.coTreated = .excluded }
    let warm = try Recomputation(study, from: casebook, threads: 2).answer(under: specification)
    let cold = try study.applying(specification).answer(from: casebook.applying(specification))
    expectEqual(warm, cold)
    #expect(warm.channels[0].outcomes[0].estimates.first?.method == method.rawValue)
  }

  @Test(arguments: [Specification.Method.syntheticControl, .imputation])
  func anotherEstimatorChangesTheBuiltInChannelAsAColdRunWould(
    _ method: Specification.Method
  ) throws {
    let (casebook, study) = try Self.builtIn.get()
    var specification = Specification()
    specification.method = method
    specification.draws = 39
    let warm = try Recomputation(study, from: casebook)
      .channel("diplomacy", under: specification)
    let applied = try study.applying(specification)
    let cold = try applied.answer(
      try applied.channel("diplomacy"), Workings(casebook: casebook, threads: 2))
    #expect(warm == cold)
  }

  @Test func withoutClaimsEqualsACasebookThatNeverHadThem() throws {
    let (casebook, study) = try Self.builtIn.get()
    var never = casebook
    let gone = casebook.claims.filter { $0.channel == "security" }.prefix(9).map(\.id)
    never.claims.removeAll { gone.contains($0.id) }
    never.coverage.removeAll { $0.claim.map(gone.contains) ?? false }
    never.reindex()
    var specification = Specification()
    specification.leftOut.claims = Set(gone)
    let recomputation = Recomputation(study, from: casebook)
    let answer = try recomputation.channel("security", under: specification)
    let channel = try #require(study.channels.first { $0.id == "security" })
    #expect(answer == (try study.answer(channel, Workings(casebook: never, threads: 1))))
    #expect(answer != (try recomputation.channel("security", under: Specification())))
  }

  @Test func anUnknownNameIsSaidWithTheNearest() throws {
    let (casebook, study) = try Self.builtIn.get()
    let recomputation = Recomputation(study, from: casebook)
    var specification = Specification()
    specification.outcomes = ["un-agremeent"]
    let error = #expect(throws: StudyError.self) {
      try recomputation.answer(under: specification)
    }
    #expect(error?.description.contains("did you mean `un-agreement`?") == true)
    #expect(throws: StudyError.self) {
      try recomputation.channel("diplomcy", under: Specification())
    }
  }

  private func expectEqual(_ first: Answer, _ second: Answer) {
    #expect(first.channels == second.channels)
    #expect(first.caveats == second.caveats && first.together == second.together)
    #expect(first.conflicts == second.conflicts && first.wouldChange == second.wouldChange)
    #expect(first.asKnownOn == second.asKnownOn)
  }
}

/// Estimates by every estimator under a specification.
@Suite struct SpecifiedEstimateTests {
  private static func specification(_ method: Specification.Method) -> Specification {
    var specification = Specification()
    specification.method = method
    specification.factors = method == .factors ? 1 : nil
    specification.draws = 39
    return specification
  }

  @Test(arguments: Specification.Method.allCases)
  func eachMethodIsThatOfItsEstimatorToTheLastBit(_ method: Specification.Method) throws {
    let made = MadeStudy()
    let found = try Recomputation(made.study, from: made.casebook)
      .estimate(of: "distance", under: Self.specification(method))
    let panel = try made.outcome().panel
    let test = Randomization(draws: 39, seed: made.study.seed, enumerationLimit: made.study.draws)
    let expected: RandomizationTest =
      switch method {
      case .groupTime: try test.test(GroupTimeDiD(comparison: .notYetTreated), on: panel)
      case .imputation: try test.test(Imputation(), on: panel)
      case .syntheticDiD: try test.test(SyntheticDiD(), on: panel)
      case .syntheticControl: try test.test(SyntheticControl.outcomeOnly, on: panel)
      case .factors: try test.test(InteractiveFixedEffects(factors: .given(1)), on: panel)
      }
    #expect(found.p == expected.p && found.treated == 12 && found.compared == 12)
    if method != .syntheticControl { #expect(found.estimate == expected.observed) }
  }

  @Test func groupTimeIsTheAnswersOwn() throws {
    let made = MadeStudy()
    var specification = Specification()
    specification.draws = made.study.draws
    let found = try Recomputation(made.study, from: made.casebook)
      .estimate(of: "distance", under: specification)
    let answer = try #require(try made.outcome().estimates.first)
    #expect(abs((found.estimate ?? 0) - answer.effects.overall.att) < 1e-12)
    #expect(found.p == answer.randomization.p)
  }

  @Test func whatCannotDecideHasNoEstimate() throws {
    var made = MadeStudy()
    made.named = [20]
    let found = try Recomputation(made.study, from: made.casebook)
      .estimate(of: "distance", under: Self.specification(.syntheticDiD))
    #expect(found.estimate == nil && found.p == nil && found.undecidable == .namedTreated)
    made.named = [0, 1]
    made.coStarts = Dictionary(uniqueKeysWithValues: (0..<12).map { ($0, 2009) })
    let both = try Recomputation(made.study, from: made.casebook)
      .estimate(of: "distance", under: Self.specification(.imputation))
    #expect(both.estimate == nil && both.undecidable == .coTreatment)
  }

  @Test(arguments: [
    (MadeStudy(), 19), (MadeStudy(), 39), (MadeStudy(values: .scarce), 99),
    (MadeStudy(coStarts: [0: 2005, 13: 2006], values: .scarce), 99),
  ])
  func whatTheAnswerCannotDecideHasNoEstimateAndWhatItCanHas(
    _ made: MadeStudy, _ draws: Int
  ) throws {
    for method in [Specification.Method.groupTime, .imputation] {
      var specification = Self.specification(method)
      specification.draws = draws
      let recomputation = Recomputation(made.study, from: made.casebook)
      let answer = try recomputation.answer(under: specification).channels[0].outcomes[0]
      let found = try recomputation.estimate(of: "distance", under: specification)
      let failed = answer.answerability.reasons.first { !$0.passed }?.rule
      #expect((found.estimate == nil) == (answer.answerability.verdict == .undecidable))
      if found.estimate == nil { #expect(found.p == nil && found.undecidable == failed) }
    }
  }

  @Test func aFewReassignmentsOrManyTiesLeaveNoEstimate() throws {
    var specification = Self.specification(.groupTime)
    specification.draws = 19
    let few = MadeStudy()
    let byFew = try Recomputation(few.study, from: few.casebook)
      .estimate(of: "distance", under: specification)
    #expect(byFew.undecidable == .whoFloor && byFew.estimate == nil)
    specification.draws = 99
    let scarce = MadeStudy(values: .scarce)
    let byTies = try Recomputation(scarce.study, from: scarce.casebook)
      .estimate(of: "distance", under: specification)
    #expect(byTies.undecidable == .whoFloor && byTies.estimate == nil)
  }

  @Test func weightsKnowNoAnticipation() throws {
    let made = MadeStudy()
    var specification = Self.specification(.syntheticControl)
    specification.anticipation = 2
    #expect(throws: StudyError.self) {
      try Recomputation(made.study, from: made.casebook)
        .estimate(of: "distance", under: specification)
    }
  }
}

import HTTP
import Documents
import Effects
import Evidence
import Foundation
import Indicators
import Panels
import Publishing
import Studies

/// A study as it is served: its answer, and what can be worked out from it on demand.
struct StudyDesk: Sendable {
  let answer: Answer
  /// What clients may choose.
  let bounds: JudgementBounds
  let influence: Background<Influence>
  /// What takes long is worked out one after another.
  let turn: NSLock
  private let recomputation: Recomputation
  private let claimInfluence: ClaimInfluence
  private let multiverses: [String: Background<Multiverse>]

  /// Answers the study, and prepares what changed judgements do not touch.
  ///
  /// - Throws: the study's errors.
  init(_ study: Study, casebook: Casebook, threads: Int, mostDraws: Int) throws {
    bounds = JudgementBounds(study: study, casebook: casebook, mostDraws: mostDraws)
    answer = try study.answer(from: casebook, threads: threads)
    // A reader who is alone has all threads; readers who come side by side share them.
    recomputation = Recomputation(study, from: casebook, threads: threads)
    claimInfluence = try ClaimInfluence(
      recomputation, draws: Specification.Method.groupTime.changedDraws)
    let turn = NSLock()
    self.turn = turn
    influence = Background(in: turn) { _ in try study.influence(in: casebook, threads: threads) }
    let outcomes = study.channels.flatMap(\.outcomes).map(\.id)
    multiverses = Dictionary(
      uniqueKeysWithValues: outcomes.map { outcome in
        (
          outcome,
          Background(in: turn) { try study.multiverse(of: outcome, casebook, threads, report: $0) }
        )
      })
  }

  var outcomes: [String] { answer.study.channels.flatMap(\.outcomes).map(\.id) }

  /// The answer under the judgements of a call; the study's own when it changes none.
  func answer(to call: Call) throws -> Answer {
    guard let judgement = try Judgement(call) else {
      return answer
    }
    return try answer(under: judgement.specification)
  }

  /// The whole answer under a specification.
  ///
  /// - Throws: `HTTPProblem` for a choice that the study cannot have.
  func answer(under specification: Specification) throws -> Answer {
    try sayingWhy { try recomputation.answer(under: specification) }
  }

  /// What the study's own answer is without a claim.
  ///
  /// - Throws: `HTTPProblem` when the casebook has no such claim.
  func influence(of claim: ClaimID) throws -> Influence {
    guard answer.casebook.claim(claim) != nil else {
      throw HTTPProblem.notFound(
        "Unknown claim \(claim)", advice: "take an id of /api/v1/claims.")
    }
    return try claimInfluence.influence(of: claim)
  }

  func channel(_ id: ChannelID, under specification: Specification) throws -> ChannelAnswer {
    try sayingWhy { try recomputation.channel(id, under: specification) }
  }

  func estimate(of outcome: String, under specification: Specification) throws -> SpecifiedEstimate
  {
    try sayingWhy { try recomputation.estimate(of: outcome, under: specification) }
  }

  /// Reads a specification from the body of a request.
  ///
  /// - Throws: `HTTPProblem` for what the study cannot have, or what is out of its range.
  func specification(in body: [UInt8]) throws -> Specification {
    guard let line = String(validating: body, as: UTF8.self) else {
      throw HTTPProblem.badRequest("The body is not UTF-8; send JSON, which is.")
    }
    let specification = try sayingWhy {
      try Specification(line: line, for: answer.study, in: answer.casebook)
    }
    try bounds.check(specification)
    return specification
  }

  /// How long an answer under a specification takes to work out.
  func lane(of specification: Specification) -> Reply.Lane {
    let methods =
      specification.method.map { [$0] }
      ?? answer.study.channels.flatMap(\.outcomes).map(\.estimator.method)
    let draws = specification.draws ?? answer.study.draws
    let isLong =
      methods.contains { $0.isWeighting } || draws > Self.shortDraws || specification.periods != nil
    return isLong ? .long : .short
  }

  /// The most reassignments that are worked out in about a second.
  private static let shortDraws = 10_000

  /// The multiverse of an outcome, by default of the first headline that can be decided best.
  ///
  /// - Throws: `HTTPProblem.unfinished` until it is there.
  func multiverse(of outcome: String?) throws -> Multiverse {
    let (id, value, share) = try begunMultiverse(of: outcome)
    guard let value else { throw HTTPProblem.unfinished("The multiverse of \(id)", share) }
    return value
  }

  /// The outcome, its multiverse once it is there, and the share that is done.
  func begunMultiverse(
    of outcome: String?
  ) throws -> (outcome: String, value: Multiverse?, share: Double) {
    let headlines = answer.channels.compactMap(\.headline)
    let headline = [Verdict.decidable, .weak]
      .compactMap { verdict in headlines.first { $0.answerability.verdict == verdict } }.first
    guard let id = outcome ?? headline?.id ?? outcomes.first, let found = multiverses[id] else {
      throw HTTPProblem.notFound("The study has no outcome", advice: "add one to it.")
    }
    let (value, share) = try sayingWhy { try found.value() }
    return (id, value, share)
  }

  /// Turns what a study cannot have into a problem of the request.
  private func sayingWhy<Value>(_ work: () throws -> Value) throws -> Value {
    do { return try work() } catch StudyError.problems(let problems) {
      // A message may list all that there is to choose among.
      let said = problems.prefix(Self.mostProblems).map { $0.description.prefix(2_000) }
      let more = problems.count - said.count
      throw HTTPProblem.badRequest(
        said.joined(separator: "\n") + (more > 0 ? "\nAnd \(more) more." : ""))
    } catch let error
      where error is StudyError || error is IndicatorError || error is PanelError
      || error is EffectError
    { throw HTTPProblem.badRequest(sentence(of: error)) }
  }

  /// The problems that are said one by one.
  private static let mostProblems = 8
}

extension Study {
  fileprivate func multiverse(
    of outcome: String, _ casebook: Casebook, _ threads: Int, report: (Double) -> Void
  ) throws -> Multiverse {
    var run = try MultiverseRun(self, outcome: outcome, from: casebook, threads: threads)
    while !run.isComplete {
      try run.advance(by: max(1, run.total / 50))
      report(Double(run.results.count) / Double(max(1, run.total)))
    }
    return run.multiverse()
  }
}

// MARK: Lanes

extension StudyDesk {
  /// Where a call's judgements are worked out; nil when it changes none.
  ///
  /// - Throws: `HTTPProblem` with what the study cannot have.
  func lane(of call: Call) throws -> Reply.Lane? {
    try Judgement(call).map { lane(of: $0.specification) }
  }

  /// The same for judgements in a body.
  func laneOfBody(_ call: Call) throws -> Reply.Lane? {
    lane(of: try specification(in: call.request.body))
  }
}

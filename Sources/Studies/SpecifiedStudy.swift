import Evidence
import Indicators

extension Casebook {
  /// The evidence as a specification has it.
  func applying(_ specification: Specification) -> Casebook {
    let left = specification.leftOut
    var casebook = self
    if !left.claims.isEmpty { casebook = casebook.leavingOut(left.claims) }
    if !left.sources.isEmpty { casebook = casebook.leavingOut(sources: left.sources) }
    if !left.coders.isEmpty { casebook = casebook.leavingOut(coders: left.coders) }
    return specification.resolution.map { casebook.resolved(by: $0) } ?? casebook
  }
}

extension Study {
  /// The study with a specification's choices in place of its own.
  ///
  /// An estimator that finds weights anew for every reassignment is tested by 200 of them at most, unless
  /// the specification names a number.
  ///
  /// - Throws: `StudyError.impossibleChoice` for a choice that the study's outcomes cannot have.
  func applying(_ specification: Specification) throws -> Study {
    let known = channels.flatMap(\.outcomes).map(\.id)
    if let stranger = specification.outcomes.sorted().first(where: { !known.contains($0) }) {
      throw StudyError.unknownOutcome(stranger, known: known)
    }
    if let pool = specification.pool, pools[pool] == nil {
      throw StudyError.impossibleChoice(
        "pool `\(pool)`", advice: "choose among \(pools.keys.sorted().joined(separator: ", "))")
    }
    let left = specification.leftOut.states
    let changedDraws = specification.draws(insteadOf: draws)
    var study = Study(
      id: id, question: question, estimand: estimand,
      treatment: specification.stage.map {
        Treatment(organisation: treatment.organisation, stage: $0, label: treatment.label)
      } ?? treatment,
      coTreatment: coTreatment, counterpart: counterpart, named: named,
      pools: left.isEmpty ? pools : pools.mapValues { $0.without(left) },
      periods: periods, channels: try channels.map { try $0.applying(specification) }, seed: seed,
      draws: changedDraws ?? draws)
    study.enumerationLimit = changedDraws ?? enumerationLimit
    study.choices = choices
    return study
  }
}

extension Specification {
  /// How many reassignments test a study so changed; nil: as many as its own.
  fileprivate func draws(insteadOf own: Int) -> Int? {
    guard draws == nil, let method, method.isWeighting else { return draws }
    return own > method.changedDraws ? method.changedDraws : nil
  }
}

extension Study.Pool {
  fileprivate func without(_ states: Set<ActorID>) -> Study.Pool {
    Study.Pool(title: title, actors: actors.filter { !states.contains($0) }, note: note)
  }
}

extension Study.Channel {
  fileprivate func applying(_ specification: Specification) throws -> Study.Channel {
    Study.Channel(
      id: id, title: title, thesis: thesis,
      outcomes: try outcomes.map { outcome in
        specification.outcomes.isEmpty || specification.outcomes.contains(outcome.id)
          ? try outcome.applying(specification) : outcome.without(specification.leftOut.periods)
      }, note: note)
  }
}

extension Study.Outcome {
  fileprivate func without(_ periods: Set<Int>) -> Study.Outcome {
    var other = self
    other.leftOutPeriods.formUnion(periods)
    return other
  }

  fileprivate func applying(_ specification: Specification) throws -> Study.Outcome {
    var other = Study.Outcome(
      id: id, isHeadline: isHeadline, indicator: try indicator.applying(specification, of: id),
      pool: specification.pool ?? pool, periods: specification.periods ?? periods,
      smallestEffect: smallestEffect,
      estimator: Study.Estimator(
        comparison: specification.comparison ?? estimator.comparison,
        base: specification.base ?? estimator.base,
        anticipation: specification.anticipation ?? estimator.anticipation,
        method: specification.method ?? estimator.method,
        factors: specification.factors ?? estimator.factors),
      overlaps: overlaps, caveat: caveat)
    other.indirectness = indirectness
    other.coTreated = specification.coTreated ?? coTreated
    other.leftOutPeriods = leftOutPeriods.union(specification.leftOut.periods)
    return other
  }
}

extension Indicator {
  /// The indicator with a specification's choices, where it has the part that they are about.
  fileprivate func applying(
    _ specification: Specification, of outcome: String
  ) throws -> Indicator {
    let definition: Definition =
      switch definition {
      case .variable(let variable, let transformation):
        .variable(specification.variable ?? variable, transformation)
      case .claims(let rule): .claims(rule.applying(specification))
      case .index(let index): .index(try index.applying(specification, of: outcome))
      }
    return Indicator(
      title: title, unit: unit, concept: concept, direction: direction, definition: definition,
      range: range)
  }
}

extension ClaimRule {
  fileprivate func applying(_ specification: Specification) -> ClaimRule {
    ClaimRule(
      measure: measure, channel: channel, instruments: instruments,
      phases: specification.phases ?? phases, directions: directions, assertions: assertions,
      counterpart: counterpart,
      minimumReliability: specification.reliability ?? minimumReliability,
      minimumCredibility: specification.credibility ?? minimumCredibility,
      countsForParent: countsForParent)
  }
}

extension InstrumentIndex {
  fileprivate func applying(
    _ specification: Specification, of outcome: String
  ) throws -> InstrumentIndex {
    let weights = specification.weights ?? components.map(\.weight)
    guard weights.count == components.count, weights.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw StudyError.impossibleChoice(
        "\(weights.count) weights for the \(components.count) components of `\(outcome)`",
        advice: "give each component one weight above zero")
    }
    return InstrumentIndex(
      components: zip(components, weights).map {
        Component(rule: $0.rule.applying(specification), weight: $1)
      },
      normalisation: specification.normalisation ?? normalisation,
      aggregation: specification.aggregation ?? aggregation)
  }
}

package import Evidence
package import Indicators

/// What a change of the casebook does to one outcome of a study.
package struct OutcomeMove: Sendable {
  package let channel: String
  package let outcome: Study.Outcome
  /// The values that changed, by actor and year.
  package let values: [ValueMove]
  /// The outcome before and after; nil where it has nobody to compare.
  package let before: OutcomeAnswer?
  package let after: OutcomeAnswer?

  /// One value before and after.
  package struct ValueMove: Hashable, Sendable {
    package let actor: ActorID
    package let period: Int
    package let before: IndicatorCell
    package let after: IndicatorCell
  }
}

extension Study {
  /// Finds the outcomes that differ between two states of a casebook, and answers only those anew.
  ///
  /// - Throws: the error of an indicator.
  package func moves(
    from old: Casebook, to new: Casebook, threads: Int = 1
  ) throws -> [OutcomeMove] {
    try channels.flatMap { channel in
      try channel.outcomes.compactMap { outcome in
        let values = valueMoves(outcome, from: old, to: new)
        let isDesignSame = spells(treatment, in: old) == spells(treatment, in: new)
        guard !values.isEmpty || !isDesignSame else { return nil }
        return OutcomeMove(
          channel: channel.title, outcome: outcome, values: values,
          before: try answer(outcome, of: channel, from: old, threads: threads),
          after: try answer(outcome, of: channel, from: new, threads: threads))
      }
    }
  }

  private func valueMoves(
    _ outcome: Outcome, from old: Casebook, to new: Casebook
  ) -> [OutcomeMove.ValueMove] {
    let actors = pools[outcome.pool]?.actors ?? []
    let periods = Array(outcome.periods)
    let before = outcome.indicator.series(from: old, actors: actors, periods: periods)
    let after = outcome.indicator.series(from: new, actors: actors, periods: periods)
    return actors.indices.flatMap { row in
      periods.indices.compactMap { column in
        let old = before.cells[row][column]
        let new = after.cells[row][column]
        guard !old.hasSameValue(as: new) else { return nil }
        return OutcomeMove.ValueMove(
          actor: actors[row], period: periods[column], before: old, after: new)
      }
    }
  }

  private func spells(_ treatment: Treatment, in casebook: Casebook) -> [Membership] {
    casebook.memberships(in: treatment.organisation, stage: treatment.stage)
  }

  private func answer(
    _ outcome: Outcome, of channel: Channel, from casebook: Casebook, threads: Int
  ) throws -> OutcomeAnswer? {
    do {
      return try OutcomeStudy(
        study: self, channel: channel, outcome: outcome,
        workings: Workings(casebook: casebook, threads: threads)
      ).answer()
    } catch StudyError.emptyPool { return nil }
  }
}

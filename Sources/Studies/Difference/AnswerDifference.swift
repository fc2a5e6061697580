public import Evidence
import Indicators
import Panels

/// What lies between two answers: each channel's change, as a chain of steps.
///
/// Each step makes one kind of change to all tables at once and begins where the one before it ended, so
/// the parts sum to the whole change. What a step is worth depends on the order, which is fixed.
public struct AnswerDifference: Hashable, Sendable {
  public let channels: [Channel]

  /// The change of one channel's headline outcome.
  public struct Channel: Hashable, Sendable {
    public let id: ChannelID
    public let title: String
    public let outcome: String
    public let before: Influence.Standing
    public let after: Influence.Standing
    public let steps: [Step]
  }

  /// What one kind of change does to a channel.
  public struct Step: Hashable, Sendable {
    public let kind: CasebookSteps.Kind
    /// How many records came, went or are changed, in all channels.
    public let records: Int
    /// How many of the outcome's values are other ones.
    public let values: Int
    public let before: Influence.Standing
    public let after: Influence.Standing

    /// What the step adds to the estimate; nil where one side has none.
    public var part: Double? {
      before.estimate.flatMap { before in after.estimate.map { $0 - before } }
    }
  }
}

extension AnswerDifference {
  /// Compares two answers: of one study on two states of its casebook, or of two studies.
  ///
  /// Channels that only one study has are left out.
  ///
  /// - Throws: `StudyError`, or the error of an indicator.
  public init(
    from first: (study: Study, casebook: Casebook), to last: (study: Study, casebook: Casebook),
    threads: Int = 1
  ) throws {
    let steps = CasebookSteps(from: first.casebook, to: last.casebook).steps
    channels = try first.study.channels.compactMap { channel in
      guard let headline = channel.outcomes.first(where: \.isHeadline),
        let other = last.study.channels.first(where: { $0.id == channel.id }),
        let end = other.outcomes.first(where: \.isHeadline)
      else { return nil }
      let before = OutcomeAt(first.study, channel, headline, first.casebook, threads)
      let after = OutcomeAt(last.study, other, end, last.casebook, threads)
      return try Channel(before, after, steps)
    }
  }
}

extension AnswerDifference.Channel {
  fileprivate init(
    _ first: OutcomeAt, _ last: OutcomeAt, _ steps: [CasebookSteps.Step]
  ) throws {
    var found: [AnswerDifference.Step] = []
    var (at, standing) = (first, try first.standing())
    before = standing
    for step in steps {
      let next = step.kind == .method ? last : at.on(step.casebook)
      let values = at.otherValues(than: next)
      let isMethodSame = step.kind != .method || at.hasMethod(of: next)
      let after =
        values == 0 && isMethodSame && !step.kind.mayMoveDesign
        ? standing : try next.standing()
      if step.kind != .method || values > 0 || !isMethodSame || after != standing {
        found.append(
          AnswerDifference.Step(
            kind: step.kind, records: step.changes, values: values, before: standing,
            after: after))
      }
      (at, standing) = (next, after)
    }
    id = first.channel.id
    title = last.channel.title
    outcome = last.outcome.id
    after = standing
    self.steps = found
  }
}

extension CasebookSteps.Kind {
  /// Whether an outcome may change though all its values are the same: who joined when is another.
  fileprivate var mayMoveDesign: Bool { self != .searches && self != .vintages }
}

/// One outcome of a study on one casebook.
private struct OutcomeAt {
  let study: Study
  let channel: Study.Channel
  let outcome: Study.Outcome
  private let work: OutcomeStudy

  init(
    _ study: Study, _ channel: Study.Channel, _ outcome: Study.Outcome, _ casebook: Casebook,
    _ threads: Int
  ) {
    self.study = study
    self.channel = channel
    self.outcome = outcome
    work = OutcomeStudy(
      study: study, channel: channel, outcome: outcome,
      workings: Workings(casebook: casebook, threads: threads))
  }

  func on(_ casebook: Casebook) -> OutcomeAt {
    OutcomeAt(study, channel, outcome, casebook, work.workings.threads)
  }

  func standing() throws -> Influence.Standing { try work.standing(isTested: true) }

  /// Whether another outcome is found in the same way, whatever the evidence.
  func hasMethod(of other: OutcomeAt) -> Bool {
    outcome == other.outcome && study.treatment == other.study.treatment
      && study.coTreatment == other.study.coTreatment && study.named == other.study.named
      && study.pools[outcome.pool] == other.study.pools[other.outcome.pool]
      && study.seed == other.study.seed && study.draws == other.study.draws
      && channel.thesis == other.channel.thesis
      && work.casebook.resolution == other.work.casebook.resolution
  }

  /// How many cells have another value, or are there on one side only.
  func otherValues(than other: OutcomeAt) -> Int {
    let (mine, theirs) = (cells, other.cells)
    return Set(mine.keys).union(theirs.keys).count { mine[$0] != theirs[$0] }
  }

  private struct Place: Hashable {
    let actor: ActorID
    let period: Int
  }

  private struct Value: Hashable {
    let number: Double?
    let absence: String?
    let isAtLeast: Bool
  }

  private var cells: [Place: Value] {
    let series = work.series()
    var cells: [Place: Value] = [:]
    for (actor, row) in zip(series.actors, series.cells) {
      for (period, cell) in zip(series.periods, row) {
        cells[Place(actor: actor, period: period)] = Value(
          number: cell.cell.value, absence: cell.cell.absence?.rawValue, isAtLeast: cell.isAtLeast)
      }
    }
    return cells
  }
}

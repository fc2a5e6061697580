public import Effects
public import Evidence
public import Indicators

/// A question, and the choices that turn a casebook into its answer: one file in `studies/`.
public struct Study: Hashable, Sendable {
  public let id: String
  public let question: String
  /// What is estimated, in one sentence.
  public let estimand: String
  /// Which membership is the treatment.
  public let treatment: Treatment
  /// A membership that came about the same time and may carry the effect.
  public let coTreatment: Treatment?
  public let counterpart: ActorID
  /// The states that the question names.
  public let named: [ActorID]
  public let pools: [String: Pool]
  public let periods: ClosedRange<Int>
  public let channels: [Channel]
  public let seed: UInt64
  public let draws: Int
  /// The most assignments that are enumerated rather than drawn.
  public var enumerationLimit = Randomization.enumerationLimit
  /// The choices that could defensibly have been made otherwise.
  public var choices: [Choice] = []

  /// A stage with an organisation.
  public struct Treatment: Hashable, Sendable {
    public let organisation: ActorID
    public let stage: Stage
    /// What a sentence calls the organisation: `the EU`.
    public let label: String
  }

  /// Some actors to compare, and why these.
  public struct Pool: Hashable, Sendable {
    public let title: String
    public let actors: [ActorID]
    public let note: String
  }

  /// One channel of the study and its outcomes.
  public struct Channel: Hashable, Sendable {
    public let id: ChannelID
    public let title: String
    /// Which way the study's thesis says that the treatment moves the channel, relative to the
    /// counterpart.
    public let thesis: Direction
    public let outcomes: [Outcome]
    public let note: String?
  }

  /// One outcome of a channel.
  public struct Outcome: Hashable, Sendable {
    public let id: String
    public let isHeadline: Bool
    public let indicator: Indicator
    public let pool: String
    public let periods: ClosedRange<Int>
    public let smallestEffect: Double?
    public let estimator: Estimator
    /// The outcome that this one measures again with other data: the two count as one finding.
    public let overlaps: String?
    /// What a reader must know about the data before the number.
    public let caveat: String?
    /// Why the outcome is not quite what the question asks about.
    public var indirectness: String?
    public var coTreated = CoTreated.compared
    /// Years that the panel is made without.
    public var leftOutPeriods: Set<Int> = []
  }

  /// What is done with the units whose co-treatment falls inside their own window.
  public enum CoTreated: String, Hashable, Sendable, CaseIterable {
    /// They take part as they are.
    case compared
    /// They take no part.
    case excluded
    /// They take part until the co-treatment.
    case censored
    /// The co-treatment is adjusted for as a covariate that changes with time.
    case covariate
  }

  /// The estimator and its options.
  public struct Estimator: Hashable, Sendable {
    public let comparison: GroupTimeDiD.Comparison
    public let base: GroupTimeDiD.BasePeriod
    public let anticipation: Int
    public var method = Specification.Method.groupTime
    /// How many factors; of the method `factors` only.
    public var factors = 0
  }

  /// One choice of the study and all that could defensibly be chosen.
  public struct Choice: Hashable, Sendable {
    public let id: String
    public let title: String
    /// The outcomes that it is about; empty: all that it changes.
    public let outcomes: Set<String>
    public let options: [Option]

    /// One way to choose: a piece of a specification.
    public struct Option: Hashable, Sendable {
      public let label: String
      public let specification: Specification
    }
  }
}

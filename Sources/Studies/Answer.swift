public import Documents
public import Effects
public import Evidence
public import Indicators
public import Panels

/// The answer to a study's question: first whether the evidence can decide, then what it says.
public struct Answer: Sendable {
  public let study: Study
  public let casebook: Casebook
  /// The day of the last judgement, coding or access that the answer uses.
  public let asKnownOn: Day?
  public let channels: [ChannelAnswer]
  /// What the outcomes say together; nil when fewer than two can be decided.
  public var together: OutcomesTogether?
  /// What a reader must know before any number, the biggest first.
  public let caveats: [Caveat]
  /// The facts on which sources disagree.
  public let conflicts: [Conflict]
  /// What would change the answer, each computed from the design or the evidence.
  public let wouldChange: [PossibleChange]

  /// The outcomes of all channels, in order.
  package var outcomes: [OutcomeAnswer] { channels.flatMap(\.outcomes) }
}

/// What the evidence says in one channel.
public struct ChannelAnswer: Hashable, Sendable {
  public let id: ChannelID
  public let title: String
  public let outcomes: [OutcomeAnswer]

  /// The outcome whose verdict is the channel's.
  public var headline: OutcomeAnswer? { outcomes.first(where: \.isHeadline) }

  /// The verdict of the headline outcome; a channel without outcomes cannot be decided.
  public var verdict: Verdict { headline?.answerability.verdict ?? .undecidable }
}

/// What the evidence says about one outcome.
public struct OutcomeAnswer: Hashable, Sendable {
  public let id: String
  public let isHeadline: Bool
  /// The values with the evidence behind each; also what a refused outcome shows.
  public let series: IndicatorSeries
  public let design: DesignCard
  public let answerability: Answerability
  /// Empty when the outcome is undecidable; else the main estimate first.
  public let estimates: [OutcomeEstimate]
  /// The smallest effect worth knowing that the study names.
  public let smallestEffect: Double?
  public let likelihood: Likelihood?
  public let evidence: EvidenceConfidence
  public let panel: Panel
  /// The claims and series values that the outcome rests on.
  public let trace: [EvidenceID]
}

/// The facts of a comparison that do not depend on what it finds.
public struct DesignCard: Hashable, Sendable {
  /// The title of the pool that is compared, and why these states.
  public let pool: String
  public let poolNote: String
  /// The units treated within the panel, by date.
  public let treated: [TreatedUnit]
  public let comparison: [ActorID]
  /// The units of the pool that take no part, and why.
  public let dropped: [Dropped]
  public let periods: ClosedRange<Int>?
  /// The states that the question names, each with what the panel has of it.
  public let named: [NamedUnit]
  public let floor: Floors?
  /// The same comparison among the named states alone.
  public let namedFloor: NamedFloor?
  public let minimumDetectableEffect: Double?
  /// The randomization p of the largest effect before treatment.
  public let preTrend: Double?
  /// The units that joined the co-treatment's organisation inside their own window.
  public let coTreated: [ActorID]

  /// One treated unit and how long it is seen before and after.
  public struct TreatedUnit: Hashable, Sendable {
    public let actor: ActorID
    public let from: Int
    public let periodsBefore: Int
    public let periodsAfter: Int
  }

  /// One state that the question names.
  public struct NamedUnit: Hashable, Sendable {
    public let actor: ActorID
    public let role: Role
    public let periodsBefore: Int
    public let periodsAfter: Int
    public let absence: Absence?

    /// The part that a named state plays.
    public enum Role: String, Hashable, Sendable {
      case treated, comparison, absent
    }
  }

  /// The smallest attainable p: by who joined, and by who joined when.
  public struct Floors: Hashable, Sendable {
    public let who: Double
    public let whoAndWhen: Double

    /// The floor that decides: the larger of the two.
    package var deciding: Double { max(who, whoAndWhen) }
    var isByWho: Bool { who >= whoAndWhen }
  }

  /// k of n named states joined: the smallest p that comparing them alone attains.
  public struct NamedFloor: Hashable, Sendable {
    public let joined: Int
    public let of: Int
    public let who: Double
  }
}

/// One estimate of an outcome, on the whole pool or without some of it.
public struct OutcomeEstimate: Hashable, Sendable {
  /// The estimator with its options.
  public let estimator: ChosenEstimator
  /// Which units take part: `all`, or `withoutCoTreated`.
  public let sample: Sample
  public let effects: ChosenEffects
  public let randomization: RandomizationTest
  /// Whether there are enough units for errors and bands that rest on large samples.
  public let showsLargeSampleErrors: Bool
  /// Whether the joint test of pre-treatment cells may be read.
  public let showsJointTest: Bool
  /// How far parallel trends may fail before the mean effect of the first five years loses its sign; nil
  /// where that cannot be told.
  public var sensitivity: HonestBounds?

  /// The estimator's name.
  public var method: String { estimator.method.rawValue }

  public enum Sample: String, Hashable, Sendable {
    case all
    case withoutCoTreated
  }
}

/// A likelihood word of ICD 203 with the number that it stands for.
public struct Likelihood: Hashable, Sendable {
  public let word: Word
  /// 1 − the one-sided randomization mid-p at zero effect, clamped to the floor; not a posterior.
  public let confidence: Double
  /// Whether the number alone would have a stronger word than the evidence allows.
  public let isCapped: Bool

  /// The words, the least likely first.
  public enum Word: Hashable, Sendable, CaseIterable {
    case almostNoChance, veryUnlikely, unlikely, roughlyEvenChance, likely, veryLikely
    case almostCertain
  }
}

/// How far the evidence can be trusted (GRADE), with the reasons.
public struct EvidenceConfidence: Hashable, Sendable {
  public let level: Level
  public let reasons: [Doubt]

  public enum Level: String, Hashable, Sendable, Comparable {
    case low, moderate, high

    public static func < (left: Level, right: Level) -> Bool {
      let order: [Level] = [.low, .moderate, .high]
      return (order.firstIndex(of: left) ?? 0) < (order.firstIndex(of: right) ?? 0)
    }
  }
}

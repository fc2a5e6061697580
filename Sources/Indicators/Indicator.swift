public import Evidence

/// A rule that turns claims or series into one value per actor and period.
public struct Indicator: Hashable, Sendable {
  public let title: String
  public let unit: String
  public let concept: Concept
  /// Whether a higher value means toward the counterpart or away from it.
  public let direction: Direction
  public let definition: Definition
  /// The values that it can have.
  public let range: ValueRange

  public init(
    title: String, unit: String, concept: Concept, direction: Direction, definition: Definition,
    range: ValueRange = .unbounded
  ) {
    self.title = title
    self.unit = unit
    self.concept = concept
    self.direction = direction
    self.definition = definition
    self.range = range
  }

  /// What the values are made of.
  public enum Definition: Hashable, Sendable {
    case variable(VariableID, Transformation)
    case claims(ClaimRule)
    case index(InstrumentIndex)
  }

  /// What is done to a series' value before it is used.
  public enum Transformation: String, Hashable, Sendable, CaseIterable {
    case none
    /// ln(1 + x).
    case log1p
  }
}

/// Which claims count, and what is made of those about one actor in one year.
public struct ClaimRule: Hashable, Sendable {
  public let measure: Measure
  public let channel: ChannelID
  /// Empty: every instrument of the channel.
  public let instruments: [Instrument]
  /// Empty: every phase, stated or not.
  public let phases: [Phase]
  /// Empty: every direction, stated or not.
  public let directions: [Direction]
  public let assertions: [Assertion]
  public let counterpart: ActorID?
  /// The worst reliability of a source that counts; nil: any, also one that cannot be judged.
  public let minimumReliability: Reliability?
  /// The worst credibility of a claim that counts; nil: any, also one that cannot be judged.
  public let minimumCredibility: Credibility?
  /// Whether a claim on a company or sub-state unit counts for the state it belongs to.
  public let countsForParent: Bool

  public init(
    measure: Measure, channel: ChannelID, instruments: [Instrument] = [], phases: [Phase] = [],
    directions: [Direction] = [], assertions: [Assertion] = [.reported],
    counterpart: ActorID? = nil, minimumReliability: Reliability? = nil,
    minimumCredibility: Credibility? = nil, countsForParent: Bool = false
  ) {
    self.measure = measure
    self.channel = channel
    self.instruments = instruments
    self.phases = phases
    self.directions = directions
    self.assertions = assertions
    self.counterpart = counterpart
    self.minimumReliability = minimumReliability
    self.minimumCredibility = minimumCredibility
    self.countsForParent = countsForParent
  }

  /// What is made of the claims about one actor in one year.
  public enum Measure: Hashable, Sendable {
    /// The number of facts dated in the year.
    case count
    /// The sum of the facts' values in one unit; money in one currency, shares of one denominator.
    case sum(unit: String, currency: String?, of: String?)
    /// The number of deals in force during the year, until their real end, else their planned one.
    case activeStock
    /// The direction of the latest position taken: 1 toward, 0 neutral, −1 away.
    case latestPosition
  }
}

/// Several rules of one channel made into one number.
///
/// OECD/JRC Handbook on Constructing Composite Indicators (2008), steps 5 and 6.
public struct InstrumentIndex: Hashable, Sendable {
  public let components: [Component]
  public let normalisation: Normalisation
  public let aggregation: Aggregation

  public init(components: [Component], normalisation: Normalisation, aggregation: Aggregation) {
    self.components = components
    self.normalisation = normalisation
    self.aggregation = aggregation
  }

  /// One rule and what it weighs.
  public struct Component: Hashable, Sendable {
    public let rule: ClaimRule
    public let weight: Double

    public init(rule: ClaimRule, weight: Double) {
      self.rule = rule
      self.weight = weight
    }
  }

  /// How components are put on one scale, over all actors and years that have a value.
  public enum Normalisation: String, Hashable, Sendable, CaseIterable {
    /// (x − min) / (max − min).
    case minMax = "min-max"
    /// (x − mean) / sd, sd with n − 1.
    case standard = "z-score"
    /// The mean rank of ties, from 0 to 1.
    case rank
  }

  /// How weighted components become one number.
  public enum Aggregation: String, Hashable, Sendable, CaseIterable {
    case arithmetic
    /// Weighted geometric mean; needs components that are not negative.
    case geometric
  }
}

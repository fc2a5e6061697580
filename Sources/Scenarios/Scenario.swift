public import Evidence

/// An assumed future: who reaches which stage with which organisation when, and what then carries over.
///
/// One file in a casebook's `scenarios/`.
public struct Scenario: Hashable, Sendable {
  public let id: String
  public let title: String
  public let note: String
  /// The study whose effects are carried over, by its name.
  public let study: String
  public let steps: [Step]
  /// The share of the estimated effect that carries over.
  public let transfer: ClosedRange<Double>
  /// The years before a step in which its effect grows in.
  public let anticipation: Int
  /// The years after a step that are drawn at most.
  public let horizon: Int
  /// Effects that are assumed, by outcome; they take the place of an estimate.
  public let assumptions: [String: Assumption]
  public let draws: Int
  public let seed: UInt64

  /// One actor coming to a stage with an organisation, or leaving it.
  public struct Step: Hashable, Sendable {
    public let actor: ActorID
    public let organisation: ActorID
    public let stage: Stage
    public let year: Int
    public let leaves: Bool
  }

  /// An effect that no data have shown.
  public struct Assumption: Hashable, Sendable {
    /// In the outcome's unit, the same in every year since the step.
    public let effect: ClosedRange<Double>
    public let reason: String
  }
}

import Effects
public import Evidence

/// How much each piece of evidence carries: what an answer is when the piece is left out.
///
/// Each is recomputed, not approximated. The p comes from the first draws of the study's seed, so that of
/// the whole evidence is given beside the others on the same footing.
public struct Influence: Hashable, Sendable {
  /// How many reassignments each p rests on; nil: only estimates were asked for.
  public let draws: Int?
  public let outcomes: [OutcomeInfluence]

  /// One outcome's answer, with all the evidence and without each part of it.
  public struct OutcomeInfluence: Hashable, Sendable {
    public let channel: ChannelID
    public let outcome: String
    public let isHeadline: Bool
    public let whole: Standing
    /// The parts whose absence changes the answer, the largest change of the estimate first.
    public let parts: [Part]
    /// How many parts were left out in turn without changing anything.
    public let unmoved: [PartKind: Int]
    /// For each kind the fewest parts whose absence flips a headline, where that could be found.
    ///
    /// All sets of one and, up to 2,000 of them, of two are tried; larger ones are found part by part.
    public let flips: [FlippingSet]
  }

  /// What a part of the evidence is.
  public enum PartKind: String, Hashable, Sendable, CaseIterable {
    case claim, source, coder, state, period
  }

  /// One part of the evidence, and the answer without it.
  public struct Part: Hashable, Sendable {
    public let kind: PartKind
    public let name: String
    public let without: Standing
  }

  /// Where an outcome stands; an undecidable one has no estimate.
  public struct Standing: Hashable, Sendable {
    public let estimate: Double?
    public let p: Double?
    /// Nil when only estimates were asked for.
    public let verdict: Verdict?
  }

  /// Some parts of one kind whose absence together flips the answer.
  public struct FlippingSet: Hashable, Sendable {
    public let kind: PartKind
    public let names: [String]
    public let without: Standing
    public let flip: Flip
    /// Whether no smaller set does it; else the parts were chosen one after the other.
    public let isSmallest: Bool
  }

  /// What it means that an answer flips.
  public enum Flip: String, Hashable, Sendable {
    case verdict, sign, significance
  }
}

extension Influence.Standing {
  /// What flips between this standing and another, the gravest first; nil when nothing does.
  ///
  /// A verdict flips when the outcome becomes undecidable or ceases to be.
  func flip(to other: Influence.Standing) -> Influence.Flip? {
    if let verdict, let second = other.verdict,
      (verdict == .undecidable) != (second == .undecidable)
    {
      return .verdict
    }
    guard let estimate, let second = other.estimate else { return nil }
    if estimate * second < 0 { return .sign }
    guard let p, let secondP = other.p else { return nil }
    return (p < significance) == (secondP < significance) ? nil : .significance
  }
}

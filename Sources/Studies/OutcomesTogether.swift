public import Effects
import Panels

/// The outcomes that the evidence can decide, weakly or well, tested together.
///
/// Each outcome's main estimate is tested under one reassignment of the states of all their pools, and its p
/// is adjusted for being one of several (Westfall and Young's step-down). Outcomes that measure one thing
/// move together under it, so that they cost each other little.
public struct OutcomesTogether: Hashable, Sendable {
  /// The ids, in the order of the channels.
  public let outcomes: [String]
  /// The p's in the order of the outcomes; nil where they cannot be tested together.
  public let test: StepDown?
  /// Why they cannot.
  public let obstacle: EffectError?
}

extension Study {
  /// Tests the outcomes of all channels that have an estimate; nil with fewer than two.
  ///
  /// - Throws: an error that is not about the panels.
  func together(_ channels: [ChannelAnswer], threads: Int) throws -> OutcomesTogether? {
    let decided = channels.flatMap(\.outcomes).compactMap { outcome in
      outcome.estimates.first.map { (outcome.id, $0.estimator, outcome.panel) }
    }
    guard decided.count > 1 else { return nil }
    let randomization = Randomization(
      draws: draws, seed: seed, enumerationLimit: enumerationLimit, threads: threads)
    let ids = decided.map { $0.0 }
    do {
      let test = try ChosenEstimator.stepDown(randomization, on: decided.map { ($0.1, $0.2) })
      return OutcomesTogether(outcomes: ids, test: test, obstacle: nil)
    } catch let error as EffectError {
      return OutcomesTogether(outcomes: ids, test: nil, obstacle: error)
    }
  }
}

extension Answer {
  /// An outcome's p under the assignments that all outcomes share, and the p adjusted for the others.
  package func adjusted(_ outcome: String) -> (p: Double, adjusted: Double)? {
    guard let together, let test = together.test,
      let place = together.outcomes.firstIndex(of: outcome)
    else { return nil }
    return (test.p[place], test.adjusted[place])
  }
}

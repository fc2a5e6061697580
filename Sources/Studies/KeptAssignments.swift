import Effects
import Panels
import Synchronization

/// Reassignments with their weights, kept for panels that differ in their values alone.
///
/// What is asked for first stays, as far as there is room: when evidence is left out part by part, the whole
/// evidence comes first, and most parts change values only.
final class KeptAssignments: Sendable {
  private struct Key: Hashable {
    let estimator: ChosenEstimator
    let randomization: Randomization
    /// The panel with zeros for values.
    let shape: Panel
  }

  private struct State {
    var kept: [Key: WeighedAssignments] = [:]
    var count = 0
  }

  private let state = Mutex(State())

  /// The most numbers that are kept: 128 MB.
  private static let limit = 1 << 24

  /// The test of an estimator on a panel, the same to the last bit as without anything kept.
  ///
  /// - Throws: as `ChosenEstimator.test`.
  func test(
    _ randomization: Randomization, by estimator: ChosenEstimator, on panel: Panel
  ) throws -> RandomizationTest {
    guard estimator.method == .groupTime else {
      return try estimator.test(randomization, on: panel)
    }
    let shape = panel.with(values: [Double](repeating: 0, count: panel.values.count))
    let key = Key(estimator: estimator, randomization: randomization, shape: shape)
    let (kept, hasRoom) = state.withLock { ($0.kept[key], $0.count < Self.limit) }
    if let kept { return try estimator.test(randomization, on: panel, under: kept) }
    guard hasRoom, let weighed = try estimator.weighed(randomization, on: panel) else {
      return try estimator.test(randomization, on: panel)
    }
    state.withLock {
      if $0.kept.updateValue(weighed, forKey: key) == nil { $0.count += weighed.count }
    }
    return try estimator.test(randomization, on: panel, under: weighed)
  }
}

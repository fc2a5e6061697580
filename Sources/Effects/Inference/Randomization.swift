import LinearAlgebra
public import Panels

/// Tests an effect by reassigning the observed adoption dates among the units.
///
/// An assignment is admissible when each unit given a date has its base cell and one cell from that
/// date on. There is no result beyond the exchangeability of the units within a stratum.
public struct Randomization: Hashable, Sendable {
  /// How many assignments to draw when there are too many to enumerate.
  public let draws: Int
  public let seed: UInt64
  /// The units that dates move among, and the stratum of each; nil: all units in one stratum.
  public let strata: [String: Int]?
  /// The most candidates that are enumerated.
  public let enumerationLimit: Int
  public let threads: Int

  /// The most candidates that are enumerated unless another number is given.
  public static let enumerationLimit = 100_000

  public init(
    draws: Int = 9_999, seed: UInt64, strata: [String: Int]? = nil,
    enumerationLimit: Int = Self.enumerationLimit, threads: Int = 1
  ) {
    precondition(draws > 0 && threads > 0, "A randomization needs a draw and a thread.")
    self.draws = draws
    self.seed = seed
    self.strata = strata
    self.enumerationLimit = enumerationLimit
    self.threads = threads
  }

  /// Tests the overall effect that an estimator finds on a panel.
  ///
  /// Dates that leave nothing to estimate are counted and left out.
  ///
  /// - Throws: `EffectError` as the estimate does; `EffectError.noAdmissibleAssignment`.
  public func test(
    _ estimator: any ReassignableEstimator, on panel: Panel
  ) throws -> RandomizationTest {
    let effect = try estimator.reassignable(on: panel)
    let (reassignment, assignments) = try assignments(of: effect)
    let observed = try effect.statistic(reassignment.observed.map(Adoption.init))
    return RandomizationTest(
      observed: observed, statistics: try statistics(of: effect, under: assignments),
      of: assignments, whoFloor: reassignment.whoFloor)
  }

  /// What each assignment gives, without those that leave nothing to estimate.
  func statistics(
    of effect: ReassignableEffect, under assignments: Reassignment.Assignments
  ) throws -> [AssignmentStatistic] {
    let results = mapBlocks(assignments.dates.count, blockSize: 16, threads: threads) { range in
      range.map { index in
        Result {
          try Cancellation.check()
          return try effect.statistic(assignments.dates[index].map(Adoption.init))
        }
      }
    }
    // A failed certificate is thrown; what the dates do not identify is left out.
    return try results.compactMap { result -> AssignmentStatistic? in
      if case .failure(let error) = result, error is EffectError { return nil }
      return try result.get()
    }
  }

  /// The assignments of dates among the units of an effect.
  func assignments(
    of effect: ReassignableEffect
  ) throws -> (reassignment: Reassignment, assignments: Reassignment.Assignments) {
    let reassignment = Reassignment(
      observed: effect.starts,
      strata: effect.units.map { unit in strata.map { $0[unit] } ?? 0 },
      admissible: effect.admissible)
    return (
      reassignment,
      try reassignment.assignments(
        limit: enumerationLimit, draws: draws, seed: seed, threads: threads)
    )
  }
}

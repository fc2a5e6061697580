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

  /// Tests the overall effect of group-time difference in differences.
  ///
  /// - Throws: `EffectError` when the panel has no effect to test or no admissible assignment.
  public func test(_ estimator: GroupTimeDiD, on panel: Panel) throws -> RandomizationTest {
    let design = try GroupTimeDesign(panel, options: estimator)
    let reassignment = Reassignment(
      observed: design.starts,
      strata: design.panel.units.map { unit in strata.map { $0[unit] } ?? 0 },
      admissible: GroupTimeStatistic.admissibleDates(design))
    if design.isPlain {
      let statistic = GroupTimeStatistic(design)
      return try test(reassignment) { statistic($0) }
    }
    let statistic = try ReestimatedStatistic(design)
    return try test(reassignment) { try statistic($0) }
  }

  func test(
    _ reassignment: Reassignment, statistic: @Sendable ([Int?]) throws -> AssignmentStatistic
  ) throws -> RandomizationTest {
    let assignments = try reassignment.assignments(
      limit: enumerationLimit, draws: draws, seed: seed, threads: threads)
    let statistics = mapBlocks(assignments.dates.count, threads: threads) { range in
      range.map { index in Result { try statistic(assignments.dates[index]) } }
    }
    return RandomizationTest(
      observed: try statistic(reassignment.observed),
      statistics: try statistics.map { try $0.get() },
      assignments: assignments, whoFloor: reassignment.whoFloor)
  }
}

import LinearAlgebra
public import Panels

/// Reassignments of a panel's dates with the weights of its cells under each.
///
/// They serve every panel that differs in its values alone, and spare it all but a sum over the cells and
/// the differences before treatment.
public struct WeighedAssignments: Sendable {
  /// The date that each unit really had.
  let observed: [Int?]
  let assignments: Reassignment.Assignments
  let whoFloor: Double
  /// The weights under each assignment, with the effect on the treatment really given; nil where they leave
  /// nothing to estimate.
  let weighed: [(weights: [Double], dose: Double)?]

  /// How many numbers are held.
  public var count: Int { weighed.reduce(0) { $0 + ($1?.weights.count ?? 0) } }
}

extension Randomization {
  /// Draws the assignments of a test and weighs the cells under each; nil where the estimator has no weights
  /// without the outcome, or its differences before treatment come with them.
  ///
  /// - Throws: as `test`.
  public func weighed(
    _ estimator: any ReassignableEstimator, on panel: Panel
  ) throws -> WeighedAssignments? {
    let effect = try estimator.reassignable(on: panel)
    guard let linear = effect.linear, effect.preTrend != nil else { return nil }
    let (reassignment, assignments) = try assignments(of: effect)
    let doses = linear.arranged(linear.doses)
    let weighed = try mapEach(assignments.dates.count, threads: threads) {
      place -> (weights: [Double], dose: Double)? in
      do {
        let weights = try linear.weights(assignments.dates[place].map(Adoption.init))
        return (weights, dot(weights, doses))
      } catch is EffectError {
        return nil
      }
    }
    return WeighedAssignments(
      observed: reassignment.observed, assignments: assignments, whoFloor: reassignment.whoFloor,
      weighed: weighed)
  }

  /// Tests the overall effect with assignments weighed on a panel that differs in its values alone.
  ///
  /// The same bits as without them.
  ///
  /// - Throws: as `test`.
  public func test(
    _ estimator: any ReassignableEstimator, on panel: Panel, under weighed: WeighedAssignments
  ) throws -> RandomizationTest {
    let effect = try estimator.reassignable(on: panel)
    guard let linear = effect.linear, let preTrend = effect.preTrend else {
      throw EffectError.notLinear
    }
    precondition(effect.starts == weighed.observed, "The panels differ in their values alone.")
    let outcomes = linear.arranged(linear.panel.values)
    let assignments = weighed.assignments
    let statistics = mapBlocks(assignments.dates.count, threads: threads) { range in
      range.map { place in
        weighed.weighed[place].map { weights, dose in
          AssignmentStatistic(
            effect: dot(weights, outcomes), dose: dose,
            preTrend: preTrend(assignments.dates[place].map(Adoption.init)))
        }
      }
    }.compactMap { $0 }
    return RandomizationTest(
      observed: try effect.statistic(weighed.observed.map(Adoption.init)), statistics: statistics,
      of: assignments, whoFloor: weighed.whoFloor)
  }
}

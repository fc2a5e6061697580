import LinearAlgebra
import Panels

/// The effects under any adoption dates, by estimating every cell again.
///
/// For covariates, weights and samples, where an assignment is more than rows to add up.
struct ReestimatedStatistic: Sendable {
  private let design: GroupTimeDesign
  /// The treatment really given, as an outcome.
  private let doses: GroupTimeDesign
  /// The outcome without the estimated effect: see `LinearEffect`.
  private let cleared: GroupTimeDesign

  /// - Throws: `EffectError` when the observed dates give no effect.
  init(_ design: GroupTimeDesign) throws {
    self.design = design
    let given = design.doses
    doses = design.with(values: given)
    let effect = try Self.effects(design).overall
    cleared = design.with(values: zip(design.panel.values, given).map { $0 - effect * $1 })
  }

  /// The statistic when the units are first treated at these dates.
  ///
  /// - Throws: `EffectError` when these dates leave no effect to estimate.
  func callAsFunction(_ adoptions: [Adoption]) throws -> AssignmentStatistic {
    let before = try Self.effects(cleared.reassigned(adoptions)).eventTimes
      .filter { preTrendEventTimes.contains($0.key) }
    return AssignmentStatistic(
      effect: try Self.effects(design.reassigned(adoptions)).overall,
      dose: try Self.effects(doses.reassigned(adoptions)).overall,
      preTrend: before.map { abs($0.estimate.att) }.max())
  }

  /// The effect alone.
  ///
  /// - Throws: `EffectError` when these dates leave no effect to estimate.
  func effect(_ adoptions: [Adoption]) throws -> AssignmentStatistic {
    AssignmentStatistic(
      effect: try Self.effects(design.reassigned(adoptions)).overall, dose: nil, preTrend: nil)
  }

  private static func effects(
    _ design: GroupTimeDesign
  ) throws -> (overall: Double, eventTimes: [AggregatedEffect]) {
    let cells = try CellEstimator(design).estimates(threads: 1).filter { !$0.cell.isReference }
    guard cells.contains(where: \.cell.isPost) else { throw EffectError.noEstimableCell }
    let aggregator = Aggregator(design: design, cells: cells, bootstrap: nil)
    return (
      aggregator.overall().estimate.att, aggregator.byEventTime().aggregation.cells
    )
  }
}

public import LinearAlgebra
public import Panels

/// The effects of many outcomes of the same cells, each under the same reassigned dates.
///
/// The weights of the cells are found once for each assignment and applied to all outcomes, so that a
/// further outcome costs no more than one sum over the cells.
public struct ReassignedEffects: Hashable, Sendable {
  /// The effect on each outcome under the observed dates.
  public let observed: [Double]
  /// A row for each outcome, a column for each assignment that leaves something to estimate.
  public let effects: Matrix
  /// Admissible assignments that left nothing to estimate: they are not counted.
  public let undefined: Int
  /// How much of a constant effect shows under each assignment.
  let doses: [Double]
  let isEnumerated: Bool
  let rejected: Double
  let whoFloor: Double

  /// What the assignments say about one outcome; its pre-trend is not tested.
  public func test(ofOutcome place: Int) -> RandomizationTest {
    let row = effects.elements[(place * effects.columns)..<((place + 1) * effects.columns)]
    return RandomizationTest(
      observed: AssignmentStatistic(effect: observed[place], dose: 1, preTrend: nil),
      statistics: zip(row, doses).map { AssignmentStatistic(effect: $0, dose: $1, preTrend: nil) },
      isEnumerated: isEnumerated, rejected: rejected, whoFloor: whoFloor, undefined: undefined)
  }
}

extension Randomization {
  /// Estimates the effects on many outcomes under the same assignments of dates.
  ///
  /// Each outcome has a number for each cell of the panel, unit after unit, and is missing where the panel
  /// is. The same bits as testing each outcome alone, on any number of threads.
  ///
  /// - Throws: as `test`; `EffectError.notLinear` when the outcome moves the weights of the cells.
  public func effects(
    of outcomes: [[Double]], by estimator: any ReassignableEstimator, on panel: Panel
  ) throws -> ReassignedEffects {
    precondition(
      outcomes.allSatisfy { $0.count == panel.units.count * panel.periods.count },
      "Each outcome needs a number for every cell of the panel.")
    let effect = try estimator.reassignable(on: panel)
    guard let linear = effect.linear else { throw EffectError.notLinear }
    let (reassignment, assignments) = try assignments(of: effect)
    let places = Dictionary(uniqueKeysWithValues: zip(panel.units, panel.units.indices))
    let units = linear.panel.units.compactMap { places[$0] }
    let columns =
      outcomes.map { outcome in linear.arranged(units.flatMap { outcome[panel.row($0)] }) }
      + [linear.arranged(linear.doses)]
    let sums = try weightedSums(columns.flatMap { $0 }, linear, assignments.dates)
    let first = try linear.weights(reassignment.observed.map(Adoption.init))
    return ReassignedEffects(
      observed: columns.dropLast().map { dot(first, $0) }, effects: sums.prefix(outcomes.count),
      undefined: assignments.dates.count - sums.columns,
      doses: Array(sums.elements.suffix(sums.columns)),
      isEnumerated: assignments.isEnumerated, rejected: assignments.rejected,
      whoFloor: reassignment.whoFloor)
  }

  /// The weighted sums of each column of numbers, a row for each; assignments that leave nothing to
  /// estimate have no column.
  private func weightedSums(
    _ columns: [Double], _ effect: LinearEffect, _ dates: [[Int?]]
  ) throws -> Matrix {
    let width = effect.places.count
    // A block's weights stay in the cache while the outcomes pass by.
    let blockSize = max(4, (1 << 15) / width)
    let blocks = mapBlocks(dates.count, blockSize: blockSize, threads: threads) { range in
      [
        Result { () -> Matrix in
          var weights: [Double] = []
          for index in range {
            try Cancellation.check()
            do {
              weights += try effect.weights(dates[index].map(Adoption.init))
            } catch is EffectError {
              continue
            }
          }
          return rowProducts(columns, weights, width: width)
        }
      ]
    }
    let parts = try blocks.map { try $0.get() }
    let total = parts.reduce(0) { $0 + $1.columns }
    var elements: [Double] = []
    elements.reserveCapacity(columns.count / width * total)
    for row in 0..<columns.count / width {
      for part in parts {
        elements += part.elements[(row * part.columns)..<((row + 1) * part.columns)]
      }
    }
    return Matrix(rows: columns.count / width, columns: total, elements: elements)
  }
}

public import Effects
import LinearAlgebra
import Panels

/// The effects by event time that a projection draws from: how they vary together, and between cohorts.
///
/// A draw is θ + L z plus one cohort's own departure from θ. A cohort that was seen for a shorter time
/// keeps its last departure.
public struct EffectDistribution: Sendable {
  /// The estimated effects at event times 0, 1, … without a gap.
  public let effects: [Double]
  /// Each cohort's departures from them, and how many units it has.
  let cohorts: [Departure]
  private let factor: Cholesky

  /// One cohort's path away from the mean effects.
  struct Departure: Hashable, Sendable {
    let departures: [Double]
    let units: Int
  }

  /// The last event time that was ever estimated.
  public var lastEventTime: Int { effects.count - 1 }

  /// Takes the distribution from an estimate.
  ///
  /// - Throws: `ScenarioError.noEffect` when event time 0 was not estimated.
  public init(_ estimate: GroupTimeEffects) throws {
    let cells = estimate.eventTime.cells
    var places: [Int] = []
    while let place = cells.firstIndex(where: { $0.key == places.count }) { places.append(place) }
    guard !places.isEmpty else { throw ScenarioError.noEffect }
    let effects = places.map { cells[$0].estimate.att }
    let all = estimate.eventTimeCovariance
    var covariance = Matrix(zeros: places.count, places.count)
    for (row, i) in places.enumerated() {
      for (column, j) in places.enumerated() { covariance[row, column] = all[i, j] }
    }
    self.init(effects: effects, covariance: covariance, cohorts: departures(estimate, effects))
  }

  init(effects: [Double], covariance: Matrix, cohorts: [Departure]) {
    self.effects = effects
    self.cohorts = cohorts
    factor = Cholesky(covariance)
  }

  /// Draws the effects at event times 0 to `lastEventTime`.
  ///
  /// Departures of k cohorts are stretched by √(k / (k − 1)), as they were measured from their own mean.
  func draw(_ generator: inout Philox) -> [Double] {
    let noise = factor.product(effects.map { _ in generator.nextNormal() })
    let drawn = cohorts.count > 1 ? departure(at: generator.nextUnit()) : nil
    let count = Double(cohorts.count)
    let stretch = cohorts.count > 1 ? (count / (count - 1)).squareRoot() : 0
    return effects.indices.map { place in
      let isFree = !factor.dependent.contains(place)
      let departure = drawn.map { $0.departures[min(place, $0.departures.count - 1)] } ?? 0
      return effects[place] + (isFree ? noise[place] : 0) + stretch * departure
    }
  }

  private func departure(at unit: Double) -> Departure? {
    var left = unit * Double(cohorts.reduce(0) { $0 + $1.units })
    for cohort in cohorts {
      left -= Double(cohort.units)
      if left < 0 { return cohort }
    }
    return cohorts.last
  }
}

/// How far each cohort's own effects lie from the mean ones, from event time 0 on without a gap.
private func departures(
  _ estimate: GroupTimeEffects, _ effects: [Double]
) -> [EffectDistribution.Departure] {
  let starts = Set(estimate.cells.map(\.cohort)).sorted()
  return starts.compactMap { start in
    var path: [Double] = []
    while path.count < effects.count,
      let cell = estimate.cells.first(where: {
        $0.cohort == start && $0.period.number - start.number == path.count
      })
    { path.append(cell.estimate.att - effects[path.count]) }
    guard !path.isEmpty else { return nil }
    return EffectDistribution.Departure(
      departures: path, units: estimate.treatedFrom.count { $0 == start })
  }
}

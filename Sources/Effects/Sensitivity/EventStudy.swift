public import LinearAlgebra
import Panels

/// Effects by event time and how they vary together, from any estimator; −1 is the reference.
///
/// The reference effect is zero by construction and not listed.
public struct EventStudy: Hashable, Sendable {
  /// Event times from −(pre + 1) to −2, then from 0 on, without a gap.
  public let eventTimes: [Int]
  public let effects: [Double]
  /// The covariance of the effects, in their order.
  public let covariance: Matrix
  /// How many effects come before the treatment.
  public let preCount: Int

  /// Takes effects with their covariance.
  ///
  /// - Throws: `EffectError` when the event times have a gap or the covariance does not fit them.
  public init(eventTimes: [Int], effects: [Double], covariance: Matrix) throws {
    let pre = eventTimes.count { $0 < -1 }
    let post = eventTimes.count - pre
    guard pre > 0, post > 0,
      eventTimes == Array((-1 - pre)..<(-1)) + Array(0..<post)
    else { throw EffectError.eventTimesWithGap(eventTimes) }
    guard effects.count == eventTimes.count, effects.allSatisfy(\.isFinite) else {
      throw EffectError.effectsOutOfLine(eventTimes: eventTimes.count, effects: effects.count)
    }
    guard covariance.rows == effects.count, covariance.columns == effects.count,
      covariance.elements.allSatisfy(\.isFinite)
    else {
      throw EffectError.covarianceOutOfLine(
        eventTimes: eventTimes.count, rows: covariance.rows, columns: covariance.columns)
    }
    for (place, effect) in effects.enumerated() {
      // A variance of zero is said to be singular below.
      let error = abs(covariance[place, place]).squareRoot()
      guard abs(effect) <= Panel.sizes.upperBound, error == 0 || Panel.sizes.contains(error) else {
        throw EffectError.effectOutOfRange(eventTime: eventTimes[place])
      }
    }
    for row in effects.indices {
      for column in 0..<row {
        let gap = abs(covariance[row, column] - covariance[column, row])
        let size = (abs(covariance[row, row]) + abs(covariance[column, column])) / 2
        guard gap <= 1e-9 * size else {
          throw EffectError.covarianceNotSymmetric(eventTimes[row], eventTimes[column])
        }
      }
    }
    if let place = Cholesky(covariance).dependent.first {
      throw EffectError.covarianceSingular(eventTime: eventTimes[place])
    }
    self.eventTimes = eventTimes
    self.effects = effects
    self.covariance = covariance
    preCount = pre
  }

  /// Takes effects with the rows of their covariance.
  ///
  /// - Throws: as `init(eventTimes:effects:covariance:)`.
  public init(eventTimes: [Int], effects: [Double], covariance rows: [[Double]]) throws {
    let width = rows.first?.count ?? 0
    guard let odd = rows.first(where: { $0.count != width }) else {
      try self.init(
        eventTimes: eventTimes, effects: effects,
        covariance: Matrix(rows: rows.count, columns: width, elements: rows.flatMap { $0 }))
      return
    }
    throw EffectError.covarianceOutOfLine(
      eventTimes: eventTimes.count, rows: rows.count, columns: odd.count)
  }

  /// Takes the event-time effects of a group-time estimate with a universal base, all or some of them.
  ///
  /// - Throws: as `init(eventTimes:effects:covariance:)`.
  public init(_ effects: GroupTimeEffects, at eventTimes: ClosedRange<Int>? = nil) throws {
    let cells = effects.eventTime.cells
    let kept = cells.indices.filter { place in
      cells[place].key != -1 && eventTimes?.contains(cells[place].key) ?? true
    }
    var covariance = Matrix(zeros: kept.count, kept.count)
    for (row, first) in kept.enumerated() {
      for (column, second) in kept.enumerated() {
        covariance[row, column] = effects.eventTimeCovariance[first, second]
      }
    }
    try self.init(
      eventTimes: kept.map { cells[$0].key }, effects: kept.map { cells[$0].estimate.att },
      covariance: covariance)
  }

  var postCount: Int { effects.count - preCount }
  var post: ArraySlice<Double> { effects[preCount...] }

  /// v′Σw.
  func covariance(_ v: [Double], _ w: [Double]) -> Double {
    v.indices.reduce(0) { sum, row in
      guard v[row] != 0 else { return sum }
      return w.indices.reduce(sum) { $0 + v[row] * covariance[row, $1] * w[$1] }
    }
  }
}

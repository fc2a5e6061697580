import Indicators
import LinearAlgebra

/// One series carried into the future with and without an event, draw by draw.
///
/// The same innovations move both, so that an effect of zero leaves no difference, to the bit.
struct Path: Sendable {
  let baseline: Baseline
  /// The last observed year.
  let last: Int
  /// The year of the event.
  let event: Int
  /// The last year that is drawn.
  let end: Int
  let effect: Effect
  /// The share of the effect that carries over.
  let transfer: ClosedRange<Double>
  /// The years before the event in which its effect grows in, in equal steps.
  let anticipation: Int
  /// Where values can lie; what would pass a bound, with the effect or without, stops there.
  var range = ValueRange.unbounded

  /// The effect that an event has by years since.
  enum Effect: Sendable {
    case estimated(EffectDistribution)
    /// The same in every year, anywhere in a range.
    case assumed(ClosedRange<Double>)

    /// The last event time that can be drawn; nil: any.
    var lastEventTime: Int? {
      switch self {
      case .estimated(let distribution): distribution.lastEventTime
      case .assumed: nil
      }
    }

    fileprivate func draw(_ generator: inout Philox) -> [Double] {
      switch self {
      case .estimated(let distribution): distribution.draw(&generator)
      case .assumed(let range): [drawn(range, &generator)]
      }
    }
  }

  /// One draw, a number for each year from the one after the last.
  struct Draw: Sendable {
    let baseline: [Double]
    let difference: [Double]
  }

  /// Draws the path; draw `i` depends on the seed, the stream and `i` alone.
  func draws(_ count: Int, seed: UInt64, stream: UInt32, threads: Int) -> [Draw] {
    let horizon = end - last
    let courses = baseline.courses(horizon: horizon)
    return mapBlocks(count, threads: threads) { block in
      block.map { index in
        var generator = Philox(seed: seed, stream: stream, index: UInt64(index))
        let carried = baseline.path(along: courses, &generator)
        let share = drawn(transfer, &generator)
        let effects = effect.draw(&generator)
        return draw(
          along: carried, changes: (1...horizon).map { share * felt(effects, in: last + $0) })
      }
    }
  }

  private func draw(along carried: [Double], changes: [Double]) -> Draw {
    let baseline = carried.map(range.held)
    let difference = changes.indices.map { year in
      let reached = carried[year] + changes[year]
      let isFree = baseline[year] == carried[year] && range.contains(reached)
      return isFree ? changes[year] : range.held(reached) - baseline[year]
    }
    return Draw(baseline: baseline, difference: difference)
  }

  /// The effect in a year; in the years before the event a part of the first one.
  private func felt(_ effects: [Double], in year: Int) -> Double {
    let eventTime = year - event
    if eventTime >= 0 { return effects[min(eventTime, effects.count - 1)] }
    let step = eventTime + anticipation + 1
    return step > 0 ? effects[0] * Double(step) / Double(anticipation + 1) : 0
  }
}

private func drawn(_ range: ClosedRange<Double>, _ generator: inout Philox) -> Double {
  range.lowerBound + (range.upperBound - range.lowerBound) * generator.nextUnit()
}

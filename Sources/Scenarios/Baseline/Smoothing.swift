/// Exponential smoothing of a series with additive errors, whose first state is the best one.
///
/// Hyndman, Koehler, Ord and Snyder 2008, section 3.4: ŷ = ℓ + φb, ℓ ← ℓ + φb + αe, b ← φb + βe. A missing
/// value moves nothing but time.
struct Smoothing: Hashable {
  /// How much of an error the level takes, 0 to 1.
  let level: Double
  /// How much of an error the trend takes, 0 to `level`.
  let trend: Double
  /// How much of the trend is left a year later; 0: there is none.
  let damping: Double

  /// The errors and the last state, from the first state with the least sum of squared errors.
  struct Run {
    let errors: [Double]
    let level: Double
    let trend: Double
    var squares: Double { errors.reduce(0) { $0 + $1 * $1 } }
  }

  /// Smooths the values.
  func run(_ values: [Double?]) -> Run {
    let first = start(values)
    return pass(values, level: first.level, trend: first.trend)
  }

  /// The sum of squared errors from the best first state.
  func squares(_ values: [Double?]) -> Double { start(values).squares }

  /// The first state with the least sum of squared errors, and that sum.
  ///
  /// The errors are linear in the first state: three recursions side by side, from nothing, from a level
  /// of one and from a trend of one, give the normal equations in one pass.
  private func start(_ values: [Double?]) -> (level: Double, trend: Double, squares: Double) {
    var sums = NormalSums()
    var (plain, byLevel, byTrend) = (State(), State(level: 1), State(trend: 1))
    for value in values {
      plain.advance(damping)
      byLevel.advance(damping)
      byTrend.advance(damping)
      guard let value else { continue }
      let (e, x, y) = (value - plain.level, -byLevel.level, -byTrend.level)
      plain.take(e, self)
      byLevel.take(x, self)
      byTrend.take(y, self)
      sums.add(e, x, y)
    }
    return sums.solution(hasTrend: damping > 0)
  }

  func pass(_ values: [Double?], level start: Double, trend first: Double) -> Run {
    var (state, slope) = (start, first)
    var errors: [Double] = []
    errors.reserveCapacity(values.count)
    for value in values {
      slope *= damping
      state += slope
      guard let value else { continue }
      let error = value - state
      errors.append(error)
      state += level * error
      slope += trend * error
    }
    return Run(errors: errors, level: state, trend: slope)
  }
}

/// Where smoothing stands.
private struct State {
  var level = 0.0
  var trend = 0.0

  mutating func advance(_ damping: Double) {
    trend *= damping
    level += trend
  }

  mutating func take(_ error: Double, _ smoothing: Smoothing) {
    level += smoothing.level * error
    trend += smoothing.trend * error
  }
}

/// The sums of the least squares of e + a·x + b·y.
private struct NormalSums {
  private var ee = 0.0, ex = 0.0, ey = 0.0, xx = 0.0, xy = 0.0, yy = 0.0

  mutating func add(_ e: Double, _ x: Double, _ y: Double) {
    ee += e * e
    ex += e * x
    ey += e * y
    xx += x * x
    xy += x * y
    yy += y * y
  }

  /// The a and b with the least sum of squares; b is 0 where there is no trend or the two cannot be told
  /// apart.
  func solution(hasTrend: Bool) -> (level: Double, trend: Double, squares: Double) {
    let determinant = xx * yy - xy * xy
    var (a, b) = (xx > 0 ? -ex / xx : 0, 0.0)
    if hasTrend, determinant > 1e-12 * xx * yy {
      (a, b) = ((xy * ey - yy * ex) / determinant, (xy * ex - xx * ey) / determinant)
    }
    return (a, b, max(0, ee + a * ex + b * ey))
  }
}

extension FittedBaseline {
  /// The local level with the least squared errors.
  static func localLevel(_ values: [Double?]) -> FittedBaseline {
    let level = minimum(of: { squares([$0], values) }, from: 0, through: 1)
    return smoothed(.localLevel, [level], values)
  }

  /// The damped trend with the least squared errors; damping between 0.8 and 0.98.
  static func dampedTrend(_ values: [Double?]) -> FittedBaseline {
    var best = (point: [0.0, 0.0, dampings[0]], squares: Double.infinity)
    for level in stride(from: 0.0, through: 1, by: 0.125) {
      for share in stride(from: 0.0, through: 1, by: 0.25) {
        for damping in dampings {
          let point = [level, level * share, damping]
          let squares = squares(point, values)
          if squares < best.squares { best = (point, squares) }
        }
      }
    }
    let refined = searched(from: best.point, squares: best.squares, step: 0.0625) { point in
      isAllowed(point) ? squares(point, values) : .infinity
    }
    return smoothed(.dampedTrend, refined, values)
  }

  private static let dampings = [0.8, 0.85, 0.9, 0.95, 0.98]

  private static func isAllowed(_ point: [Double]) -> Bool {
    (0...1).contains(point[0]) && (0...point[0]).contains(point[1])
      && (0.8...0.98).contains(point[2])
  }

  private static func smoothing(_ parameters: [Double]) -> Smoothing {
    Smoothing(
      level: parameters[0], trend: parameters.count > 1 ? parameters[1] : 0,
      damping: parameters.count > 2 ? parameters[2] : 0)
  }

  private static func squares(_ parameters: [Double], _ values: [Double?]) -> Double {
    smoothing(parameters).squares(values)
  }

  private static func smoothed(
    _ model: BaselineModel, _ parameters: [Double], _ values: [Double?]
  ) -> FittedBaseline {
    let run = smoothing(parameters).run(values)
    // The first state counts: a level, and a trend where there is one.
    let states = model == .dampedTrend ? 2 : 1
    return FittedBaseline(
      model: model, parameters: parameters, errors: run.errors,
      degreesOfFreedom: max(1, run.errors.count - parameters.count - states),
      end: .smoothed(level: run.level, trend: run.trend))
  }
}

/// Finds the lowest point of a function of one number: the best of a grid, then golden sections.
private func minimum(
  of function: (Double) -> Double, from low: Double, through high: Double
) -> Double {
  let count = 32
  let grid = (0...count).map { low + (high - low) * Double($0) / Double(count) }
  let values = grid.map(function)
  let best = values.indices.min { values[$0] < values[$1] } ?? 0
  var (left, right) = (grid[max(0, best - 1)], grid[min(count, best + 1)])
  let ratio = (5.0.squareRoot() - 1) / 2
  var (first, second) = (right - ratio * (right - left), left + ratio * (right - left))
  var (atFirst, atSecond) = (function(first), function(second))
  for _ in 0..<40 {
    if atFirst <= atSecond {
      (right, second, atSecond) = (second, first, atFirst)
      first = right - ratio * (right - left)
      atFirst = function(first)
    } else {
      (left, first, atFirst) = (first, second, atSecond)
      second = left + ratio * (right - left)
      atSecond = function(second)
    }
  }
  let middle = (left + right) / 2
  return function(middle) < values[best] ? middle : grid[best]
}

/// Walks downhill along the axes with steps that halve (Hooke and Jeeves without pattern moves).
private func searched(
  from start: [Double], squares: Double, step: Double, _ function: ([Double]) -> Double
) -> [Double] {
  var (point, value, step) = (start, squares, step)
  while step > 1e-7 {
    var hasMoved = false
    for axis in point.indices {
      for move in [step, -step] {
        var next = point
        next[axis] += move
        let reached = function(next)
        if reached < value {
          (point, value, hasMoved) = (next, reached, true)
          break
        }
      }
    }
    if !hasMoved { step /= 2 }
  }
  return point
}

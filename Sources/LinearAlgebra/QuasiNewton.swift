/// A point of a function and the value there.
package struct Minimum: Hashable, Sendable {
  package let point: [Double]
  package let value: Double

  package init(point: [Double], value: Double) {
    self.point = point
    self.value = value
  }
}

/// Descends to a local minimum of a function given with its gradient, smooth or with kinks.
///
/// BFGS with a weak Wolfe search by bisection, which also gets along kinks (Lewis and Overton 2013,
/// 10.1007/s10107-012-0514-2). Stops when `patience` steps together gain less than `gain`, relatively.
package func quasiNewtonMinimum(
  from start: [Double], steps: Int, gain: Double = 1e-9, patience: Int = 5,
  _ evaluate: (_ point: [Double], _ gradient: inout [Double]) -> Double
) -> Minimum {
  var gradient = [Double](repeating: 0, count: start.count)
  var point = start
  var value = evaluate(point, &gradient)
  var inverse = identity(start.count)
  var values = [value]
  for _ in 0..<steps {
    let direction = descent(inverse, gradient)
    let slope = inner(direction, gradient)
    guard slope < 0 else { break }
    guard
      let next = lineSearch(
        from: point, along: direction, value: value, slope: slope, evaluate)
    else { break }
    let change = zip(next.point, point).map { $0 - $1 }
    let bend = zip(next.gradient, gradient).map { $0 - $1 }
    update(&inverse, change: change, bend: bend, isFirst: values.count == 1)
    (point, value, gradient) = (next.point, next.value, next.gradient)
    values.append(value)
    let earlier = values.dropLast(patience).last ?? .infinity
    if earlier - value <= gain * value { break }
  }
  return Minimum(point: point, value: value)
}

private struct SearchPoint {
  let point: [Double]
  let value: Double
  let gradient: [Double]
}

/// Finds a step with enough descent and a flatter slope; nil when there is no descent to be had.
private func lineSearch(
  from point: [Double], along direction: [Double], value: Double, slope: Double,
  _ evaluate: (_ point: [Double], _ gradient: inout [Double]) -> Double
) -> SearchPoint? {
  var low = 0.0
  var high = Double.infinity
  var step = 1.0
  var best: SearchPoint?
  var gradient = [Double](repeating: 0, count: point.count)
  for _ in 0..<25 {
    let trial = zip(point, direction).map { $0 + step * $1 }
    let found = evaluate(trial, &gradient)
    if !(found <= value + 1e-4 * step * slope) {
      high = step
    } else {
      best = SearchPoint(point: trial, value: found, gradient: gradient)
      guard inner(gradient, direction) < 0.9 * slope else { break }
      low = step
    }
    step = high.isFinite ? (low + high) / 2 : 2 * low
  }
  return best
}

private func identity(_ count: Int) -> [[Double]] {
  (0..<count).map { row in (0..<count).map { $0 == row ? 1 : 0 } }
}

private func inner(_ first: [Double], _ second: [Double]) -> Double {
  var sum = 0.0
  for place in first.indices { sum += first[place] * second[place] }
  return sum
}

private func descent(_ inverse: [[Double]], _ gradient: [Double]) -> [Double] {
  inverse.map { -inner($0, gradient) }
}

/// The BFGS update of the inverse Hessian; left as it is where the curvature is not positive.
private func update(
  _ inverse: inout [[Double]], change: [Double], bend: [Double], isFirst: Bool
) {
  let curvature = inner(change, bend)
  guard curvature > 1e-300 else { return }
  if isFirst {
    let scale = curvature / inner(bend, bend)
    inverse = inverse.map { $0.map { scale * $0 } }
  }
  let turned = inverse.map { inner($0, bend) }
  let factor = (1 + inner(bend, turned) / curvature) / curvature
  for row in change.indices {
    for column in change.indices {
      inverse[row][column] +=
        factor * change[row] * change[column]
        - (turned[row] * change[column] + change[row] * turned[column]) / curvature
    }
  }
}

/// The weights on the simplex with the smallest ‖Σ wⱼ pⱼ‖² + ridge·‖w‖², by trying every support.
///
/// Slow and plain: the face of each support is solved by elimination with pivoting, and the best
/// feasible one is kept. For up to a dozen points.
public func enumeratedSimplexWeights(points: [[Double]], ridge: Double) -> [Double] {
  var best: [Double] = []
  var lowest = Double.infinity
  for mask in 1..<(1 << points.count) {
    let support = points.indices.filter { mask >> $0 & 1 == 1 }
    guard let face = faceMinimum(support.map { points[$0] }, ridge: ridge) else { continue }
    guard face.allSatisfy({ $0 >= -1e-12 }) else { continue }
    var weights = [Double](repeating: 0, count: points.count)
    for (place, weight) in zip(support, face) { weights[place] = weight }
    let objective = simplexObjective(points: points, weights: weights, ridge: ridge)
    if objective < lowest {
      lowest = objective
      best = weights
    }
  }
  return best
}

/// ‖Σ wⱼ pⱼ‖² + ridge·‖w‖².
public func simplexObjective(points: [[Double]], weights: [Double], ridge: Double) -> Double {
  let sums = (points.first ?? []).indices.map { column in
    zip(points, weights).reduce(0) { $0 + $1.0[column] * $1.1 }
  }
  return sums.reduce(0) { $0 + $1 * $1 } + ridge * weights.reduce(0) { $0 + $1 * $1 }
}

/// The weights with sum one and no bound that minimise the same objective; nil when not unique.
private func faceMinimum(_ points: [[Double]], ridge: Double) -> [Double]? {
  let n = points.count
  var rows = points.indices.map { row in
    points.indices.map { column in
      zip(points[row], points[column]).reduce(0) { $0 + $1.0 * $1.1 }
        + (row == column ? ridge : 0)
    } + [1, 0]
  }
  rows.append([Double](repeating: 1, count: n) + [0, 1])
  return eliminate(rows)?.dropLast()
}

/// Solves a system given as rows with the right-hand side last, by elimination with pivoting.
public func eliminate(_ system: [[Double]]) -> [Double]? {
  var rows = system
  for column in rows.indices {
    let pivot = rows.indices[column...].max { abs(rows[$0][column]) < abs(rows[$1][column]) }
    guard let pivot, abs(rows[pivot][column]) > 1e-12 else { return nil }
    rows.swapAt(column, pivot)
    for row in rows.indices where row != column {
      let factor = rows[row][column] / rows[column][column]
      guard factor != 0 else { continue }
      for place in column...rows.count { rows[row][place] -= factor * rows[column][place] }
    }
  }
  return rows.indices.map { rows[$0][rows.count] / rows[$0][$0] }
}

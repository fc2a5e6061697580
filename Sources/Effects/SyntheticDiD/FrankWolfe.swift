import LinearAlgebra

/// The published path of synthetic DiD to its weights: Frank–Wolfe steps that stop early.
///
/// Arkhangelsky et al. 2021 (10.1257/aer.20190159), appendix; stopping rules as in `synthdid` 0.0.9. The
/// steps run on H = PPᵀ + ridge·1, P being the points, so one step costs one row of H.
struct FrankWolfe: Sendable {
  /// Steps end when the objective falls by at most the square of this.
  let minimumDecrease: Double

  static let stepsBeforeSparsifying = 100
  static let stepsAfterSparsifying = 10_000

  /// Two rounds, with the small weights taken out between them.
  func weights(_ problem: SimplexProblem, start: [Double]) -> [Double] {
    let path = Path(problem)
    let first = path.descend(
      from: start, limit: Self.stepsBeforeSparsifying, minimumDecrease: minimumDecrease)
    return path.descend(
      from: sparsified(first), limit: Self.stepsAfterSparsifying,
      minimumDecrease: minimumDecrease)
  }

  /// One step, for the path that moves weights and coefficients together.
  static func step(_ problem: SimplexProblem, from start: [Double]) -> [Double] {
    var gradient = problem.products(problem.errors(start))
    for place in start.indices { gradient[place] += problem.ridge * start[place] }
    let vertex = gradient.indices.reduce(0) { gradient[$1] < gradient[$0] ? $1 : $0 }
    var direction = start.map { -$0 }
    direction[vertex] += 1
    let change = problem.errors(direction)
    let curvature =
      change.reduce(0) { $0 + $1 * $1 } + problem.ridge * direction.reduce(0) { $0 + $1 * $1 }
    let slope = zip(gradient, direction).reduce(0) { $0 + $1.0 * $1.1 }
    let share = stepShare(slope, curvature: curvature)
    return zip(start, direction).map { $0 + share * $1 }
  }
}

/// The exact line search, clipped to [0, 1].
private func stepShare(_ slope: Double, curvature: Double) -> Double {
  guard curvature > 0 else { return 0 }
  return min(1, max(0, -slope / curvature))
}

/// The weights without those up to a quarter of the largest.
func sparsified(_ weights: [Double]) -> [Double] {
  let limit = (weights.max() ?? 0) / 4
  return normalised(weights.map { $0 <= limit ? 0 : $0 })
}

/// H of one problem, its rows padded to whole lanes.
private struct Path {
  let count: Int
  let width: Int
  let length: Int
  let products: [Double]

  init(_ problem: SimplexProblem) {
    let (count, length) = (problem.count, problem.length)
    let width = (count + 3) & ~3
    var products = [Double](repeating: 0, count: width * count)
    problem.points.withUnsafeBufferPointer { buffer in
      guard let points = buffer.baseAddress else { return }
      for row in 0..<count {
        for column in 0...row {
          let product = dot(points + row * length, points + column * length, length)
          products[row * width + column] = product
          products[column * width + row] = product
        }
        products[row * width + row] += problem.ridge
        // Beyond the last weight: never the lowest gradient.
        for column in count..<width { products[row * width + column] = 1e200 }
      }
    }
    self.count = count
    self.width = width
    self.length = length
    self.products = products
  }

  /// Follows the path from some weights.
  func descend(from start: [Double], limit: Int, minimumDecrease: Double) -> [Double] {
    var weights = start + [Double](repeating: 0, count: width - count)
    var gradient = [Double](repeating: 0, count: width)
    products.withUnsafeBufferPointer { products in
      weights.withUnsafeMutableBufferPointer { weights in
        gradient.withUnsafeMutableBufferPointer { gradient in
          guard let rows = products.baseAddress, let weights = weights.baseAddress,
            let gradient = gradient.baseAddress
          else { return }
          for row in 0..<count where weights[row] != 0 {
            add(weights[row], rows + row * width, to: gradient, width)
          }
          walk(
            rows, weights, gradient, limit: limit,
            threshold: minimumDecrease * minimumDecrease * Double(length))
        }
      }
    }
    return Array(weights.prefix(count))
  }

  /// The loop: gradient h = Hx, objective x′h, each step towards the vertex of the lowest gradient.
  ///
  /// Along d = eᵢ − x: h′d = hᵢ − x′h and d′Hd = Hᵢᵢ − 2hᵢ + x′h.
  private func walk(
    _ rows: UnsafePointer<Double>, _ weights: UnsafeMutablePointer<Double>,
    _ gradient: UnsafeMutablePointer<Double>, limit: Int, threshold: Double
  ) {
    var share = 0.0
    var vertex = 0
    var last = Double.infinity
    for step in 0...limit {
      // One pass takes the step and sums the objective, four numbers at a time.
      let row = rows + vertex * width
      let rest = 1 - share
      var (first, second, third, fourth) = (0.0, 0.0, 0.0, 0.0)
      var place = 0
      while place < width {
        let x = (
          weights[place] * rest, weights[place + 1] * rest, weights[place + 2] * rest,
          weights[place + 3] * rest
        )
        let h = (
          gradient[place] * rest + row[place] * share,
          gradient[place + 1] * rest + row[place + 1] * share,
          gradient[place + 2] * rest + row[place + 2] * share,
          gradient[place + 3] * rest + row[place + 3] * share
        )
        (weights[place], weights[place + 1]) = (x.0, x.1)
        (weights[place + 2], weights[place + 3]) = (x.2, x.3)
        (gradient[place], gradient[place + 1]) = (h.0, h.1)
        (gradient[place + 2], gradient[place + 3]) = (h.2, h.3)
        first += x.0 * h.0
        second += x.1 * h.1
        third += x.2 * h.2
        fourth += x.3 * h.3
        place += 4
      }
      weights[vertex] += share
      let objective = (first + second) + (third + fourth) + share * gradient[vertex]
      if step > 1, last - objective <= threshold { return }
      last = objective
      vertex = lowest(gradient)
      share = stepShare(
        gradient[vertex] - objective,
        curvature: rows[vertex * width + vertex] - 2 * gradient[vertex] + objective)
    }
  }

  /// The place of the lowest number; the first of equals.
  private func lowest(_ values: UnsafeMutablePointer<Double>) -> Int {
    var least = values[0]
    var place = 0
    var index = 1
    while index < count {
      if values[index] < least {
        least = values[index]
        place = index
      }
      index += 1
    }
    return place
  }
}

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
  private typealias Lanes = SIMD4<Double>

  private let count: Int
  private let length: Int
  /// The lanes of a row.
  private let width: Int
  private let rows: [Lanes]

  init(_ problem: SimplexProblem) {
    let (count, length) = (problem.count, problem.length)
    let width = (count + 3) / 4
    // Beyond the last weight: never the lowest gradient.
    var rows = [Lanes](repeating: Lanes(repeating: 1e200), count: width * count)
    problem.points.withUnsafeBufferPointer { buffer in
      guard let points = buffer.baseAddress else { return }
      for row in 0..<count {
        for column in 0...row {
          var product = dot(points + row * length, points + column * length, length)
          if row == column { product += problem.ridge }
          rows[row * width + column / 4][column % 4] = product
          rows[column * width + row / 4][row % 4] = product
        }
      }
    }
    self.count = count
    self.length = length
    self.width = width
    self.rows = rows
  }

  /// Follows the path from some weights.
  func descend(from start: [Double], limit: Int, minimumDecrease: Double) -> [Double] {
    var gradient = [Lanes](repeating: .zero, count: width)
    for (row, weight) in start.enumerated() where weight != 0 {
      for lane in 0..<width { gradient[lane] += weight * rows[row * width + lane] }
    }
    let objective = start.indices.reduce(0) { $0 + start[$1] * gradient[$1 / 4][$1 % 4] }
    var weights = start
    rows.withUnsafeBufferPointer { rows in
      gradient.withUnsafeMutableBufferPointer { gradient in
        weights.withUnsafeMutableBufferPointer { weights in
          guard let rows = rows.baseAddress, let gradient = gradient.baseAddress else { return }
          walk(
            rows, gradient, weights, objective: objective, limit: limit,
            threshold: minimumDecrease * minimumDecrease * Double(length))
        }
      }
    }
    return weights
  }

  /// The loop: gradient h = Hx, objective x′h, each step towards the vertex of the lowest gradient.
  ///
  /// Along d = eᵢ − x: h′d = hᵢ − x′h and d′Hd = Hᵢᵢ − 2hᵢ + x′h. A step of share s lowers the objective
  /// by −s·(2h′d + s·d′Hd), which is not taken from two objectives that are nearly equal. All weights
  /// but one shrink alike in a step, so their common factor is kept apart.
  private func walk(
    _ rows: UnsafePointer<Lanes>, _ gradient: UnsafeMutablePointer<Lanes>,
    _ weights: UnsafeMutableBufferPointer<Double>, objective start: Double, limit: Int,
    threshold: Double
  ) {
    var objective = start
    var factor = 1.0
    var least = Lanes(repeating: .infinity)
    for lane in 0..<width { least = lower(least, gradient[lane]) }
    for step in 1...limit {
      let lowest = min(min(least[0], least[1]), min(least[2], least[3]))
      let vertex = min(place(of: lowest, in: gradient), count - 1)
      let row = rows + vertex * width
      let slope = lowest - objective
      let curvature = numbers(row)[vertex] - 2 * lowest + objective
      let share = stepShare(slope, curvature: curvature)
      let decrease = -share * (2 * slope + share * curvature)
      objective -= decrease
      factor *= 1 - share
      // It may reach zero, or come too near to divide by.
      if factor < 1e-100 {
        for place in weights.indices { weights[place] *= factor }
        factor = 1
      }
      weights[vertex] += share / factor
      least = Lanes(repeating: .infinity)
      for lane in 0..<width {
        let next = gradient[lane] * (1 - share) + row[lane] * share
        gradient[lane] = next
        least = lower(least, next)
      }
      if step > 1, decrease <= threshold { break }
    }
    for place in weights.indices { weights[place] *= factor }
  }

  /// The place of a number, the first of equals; the last place when it is nowhere.
  private func place(of number: Double, in values: UnsafePointer<Lanes>) -> Int {
    var lane = 0
    while lane < width - 1, !any(values[lane] .== number) { lane += 1 }
    let single = numbers(values)
    var place = lane * 4
    while place < lane * 4 + 3, single[place] != number { place += 1 }
    return place
  }

  private func numbers(_ lanes: UnsafePointer<Lanes>) -> UnsafePointer<Double> {
    UnsafeRawPointer(lanes).assumingMemoryBound(to: Double.self)
  }
}

/// The lower number of each lane.
private func lower(_ first: SIMD4<Double>, _ second: SIMD4<Double>) -> SIMD4<Double> {
  first.replacing(with: second, where: second .< first)
}

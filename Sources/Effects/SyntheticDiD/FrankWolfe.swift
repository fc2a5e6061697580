import LinearAlgebra

/// The published path of synthetic DiD to its weights: Frank–Wolfe steps that stop early.
///
/// Arkhangelsky et al. 2021 (10.1257/aer.20190159), appendix; stopping rules as in `synthdid` 0.0.9. The
/// steps run on H = PPᵀ + ridge·1, P being the points, so one step costs one row of H.
enum FrankWolfe {
  static let stepsBeforeSparsifying = 100
  static let stepsAfterSparsifying = 10_000

  /// One problem, where its path begins and when it ends.
  struct Search: Sendable {
    let problem: SimplexProblem
    let start: [Double]
    /// Steps end when the objective falls by at most the square of this.
    let minimumDecrease: Double
  }

  /// Two rounds for each problem, with the small weights taken out between them.
  static func weights(_ searches: [Search]) -> [[Double]] {
    let paths = searches.map { Path($0.problem, minimumDecrease: $0.minimumDecrease) }
    let first = descend(paths, from: searches.map(\.start), limit: stepsBeforeSparsifying)
    return descend(paths, from: first.map(sparsified), limit: stepsAfterSparsifying)
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
    let slope = sequentialDot(gradient, direction)
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

private typealias Lanes = SIMD4<Double>

/// H of one problem, its rows padded to whole lanes.
private struct Path {
  let count: Int
  /// The lanes of a row.
  let width: Int
  let rows: [Lanes]
  /// Steps end when the objective falls by at most this.
  let threshold: Double

  init(_ problem: SimplexProblem, minimumDecrease: Double) {
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
    self.width = width
    self.rows = rows
    threshold = minimumDecrease * minimumDecrease * Double(length)
  }

  /// h = Hx.
  func gradient(_ weights: [Double]) -> [Lanes] {
    var gradient = [Lanes](repeating: .zero, count: width)
    for (row, weight) in weights.enumerated() where weight != 0 {
      for lane in 0..<width { gradient[lane] += weight * rows[row * width + lane] }
    }
    return gradient
  }
}

/// Follows the paths from some weights, a few at a time.
private func descend(_ paths: [Path], from starts: [[Double]], limit: Int) -> [[Double]] {
  stride(from: 0, to: paths.count, by: walksTogether).flatMap { first in
    let range = first..<min(first + walksTogether, paths.count)
    return walk(Array(paths[range]), from: Array(starts[range]), limit: limit)
  }
}

/// Where one walk waits for its next vertex and share, the others compute theirs.
private let walksTogether = 4

private func walk(_ paths: [Path], from starts: [[Double]], limit: Int) -> [[Double]] {
  let rows = paths.flatMap(\.rows)
  var weights = starts.flatMap { $0 }
  let gradients = zip(paths, starts).map { $0.gradient($1) }
  var gradient = gradients.flatMap { $0 }
  rows.withUnsafeBufferPointer { rows in
    gradient.withUnsafeMutableBufferPointer { gradient in
      weights.withUnsafeMutableBufferPointer { weights in
        guard var row = rows.baseAddress, var lane = gradient.baseAddress,
          var weight = weights.baseAddress
        else { return }
        var walks = paths.indices.map { place in
          let path = paths[place]
          defer {
            row += path.rows.count
            lane += path.width
            weight += path.count
          }
          return Walk(
            path, rows: row, gradient: lane, weights: weight,
            objective: starts[place].indices.reduce(0) {
              $0 + starts[place][$1] * gradients[place][$1 / 4][$1 % 4]
            })
        }
        walks.withUnsafeMutableBufferPointer { walkToEnd($0, limit: limit) }
      }
    }
  }
  var next = 0
  return starts.map { start in
    defer { next += start.count }
    return Array(weights[next..<(next + start.count)])
  }
}

/// Takes every walk step by step to its end.
private func walkToEnd(_ walks: UnsafeMutableBufferPointer<Walk>, limit: Int) {
  var going = walks.count
  for step in 1...limit where going > 0 {
    for place in 0..<going { walks[place].choose() }
    for place in 0..<going { walks[place].move() }
    guard step > 1 else { continue }
    for place in (0..<going).reversed() where walks[place].hasEnded {
      going -= 1
      walks.swapAt(place, going)
    }
  }
  for walk in walks { walk.finish() }
}

/// One path being followed: gradient h = Hx, objective x′h, each step towards the vertex of the lowest
/// gradient.
///
/// Along d = eᵢ − x: h′d = hᵢ − x′h and d′Hd = Hᵢᵢ − 2hᵢ + x′h. A step of share s lowers the objective
/// by −s·(2h′d + s·d′Hd), which is not taken from two objectives that are nearly equal. All weights
/// but one shrink alike in a step, so their common factor is kept apart.
private struct Walk {
  private let count: Int
  private let width: Int
  private let rows: UnsafePointer<Lanes>
  private let gradient: UnsafeMutablePointer<Lanes>
  private let weights: UnsafeMutablePointer<Double>
  private let threshold: Double
  private var objective: Double
  private var factor = 1.0
  /// The least gradients, lane by lane.
  private var least = Lanes(repeating: .infinity)
  /// The step that was chosen last.
  private var vertex = 0
  private var share = 0.0
  private var decrease = 0.0

  init(
    _ path: Path, rows: UnsafePointer<Lanes>, gradient: UnsafeMutablePointer<Lanes>,
    weights: UnsafeMutablePointer<Double>, objective: Double
  ) {
    count = path.count
    width = path.width
    threshold = path.threshold
    self.rows = rows
    self.gradient = gradient
    self.weights = weights
    self.objective = objective
    for lane in 0..<width { least = lower(least, gradient[lane]) }
  }

  var hasEnded: Bool { decrease <= threshold }

  /// Finds the next vertex and how far to go, and gives it its weight.
  mutating func choose() {
    let lowest = min(min(least[0], least[1]), min(least[2], least[3]))
    vertex = place(of: lowest)
    let slope = lowest - objective
    let curvature = numbers(rows + vertex * width)[vertex] - 2 * lowest + objective
    share = stepShare(slope, curvature: curvature)
    decrease = -share * (2 * slope + share * curvature)
    objective -= decrease
    factor *= 1 - share
    // It may reach zero, or come too near to divide by.
    if factor < 1e-100 { shrink() }
    weights[vertex] += share / factor
  }

  /// Goes there with the gradient.
  mutating func move() {
    let row = rows + vertex * width
    let rest = 1 - share
    var least = Lanes(repeating: .infinity)
    for lane in 0..<width {
      let next = gradient[lane] * rest + row[lane] * share
      gradient[lane] = next
      least = lower(least, next)
    }
    self.least = least
  }

  /// Gives the weights the factor that they share.
  private mutating func shrink() {
    finish()
    factor = 1
  }

  func finish() {
    for place in 0..<count { weights[place] *= factor }
  }

  /// The place of the lowest gradient, the first of equals.
  ///
  /// Without a branch that depends on the place: which it is cannot be foretold.
  private func place(of lowest: Double) -> Int {
    let (a, b, c, d) = (
      least[0] > lowest ? 1 : 0, least[1] > lowest ? 1 : 0, least[2] > lowest ? 1 : 0,
      least[3] > lowest ? 1 : 0
    )
    let single = numbers(gradient)
    guard a &+ b &+ c &+ d == 3 else {
      return (0..<count).first { single[$0] == lowest } ?? count - 1
    }
    let column = a &+ (a & b) &+ (a & b & c)
    var lane = width &- 1
    for other in stride(from: width &- 2, through: 0, by: -1) {
      lane = single[4 &* other &+ column] == lowest ? other : lane
    }
    return 4 &* lane &+ column
  }

  private func numbers(_ lanes: UnsafePointer<Lanes>) -> UnsafePointer<Double> {
    UnsafeRawPointer(lanes).assumingMemoryBound(to: Double.self)
  }
}

/// The lower number of each lane.
private func lower(_ first: Lanes, _ second: Lanes) -> Lanes {
  first.replacing(with: second, where: second .< first)
}

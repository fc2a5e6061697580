/// Minimises ‖Σ wⱼ pⱼ‖² + ridge·‖w‖² over weights w ≥ 0 that sum to one, to the exact optimum.
///
/// The points pⱼ are differences to the target, so the target is the origin. A primal active-set
/// method in the manner of Wolfe (1976, 10.1007/BF01580381): on each face the Gram matrix of the
/// support is kept factorised, solved, and refined with residuals taken from the points themselves, so
/// that the squared condition of the Gram matrix does not show in the weights.
///
/// Where many weights are optimal, those are taken that the nearest point leads to: the point towards which
/// the objective falls fastest is added each time, the first of equals; a point that depends on those with
/// weight (a copy of one, a mixture of some) is not. So no more points have a weight than dimensions and
/// one. Given places to start from, the weights on them lead instead. Memory is kept between
/// solutions; a solver belongs to one thread.
package struct SimplexSolver: ~Copyable {
  /// The number of weights.
  package let count: Int
  /// The length of a point.
  package let dimension: Int
  /// The points, one after the other; the caller fills them before `solve`.
  package let points: UnsafeMutablePointer<Double>
  /// The weights of the last solution.
  package let weights: UnsafeMutablePointer<Double>

  /// The places with a weight, in the order of the factor's rows; the first `size` count.
  private let support: UnsafeMutablePointer<Int>
  private var size = 0
  /// Lower triangle L, row by row, with L·Lᵀ the shifted Gram matrix of the support.
  private let factor: UnsafeMutablePointer<Double>
  /// Weights of the support, the face's solution, and room to compute.
  private let current: UnsafeMutablePointer<Double>
  private let candidate: UnsafeMutablePointer<Double>
  private let inverseOnes: UnsafeMutablePointer<Double>
  private let scratch: UnsafeMutablePointer<Double>
  private let norms: UnsafeMutablePointer<Double>
  private let gradient: UnsafeMutablePointer<Double>
  private let sum: UnsafeMutablePointer<Double>
  private let isBlocked: UnsafeMutablePointer<Bool>
  /// Added to all entries of the Gram matrix: changes nothing where the weights sum to one.
  private var shift = 0.0
  private var ridge = 0.0

  /// Sets room aside for `count` points of some dimension, all zero.
  package init(count: Int, dimension: Int) {
    precondition(count > 0, "A weighting needs at least one point.")
    self.count = count
    self.dimension = dimension
    points = .allocate(capacity: max(1, count * dimension))
    points.initialize(repeating: 0, count: max(1, count * dimension))
    weights = .allocate(capacity: count)
    weights.initialize(repeating: 0, count: count)
    support = .allocate(capacity: count)
    factor = .allocate(capacity: count * count)
    current = .allocate(capacity: count)
    candidate = .allocate(capacity: count)
    inverseOnes = .allocate(capacity: count)
    scratch = .allocate(capacity: count)
    norms = .allocate(capacity: count)
    gradient = .allocate(capacity: count)
    sum = .allocate(capacity: max(1, dimension))
    isBlocked = .allocate(capacity: count)
  }

  deinit {
    for buffer in [
      points, weights, factor, current, candidate, inverseOnes, scratch, norms, gradient, sum,
    ] {
      buffer.deallocate()
    }
    support.deallocate()
    isBlocked.deallocate()
  }

  /// What a solution attains, and how far from the optimum it can be.
  package struct Certificate: Hashable, Sendable {
    /// ‖Σ wⱼ pⱼ‖² + ridge·‖w‖².
    package let objective: Double
    /// The duality gap over the objective (not below a millionth of the farthest point's square).
    package let residual: Double
  }

  /// The largest relative duality gap that counts as the optimum.
  package static let tolerance = 1e-9

  /// Solves for the weights; `start` holds places to begin with, none for the nearest point.
  ///
  /// - Throws: `LinearAlgebraError.notOptimal` when the certificate fails.
  package mutating func solve(ridge: Double, start: [Int] = []) throws -> Certificate {
    self.ridge = ridge
    prepare()
    begin(start)
    let limit = 100 + 20 * count
    var gap = Double.infinity
    var objective = Double.infinity
    for _ in 0..<limit {
      solveFace()
      if retreat() { continue }
      let last = objective
      objective = refine()
      // On lower ground a place may depend on the support no longer.
      if objective < last { isBlocked.update(repeating: false, count: count) }
      guard let entering = entering(objective: objective, gap: &gap) else { break }
      append(entering, weight: 0)
    }
    publish()
    let residual = gap / max(objective, 1e-6 * (maximum(of: norms) + ridge), .leastNormalMagnitude)
    guard residual <= Self.tolerance else {
      throw LinearAlgebraError.notOptimal(residual: residual)
    }
    return Certificate(objective: objective, residual: residual)
  }
}

extension SimplexSolver {
  /// How a slope over the weights turns into one over the points: a with G·a + α·1 = slope, Σ a = 0.
  ///
  /// On the support of the last solution, G being its Gram matrix; zero elsewhere. For any change dG
  /// of the Gram matrix, the optimum's change is such that slope′dw = −a′dG·w.
  package func adjoint(
    of slope: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) {
    var total = 0.0
    var ones = 0.0
    for row in 0..<size { scratch[row] = slope[support[row]] }
    solveFactor(scratch)
    for row in 0..<size {
      total += scratch[row]
      ones += inverseOnes[row]
    }
    for place in 0..<count { result[place] = 0 }
    for row in 0..<size {
      result[support[row]] = scratch[row] - total / ones * inverseOnes[row]
    }
  }

  /// The places with a weight.
  package var supported: [Int] { (0..<size).map { support[$0] } }
}

// The steps of the method.
extension SimplexSolver {
  /// Measures the points and chooses the shift between the nearest one and their mean.
  private mutating func prepare() {
    var total = 0.0
    var nearest = Double.infinity
    for place in 0..<count {
      let point = points + place * dimension
      norms[place] = dot(point, point, dimension)
      total += norms[place]
      nearest = min(nearest, norms[place])
      isBlocked[place] = false
    }
    let mean = total / Double(count)
    shift = nearest > 0 ? (nearest * mean).squareRoot() : mean
    // Without any length the penalty alone sets the scale.
    if !(shift > 0) { shift = ridge > 0 ? ridge : 1 }
    size = 0
  }

  /// Begins with equal weights on the given places, or with the nearest point.
  private mutating func begin(_ start: [Int]) {
    for place in start { append(place, weight: 1) }
    if size == 0 { append(nearest(), weight: 1) }
    for row in 0..<size { current[row] = 1 / Double(size) }
  }

  /// Puts a place into the support, unless its point depends on those there: then blocks it.
  private mutating func append(_ place: Int, weight: Double) {
    let point = points + place * dimension
    let row = factor + size * count
    for index in 0..<size {
      let other = support[index]
      let product = dot(point, points + other * dimension, dimension) + shift
      let known = factor + index * count
      row[index] = (product - dot(row, known, index)) / known[index]
    }
    let own = norms[place] + ridge + shift
    let pivot = own - dot(row, row, size)
    // Below this the pivot is the rounding of the products.
    guard pivot > 4 * Double.ulpOfOne * own else {
      isBlocked[place] = true
      return
    }
    row[size] = pivot.squareRoot()
    support[size] = place
    current[size] = weight
    size += 1
  }

  /// Takes a row out of the support and restores the triangle by plane rotations.
  private mutating func remove(_ row: Int) {
    for index in row..<(size - 1) {
      support[index] = support[index + 1]
      current[index] = current[index + 1]
      let from = factor + (index + 1) * count
      (factor + index * count).update(from: from, count: index + 2)
    }
    size -= 1
    for index in row..<size {
      let diagonal = factor[index * count + index]
      let above = factor[index * count + index + 1]
      let length = (diagonal * diagonal + above * above).squareRoot()
      let cosine = diagonal / length
      let sine = above / length
      factor[index * count + index] = length
      for below in (index + 1)..<max(index + 1, size) {
        let line = factor + below * count
        let first = line[index]
        let second = line[index + 1]
        line[index] = cosine * first + sine * second
        line[index + 1] = cosine * second - sine * first
      }
    }
  }

  /// Solves L·Lᵀ·x = right in place.
  private func solveFactor(_ values: UnsafeMutablePointer<Double>) {
    for row in 0..<size {
      let line = factor + row * count
      values[row] = (values[row] - dot(line, values, row)) / line[row]
    }
    for row in stride(from: size - 1, through: 0, by: -1) {
      let line = factor + row * count
      values[row] /= line[row]
      add(-values[row], line, to: values, row)
    }
  }

  /// The minimum on the face's plane, signs aside: w ∝ (G + shift)⁻¹ 1.
  private func solveFace() {
    var total = 0.0
    for row in 0..<size { inverseOnes[row] = 1 }
    solveFactor(inverseOnes)
    for row in 0..<size { total += inverseOnes[row] }
    for row in 0..<size { candidate[row] = inverseOnes[row] / total }
  }

  /// Moves towards the face's minimum up to the first bound, and leaves the places there.
  ///
  /// Returns false, with the minimum taken, when no bound is in the way.
  private mutating func retreat() -> Bool {
    var step = 1.0
    var blocking = -1
    for row in 0..<size where candidate[row] <= 0 {
      // A place that came without a weight, and gets none, leaves at once.
      let share = current[row] > 0 ? current[row] / (current[row] - candidate[row]) : 0
      if blocking < 0 || share < step {
        step = share
        blocking = row
      }
    }
    for row in 0..<size { current[row] += step * (candidate[row] - current[row]) }
    guard blocking >= 0 else { return false }
    // A place that leaves as it came would come again.
    isBlocked[support[blocking]] = step == 0
    current[blocking] = 0
    for row in stride(from: size - 1, through: 0, by: -1) where current[row] <= 0 { remove(row) }
    if size == 0 { append(nearest(), weight: 1) }
    return true
  }

  private func nearest() -> Int {
    var nearest = 0
    for place in 1..<count where norms[place] < norms[nearest] { nearest = place }
    return nearest
  }

  /// Corrects the weights until the gradient is even over the support; returns the objective.
  private func refine() -> Double {
    var objective = computeGradient()
    var last = Double.infinity
    for _ in 0..<4 {
      var spread = 0.0
      for row in 0..<size { spread = max(spread, abs(gradient[support[row]] - objective)) }
      guard spread > 1e-16 * objective, spread < 0.5 * last, correct(objective) else { break }
      last = spread
      objective = computeGradient()
    }
    return objective
  }

  /// One step of iterative refinement within the face; false, undone, when it would leave the face.
  private func correct(_ level: Double) -> Bool {
    var total = 0.0
    var ones = 0.0
    for row in 0..<size { scratch[row] = level - gradient[support[row]] }
    solveFactor(scratch)
    for row in 0..<size {
      total += scratch[row]
      ones += inverseOnes[row]
    }
    var deficit = 1.0
    for row in 0..<size { deficit -= current[row] }
    let share = (total - deficit) / ones
    for row in 0..<size {
      scratch[row] -= share * inverseOnes[row]
      if current[row] + scratch[row] <= 0 { return false }
    }
    for row in 0..<size { current[row] += scratch[row] }
    return true
  }

  /// Computes Σ wⱼpⱼ and the half-gradient of all places; returns the objective.
  private func computeGradient() -> Double {
    sum.update(repeating: 0, count: dimension)
    var squares = 0.0
    for row in 0..<size {
      add(current[row], points + support[row] * dimension, to: sum, dimension)
      squares += current[row] * current[row]
    }
    for place in 0..<count { gradient[place] = dot(points + place * dimension, sum, dimension) }
    for row in 0..<size { gradient[support[row]] += ridge * current[row] }
    return dot(sum, sum, dimension) + ridge * squares
  }

  /// The place whose weight should grow most, nil at the optimum; writes the duality gap.
  private mutating func entering(objective: Double, gap: inout Double) -> Int? {
    var reach = dot(sum, sum, dimension).squareRoot()
    for row in 0..<size { reach += current[row] * norms[support[row]].squareRoot() }
    var lowest = objective
    var best: Int?
    var most = 0.0
    for place in 0..<count {
      lowest = min(lowest, gradient[place])
      // A difference within the rounding of the products is none.
      let rounding = 4 * Double.ulpOfOne * (norms[place].squareRoot() * reach + ridge)
      let gain = objective - gradient[place] - rounding
      if gain > most, !isBlocked[place] {
        most = gain
        best = place
      }
    }
    gap = objective - lowest
    for row in 0..<size where support[row] == best { return nil }
    return best
  }

  private func publish() {
    for place in 0..<count { weights[place] = 0 }
    for row in 0..<size { weights[support[row]] = current[row] }
  }

  private func maximum(of values: UnsafeMutablePointer<Double>) -> Double {
    var largest = 0.0
    for place in 0..<count { largest = max(largest, values[place]) }
    return largest
  }
}

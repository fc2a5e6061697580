/// A point that a map leaves where it is, or nearly.
package struct FixedPoint: Sendable {
  package let point: [Double]
  /// The farthest that the map still moves a number.
  package let move: Double
  package let rounds: Int
}

/// Follows a map whose every step lowers a function, to where it moves nothing.
///
/// Steps are combined by Anderson's mixing (Walker and Ni 2011, 10.1137/10078356X); a combination that
/// does not lower the function is left for a plain step, so that the descent of the map is kept. `map`
/// writes the image of a point and returns the function's value at the point. Ends after `limit` rounds
/// where it is: the move tells.
package func fixedPoint(
  from start: [Double], settled: Double, limit: Int, depth: Int = 8,
  _ map: (_ point: [Double], _ image: inout [Double]) throws -> Double
) rethrows -> FixedPoint {
  var current = try MappedPoint(start, map)
  var mixing = Mixing(depth: depth)
  var rounds = 1
  while current.size > settled, rounds < limit {
    rounds += 1
    var next = try MappedPoint(mixing.step(from: current), map)
    // Where the function no longer tells two points apart, the map's own moves do.
    let slack = 1e-12 * abs(current.value)
    if next.value > current.value + slack
      || (next.value > current.value - slack && next.size > 2 * current.size)
    {
      mixing.forget()
      next = try MappedPoint(current.image, map)
    } else {
      mixing.learn(from: current, to: next)
    }
    current = next
  }
  return FixedPoint(point: current.point, move: current.size, rounds: rounds)
}

private struct MappedPoint {
  let point: [Double]
  let image: [Double]
  let value: Double
  /// The largest number of the move.
  let size: Double

  init(_ point: [Double], _ map: ([Double], inout [Double]) throws -> Double) rethrows {
    self.point = point
    var image = [Double](repeating: 0, count: point.count)
    value = try map(point, &image)
    self.image = image
    size = zip(image, point).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }

  var move: [Double] { zip(image, point).map { $0 - $1 } }
}

/// The last steps of a map, and the mixture of them that would have moved least.
private struct Mixing {
  private let depth: Int
  private var moves: [[Double]] = []
  private var images: [[Double]] = []

  init(depth: Int) { self.depth = depth }

  mutating func forget() { (moves, images) = ([], []) }

  mutating func learn(from last: MappedPoint, to next: MappedPoint) {
    moves.append(zip(next.move, last.move).map { $0 - $1 })
    images.append(zip(next.image, last.image).map { $0 - $1 })
    if moves.count > depth {
      moves.removeFirst()
      images.removeFirst()
    }
  }

  /// The image of the mixture of points whose moves nearly cancel.
  func step(from current: MappedPoint) -> [Double] {
    guard !moves.isEmpty else { return current.image }
    let move = current.move
    let gram = moves.map { first in moves.map { product(first, $0) } }
    let matrix = Matrix(rows: moves.count, columns: moves.count, elements: gram.flatMap { $0 })
    let shares = Cholesky(matrix).solve(moves.map { product($0, move) })
    var next = current.image
    for (image, share) in zip(images, shares) where share != 0 {
      for place in next.indices { next[place] -= share * image[place] }
    }
    return next
  }
}

private func product(_ first: [Double], _ second: [Double]) -> Double {
  first.withUnsafeBufferPointer { left in
    second.withUnsafeBufferPointer { right in
      guard let left = left.baseAddress, let right = right.baseAddress else { return 0 }
      return dot(left, right, first.count)
    }
  }
}

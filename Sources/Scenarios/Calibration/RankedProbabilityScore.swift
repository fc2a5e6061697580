import LinearAlgebra

/// The continuous ranked probability score of draws: E|X − y| − ½ E|X − X′|; smaller is better.
///
/// Gneiting and Raftery 2007 (10.1198/016214506000001437), equation 21, over all pairs of draws.
func rankedProbabilityScore(_ draws: [Double], truth: Double) -> Double {
  precondition(!draws.isEmpty, "A score needs draws.")
  let count = Double(draws.count)
  let distance = draws.reduce(0) { $0 + abs($1 - truth) } / count
  // Sorted, the sum over all pairs is one pass: each value counts for those below less those above.
  let spread = draws.sorted().enumerated().reduce(0) { sum, draw in
    sum + (2 * Double(draw.offset) + 1 - count) * draw.element
  }
  return distance - spread / (count * count)
}

/// A series that goes on from its last value by steps like those it has taken.
struct RandomWalk {
  private let last: Double
  private let step: Double

  /// Measures the steps between years that follow each other.
  init(_ values: [Double?]) {
    let steps = zip(values, values.dropFirst()).compactMap { before, after in
      before.flatMap { before in after.map { $0 - before } }
    }
    last = (values.last ?? nil) ?? 0
    step =
      steps.isEmpty
      ? 0 : (steps.reduce(0) { $0 + $1 * $1 } / Double(steps.count)).squareRoot()
  }

  /// Draws the value some years ahead.
  func draws(_ count: Int, ahead: Int, seed: UInt64, stream: UInt32) -> [Double] {
    let spread = step * Double(ahead).squareRoot()
    return (0..<count).map { index in
      var random = Philox(seed: ~seed, stream: stream, index: UInt64(index))
      return last + spread * random.nextNormal()
    }
  }
}

/// Which things are worse than others in every respect that can be compared.
///
/// One thing stands above another when it is at least as high in each respect and higher in one, whatever
/// the bounds leave open; things that are higher in different respects, or not known in one, cannot be
/// compared.
public struct Dominance: Hashable, Sendable {
  /// For each thing the places of those that it stands above.
  public let below: [[Int]]
  /// The layer of each thing: 0 when nothing stands above it, else one below the lowest that does.
  public let layers: [Int]

  /// Orders things by their respects; nil: not known.
  ///
  /// All things have as many respects.
  public init(_ things: [[Bounds?]]) {
    precondition(Set(things.map(\.count)).count <= 1, "All things have the same respects.")
    let below = things.indices.map { upper in
      things.indices.filter { stands(things[upper], above: things[$0]) }
    }
    self.below = below
    var layers = [Int](repeating: 0, count: things.count)
    // Each pass settles at least one layer more, and there are no more layers than things.
    for _ in things.indices {
      for upper in things.indices {
        for lower in below[upper] { layers[lower] = max(layers[lower], layers[upper] + 1) }
      }
    }
    self.layers = layers
  }
}

private func stands(_ upper: [Bounds?], above lower: [Bounds?]) -> Bool {
  var isHigher = false
  for (first, second) in zip(upper, lower) {
    guard let first, let second, let most = second.high, first.low >= most else { return false }
    if first.low > most { isHigher = true }
  }
  return isHigher
}

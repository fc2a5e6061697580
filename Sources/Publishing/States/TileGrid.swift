import Evidence

/// One tile of equal size for each state, near where the state lies.
struct TileGrid {
  /// The column from the west and the row from the north of each state, in the order given.
  let tiles: [Tile]

  struct Tile: Hashable {
    let column: Int
    let row: Int
  }

  /// Lays out the middles of states; with one of them unknown, all stand in the order given.
  init(_ middles: [Outlines.Point?]) {
    let known = middles.compactMap { $0 }
    let columns = max(1, Int((1.9 * Double(middles.count)).squareRoot().rounded(.up)))
    guard known.count == middles.count else {
      tiles = middles.indices.map { Tile(column: $0 % columns, row: $0 / columns) }
      return
    }
    // A third of the tiles stay free, so that coasts and gaps remain visible.
    let rows = (middles.count * 4 / 3 + columns - 1) / columns
    let wanted = zip(
      Self.spread(known.map(\.longitude), over: columns),
      Self.spread(known.map { -$0.latitude }, over: rows))
    let cells = (0..<rows).flatMap { row in
      (0..<columns).map { Tile(column: $0, row: row) }
    }
    let costs = wanted.map { column, row in
      cells.map { cell in
        let across = Double(cell.column) - column
        let down = Double(cell.row) - row
        return across * across + down * down
      }
    }
    tiles = Self.cheapest(costs).map { cells[$0] }
  }

  /// Places between 0 and `count` − 1: half by distance, half by rank, so that crowds have room.
  private static func spread(_ values: [Double], over count: Int) -> [Double] {
    guard let low = values.min(), let high = values.max(), high > low, values.count > 1 else {
      return values.map { _ in 0 }
    }
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var ranks = [Double](repeating: 0, count: values.count)
    for (rank, index) in order.enumerated() { ranks[index] = Double(rank) }
    return values.indices.map { index in
      let byDistance = (values[index] - low) / (high - low)
      let byRank = ranks[index] / Double(values.count - 1)
      return (byDistance + byRank) / 2 * Double(count - 1)
    }
  }

  /// One cell for each row of the costs: the nearest free one, then moves and swaps while they help.
  private static func cheapest(_ costs: [[Double]]) -> [Int] {
    var chosen = [Int](repeating: -1, count: costs.count)
    var owner = [Int?](repeating: nil, count: costs.first?.count ?? 0)
    let pairs = costs.indices.flatMap { row in owner.indices.map { (row, $0) } }
      .sorted { (costs[$0.0][$0.1], $0.0, $0.1) < (costs[$1.0][$1.1], $1.0, $1.1) }
    for (row, cell) in pairs where chosen[row] < 0 && owner[cell] == nil {
      chosen[row] = cell
      owner[cell] = row
    }
    var isImproving = true
    while isImproving {
      isImproving = false
      for row in costs.indices {
        for cell in owner.indices where cell != chosen[row] {
          let other = owner[cell]
          let before = costs[row][chosen[row]] + (other.map { costs[$0][cell] } ?? 0)
          let after = costs[row][cell] + (other.map { costs[$0][chosen[row]] } ?? 0)
          guard after < before - 1e-9 else { continue }
          owner[chosen[row]] = other
          if let other { chosen[other] = chosen[row] }
          chosen[row] = cell
          owner[cell] = row
          isImproving = true
        }
      }
    }
    return chosen
  }
}

import Documents

/// The days that a spell surely covers: from the last start that its dates allow to the first end.
struct CertainSpan: Hashable {
  let start: Day
  let end: Day

  init(start: Day, end: Day) {
    self.start = start
    self.end = end
  }

  init(_ spell: some Spell) {
    start = spell.start?.latest ?? .distantPast
    end = spell.to?.earliest ?? .distantFuture
  }

  /// Whether two spells surely share more than the day on which one hands over to the other.
  func overlaps(_ other: CertainSpan) -> Bool { start < other.end && other.start < end }
}

/// Finds spells that overlap.
enum Overlaps {
  /// Pairs each spell with the first later-starting one that it surely overlaps, if any.
  static func pairs(_ spans: [CertainSpan]) -> [(Int, Int)] {
    let order = spans.indices.sorted { (spans[$0].start, $0) < (spans[$1].start, $1) }
    var pairs: [(Int, Int)] = []
    for (rank, one) in order.enumerated() {
      for other in order[(rank + 1)...] {
        if spans[other].start >= spans[one].end { break }
        guard spans[one].overlaps(spans[other]) else { continue }
        pairs.append((one, other))
        break
      }
    }
    return pairs
  }
}

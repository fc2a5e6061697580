extension CasebookChecker {
  /// Checks that no chain of names comes back to where it began.
  mutating func checkLoops() {
    let corrections = casebook.claims.indices.compactMap { place in
      casebook.claims[place].supersedes.map { (place, casebook.claims[place].id, $0) }
    }
    report(
      \Claim.supersedes, Loops.find(corrections), "corrections go round in a circle",
      advice: "let the oldest claim supersede nothing")

    let parts = casebook.claims.indices.compactMap { place in
      casebook.claims[place].partOf.map { (place, casebook.claims[place].fact, $0) }
    }
    report(
      \Claim.partOf, Loops.find(parts), "the fact is a part of itself",
      advice: "let the whole be a part of nothing")

    let parents = casebook.actors.enumerated().compactMap { place, actor in
      actor.parent.map { (place, actor.id, $0) }
    }
    report(
      \Actor.parent, Loops.find(parents), "the actor belongs to itself",
      advice: "let the outermost actor have no parent")

    let groups = casebook.actors.enumerated().flatMap { place, actor in
      actor.members.map { (place, actor.id, $0) }
    }
    report(
      \Actor.members, Loops.find(groups), "the group is a member of itself",
      advice: "take one of them out")
  }

  private mutating func report<R: Record, ID: Identifier>(
    _ column: PartialKeyPath<R>, _ loops: [(place: Int, names: [ID])], _ message: String,
    advice: String
  ) {
    for loop in loops {
      let chain = (loop.names + loop.names.prefix(1)).map(\.rawValue).joined(separator: " → ")
      report(column, loop.place, nil, "\(message): \(chain)", advice: advice)
    }
  }
}

/// Finds circles in a chart of names.
enum Loops {
  /// Finds one circle through each knot of the chart, with the row that closes it.
  ///
  /// An arrow is the row that draws it and the two names. Depth-first, without recursion.
  static func find<ID: Identifier>(
    _ drawn: [(place: Int, from: ID, to: ID)]
  ) -> [(place: Int, names: [ID])] {
    var arrows: [ID: [(to: ID, place: Int)]] = [:]
    for arrow in drawn { arrows[arrow.from, default: []].append((arrow.to, arrow.place)) }
    var done: Set<ID> = []
    var loops: [(place: Int, names: [ID])] = []
    for start in drawn.map(\.from) where !done.contains(start) {
      var path: [ID] = [start]
      var depths: [ID: Int] = [start: 0]
      var cursors = [0]
      while let name = path.last {
        let next = arrows[name, default: []]
        let cursor = cursors[path.count - 1]
        guard cursor < next.count else {
          done.insert(name)
          depths[name] = nil
          path.removeLast()
          cursors.removeLast()
          continue
        }
        cursors[path.count - 1] += 1
        let arrow = next[cursor]
        if let depth = depths[arrow.to] {
          loops.append((arrow.place, Array(path[depth...])))
        } else if !done.contains(arrow.to) {
          depths[arrow.to] = path.count
          path.append(arrow.to)
          cursors.append(0)
        }
      }
    }
    return loops
  }
}

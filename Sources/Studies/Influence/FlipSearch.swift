import LinearAlgebra

/// Looks for the fewest parts of one kind whose absence flips an outcome's answer.
struct FlipSearch {
  let study: InfluenceStudy
  let subject: InfluenceStudy.Subject
  let whole: Influence.Standing
  /// The parts that reach the outcome, each with the standing without it.
  let singles: [(InfluenceStudy.Item, Influence.Standing)]

  /// The most pairs that are tried, all of them or none.
  private static let pairLimit = 2_000
  /// The most parts that are left out one after the other.
  private static let longest = 10

  /// The smallest flipping set of one or two, else one chosen part by part; nil when none was found.
  func smallest() throws -> Influence.FlippingSet? {
    if let single = best(singles.map { ([$0.0], $0.1) }, isSmallest: true) { return single }
    guard whole.estimate != nil else { return nil }
    let items = singles.map(\.0)
    let pairs = items.indices.flatMap { first in
      items.indices.dropFirst(first + 1).map { [items[first], items[$0]] }
    }
    let isExact = pairs.count <= Self.pairLimit
    if isExact, let pair = best(try evaluated(pairs), isSmallest: true) { return pair }
    return try greedy(isExact: isExact)
  }

  /// Among the sets that flip, the one that moves the estimate most.
  private func best(
    _ sets: [([InfluenceStudy.Item], Influence.Standing)], isSmallest: Bool
  ) -> Influence.FlippingSet? {
    let flipping = sets.filter { whole.flip(to: $0.1) != nil }
    let distance = { (standing: Influence.Standing) in
      abs((standing.estimate ?? 0) - (whole.estimate ?? 0))
    }
    guard let (items, standing) = flipping.max(by: { distance($0.1) < distance($1.1) }),
      let flip = whole.flip(to: standing), let kind = items.first?.kind
    else { return nil }
    return Influence.FlippingSet(
      kind: kind, names: items.map(\.name), without: standing, flip: flip, isSmallest: isSmallest)
  }

  private func evaluated(
    _ sets: [[InfluenceStudy.Item]]
  ) throws -> [([InfluenceStudy.Item], Influence.Standing)] {
    let results = try mapEach(sets.count, threads: study.threads) { place in
      try study.standings(without: sets[place], for: [subject])
    }
    return zip(sets, results).compactMap { set, found in found.first.map { (set, $0) } }
  }

  /// Leaves out, at each step, the part without which the estimate is nearest to the other sign.
  private func greedy(isExact: Bool) throws -> Influence.FlippingSet? {
    guard let sign = whole.estimate.map({ $0 < 0 ? -1.0 : 1 }) else { return nil }
    func closeness(_ standing: Influence.Standing) -> Double {
      standing.estimate.map { $0 * sign } ?? -.infinity
    }
    var chosen: [InfluenceStudy.Item] = []
    var rest = singles.filter { $0.1 != whole }.map(\.0)
    while chosen.count < Self.longest, !rest.isEmpty {
      let steps =
        chosen.isEmpty
        ? singles.filter { $0.1 != whole }.map { ([$0.0], $0.1) }
        : try evaluated(rest.map { chosen + [$0] })
      if let set = best(steps, isSmallest: isExact && chosen.count == 2) { return set }
      guard let next = steps.min(by: { closeness($0.1) < closeness($1.1) })?.0.last else { break }
      chosen.append(next)
      rest.removeAll { $0 == next }
    }
    return nil
  }
}

import Evidence

extension JoinAudit {
  /// Puts a zero in each year of existence in which a covered actor has no value.
  ///
  /// A year that a row speaks of without an amount is left open. So is every year when rows were
  /// skipped, since each of them may be the row that a year lacks.
  mutating func zeroFilled(
    _ values: [ActorID: [Int: Double]], _ covered: some Sequence<ActorID>,
    _ years: some Sequence<Int>, open: [ActorID: Set<Int>] = [:]
  ) -> [ActorID: [Int: BoundedNumber]] {
    var filled = values.mapValues { $0.mapValues { BoundedNumber(value: $0) } }
    leavesZerosOpen = !skipped.isEmpty
    guard !leavesZerosOpen else { return filled }
    for actor in covered {
      for year in years
      where identity.exists(actor, in: year) && filled[actor]?[year] == nil
        && open[actor]?.contains(year) != true
      {
        filled[actor, default: [:]][year] = BoundedNumber(value: 0)
      }
    }
    return filled
  }
}

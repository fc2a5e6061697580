extension Identity {
  /// Puts a zero in each year of existence in which a covered actor has no value.
  func zeroFilled(
    _ values: [ActorID: [Int: Double]], _ covered: some Sequence<ActorID>,
    _ years: some Sequence<Int>
  ) -> [ActorID: [Int: BoundedNumber]] {
    var filled = values.mapValues { $0.mapValues { BoundedNumber(value: $0) } }
    for actor in covered {
      for year in years where exists(actor, in: year) && filled[actor]?[year] == nil {
        filled[actor, default: [:]][year] = BoundedNumber(value: 0)
      }
    }
    return filled
  }
}

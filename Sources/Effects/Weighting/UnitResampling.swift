import LinearAlgebra

/// How other samples of a panel's units are taken for a standard error, each estimated again.
public enum UnitResampling: Hashable, Sendable {
  /// Leaves out one unit after the other.
  case jackknife(threads: Int = 1)
  /// Draws as many units as there are, with replacement, until some are treated and some are not.
  case bootstrap(draws: Int = 200, seed: UInt64, threads: Int = 1)

  /// The stream of random numbers that samples are drawn from.
  private static let stream: UInt32 = 2
}

extension UnitResampling {
  /// The effects on other samples than `sample`; nil for the jackknife of one treated unit, without which
  /// there is no effect.
  func replications(
    of sample: WeightingSample, _ att: @escaping @Sendable (WeightingSample) throws -> Double
  ) -> Replications? {
    switch self {
    case .jackknife(let threads):
      guard sample.treatedCount > 1 else { return nil }
      let units = sample.units
      return Replications(
        leavingOneOut: mapBlocks(units.count, blockSize: 1, threads: threads) { range in
          range.map { place in Result { try att(sample.without(units[place])) } }
        })
    case .bootstrap(let draws, let seed, let threads):
      return Replications(
        mapBlocks(draws, blockSize: 4, threads: threads) { range in
          range.map { index in
            var random = Philox(seed: seed, stream: Self.stream, index: UInt64(index))
            let drawn = sample.drawn(by: &random)
            return Result { try att(drawn) }
          }
        }, isEnumerated: false)
    }
  }
}

extension WeightingSample {
  /// All units, treated or not, in the panel's order.
  var units: [Int] { (donors + treated.values.joined()).sorted() }

  /// Units with the start of each, nil for donors.
  init(_ units: [Int], dates: [Int?]) {
    let dated = zip(units, dates).compactMap { unit, date in date.map { (unit, $0) } }
    treated = Dictionary(grouping: dated) { $0.1 }.mapValues { $0.map(\.0) }
    donors = zip(units, dates).filter { $0.1 == nil }.map(\.0)
  }

  /// The same sample without one unit.
  func without(_ unit: Int) -> WeightingSample {
    WeightingSample(
      treated: treated.mapValues { $0.filter { $0 != unit } }.filter { !$0.value.isEmpty },
      donors: donors.filter { $0 != unit })
  }

  /// As many units with their dates, drawn with replacement, some of them treated and some not.
  fileprivate func drawn(by random: inout Philox) -> WeightingSample {
    let units = self.units
    let starts = Dictionary(
      uniqueKeysWithValues: treated.flatMap { start, units in units.map { ($0, start) } })
    while true {
      let drawn = units.map { _ in units[Int(random.next(below: UInt32(units.count)))] }.sorted()
      let sample = WeightingSample(drawn, dates: drawn.map { starts[$0] })
      if !sample.donors.isEmpty, !sample.treated.isEmpty { return sample }
    }
  }
}

import LinearAlgebra

/// The ways in which adoption dates could have fallen among the units: enumerated or drawn.
///
/// A date is the place of a first treated period; nil stands for no treatment. Dates move within a
/// stratum only. An assignment is admissible when every unit given a date may have it.
struct Reassignment {
  /// The date that each unit really had.
  let observed: [Int?]
  /// The stratum of each unit; units outside every stratum (nil) keep their date.
  let strata: [Int?]
  /// For each unit, the dates that it may be given.
  let admissible: [Set<Int>]

  /// Some assignments, the share of candidates that was rejected, and whether they are all there are.
  struct Assignments {
    /// Dates, unit by unit; when enumerated, the observed one is among them.
    let dates: [[Int?]]
    let isEnumerated: Bool
    let rejected: Double
  }

  /// Enumerates the assignments when there are at most `limit` candidates, else draws `draws` of them.
  ///
  /// - Throws: `EffectError.noAdmissibleAssignment`.
  func assignments(
    limit: Int, draws: Int, seed: UInt64, threads: Int
  ) throws -> Assignments {
    guard let candidates = candidateCount(upTo: limit) else {
      return try drawn(draws, seed: seed, threads: threads)
    }
    let all = enumerated()
    guard !all.isEmpty else { throw EffectError.noAdmissibleAssignment(attempts: candidates) }
    return Assignments(
      dates: all, isEnumerated: true,
      rejected: 1 - Double(all.count) / Double(candidates))
  }

  /// The chance of treating exactly the observed units, were treatment given at random: 1/C(n,k),
  /// multiplied over the strata.
  var whoFloor: Double {
    members.values.reduce(1) { product, units in
      product / binomial(units.count, units.filter { observed[$0] != nil }.count)
    }
  }

  private var members: [Int: [Int]] {
    Dictionary(grouping: observed.indices.filter { strata[$0] != nil }) { strata[$0] ?? 0 }
  }

  /// The number of distinct candidates, admissible or not; nil when above `limit`.
  private func candidateCount(upTo limit: Int) -> Int? {
    var count = 1.0
    for units in members.values {
      var left = units.count
      for dated in Dictionary(grouping: units, by: { observed[$0] }) where dated.key != nil {
        count *= binomial(left, dated.value.count)
        left -= dated.value.count
      }
    }
    return count <= Double(limit) ? Int(count.rounded()) : nil
  }

  /// All distinct admissible assignments, in the lexical order of units and dates.
  private func enumerated() -> [[Int?]] {
    let strataInOrder = members.sorted { $0.key < $1.key }.map(\.value)
    var found: [[Int?]] = []
    var dates = observed
    func place(_ unit: Int, in units: [Int], stratum: Int, left: [Int?: Int]) {
      guard unit < units.count else { return fill(stratum + 1) }
      for date in left.keys.sorted(by: { ($0 ?? .max) < ($1 ?? .max) }) {
        guard let count = left[date], count > 0 else { continue }
        if let date, !admissible[units[unit]].contains(date) { continue }
        var rest = left
        rest[date] = count - 1
        dates[units[unit]] = date
        place(unit + 1, in: units, stratum: stratum, left: rest)
      }
    }
    func fill(_ stratum: Int) {
      guard stratum < strataInOrder.count else { return found.append(dates) }
      let units = strataInOrder[stratum]
      var left: [Int?: Int] = [:]
      for unit in units { left[observed[unit], default: 0] += 1 }
      place(0, in: units, stratum: stratum, left: left)
    }
    fill(0)
    return found
  }

  /// The stream of random numbers that adoption dates are drawn from.
  private static let stream: UInt32 = 1
  private static let attemptsPerDraw = 10_000

  private func drawn(_ draws: Int, seed: UInt64, threads: Int) throws -> Assignments {
    let pools = members.sorted { $0.key < $1.key }.map { DatePool($0.value, of: self) }
    let unmoved = observed.indices.map { strata[$0] == nil ? observed[$0] : nil }
    let sampled = mapBlocks(draws, threads: threads) { range in
      range.map { index -> (dates: [Int?], attempts: Int)? in
        if Cancellation.isCancelled { return nil }
        var random = Philox(seed: seed, stream: Self.stream, index: UInt64(index))
        var dates = unmoved
        for attempt in 1...Self.attemptsPerDraw
        where pools.allSatisfy({ $0.draw(&random, into: &dates) }) {
          return (dates, attempt)
        }
        return nil
      }
    }
    try Cancellation.check()
    let accepted = sampled.compactMap { $0 }
    guard accepted.count == draws else {
      throw EffectError.noAdmissibleAssignment(attempts: Self.attemptsPerDraw)
    }
    let attempts = accepted.reduce(0) { $0 + $1.attempts }
    return Assignments(
      dates: accepted.map(\.dates), isEnumerated: false,
      rejected: 1 - Double(draws) / Double(attempts))
  }
}

/// The units of one stratum and the dates that are drawn among them.
private struct DatePool: Sendable {
  private let units: [Int]
  private let dates: [Int]
  /// Unit after unit, whether it may be given each of the dates.
  private let isAdmissible: [Bool]

  init(_ units: [Int], of reassignment: Reassignment) {
    self.units = units
    let dates = units.compactMap { reassignment.observed[$0] }
    self.dates = dates
    isAdmissible = units.flatMap { unit in
      dates.map { reassignment.admissible[unit].contains($0) }
    }
  }

  /// Draws units for the dates in their order and gives them out; false when one is not admissible.
  ///
  /// The stratum's units in `given` are written only when all are.
  func draw(_ random: inout Philox, into given: inout [Int?]) -> Bool {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: units.count) { pool in
      for place in units.indices { pool.initializeElement(at: place, to: place) }
      for place in dates.indices {
        pool.swapAt(place, place + Int(random.next(below: UInt32(units.count - place))))
        guard isAdmissible[pool[place] * dates.count + place] else { return false }
      }
      for unit in units { given[unit] = nil }
      for place in dates.indices { given[units[pool[place]]] = dates[place] }
      return true
    }
  }
}

/// The number of ways to choose k of n, as a floating-point number.
package func binomial(_ n: Int, _ k: Int) -> Double {
  (0..<min(k, n - k)).reduce(1.0) { ($0 * Double(n - $1) / Double($1 + 1)).rounded() }
}

import LinearAlgebra

/// Random permutations of the units of several panels, the same for all of them.
///
/// Restricted to one panel, a permutation gives each of its units the date of another. Where a unit
/// cannot have that date, the panel has no effect under the permutation.
package struct UnitPermutations: Sendable {
  package let units: [String]
  /// For each draw, the place of the unit that each is permuted to.
  private let permutations: [[Int]]
  private let places: [String: Int]

  /// The streams of random numbers that permutations are drawn from, and a trial of them.
  private static let stream: UInt32 = 4
  private static let trialStream: UInt32 = 6
  private static let attemptsPerDraw = 100_000
  private static let trials = 5_000
  /// How many trial permutations must stay admissible.
  private static let leastAdmissible = 5

  /// Draws permutations that are admissible for `reference` and for as many other panels as can be
  /// asked for together.
  ///
  /// Panels are asked for in the order of how often a permutation is admissible for them, each unless
  /// fewer than one permutation in a thousand would be left. No outcome is looked at.
  ///
  /// - Throws: `EffectError.noAdmissibleAssignment`.
  package init(
    of units: [String], draws: Int, seed: UInt64, reference: DatedUnits?,
    others: Set<DatedUnits> = [], threads: Int = 1
  ) throws {
    self.units = units
    let places = Dictionary(uniqueKeysWithValues: zip(units, units.indices))
    self.places = places
    let first = reference.map { [PermutedPanel($0, places)] } ?? []
    let rest = others.map { PermutedPanel($0, places) }
    let asked = Self.jointly(first, rest, units: units.count, seed: seed, threads: threads)
    let drawn = mapBlocks(draws, blockSize: 8, threads: threads) { range in
      range.map { index -> [Int]? in
        var random = Philox(seed: seed, stream: Self.stream, index: UInt64(index))
        var permutation = Array(units.indices)
        for _ in 0..<Self.attemptsPerDraw {
          random.shuffle(&permutation)
          if asked.allSatisfy({ $0.dates(in: permutation) != nil }) { return permutation }
        }
        return nil
      }
    }
    permutations = drawn.compactMap { $0 }
    guard permutations.count == draws else {
      throw EffectError.noAdmissibleAssignment(attempts: Self.attemptsPerDraw)
    }
  }

  /// The panels that are asked for together, the strictest first, so that most attempts end there.
  private static func jointly(
    _ first: [PermutedPanel], _ rest: [PermutedPanel], units: Int, seed: UInt64, threads: Int
  ) -> [PermutedPanel] {
    guard !rest.isEmpty else { return first }
    let trials = mapBlocks(Self.trials, threads: threads) { range in
      range.map { index -> [Int] in
        var random = Philox(seed: seed, stream: trialStream, index: UInt64(index))
        var permutation = Array(0..<units)
        random.shuffle(&permutation)
        return permutation
      }
    }
    @Sendable func admitted(_ panel: PermutedPanel) -> [Bool] {
      trials.map { panel.dates(in: $0) != nil }
    }
    var left = first.reduce([Bool](repeating: true, count: trials.count)) {
      zip($0, admitted($1)).map { $0 && $1 }
    }
    let candidates = mapBlocks(rest.count, blockSize: 1, threads: threads) { range in
      range.map { (panel: rest[$0], admitted: admitted(rest[$0])) }
    }.map { (panel: $0.panel, admitted: $0.admitted, count: $0.admitted.count { $0 }) }
      .sorted { ($1.count, $0.panel.key) < ($0.count, $1.panel.key) }
    var asked = first
    for candidate in candidates {
      let both = zip(left, candidate.admitted).map { $0 && $1 }
      guard both.count(where: { $0 }) >= leastAdmissible else { continue }
      left = both
      asked.append(candidate.panel)
    }
    return asked.reversed()
  }

  package var count: Int { permutations.count }

  /// The dates of a panel's units under each of some draws; nil where they are not admissible.
  func dates(of units: DatedUnits, draws: Range<Int>) -> [[Int?]?] {
    let panel = PermutedPanel(units, places)
    return draws.map { panel.dates(in: permutations[$0]) }
  }
}

/// The units of one panel, when each was first treated, and which dates each could have.
package struct DatedUnits: Hashable, Sendable {
  let names: [String]
  let starts: [Int?]
  let admissible: [Set<Int>]
}

extension ReassignableEffect {
  package var datedUnits: DatedUnits {
    DatedUnits(names: units, starts: starts, admissible: admissible)
  }
}

/// One panel's units among those that are permuted.
private struct PermutedPanel: Sendable {
  private let starts: [Int?]
  /// Unit after unit, whether it may be given the date of each unit.
  private let isAdmissible: [Bool]
  /// For each permuted unit, its place in the panel; nil: it is not in it.
  private let own: [Int?]

  init(_ units: DatedUnits, _ places: [String: Int]) {
    starts = units.starts
    isAdmissible = units.admissible.flatMap { dates in
      units.starts.map { start in start.map(dates.contains) ?? true }
    }
    var own = [Int?](repeating: nil, count: places.count)
    for (place, name) in units.names.enumerated() {
      guard let there = places[name] else {
        preconditionFailure("The units of a panel are among those that are permuted.")
      }
      own[there] = place
    }
    self.own = own
  }

  /// A text that tells panels apart, for an order among those that are as often admissible.
  var key: String {
    String(own.map { $0 == nil ? "0" : "1" }) + String(isAdmissible.map { $0 ? "1" : "0" })
      + starts.map { $0.map(String.init) ?? "-" }.joined(separator: ",")
  }

  /// Gives each unit the date of the one that it is permuted to; nil when it may not have it.
  ///
  /// Where that one is not in the panel, the date of the one that it is permuted to in turn, and so on:
  /// a uniform permutation of all units gives a uniform one of each panel's, and panels agree wherever
  /// they can.
  func dates(in permutation: [Int]) -> [Int?]? {
    var given = starts
    for (unit, place) in own.enumerated() {
      guard let place else { continue }
      var other = permutation[unit]
      while own[other] == nil { other = permutation[other] }
      guard let source = own[other], isAdmissible[place * starts.count + source] else { return nil }
      given[place] = starts[source]
    }
    return given
  }
}

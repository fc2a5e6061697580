import LinearAlgebra
public import Panels

/// What several outcomes say under the same reassigned dates, each counted for being one of several.
///
/// Westfall and Young 1993 (ISBN 978-0-471-55761-6), step-down on the least p: p's of every assignment
/// are ranks among all assignments, so outcomes on any scale are held against each other.
public struct StepDown: Hashable, Sendable {
  /// The two-sided p of each outcome by itself, under the assignments that all outcomes share.
  public let p: [Double]
  /// The p of each outcome, adjusted for the others: at most a share α of assignments without effect has
  /// any of them at or below α.
  public let adjusted: [Double]
  /// The number of assignments, without the observed one when they were drawn.
  public let assignments: Int
  public let isEnumerated: Bool
  /// The share of candidate assignments that were not admissible.
  public let rejected: Double
  /// For each outcome, the assignments that left nothing to estimate: it has the p 1 there.
  public let undefined: [Int]
}

extension StepDown {
  /// Ranks the sizes of each outcome's effects, and steps down from the least p.
  ///
  /// `sizes` has a row for each outcome, a number for each assignment, the observed one at `place`; nil
  /// where there was nothing to estimate.
  static func ps(_ sizes: [[Double?]], at place: Int) -> (own: [Double], adjusted: [Double]) {
    let ranked = sizes.map(rankedPs)
    let own = ranked.map { $0[place] }
    let order = own.indices.sorted { (own[$0], $0) < (own[$1], $1) }
    var adjusted = own
    var least = [Double](repeating: 1, count: ranked.first?.count ?? 0)
    for outcome in order.reversed() {
      for index in least.indices { least[index] = min(least[index], ranked[outcome][index]) }
      // Shares of different numbers of assignments are compared, so equal ones may differ by rounding.
      let count = least.count { $0 <= own[outcome] + 1e-12 }
      // Assignments without an estimate count among all here and not for the outcome alone.
      adjusted[outcome] = max(own[outcome], Double(count) / Double(least.count))
    }
    for (outcome, before) in zip(order.dropFirst(), order) {
      adjusted[outcome] = max(adjusted[outcome], adjusted[before])
    }
    return (own, adjusted)
  }

  /// For each assignment the share of all that are at least as far from zero; 1 where undefined.
  private static func rankedPs(_ sizes: [Double?]) -> [Double] {
    let sorted = sizes.compactMap(\.self).sorted()
    return sizes.map { size in
      guard let size else { return 1 }
      // Two sums of the same changes in another order differ by rounding only.
      let least = size - 1e-12 * max(1, size)
      let below = sorted.partitioningIndex { $0 >= least }
      return Double(sorted.count - below) / Double(sorted.count)
    }
  }
}

extension Randomization {
  /// Tests several outcomes by one estimator, a panel each.
  ///
  /// - Throws: as the test of several estimators.
  public func stepDown(
    _ estimator: any ReassignableEstimator, on panels: [Panel]
  ) throws -> StepDown {
    try stepDown(panels.map { (estimator, $0) })
  }

  /// Tests several outcomes, a panel each, under one reassignment of the units of all panels.
  ///
  /// Each panel sees the part of an assignment that its units have. A date after its last period is none
  /// to it; a unit whose date lies where nobody's effect could be told there is left out, as the
  /// estimator would. An assignment is admissible when it is in every panel.
  ///
  /// - Throws: as `test`; `EffectError.datesDiffer` when panels do not agree on a unit's date.
  public func stepDown(
    _ outcomes: [(estimator: any ReassignableEstimator, panel: Panel)]
  ) throws -> StepDown {
    precondition(!outcomes.isEmpty, "A test of several outcomes needs one.")
    let joint = try JointReassignment(outcomes)
    let reassignment = joint.reassignment { unit in strata.map { $0[unit] } ?? 0 }
    let drawn = try reassignment.assignments(
      limit: enumerationLimit, draws: draws, seed: seed, threads: threads)
    // Drawn assignments do not hold the observed one: it is one more.
    let all = drawn.isEnumerated ? drawn.dates : [reassignment.observed] + drawn.dates
    let results = mapBlocks(all.count, blockSize: 16, threads: threads) { range in
      range.map { index in
        Result {
          try Cancellation.check()
          return try joint.sizes(all[index])
        }
      }
    }
    let sizes = try results.map { try $0.get() }
    let rows = outcomes.indices.map { outcome in sizes.map { $0[outcome] } }
    guard let place = all.firstIndex(of: reassignment.observed) else {
      preconditionFailure("The observed dates are admissible.")
    }
    if let outcome = rows.firstIndex(where: { $0[place] == nil }) {
      _ = try joint.effects[outcome].statistic(
        joint.adoptions(of: outcome, reassignment.observed))
    }
    let ps = StepDown.ps(rows, at: place)
    return StepDown(
      p: ps.own, adjusted: ps.adjusted, assignments: drawn.dates.count,
      isEnumerated: drawn.isEnumerated, rejected: drawn.rejected,
      undefined: rows.map { row in row.count { $0 == nil } })
  }
}

/// The units of several panels, and what a date given to one of them is in each panel.
struct JointReassignment: Sendable {
  let effects: [ReassignableEffect]
  /// All units that take part somewhere, in the order in which panels bring them.
  private let units: [String]
  /// The place in `units` of each unit of an effect.
  private let members: [[Int]]
  /// The places in `dates` of each unit's observed date.
  private let observed: [Int?]
  /// For each effect, what each date is in its panel.
  private let adoptions: [[Adoption]]

  /// - Throws: `EffectError` as the estimator does; `EffectError.datesDiffer`.
  init(_ outcomes: [(estimator: any ReassignableEstimator, panel: Panel)]) throws {
    let panels = outcomes.map(\.panel)
    let dates = Set(panels.flatMap { $0.cohorts.compactMap(\.start) }).sorted()
    let laidOut = try outcomes.map { try $0.estimator.reassignable(on: $0.panel, alsoAt: dates) }
    // Dates that some panel can tell move; where another cannot, their units stay in its pool.
    let moving = Set(
      dates.filter { date in laidOut.contains { $0.adoption(of: date).date != nil } })
    let effects = try zip(outcomes, laidOut).map { outcome, effect in
      let outside = moving.filter { effect.adoption(of: $0) == .leftOut }
      guard !outside.isEmpty else { return effect }
      return try outcome.estimator
        .reassignable(on: outcome.panel.withoutDates(outside), alsoAt: dates)
    }
    var places: [String: Int] = [:]
    var units: [String] = []
    for unit in effects.flatMap(\.units) where places[unit] == nil {
      places[unit] = units.count
      units.append(unit)
    }
    let cohorts = try Self.cohorts(effects, panels, places)
    self.effects = effects
    self.units = units
    observed = cohorts.map { cohort in
      cohort?.start.flatMap { moving.contains($0) ? dates.firstIndex(of: $0) : nil }
    }
    members = effects.map { $0.units.compactMap { places[$0] } }
    adoptions = effects.map { effect in dates.map { effect.adoption(of: $0) } }
  }

  /// The cohort of each unit, by its place among all.
  private static func cohorts(
    _ effects: [ReassignableEffect], _ panels: [Panel], _ places: [String: Int]
  ) throws -> [Cohort?] {
    var cohorts = [Cohort?](repeating: nil, count: places.count)
    for (effect, panel) in zip(effects, panels) {
      let own = Dictionary(uniqueKeysWithValues: zip(panel.units, panel.cohorts))
      for unit in effect.units {
        guard let place = places[unit], let cohort = own[unit] else { continue }
        if let other = cohorts[place], other != cohort {
          throw EffectError.datesDiffer(unit: unit, other.start, cohort.start)
        }
        cohorts[place] = cohort
      }
    }
    return cohorts
  }

  /// Dates, by their place among all, and the units that may be given them in every panel.
  func reassignment(stratum: (String) -> Int?) -> Reassignment {
    var admissible = units.map { _ in Set(adoptions[0].indices) }
    for (effect, (members, adoptions)) in zip(effects, zip(members, adoptions)) {
      for (own, unit) in members.enumerated() {
        admissible[unit] = admissible[unit].filter { date in
          adoptions[date].date.map { effect.admissible[own].contains($0) } ?? true
        }
      }
    }
    return Reassignment(
      observed: observed, strata: units.map(stratum), admissible: admissible)
  }

  /// What an assignment is in one panel.
  func adoptions(of effect: Int, _ dates: [Int?]) -> [Adoption] {
    members[effect].map { unit in dates[unit].map { adoptions[effect][$0] } ?? .never }
  }

  /// The size of each effect under an assignment; nil where it leaves nothing to estimate.
  func sizes(_ dates: [Int?]) throws -> [Double?] {
    try effects.indices.map { place in
      do {
        return abs(try effects[place].effect(adoptions(of: place, dates)).effect)
      } catch is EffectError {
        return nil
      }
    }
  }
}

extension ReassignableEffect {
  /// What a date is in the panel.
  fileprivate func adoption(of date: Period) -> Adoption {
    guard let place = periods.firstIndex(where: { $0 >= date }) else {
      return date.number > periods[periods.count - 1].number + anticipation ? .never : .leftOut
    }
    return admissible.contains { $0.contains(place) } ? .at(place) : .leftOut
  }
}

extension Panel {
  /// The same panel with the units of these dates taken for never-treated.
  fileprivate func withoutDates(_ dates: Set<Period>) throws -> Panel {
    try with(
      cohorts: cohorts.map { cohort in
        cohort.start.map { dates.contains($0) } ?? false ? .neverTreated : cohort
      })
  }
}

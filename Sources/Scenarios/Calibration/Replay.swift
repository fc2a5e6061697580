public import Effects
public import Evidence
public import Indicators
public import Panels
public import Studies

/// A past accession drawn from what was observed until two years before it, and then compared with what came.
///
/// The data are today's, cut in time, not the vintages of the time.
public struct Replay: Hashable, Sendable {
  public let outcome: String
  public let actor: ActorID
  /// The year of joining.
  public let event: Int
  public let result: Result

  /// How the projection did, or why there could be none.
  public enum Result: Hashable, Sendable {
    case scored(Score)
    case notReplayable(Refusal)
  }

  /// Why an accession cannot be replayed.
  public enum Refusal: Error, Hashable, Sendable {
    /// No earlier accession had been seen before and after it by the year of the cut.
    case noneSeen(by: Int)
    /// Nobody had joined by the year of the cut.
    case nobodyJoined(by: Int)
    /// The state's own values end before its accession, or begin after it.
    case valuesOnOneSide
    /// What a step of the projection throws, in its words.
    case failed(String)
  }

  /// How draws compare with what came, over the years from the event on.
  public struct Score: Hashable, Sendable {
    public let years: ClosedRange<Int>
    /// The mean continuous ranked probability score, in the outcome's unit; smaller is better.
    public let crps: Double
    /// That of a random walk from the last value.
    public let naive: Double
    /// How many of the years lie in the band of 50, 80 and 95 %.
    public let covered: Covered
    public let count: Int
  }

  /// Years inside each band.
  public struct Covered: Hashable, Sendable {
    public let half: Int
    public let eighty: Int
    public let ninetyFive: Int
  }

  /// The years between the last value that is used and the event.
  static let lead = 2
}

extension OutcomeAnswer {
  /// Replays every accession of the outcome's panel.
  ///
  /// Empty where the outcome cannot be decided, or is estimated otherwise than by group-time.
  public func replays(draws: Int = 2_000, seed: UInt64, threads: Int = 1) -> [Replay] {
    guard let estimator = estimates.first?.estimator.groupTime else { return [] }
    return panel.units.indices.filter { panel.isTreatedInside(unit: $0) }.compactMap { unit in
      guard let start = panel.cohorts[unit].start else { return nil }
      return Replay(
        outcome: id, actor: ActorID(panel.units[unit]), event: start.number,
        result: panel.replay(
          of: panel.units[unit], by: estimator, within: series.indicator.range,
          draws: draws, seed: seed, threads: threads))
    }
  }
}

extension Panel {
  /// Replays the accession of one unit.
  ///
  /// The unit is one of the panel's that is first treated inside it; values lie in `range`.
  public func replay(
    of unit: String, by estimator: GroupTimeDiD, within range: ValueRange = .unbounded,
    draws: Int = 2_000, seed: UInt64, threads: Int = 1
  ) -> Replay.Result {
    guard let place = units.firstIndex(of: unit), isTreatedInside(unit: place),
      let start = cohorts[place].start
    else { preconditionFailure("\(unit) does not join inside the panel.") }
    return ReplayedAccession(
      panel: self, unit: place, start: start.number, estimator: estimator, range: range
    ).result(draws: draws, seed: seed, threads: threads)
  }
}

/// One accession on its way to a score.
struct ReplayedAccession {
  let panel: Panel
  let unit: Int
  let start: Int
  let estimator: GroupTimeDiD
  var range = ValueRange.unbounded

  private var cut: Int { start - Replay.lead }

  func result(draws: Int, seed: UInt64, threads: Int) -> Replay.Result {
    do {
      let past = try past()
      let effects = try EffectDistribution(try estimator.estimate(past))
      return try score(effects, draws: draws, seed: seed, threads: threads)
    } catch let refusal as Replay.Refusal {
      return .notReplayable(refusal)
    } catch is EffectError {
      return .notReplayable(.noneSeen(by: cut))
    } catch { return .notReplayable(.failed("\(error)")) }
  }

  /// The panel as it stood at the cut: later years are gone, and so are later accessions.
  private func past() throws -> Panel {
    let kept = panel.periods.indices.filter { panel.periods[$0].number <= cut }
    let learnt = panel.cohorts.contains { cohort in cohort.start.map { $0.number <= cut } ?? false }
    guard learnt, !kept.isEmpty else {
      throw Replay.Refusal.nobodyJoined(by: cut)
    }
    return try panel.with(periods: kept).with(
      cohorts: panel.cohorts.map { cohort in
        cohort.start.map { $0.number <= cut } ?? false ? cohort : .neverTreated
      })
  }

  private func values() -> [Int: Double] {
    Dictionary(
      uniqueKeysWithValues: panel.periods.indices.compactMap { period in
        panel.cell(unit: unit, period: period).value.map { (panel.periods[period].number, $0) }
      })
  }

  private func score(
    _ effects: EffectDistribution, draws: Int, seed: UInt64, threads: Int
  ) throws -> Replay.Result {
    let values = values()
    let known = values.keys.filter { $0 <= cut }.sorted()
    let seen = values.keys.filter { $0 >= start && $0 <= start + effects.lastEventTime }.sorted()
    guard let first = known.first, let last = known.last, let end = seen.last else {
      throw Replay.Refusal.valuesOnOneSide
    }
    let baseline = try Baseline(
      (first...last).map { values[$0] }, horizon: end - last, within: range)
    let path = Path(
      baseline: baseline, last: last, event: start, end: end, effect: .estimated(effects),
      transfer: 1...1, anticipation: 0, range: range)
    let stream = UInt32(replayStream + unit)
    let drawn = path.draws(draws, seed: seed, stream: stream, threads: threads)
    let walk = RandomWalk((first...last).map { values[$0] })
    let scores = seen.map { year in
      let place = year - last - 1
      let truth = values[year] ?? 0
      let ahead = drawn.map { range.held($0.baseline[place] + $0.difference[place]) }
      return YearScore(
        truth, draws: ahead,
        naive: walk.draws(draws, ahead: place + 1, seed: seed, stream: stream).map(range.held))
    }
    return .scored(Replay.Score(scores, years: (seen.first ?? end)...end))
  }
}

/// Streams of random numbers from here on belong to replays.
private let replayStream = 2_000_000

extension Replay.Score {
  fileprivate init(_ scores: [YearScore], years: ClosedRange<Int>) {
    self.years = years
    count = scores.count
    crps = scores.reduce(0) { $0 + $1.crps } / Double(scores.count)
    naive = scores.reduce(0) { $0 + $1.naive } / Double(scores.count)
    covered = Replay.Covered(
      half: scores.count { $0.fan.half.contains($0.truth) },
      eighty: scores.count { $0.fan.eighty.contains($0.truth) },
      ninetyFive: scores.count { $0.fan.ninetyFive.contains($0.truth) })
  }
}

extension [Replay.Score] {
  /// All years of several replays together; nil when there is none.
  public var together: Replay.Score? {
    guard let first = map(\.years.lowerBound).min(), let last = map(\.years.upperBound).max()
    else { return nil }
    let count = reduce(0) { $0 + $1.count }
    func mean(_ value: (Replay.Score) -> Double) -> Double {
      reduce(0) { $0 + value($1) * Double($1.count) } / Double(count)
    }
    func sum(_ value: (Replay.Covered) -> Int) -> Int { reduce(0) { $0 + value($1.covered) } }
    return Replay.Score(
      years: first...last, crps: mean(\.crps), naive: mean(\.naive),
      covered: Replay.Covered(
        half: sum(\.half), eighty: sum(\.eighty), ninetyFive: sum(\.ninetyFive)), count: count)
  }
}

/// One year of a replay.
private struct YearScore {
  let truth: Double
  let fan: Fan
  let crps: Double
  let naive: Double

  init(_ truth: Double, draws: [Double], naive: [Double]) {
    self.truth = truth
    fan = Fan(year: 0, draws: draws)
    crps = rankedProbabilityScore(draws, truth: truth)
    self.naive = rankedProbabilityScore(naive, truth: truth)
  }
}

import LinearAlgebra
public import Panels

/// The synthetic controls of several treated units.
public struct StaggeredEffects: Hashable, Sendable {
  public let estimator: StaggeredSyntheticControl
  /// The mean effect over the treated cells estimated.
  public let att: Double
  /// The mean gap of the units by event time; before 0, how far their average was missed.
  public let eventTimes: [EventTimeEffect]
  public let units: [StaggeredUnit]
  /// ν: how much the average counted against the units.
  public let share: Double
  public let balance: PoolingBalance
  /// The balance under separate weights.
  public let separateBalance: PoolingBalance
  /// The duality gap of the weights, relative.
  public let residual: Double
  public let dropped: [Dropped]
}

/// The synthetic control of one of several treated units.
public struct StaggeredUnit: Hashable, Sendable {
  public let unit: String
  /// The first treated period.
  public let cohort: Period
  /// The mean gap over the treated periods estimated.
  public let att: Double
  public let periods: [SyntheticPeriod]
  public let donorWeights: [UnitWeight]
  public let fit: GapFit
}

extension StaggeredEffects {
  init(
    _ estimator: StaggeredSyntheticControl, _ fit: StaggeredFit, panel: Panel, dropped: [Dropped]
  ) {
    self.estimator = estimator
    att = fit.att
    eventTimes = fit.eventTimes(panel)
    units = zip(fit.blocks, zip(fit.gaps, fit.found.weights)).map { block, found in
      StaggeredUnit(block, gaps: found.0, weights: found.1, panel: panel)
    }
    share = fit.share
    balance = fit.balance
    separateBalance = fit.separateBalance
    residual = fit.found.residual
    self.dropped = dropped
  }
}

extension StaggeredUnit {
  fileprivate init(_ block: CohortBlock, gaps: [Double], weights: [Double], panel: Panel) {
    unit = panel.units[block.treated[0]]
    cohort = panel.periods[block.start]
    att = mean(Array(gaps[block.preCount...]))
    periods = block.syntheticPeriods(gaps: gaps, panel: panel)
    donorWeights = block.named(weights, panel: panel)
    fit = GapFit(gaps: gaps, preCount: block.preCount, scale: block.scale)
  }
}

extension StaggeredFit {
  /// The mean gap over the treated cells.
  var att: Double {
    mean(zip(blocks, gaps).flatMap { $1[$0.preCount...] })
  }

  /// The mean gap by event time, over the units that have it.
  func eventTimes(_ panel: Panel) -> [EventTimeEffect] {
    let timed = zip(blocks, gaps).flatMap { block, gaps in
      zip(block.window, gaps).map { place, gap in
        (time: panel.periods[place].since(panel.periods[block.start]), gap: gap)
      }
    }
    return Dictionary(grouping: timed, by: \.time).sorted { $0.key < $1.key }.map {
      EventTimeEffect(eventTime: $0.key, att: mean($0.value.map(\.gap)), cells: $0.value.count)
    }
  }
}

/// The standard errors of leaving out one unit after the other.
public struct StaggeredErrors: Hashable, Sendable {
  /// That of the mean effect; nil where it is rounding.
  public let overall: Double?
  /// Those of the effects from event time 0 on; absent where fewer than two replications have one, or where
  /// it is rounding.
  public let eventTimes: [EventTime: Double]
  /// Units without which nothing could be estimated, and why.
  public let failed: [FailedUnit]
}

extension StaggeredSyntheticControl {
  /// The jackknife over units, with all weights found again and ν held at its value for the whole panel.
  ///
  /// Nil with one treated unit, or when fewer than two replications can be made.
  ///
  /// - Throws: as `estimate` does.
  public func jackknife(_ panel: Panel, threads: Int = 1) throws -> StaggeredErrors? {
    let whole = try WeightingDesign(panel, prePeriods: prePeriods)
    guard whole.sample.treatedCount > 1 else { return nil }
    let share = try fit(whole.sample, of: panel).share
    let held = StaggeredSyntheticControl(
      pooling: pooling == .partial() ? .partial(share: share) : pooling,
      hasIntercept: hasIntercept, leads: leads(of: whole.sample, in: panel))
    let units = whole.sample.units
    let results = mapBlocks(units.count, blockSize: 1, threads: threads) { range in
      range.map { place in
        Result { try held.fit(whole.sample.without(units[place]), of: panel) }
      }
    }
    let fits = results.compactMap { try? $0.get() }
    guard fits.count > 1 else { return nil }
    func error(of estimates: [Double]) -> Double? {
      Estimate(att: 0, error: jackknifeError(estimates), scale: panel.scale).standardError
    }
    let times = fits.map { $0.eventTimes(panel).filter { $0.eventTime.number >= 0 } }
    let errors = Dictionary(grouping: times.joined(), by: \.eventTime).compactMapValues { found in
      found.count > 1 ? error(of: found.map(\.att)) : nil
    }
    return StaggeredErrors(
      overall: error(of: fits.map(\.att)), eventTimes: errors,
      failed: zip(units, results).compactMap { unit, result in
        guard case .failure(let error) = result else { return nil }
        return FailedUnit(unit: panel.units[unit], failure: EstimationFailure(error))
      })
  }
}

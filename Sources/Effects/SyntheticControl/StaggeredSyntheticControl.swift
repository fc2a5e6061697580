import LinearAlgebra
public import Panels
import Documents

/// Synthetic controls for several treated units, fitted one by one, together, or in between.
///
/// Ben-Michael, Feller and Rothstein 2022 (10.1111/rssb.12448). Each treated unit has weights of its own
/// over its own donors. Weights that miss each unit little can miss their average by much, and the other
/// way round; partial pooling minimises a mixture ν of both squared misses, each over its value under
/// separate weights (their section 4.1). Donors of a unit are never treated, or first treated more than
/// `leads` periods after it.
public struct StaggeredSyntheticControl: Hashable, Sendable {
  public let pooling: Pooling
  /// Whether each unit's own mean before the treatment is taken out first.
  public let hasIntercept: Bool
  /// How many periods from the first treated one on are estimated; nil: as many as the units treated
  /// last have.
  public let leads: Int?

  public init(pooling: Pooling, hasIntercept: Bool = false, leads: Int? = nil) {
    if case .partial(let share?) = pooling {
      precondition((0...1).contains(share), "A share of pooling lies between 0 and 1.")
    }
    precondition(leads.map { $0 > 0 } ?? true, "At least one period is estimated.")
    self.pooling = pooling
    self.hasIntercept = hasIntercept
    self.leads = leads
  }

  /// What the weights come near to.
  public enum Pooling: Hashable, Sendable {
    /// Each treated unit on its own: ν = 0.
    case separate
    /// A mixture, with ν given or, when nil, how far the separate errors fail to cancel: the size of
    /// their mean over their mean size.
    case partial(share: Double? = nil)
    /// The average of the treated units: ν = 1. Of all weights that serve it equally, those that
    /// miss the units least.
    case pooled
  }

  /// Pre-periods that the weights need.
  var prePeriods: Int { hasIntercept ? 2 : 1 }

  /// Estimates the effect on each treated unit.
  ///
  /// - Throws: `EffectError` when nobody is treated inside the panel or a unit has no complete donor;
  ///   `LinearAlgebraError.notOptimal` when a certificate fails.
  public func estimate(_ panel: Panel) throws -> StaggeredEffects {
    let design = try WeightingDesign(panel, prePeriods: prePeriods)
    let fit = try fit(design.sample, of: panel)
    return StaggeredEffects(self, fit, panel: panel, dropped: design.dropped + fit.dropped(panel))
  }

  /// Fits the weights of a sample.
  func fit(_ sample: WeightingSample, of panel: Panel) throws -> StaggeredFit {
    let leads = leads(of: sample, in: panel)
    let samples = sample.starts.flatMap { start in
      let later = sample.starts.filter { $0 > start + leads }.flatMap { sample.treated[$0] ?? [] }
      return (sample.treated[start] ?? []).map { unit in
        (start, WeightingSample(treated: [start: [unit]], donors: (sample.donors + later).sorted()))
      }
    }
    let blocks = try samples.map { start, own in
      try CohortBlock(
        panel, sample: own, start: start, prePeriods: prePeriods,
        end: min(start + leads, panel.periods.count))
    }
    return try StaggeredFit(blocks, samples: samples.map(\.1), estimator: self)
  }

  /// The number of treated periods estimated for each unit.
  func leads(of sample: WeightingSample, in panel: Panel) -> Int {
    leads ?? (panel.periods.count - (sample.starts.last ?? 0))
  }
}

/// The weights of all treated units of a sample.
struct StaggeredFit {
  let blocks: [CohortBlock]
  /// Each treated unit with all who could have been its donors.
  private let samples: [WeightingSample]
  /// For each treated unit, its outcomes and its donors' as they were weighted.
  let rows: [CenteredRows]
  let found: PooledWeights
  /// ν.
  let share: Double
  let balance: PoolingBalance
  let separateBalance: PoolingBalance

  init(
    _ blocks: [CohortBlock], samples: [WeightingSample], estimator: StaggeredSyntheticControl
  ) throws {
    let rows = blocks.map { CenteredRows($0, hasIntercept: estimator.hasIntercept) }
    let problem = PooledProblem(
      zip(blocks, rows).map { block, rows in
        PooledProblem.Part(
          problem: SimplexProblem(
            count: block.donorCount, length: block.preCount, penalty: 0, hasIntercept: false
          ) { rows.outcomes[$0, $1] },
          lags: block.window.prefix(block.preCount).map { block.start - $0 })
      })
    let separate = try problem.separateWeights()
    let before = PoolingBalance(problem, separate.errors)
    let (share, found) = try Self.pooled(problem, separate, before, estimator.pooling)
    self.blocks = blocks
    self.samples = samples
    self.rows = rows
    self.found = found
    self.share = share
    balance = PoolingBalance(problem, found.errors)
    separateBalance = before
  }

  /// The share ν and the weights under it.
  private static func pooled(
    _ problem: PooledProblem, _ separate: PooledWeights, _ balance: PoolingBalance,
    _ pooling: StaggeredSyntheticControl.Pooling
  ) throws -> (Double, PooledWeights) {
    // One target is its own average, and what is met already cannot be met better.
    let isSettled = problem.parts.count == 1 || balance.pooled <= 1e-12 * balance.separate
    switch pooling {
    case .separate: return (0, separate)
    case .pooled:
      guard !isSettled else { return (1, separate) }
      return (1, try problem.leastOnAverage(from: separate))
    case .partial(let given):
      let share = given ?? balance.triangleRatio
      guard !isSettled, share > 0 else { return (share, separate) }
      guard share < 1 else {
        return (share, try problem.leastOnAverage(from: separate))
      }
      let offset = [Double](repeating: 0, count: problem.length)
      return (
        share, try problem.optimum(balance.shares(share, problem), offset: offset, from: separate)
      )
    }
  }

  /// The observed less the synthetic outcome of each treated unit, over its window.
  var gaps: [[Double]] { zip(rows, found.weights).map { $0.gaps($1) } }

  /// What could not take part: donors with a gap, and periods that a treated unit lacks.
  func dropped(_ panel: Panel) -> [Dropped] {
    zip(blocks, samples).flatMap { $0.dropped(panel, sample: $1) }.uniqued
  }
}

/// By how much weights miss the treated units before their treatment.
public struct PoolingBalance: Hashable, Sendable {
  /// The root of the mean over units of each one's mean square error.
  public let separate: Double
  /// The root mean square, over lags, of the errors' mean over units.
  public let pooled: Double
  /// The size of the mean error over the mean size of the errors: 0 when they cancel, 1 when all are alike.
  public let triangleRatio: Double

  init(_ problem: PooledProblem, _ errors: [[Double]]) {
    let units = Double(errors.count)
    let sum = problem.sum(errors)
    let size = sequentialDot(sum, sum).squareRoot() / units
    separate = mean(errors.map { sequentialDot($0, $0) / Double($0.count) }).squareRoot()
    pooled = size / Double(problem.length).squareRoot()
    let sizes = mean(errors.map { sequentialDot($0, $0).squareRoot() })
    triangleRatio = sizes > 0 ? min(1, size / sizes) : 0
  }

  /// (1 − ν)q²/q̂² of the units and ν q²/q̂² of their average, as factors of squared errors.
  func shares(_ share: Double, _ problem: PooledProblem) -> PooledShares {
    let units = Double(problem.parts.count)
    return PooledShares(
      separate: problem.parts.map {
        (1 - share) / (separate * separate * units * Double($0.problem.length))
      },
      pooled: share / (pooled * pooled * units * units * Double(problem.length)))
  }
}

import LinearAlgebra
public import Panels

/// Synthetic control: donors weighted to follow one treated unit before its treatment.
///
/// Abadie, Diamond and Hainmueller 2010 (10.1198/jasa.2009.ap08746). Without predictors the weights
/// minimise the gap in the outcomes of all periods before the treatment. With predictors these are
/// scaled by their standard deviation over all units and weighted by V.
///
/// Several weightings can be optimal where donors repeat each other or outnumber what they are to meet.
/// Taken is the one that the nearest donor leads to: at each step the donor towards which the gap falls
/// fastest comes in, in the panel's order among equals, and none that is a mixture of those with weight. So
/// at most one donor more has weight than there are periods (predictors) to meet, and of two alike the first.
/// A search for V first asks which of them follows the outcomes best.
public struct SyntheticControl: Hashable, Sendable {
  public let predictors: [Predictor]
  /// How the predictors are weighted.
  public let weighting: PredictorWeighting
  /// The periods whose mean square gap the search minimises; nil for all before the treatment.
  public let lossPeriods: ClosedRange<Int>?

  /// The synthetic control of the outcomes before the treatment alone.
  public static let outcomeOnly = SyntheticControl(predictors: [], weighting: .equal)

  public init(
    predictors: [Predictor], weighting: PredictorWeighting,
    lossPeriods: ClosedRange<Int>? = nil
  ) {
    self.predictors = predictors
    self.weighting = weighting
    self.lossPeriods = lossPeriods
  }

  /// How predictors are weighted.
  public enum PredictorWeighting: Hashable, Sendable {
    case equal
    /// Given, in the order of the predictors.
    case given([Double])
    /// Searched for the smallest loss, from equal, regression-based, single and some random starts.
    ///
    /// Each predictor keeps at least `smallestShare` of the largest weight. The smallest loss is often
    /// found where next to nothing is left to all but one of them, which ties down only one mixture of the
    /// donors: ask for a larger share to keep the predictors in.
    case search(randomStarts: Int = 8, smallestShare: Double = 1e-16, seed: UInt64)

    var smallestShare: Double? {
      if case .search(_, let share, _) = self { share } else { nil }
    }
  }

  /// Pre-periods that the weights need.
  static let prePeriods = 1

  /// Estimates the gaps of the panel's one treated unit.
  ///
  /// - Throws: `EffectError` when not one unit is treated, no donor is complete or a predictor has no
  ///   values; `LinearAlgebraError.notOptimal` when a certificate fails.
  public func estimate(_ panel: Panel) throws -> SyntheticControlEffects {
    let design = try SingleDesign(panel)
    let fit = try fit(panel, unit: design.unit, start: design.start, donors: design.donors)
    return SyntheticControlEffects(
      fit, panel: panel, dropped: design.dropped + fit.dropped(panel, donors: design.donors))
  }

  /// Estimates the gaps of each of the panel's treated units, cohort by cohort.
  ///
  /// - Throws: as `estimate`, but for several treated units.
  public func estimateEach(_ panel: Panel) throws -> [SyntheticControlEffects] {
    let design = try WeightingDesign(panel, prePeriods: Self.prePeriods)
    let donors = design.sample.donors
    return try design.sample.starts.flatMap { start in
      try (design.sample.treated[start] ?? []).map { unit in
        let fit = try fit(panel, unit: unit, start: start, donors: donors)
        return SyntheticControlEffects(
          fit, panel: panel, dropped: design.dropped + fit.dropped(panel, donors: donors))
      }
    }
  }
}

/// The one treated unit of a panel and its possible donors.
struct SingleDesign {
  let unit: Int
  let start: Int
  let donors: [Int]
  let dropped: [Dropped]

  init(_ panel: Panel) throws {
    let design = try WeightingDesign(panel, prePeriods: SyntheticControl.prePeriods)
    let treated = design.sample.treated
    guard let start = design.sample.starts.first, let unit = treated[start]?.first,
      design.sample.treatedCount == 1
    else {
      let units = treated.values.joined().sorted().map { panel.units[$0] }
      throw EffectError.severalTreated(units: units)
    }
    self.unit = unit
    self.start = start
    donors = design.sample.donors
    dropped = design.dropped
  }
}

/// One unit's synthetic control.
struct SyntheticControlFit: Sendable {
  let block: CohortBlock
  let donorWeights: [Double]
  let predictorNames: [String]
  let predictorWeights: [Double]
  let loss: Double
  let residual: Double

  var gaps: [Double] {
    (0..<block.window.count).map { period in
      block.donors.indices.reduce(block.outcomes[block.donorCount, period]) {
        $0 - donorWeights[$1] * block.outcomes[$1, period]
      }
    }
  }

  func dropped(_ panel: Panel, donors: [Int]) -> [Dropped] {
    let sample = WeightingSample(treated: [block.start: block.treated], donors: donors)
    return block.dropped(panel, sample: sample)
  }
}

extension SyntheticControl {
  /// Weighs some donors to follow a unit up to `start`.
  func fit(
    _ panel: Panel, unit: Int, start: Int, donors: [Int]
  ) throws -> SyntheticControlFit {
    let sample = WeightingSample(treated: [start: [unit]], donors: donors)
    let block = try CohortBlock(
      panel, sample: sample, start: start, prePeriods: Self.prePeriods)
    if predictors.isEmpty { return try outcomeFit(block) }
    let table = try PredictorTable(
      predictors, of: block.donors + [unit], panel: panel, before: start)
    let numbers = block.window.prefix(block.preCount).map { panel.periods[$0].number }
    let loss = numbers.indices.filter { lossPeriods?.contains(numbers[$0]) ?? true }
    return try predictorFit(block, table, lossPlaces: loss, unit: unit)
  }

  private func outcomeFit(_ block: CohortBlock) throws -> SyntheticControlFit {
    let problem = SimplexProblem(
      count: block.donorCount, length: block.preCount, penalty: 0, hasIntercept: false
    ) { block.outcomes[$0, $1] }
    let (weights, residual) = try problem.optimum()
    let errors = problem.errors(weights)
    return SyntheticControlFit(
      block: block, donorWeights: weights, predictorNames: [], predictorWeights: [],
      loss: mean(errors.map { $0 * $0 }), residual: residual)
  }

  private func predictorFit(
    _ block: CohortBlock, _ table: PredictorTable, lossPlaces: [Int], unit: Int
  ) throws -> SyntheticControlFit {
    let outcomes = (0...block.donorCount).flatMap { row in
      lossPlaces.map { block.outcomes[row, $0] }
    }
    var search = PredictorSearch(
      predictors: lessLastRow(table.values, rows: block.donorCount + 1),
      outcomes: lessLastRow(outcomes, rows: block.donorCount + 1), donorCount: block.donorCount,
      smallestShare: weighting.smallestShare)
    let solution =
      switch weighting {
      case .equal: try search.solution(uniform(table.count))
      case .given(let weights): try search.solution(weights)
      case .search(let randomStarts, let share, let seed):
        try search.search(
          from: searchStarts(
            predictors: table.values, outcomes: outcomes, units: block.donorCount + 1,
            smallestShare: share, random: randomStarts, seed: seed, stream: Self.stream),
          steps: Self.searchSteps)
      }
    return SyntheticControlFit(
      block: block, donorWeights: solution.donorWeights, predictorNames: table.names,
      predictorWeights: solution.predictorWeights, loss: solution.loss,
      residual: solution.residual)
  }

  /// The stream of random numbers that starts are drawn from.
  private static let stream: UInt32 = 3
  private static let searchSteps = 200
}

/// All rows but the last, less the last.
private func lessLastRow(_ values: [Double], rows: Int) -> [Double] {
  let width = values.count / rows
  let last = values.count - width
  return (0..<last).map { values[$0] - values[last + $0 % width] }
}

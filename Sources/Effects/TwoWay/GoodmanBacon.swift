import LinearAlgebra
public import Panels

/// One comparison of two cohorts inside two-way fixed effects, and what it counts.
public struct TwoWayComparison: Hashable, Sendable {
  /// The cohort that changes treatment.
  public let treated: Period
  /// The cohort it is compared with: never treated, or before or after its own treatment.
  public let comparison: Cohort
  public let weight: Double
  /// The difference in differences of the two.
  public let estimate: Double
}

/// Splits the coefficient of two-way fixed effects into differences in differences of two cohorts.
///
/// Goodman-Bacon 2021, theorem 1 (equations 10a to 10g), for complete panels; nil for others, and for
/// weighted or adjusted ones. The weights add to one.
func goodmanBaconDecomposition(_ design: AdoptionDesign) -> [TwoWayComparison]? {
  guard design.covariates.isEmpty, design.panel.weights == nil, design.isUsed.allSatisfy({ $0 })
  else { return nil }
  let cohorts = Set(design.starts).sorted { ($0 ?? .max) < ($1 ?? .max) }
    .map { CohortPath($0, of: design) }
  let comparisons = cohorts.filter { $0.start != nil }.flatMap { treated in
    cohorts.filter { $0.start != treated.start }.map { WeightedComparison(treated, $0) }
  }
  let total = comparisons.reduce(0) { $0 + $1.weight }
  return comparisons.map { comparison in
    TwoWayComparison(
      treated: design.panel.periods[comparison.treated],
      comparison: comparison.comparison.map { .firstTreated(design.panel.periods[$0]) }
        ?? .neverTreated,
      weight: comparison.weight / total, estimate: comparison.estimate)
  }
}

/// The mean outcome of one cohort in each period.
private struct CohortPath {
  let start: Int?
  /// The share of units, and of periods in which they are treated.
  let share: Double
  let treatedShare: Double
  private let means: [Double]

  init(_ start: Int?, of design: AdoptionDesign) {
    self.start = start
    let units = design.starts.indices.filter { design.starts[$0] == start }
    let periods = design.periodCount
    share = Double(units.count) / Double(design.starts.count)
    treatedShare = start.map { Double(periods - $0) / Double(periods) } ?? 0
    means = (0..<periods).map { period in
      mean(units.map { design.panel.values[$0 * periods + period] })
    }
  }

  /// The change of the mean from the periods before a date, from `first` on, to those up to `end`.
  func change(at date: Int, from first: Int, to end: Int) -> Double {
    mean(Array(means[date..<end])) - mean(Array(means[first..<date]))
  }

  /// The end of the periods.
  var end: Int { means.count }
}

/// A comparison with its weight before it is divided by the treatment's variance.
private struct WeightedComparison {
  let treated: Int
  let comparison: Int?
  let weight: Double
  let estimate: Double

  init(_ treated: CohortPath, _ other: CohortPath) {
    let start = treated.start ?? 0
    self.treated = start
    comparison = other.start
    let (own, theirs) = (treated.treatedShare, other.treatedShare)
    // Periods in which the comparison does not change treatment.
    let first: Int
    let end: Int
    let variation: Double
    if let date = other.start, date < start {
      (first, end) = (date, treated.end)
      variation = own * (theirs - own)
    } else {
      (first, end) = (0, other.start ?? treated.end)
      variation = (own - theirs) * (1 - own)
    }
    weight = treated.share * other.share * variation
    estimate =
      treated.change(at: start, from: first, to: end)
      - other.change(at: start, from: first, to: end)
  }
}

import LinearAlgebra
public import Panels
import Documents

/// What an estimator found, in the terms that all estimators share.
public struct SharedEffects: Hashable, Sendable {
  /// The mean effect, with its error where the estimator has one.
  public let overall: Estimate
  /// The effects by event time.
  ///
  /// Before the treatment: the tested leads of linear estimators, and of the others what weights or factors
  /// leave of the treated's own outcomes.
  public let eventTime: [AggregatedEffect]
  /// The joint test of the effects before the treatment; nil when there is none.
  public let preTrend: WaldTest?
  /// How closely the treated are followed before their treatment; nil where no weights are found.
  ///
  /// The median, over the treated, of the root mean square gap as a share of the standard deviation (n − 1)
  /// of the never-treated's outcomes in the same periods.
  public let gapBefore: Double?
  /// What the estimator leaves out of the panel, and why.
  public let dropped: [Dropped]
}

extension SharedEffects {
  /// Effects that are gaps between the treated and what they are compared with.
  init(att: Double, paths: [GapPath], dropped: [Dropped], panel: Panel) {
    self.init(
      overall: Estimate(att: att, standardError: nil), eventTime: eventTimeMeans(paths),
      preTrend: nil, gapBefore: medianGapBefore(paths, of: panel), dropped: dropped.uniqued)
  }
}

/// The gaps of some units, first treated together, to what they are compared with.
struct GapPath {
  let units: Int
  let start: Period
  let gaps: [(period: Period, gap: Double)]

  /// The root mean square gap before the treatment; nil without a period before it.
  var before: Double? {
    let squares = gaps.filter { $0.period < start }.map { $0.gap * $0.gap }
    return squares.isEmpty ? nil : (squares.reduce(0, +) / Double(squares.count)).squareRoot()
  }
}

/// The mean gap at each event time, each path counted by its units.
private func eventTimeMeans(_ paths: [GapPath]) -> [AggregatedEffect] {
  var sums: [Int: (sum: Double, weight: Double)] = [:]
  for path in paths {
    for (period, gap) in path.gaps {
      let time = period.since(path.start).number
      let (sum, weight) = sums[time] ?? (0, 0)
      sums[time] = (sum + gap * Double(path.units), weight + Double(path.units))
    }
  }
  return sums.sorted { $0.key < $1.key }.map { time, total in
    AggregatedEffect(
      key: time, estimate: Estimate(att: total.sum / total.weight, standardError: nil))
  }
}

/// The median over the treated of their gap before treatment, in standard deviations of the never-treated.
private func medianGapBefore(_ paths: [GapPath], of panel: Panel) -> Double? {
  let ratios = paths.flatMap { path -> [Double] in
    guard let gap = path.before, let spread = panel.spreadOfUntreated(before: path.start),
      spread > 0
    else { return [] }
    return [Double](repeating: gap / spread, count: path.units)
  }
  return ratios.isEmpty ? nil : median(ofSorted: ratios.sorted())
}

extension Panel {
  /// The standard deviation (n − 1) of what is observed of the never-treated before a period.
  fileprivate func spreadOfUntreated(before start: Period) -> Double? {
    let last = periods[periods.count - 1]
    let values = units.indices.filter { cohorts[$0].start.map { $0 > last } ?? true }
      .flatMap { unit in
        periods.indices.filter { periods[$0] < start }
          .compactMap { cell(unit: unit, period: $0).value }
      }
    guard values.count > 1 else { return nil }
    let centre = mean(values)
    let squares = values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
    return (squares / Double(values.count - 1)).squareRoot()
  }
}

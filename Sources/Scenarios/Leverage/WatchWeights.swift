/// How much each respect of a watch list counts, as the reader says.
public struct WatchWeights: Hashable, Sendable {
  public let share: Double
  public let yearsLeft: Double
  public let clauses: Double
  /// That the exposed actor pays for an exit.
  public let exit: Double
  public let concerns: Double

  /// - Throws: `ScenarioError.impossibleWeights` when one is negative or all are nothing.
  public init(
    share: Double = 0, yearsLeft: Double = 0, clauses: Double = 0, exit: Double = 0,
    concerns: Double = 0
  ) throws {
    self.share = share
    self.yearsLeft = yearsLeft
    self.clauses = clauses
    self.exit = exit
    self.concerns = concerns
    guard values.allSatisfy({ $0 >= 0 && $0.isFinite }), values.contains(where: { $0 > 0 }) else {
      throw ScenarioError.impossibleWeights
    }
  }

  var values: [Double] { [share, yearsLeft, clauses, exit, concerns] }
}

extension WatchList {
  /// An exposure with its weighted mean of respects.
  public struct Weighted: Hashable, Sendable {
    public let item: Item
    /// From 0 to 1; a respect that no evidence tells lies anywhere between, so that this is a range.
    public let index: ClosedRange<Double>
  }

  /// The exposures by the weighted mean of their respects, each as a part of the list's largest.
  ///
  /// Highest middle of the range first; of equal ones the list's own order.
  public func weighted(by weights: WatchWeights) -> [Weighted] {
    let respects = items.map(\.respects.values)
    let largest = weights.values.indices.map { place in
      respects.compactMap { $0[place] }.map { $0.high ?? $0.low }.max() ?? 0
    }
    let scored = zip(items, respects).map { item, values in
      Weighted(item: item, index: weights.mean(of: values, largest: largest))
    }
    return scored.enumerated().sorted { first, second in
      let (left, right) = (first.element.middle, second.element.middle)
      return left == right ? first.offset < second.offset : left > right
    }.map(\.element)
  }
}

extension WatchList.Weighted {
  fileprivate var middle: Double { (index.lowerBound + index.upperBound) / 2 }
}

extension WatchWeights {
  fileprivate func mean(of respects: [Bounds?], largest: [Double]) -> ClosedRange<Double> {
    let whole = values.reduce(0, +)
    var (low, high) = (0.0, 0.0)
    for (place, weight) in values.enumerated() {
      let part = respects[place].map { bounds in
        largest[place] > 0 ? bounds.scaled(by: 1 / largest[place]) : Bounds(0)
      }
      low += weight * (part?.low ?? 0)
      high += weight * (part?.high ?? 1)
    }
    return (low / whole)...(max(low, high) / whole)
  }
}

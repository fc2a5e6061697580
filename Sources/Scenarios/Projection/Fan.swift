/// Where the draws of one year lie: the median and the bounds of 50, 80 and 95 % of them.
public struct Fan: Hashable, Sendable {
  public let year: Int
  public let median: Double
  public let half: ClosedRange<Double>
  public let eighty: ClosedRange<Double>
  public let ninetyFive: ClosedRange<Double>

  /// Sorts the draws of one year; each bound is a draw itself (type 1 quantile).
  init(year: Int, draws: [Double]) {
    precondition(!draws.isEmpty, "A fan needs draws.")
    let sorted = draws.sorted()
    func quantile(_ p: Double) -> Double {
      let place = Int((p * Double(sorted.count)).rounded(.up)) - 1
      return sorted[max(0, min(sorted.count - 1, place))]
    }
    self.year = year
    median = quantile(0.5)
    half = quantile(0.25)...quantile(0.75)
    eighty = quantile(0.1)...quantile(0.9)
    ninetyFive = quantile(0.025)...quantile(0.975)
  }
}

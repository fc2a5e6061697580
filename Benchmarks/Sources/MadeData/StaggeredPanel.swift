package import Panels

/// A made panel in which about a third of the units is treated, each twelfth of those at its own date.
package struct StaggeredPanel {
  package let panel: Panel

  private static let dates = 12

  /// Makes units × periods cells without effect, `gapShare` of them absent, the same for the same seed.
  package init(units: Int, periods: Int, gapShare: Double, seed: UInt64) throws {
    var random = RandomBits(seed: seed)
    let starts = (0..<units).map { unit -> Int? in
      guard unit * 3 < units else { return nil }
      return periods / 3 + (unit % Self.dates) * periods / (2 * Self.dates)
    }
    let cells = starts.map { start in
      (1...periods).map { period -> Cell in
        let value = random.nextUnit() + random.nextUnit()
        // Treated units keep their base, so that none of them is dropped.
        let isGap = random.nextUnit() < gapShare && start.map { period + 1 != $0 } ?? true
        return isGap ? .absent(.missing) : .observed(value)
      }
    }
    panel = try Panel(
      units: (0..<units).map { "u\($0)" }, periods: (1...periods).map { Period($0) }, cells: cells,
      cohorts: starts.map { $0.map { .firstTreated(Period($0)) } ?? .neverTreated })
  }
}

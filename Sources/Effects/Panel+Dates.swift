import Panels

extension Panel {
  /// The place of the first period in which a unit is treated; nil when that is not in the panel.
  func start(ofUnit unit: Int) -> Int? {
    cohorts[unit].start.flatMap { start in periods.firstIndex { $0 >= start } }
  }

  /// The place of the last period before a start and its anticipation; nil when there is none.
  func base(ofStart start: Int, anticipation: Int) -> Int? {
    periods.lastIndex { $0.number + anticipation < periods[start].number }
  }

  /// Why a unit's dates, or its absence throughout, let it take no part; nil when they do not.
  func reasonOfDates(_ unit: Int, anticipation: Int, isObserved: Bool) -> String? {
    guard isObserved else { return "never observed" }
    guard let start = start(ofUnit: unit) else {
      let last = periods[periods.count - 1].number
      guard let later = cohorts[unit].start, later.number <= last + anticipation
      else { return nil }
      return "treated in \(later), so its anticipation reaches into the panel"
    }
    guard base(ofStart: start, anticipation: anticipation) == nil else { return nil }
    return "treated in \(periods[start]), before the panel has a period to compare with"
  }
}

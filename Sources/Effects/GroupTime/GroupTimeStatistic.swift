import Panels

/// The overall effect and the largest pre-treatment effect under any adoption dates, without errors.
///
/// The same numbers as `GroupTimeDiD.estimate`, for many assignments of dates: the changes from each
/// base are laid out once, and an assignment only adds rows of them up.
struct GroupTimeStatistic: Sendable {
  private let options: GroupTimeDiD
  private let periods: [Int]
  private let unitCount: Int
  /// The changes since each date's base period, by the date's place.
  private let post: [Int: Changes]
  /// The changes over each pre-treatment cell that the pre-trend looks at, by the date's place.
  private var pre: [Int: [PreCell]]

  /// The earliest event time that the pre-trend looks at.
  private static let earliestEventTime = -5

  /// Lays out the changes; `dates` are the places of the periods that can be a first treated one.
  init(_ design: GroupTimeDesign) {
    let panel = design.panel
    options = design.options
    periods = panel.periods.map(\.number)
    unitCount = panel.units.count
    let bases = Dictionary(
      uniqueKeysWithValues: design.cohorts.compactMap { date in
        panel.base(ofStart: date, anticipation: design.options.anticipation).map { (date, $0) }
      })
    post = bases.mapValues { Changes(design, base: $0) }
    pre = [:]
    // Units that were really treated jump within other units' pre-periods; the estimated effect is
    // taken out of those, so that the pre-trend is judged against changes without treatment.
    let effect = self(design.starts).effect
    pre = Dictionary(
      uniqueKeysWithValues: bases.map { date, base in
        (date, Self.preCells(design, date: date, base: base, effect: effect))
      })
  }

  /// Whether a unit may be given each date: its base cell and one cell after it are observed.
  static func admissibleDates(_ design: GroupTimeDesign) -> [Set<Int>] {
    let panel = design.panel
    return panel.units.indices.map { unit in
      Set(
        design.cohorts.filter { date in
          guard let base = panel.base(ofStart: date, anticipation: design.options.anticipation)
          else { return false }
          return panel.isObserved(unit: unit, period: base)
            && (date..<panel.periods.count).contains { panel.isObserved(unit: unit, period: $0) }
        })
    }
  }

  /// The statistic when the units are first treated at these dates; `late` are the period numbers of
  /// treatments after the panel's end, which no assignment moves.
  func callAsFunction(_ dates: [Int?]) -> AssignmentStatistic {
    let starts = dates.map { $0.map { periods[$0] } ?? Int.max }
    var effect = WeightedSum()
    var dose = WeightedSum()
    var before: [Int: WeightedSum] = [:]
    for date in post.keys.sorted() {
      let treated = dates.indices.filter { dates[$0] == date }
      guard !treated.isEmpty else { continue }
      addPost(date, treated: treated, starts: starts, effect: &effect, dose: &dose)
      addPre(date, treated: treated, starts: starts, to: &before)
    }
    return AssignmentStatistic(
      effect: effect.mean, dose: dose.mean,
      preTrend: before.values.map { abs($0.mean) }.max())
  }

  /// Whether a unit first treated in `start` may be compared in a cell that reaches `last`.
  private func isComparison(start: Int, own: Int, reaching last: Int) -> Bool {
    guard start != .max else { return true }
    return options.comparison == .notYetTreated && start > last + options.anticipation
      && start != own
  }

  /// Adds the post cells of one date, each weighted by the number treated.
  private func addPost(
    _ date: Int, treated: [Int], starts: [Int], effect: inout WeightedSum, dose: inout WeightedSum
  ) {
    guard let changes = post[date] else { return }
    let width = periods.count
    var treatedSums = RowSums(width: width)
    var comparedSums = RowSums(width: width)
    for unit in treated { treatedSums.add(changes, row: unit, columns: date..<width) }
    for unit in 0..<unitCount {
      let end = comparisonEnd(start: starts[unit], own: periods[date])
      if end > date { comparedSums.add(changes, row: unit, columns: date..<end) }
    }
    let weight = Double(treated.count)
    for column in date..<width {
      let n = treatedSums.counts[column]
      let m = comparedSums.counts[column]
      guard n > 0, m > 0 else { continue }
      effect.add(treatedSums.outcomes[column] / n - comparedSums.outcomes[column] / m, weight)
      dose.add(treatedSums.doses[column] / n - comparedSums.doses[column] / m, weight)
    }
  }

  /// The place before which a unit first treated in `start` is still a comparison.
  private func comparisonEnd(start: Int, own: Int) -> Int {
    guard start != .max else { return periods.count }
    guard options.comparison == .notYetTreated, start > own else { return 0 }
    return periods.partitioningIndex { $0 + options.anticipation >= start }
  }

  /// Adds the pre-treatment cells of one date to the sums by event time.
  private func addPre(
    _ date: Int, treated: [Int], starts: [Int], to sums: inout [Int: WeightedSum]
  ) {
    let weight = Double(treated.count)
    for cell in pre[date] ?? [] {
      var treatedMean = WeightedSum()
      var comparedMean = WeightedSum()
      for unit in treated where cell.isObserved[unit] { treatedMean.add(cell.changes[unit], 1) }
      for unit in 0..<unitCount where cell.isObserved[unit] {
        if isComparison(start: starts[unit], own: periods[date], reaching: cell.reach) {
          comparedMean.add(cell.changes[unit], 1)
        }
      }
      guard treatedMean.weight > 0, comparedMean.weight > 0 else { continue }
      sums[cell.eventTime, default: WeightedSum()].add(
        treatedMean.mean - comparedMean.mean, weight)
    }
  }

  private static func preCells(
    _ design: GroupTimeDesign, date: Int, base: Int, effect: Double
  ) -> [PreCell] {
    let panel = design.panel
    return (0..<date).compactMap { period in
      let eventTime = panel.periods[period].since(panel.periods[date]).number
      let from = design.options.base == .varying ? period - 1 : base
      guard eventTime >= earliestEventTime, from >= 0, from != period else { return nil }
      let observed = panel.units.indices.map {
        panel.isObserved(unit: $0, period: period) && panel.isObserved(unit: $0, period: from)
      }
      let changes = panel.units.indices.map { unit -> Double in
        let row = unit * panel.periods.count
        let dose = design.dose(unit, period) - design.dose(unit, from)
        return panel.values[row + period] - panel.values[row + from] - effect * dose
      }
      return PreCell(
        eventTime: eventTime, reach: panel.periods[max(period, from)].number, changes: changes,
        isObserved: observed)
    }
  }
}

/// The changes of all units over one pre-treatment cell.
private struct PreCell: Sendable {
  let eventTime: Int
  /// The later of the cell's two periods.
  let reach: Int
  let changes: [Double]
  let isObserved: [Bool]
}

/// Changes since one base period, unit after unit: of the outcome, and of the treatment really given.
private struct Changes: Sendable {
  let width: Int
  let outcomes: [Double]
  let doses: [Double]
  /// 1 where both periods are observed, else 0, as are the changes there.
  let counts: [Double]

  init(_ design: GroupTimeDesign, base: Int) {
    let panel = design.panel
    width = panel.periods.count
    var outcomes = [Double](repeating: 0, count: panel.values.count)
    var doses = outcomes
    var counts = outcomes
    for unit in panel.units.indices where panel.isObserved(unit: unit, period: base) {
      let row = unit * panel.periods.count
      for period in panel.periods.indices where panel.isObserved(unit: unit, period: period) {
        outcomes[row + period] = panel.values[row + period] - panel.values[row + base]
        doses[row + period] = design.dose(unit, period) - design.dose(unit, base)
        counts[row + period] = 1
      }
    }
    self.outcomes = outcomes
    self.doses = doses
    self.counts = counts
  }
}

/// Sums of changes over units, period by period.
private struct RowSums {
  var outcomes: [Double]
  var doses: [Double]
  var counts: [Double]

  init(width: Int) {
    outcomes = [Double](repeating: 0, count: width)
    doses = outcomes
    counts = outcomes
  }

  mutating func add(_ changes: Changes, row: Int, columns: Range<Int>) {
    let offset = row * changes.width
    for column in columns {
      outcomes[column] += changes.outcomes[offset + column]
      doses[column] += changes.doses[offset + column]
      counts[column] += changes.counts[offset + column]
    }
  }
}

/// A weighted mean in the making.
private struct WeightedSum {
  private var sum = 0.0
  private(set) var weight = 0.0

  mutating func add(_ value: Double, _ share: Double) {
    sum += value * share
    weight += share
  }

  var mean: Double { sum / weight }
}

import Panels

/// The overall effect and the largest pre-treatment effect under any adoption dates, without errors.
///
/// The same numbers as `GroupTimeDiD.estimate`, for many assignments of dates: the changes from each
/// base are laid out once, and an assignment only adds rows of them up, four periods at a time in a
/// fixed order.
struct GroupTimeStatistic: Sendable {
  private let options: GroupTimeDiD
  private let periods: [Int]
  private let unitCount: Int
  /// The dates that units may be given, as places of periods, ascending.
  private let dates: [Int]
  private let post: [PostCells]
  private var pre: [[PreCell]]

  /// The earliest event time that the pre-trend looks at.
  private static let earliestEventTime = -5
  /// The event times that the pre-trend looks at.
  static let preTrendEventTimes = earliestEventTime..<0

  init(_ design: GroupTimeDesign) {
    options = design.options
    periods = design.panel.periods.map(\.number)
    unitCount = design.panel.units.count
    let bases = design.cohorts.compactMap { date in
      design.panel.base(ofStart: date, anticipation: design.options.anticipation)
        .map { (date: date, base: $0) }
    }
    dates = bases.map(\.date)
    post = bases.map { PostCells(design, date: $0.date, base: $0.base) }
    pre = []
    // Units that were really treated jump within other units' pre-periods; the estimated effect is
    // taken out of those, so that the pre-trend is judged against changes without treatment.
    let effect = self(design.starts).effect
    pre = bases.map { Self.preCells(design, date: $0.date, base: $0.base, effect: effect) }
  }

  /// The dates that each unit may be given: its base cell and one cell from the date on are observed.
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

  /// The statistic when the units are first treated at these dates, given as places of periods.
  func callAsFunction(_ assignment: [Int?]) -> AssignmentStatistic {
    let starts = assignment.map { $0.map { periods[$0] } ?? Int.max }
    let ends = comparisonEnds(starts)
    var sums = PostSums()
    var before: [EventSum] = .init(repeating: EventSum(), count: -Self.earliestEventTime)
    for (place, date) in dates.enumerated() {
      let own = periods[date]
      let treated = starts.indices.filter { starts[$0] == own }
      guard !treated.isEmpty else { continue }
      post[place].add(treated: treated, starts: starts, ends: ends, own: own, to: &sums)
      guard !pre.isEmpty else { continue }
      for cell in pre[place] { add(cell, starts: starts, own: own, to: &before) }
    }
    return AssignmentStatistic(
      effect: sums.effect, dose: sums.dose,
      preTrend: before.compactMap(\.mean).map { abs($0) }.max())
  }

  /// For each unit the place before which it is still a comparison; 0 when it never is.
  private func comparisonEnds(_ starts: [Int]) -> [Int] {
    starts.map { start in
      guard start != .max else { return periods.count }
      guard options.comparison == .notYetTreated else { return 0 }
      return periods.partitioningIndex { $0 + options.anticipation >= start }
    }
  }

  /// Adds one pre-treatment cell to the sum of its event time, weighted by the number treated.
  private func add(_ cell: PreCell, starts: [Int], own: Int, to sums: inout [EventSum]) {
    var treated = (sum: 0.0, count: 0.0)
    var compared = (sum: 0.0, count: 0.0)
    var weight = 0.0
    let isNotYet = options.comparison == .notYetTreated
    let reach = cell.reach + options.anticipation
    for unit in 0..<unitCount {
      let start = starts[unit]
      if start == own {
        treated.sum += cell.changes[unit]
        treated.count += cell.counts[unit]
        weight += 1
      } else if start == .max || (isNotYet && start > reach) {
        compared.sum += cell.changes[unit]
        compared.count += cell.counts[unit]
      }
    }
    guard treated.count > 0, compared.count > 0 else { return }
    let effect = treated.sum / treated.count - compared.sum / compared.count
    sums[-cell.eventTime - 1].add(effect, weight: weight)
  }

  private static func preCells(
    _ design: GroupTimeDesign, date: Int, base: Int, effect: Double
  ) -> [PreCell] {
    let panel = design.panel
    return (0..<date).compactMap { period in
      let eventTime = panel.periods[period].since(panel.periods[date]).number
      let from = design.options.base == .varying ? period - 1 : base
      guard eventTime >= earliestEventTime, from >= 0, from != period else { return nil }
      let changes = panel.units.indices.map { unit in
        design.change(unit, from: from, to: period).map { $0.outcome - effect * $0.dose }
      }
      return PreCell(
        eventTime: eventTime, reach: panel.periods[max(period, from)].number,
        changes: changes.map { $0 ?? 0 }, counts: changes.map { $0 == nil ? 0 : 1 })
    }
  }
}

extension GroupTimeDesign {
  /// The change of outcome and of treatment between two periods; nil unless both are observed.
  fileprivate func change(
    _ unit: Int, from: Int, to period: Int
  ) -> (outcome: Double, dose: Double)? {
    guard panel.isObserved(unit: unit, period: from), panel.isObserved(unit: unit, period: period)
    else { return nil }
    let row = unit * panel.periods.count
    return (
      panel.values[row + period] - panel.values[row + from],
      dose(unit, period) - dose(unit, from)
    )
  }
}

/// The changes of all units over one pre-treatment cell; 0 with count 0 where not observed.
private struct PreCell: Sendable {
  let eventTime: Int
  /// The later of the cell's two periods.
  let reach: Int
  let changes: [Double]
  let counts: [Double]
}

/// The weighted mean of one event time in the making.
private struct EventSum {
  private var sum = 0.0
  private var weight = 0.0

  mutating func add(_ effect: Double, weight share: Double) {
    sum += effect * share
    weight += share
  }

  var mean: Double? { weight > 0 ? sum / weight : nil }
}

/// Four periods of one row.
private typealias Lanes = SIMD4<Double>

/// The changes of all units from one base period to the periods of one date's post cells.
private struct PostCells: Sendable {
  /// The number of groups of four periods from the date on.
  private let width: Int
  private let date: Int
  /// Unit after unit: changes of the outcome, of the treatment, and 1 where both are observed.
  private let outcomes: [Lanes]
  private let doses: [Lanes]
  private let counts: [Lanes]

  init(_ design: GroupTimeDesign, date: Int, base: Int) {
    let periodCount = design.panel.periods.count
    let units = design.panel.units.count
    width = (periodCount - date + 3) / 4
    self.date = date
    var outcomes = [Lanes](repeating: .zero, count: units * width)
    var doses = outcomes
    var counts = outcomes
    for unit in 0..<units {
      for period in date..<periodCount {
        guard let change = design.change(unit, from: base, to: period) else { continue }
        let place = unit * width + (period - date) / 4
        outcomes[place][(period - date) % 4] = change.outcome
        doses[place][(period - date) % 4] = change.dose
        counts[place][(period - date) % 4] = 1
      }
    }
    self.outcomes = outcomes
    self.doses = doses
    self.counts = counts
  }

  /// Adds the post cells of the units treated at this date, each weighted by their number.
  func add(
    treated: [Int], starts: [Int], ends: [Int], own: Int, to sums: inout PostSums
  ) {
    withUnsafeTemporaryAllocation(of: Lanes.self, capacity: 6 * width) { scratch in
      scratch.initialize(repeating: .zero)
      let treatedSums = UnsafeMutableBufferPointer(rebasing: scratch[..<(3 * width)])
      let comparedSums = UnsafeMutableBufferPointer(rebasing: scratch[(3 * width)...])
      for unit in treated { addRow(unit, columns: width * 4, to: treatedSums) }
      for unit in ends.indices where starts[unit] > own && ends[unit] > date {
        addRow(unit, columns: ends[unit] - date, to: comparedSums)
      }
      let weight = Lanes(repeating: Double(treated.count))
      for place in 0..<width {
        let n = treatedSums[2 * width + place]
        let m = comparedSums[2 * width + place]
        let isEstimable = (n .> 0) .& (m .> 0)
        func contrast(_ row: Int) -> Lanes {
          let first = treatedSums[row * width + place] / n
          let second = comparedSums[row * width + place] / m
          return ((first - second) * weight).replacing(with: Lanes.zero, where: .!isEstimable)
        }
        sums.outcomes += contrast(0)
        sums.doses += contrast(1)
        sums.weights += weight.replacing(with: Lanes.zero, where: .!isEstimable)
      }
    }
  }

  /// Adds the first columns of one unit's rows.
  private func addRow(
    _ unit: Int, columns: Int, to sums: UnsafeMutableBufferPointer<Lanes>
  ) {
    let row = unit * width
    let whole = min(columns / 4, width)
    for place in 0..<whole {
      sums[place] += outcomes[row + place]
      sums[width + place] += doses[row + place]
      sums[2 * width + place] += counts[row + place]
    }
    guard whole < width, columns % 4 > 0 else { return }
    for lane in 0..<(columns % 4) {
      sums[whole][lane] += outcomes[row + whole][lane]
      sums[width + whole][lane] += doses[row + whole][lane]
      sums[2 * width + whole][lane] += counts[row + whole][lane]
    }
  }
}

/// The weighted sums over all post cells.
private struct PostSums {
  var outcomes = Lanes.zero
  var doses = Lanes.zero
  var weights = Lanes.zero

  var effect: Double { outcomes.total / weights.total }
  var dose: Double { doses.total / weights.total }
}

extension SIMD4<Double> {
  /// The sum of the lanes, in one order.
  fileprivate var total: Double { (self[0] + self[1]) + (self[2] + self[3]) }
}

import Panels

/// The overall effect and the largest pre-treatment effect under any adoption dates, without errors.
///
/// The same numbers as `GroupTimeDiD.estimate`, for many assignments of dates: the changes of each unit
/// over all cells are laid out once, and an assignment only adds rows of them up.
struct GroupTimeStatistic: Sendable {
  private let unitCount: Int
  /// The number of each period's date among the dates that units may be given; nil: no date.
  private let slots: [Int?]
  private let dateCount: Int
  private let post: CellRows
  private var pre: CellRows

  /// The earliest event time that the pre-trend looks at.
  private static let earliestEventTime = -5
  /// The event times that the pre-trend looks at.
  static let preTrendEventTimes = earliestEventTime..<0

  init(_ design: GroupTimeDesign) {
    let panel = design.panel
    unitCount = panel.units.count
    let bases = design.cohorts.compactMap { date in
      panel.base(ofStart: date, anticipation: design.options.anticipation)
        .map { (date: date, base: $0) }
    }
    let dates = bases.map(\.date)
    dateCount = dates.count
    slots = panel.periods.indices.map { dates.firstIndex(of: $0) }
    post = CellRows(
      design, dates: dates,
      cells: bases.flatMap { start in
        (start.date..<panel.periods.count).map {
          GroupTimeCell(cohort: start.date, period: $0, base: start.base)
        }
      }
    ) { [$0.outcome, 1, $0.dose] }
    pre = CellRows(design, dates: dates, cells: []) { _ in [] }
    // Units that were really treated jump within other units' pre-periods; the estimated effect is
    // taken out of those, so that the pre-trend is judged against changes without treatment.
    let effect = self(design.starts).effect
    let before = bases.flatMap { Self.preCells(design, date: $0.date, base: $0.base) }
    pre = CellRows(design, dates: dates, cells: before) { [$0.outcome - effect * $0.dose, 1] }
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
    withUnsafeTemporaryAllocation(of: Int.self, capacity: unitCount + dateCount) { scratch in
      let own = UnsafeMutableBufferPointer(rebasing: scratch[..<unitCount])
      let treated = UnsafeMutableBufferPointer(rebasing: scratch[unitCount...])
      treated.initialize(repeating: 0)
      for unit in 0..<unitCount {
        let slot = assignment[unit].map { date -> Int in
          guard let slot = slots[date] else {
            preconditionFailure("An assignment gives the dates that the design has.")
          }
          return slot
        }
        own[unit] = slot ?? CellRows.neverTreated
        if let slot { treated[slot] += 1 }
      }
      let sums = post.sums(own: own, treated: treated)
      return AssignmentStatistic(
        effect: sums.effect, dose: sums.dose,
        preTrend: pre.largestMean(own: own, treated: treated, from: Self.earliestEventTime))
    }
  }

  private static func preCells(
    _ design: GroupTimeDesign, date: Int, base: Int
  ) -> [GroupTimeCell] {
    (0..<date).compactMap { period in
      let from = design.options.base == .varying ? period - 1 : base
      let cell = GroupTimeCell(cohort: date, period: period, base: from)
      let isInside = from >= 0 && design.eventTime(of: cell) >= earliestEventTime
      return isInside && !cell.isReference ? cell : nil
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

/// The changes of all units over some cells, laid out so that an assignment adds up parts of rows.
///
/// A row has its cells in the order of the periods that they reach: a unit is a comparison for the
/// first of them, until its own date. A row holds one such run of numbers for each quantity.
private struct CellRows: Sendable {
  /// A cell, and where its numbers stand in a run.
  struct Cell: Sendable {
    let place: Int
    /// The number of its date.
    let slot: Int
    /// Periods since its date.
    let sinceDate: Int
    let eventTime: Int
  }

  /// The slot of units without a date.
  static let neverTreated = -1

  /// By date, then by period.
  private let cells: [Cell]
  /// The number of quantities of a change; the second is 1 where the change is observed.
  private let quantities: Int
  /// Unit after unit, quantity after quantity, cell after cell; 0 where not observed.
  private let rows: [Double]
  /// For each date, the places of its own cells.
  private let ownPlaces: [[Int]]
  /// For each date, how many of the first places a unit with it is a comparison for.
  private let ends: [Int]
  /// Date after date, 1 at the places that it is a comparison for.
  private let roles: [Double]

  init(
    _ design: GroupTimeDesign, dates: [Int], cells: [GroupTimeCell],
    _ numbers: ((outcome: Double, dose: Double)) -> [Double]
  ) {
    let periods = design.panel.periods.map(\.number)
    let reach = cells.map { periods[max($0.period, $0.base)] + design.options.anticipation }
    let sorted = cells.indices.sorted { (reach[$0], $0) < (reach[$1], $1) }
    var places = [Int](repeating: 0, count: cells.count)
    for (place, index) in sorted.enumerated() { places[index] = place }
    self.cells = zip(cells, places).map { cell, place in
      Cell(
        place: place, slot: dates.firstIndex(of: cell.cohort) ?? 0,
        sinceDate: cell.period - cell.cohort, eventTime: design.eventTime(of: cell))
    }
    ownPlaces = dates.map { date in
      cells.indices.filter { cells[$0].cohort == date }.map { places[$0] }
    }
    let isNotYet = design.options.comparison == .notYetTreated
    let isCompared = dates.map { date in
      sorted.map { isNotYet && periods[date] > reach[$0] && cells[$0].cohort != date }
    }
    ends = isCompared.map { ($0.lastIndex(of: true) ?? -1) + 1 }
    roles = isCompared.flatMap { $0.map { $0 ? 1 : 0 } }
    quantities = numbers((outcome: 0, dose: 0)).count
    rows = Self.rows(design, cells: sorted.map { cells[$0] }, quantities: quantities, numbers)
  }

  private static func rows(
    _ design: GroupTimeDesign, cells: [GroupTimeCell], quantities: Int,
    _ numbers: ((outcome: Double, dose: Double)) -> [Double]
  ) -> [Double] {
    let width = quantities * cells.count
    var rows = [Double](repeating: 0, count: design.panel.units.count * width)
    for unit in design.panel.units.indices {
      for (place, cell) in cells.enumerated() {
        guard let change = design.change(unit, from: cell.base, to: cell.period) else { continue }
        for (quantity, number) in numbers(change).enumerated() {
          rows[unit * width + quantity * cells.count + place] = number
        }
      }
    }
    return rows
  }

  /// The sums over the post cells, each weighted by the number treated at its date.
  func sums(
    own: UnsafeMutableBufferPointer<Int>, treated: UnsafeMutableBufferPointer<Int>
  ) -> PostSums {
    withRowSums(own: own) { first, second in
      var sums = PostSums()
      for cell in cells {
        let (n, m) = (first[cells.count + cell.place], second[cells.count + cell.place])
        guard n > 0, m > 0 else { continue }
        let weight = Double(treated[cell.slot])
        let dose = 2 * cells.count + cell.place
        let lane = cell.sinceDate & 3
        sums.outcomes[lane] += (first[cell.place] / n - second[cell.place] / m) * weight
        sums.doses[lane] += (first[dose] / n - second[dose] / m) * weight
        sums.weights[lane] += weight
      }
      return sums
    }
  }

  /// The largest mean of an event time in size; nil when no cell can be estimated.
  func largestMean(
    own: UnsafeMutableBufferPointer<Int>, treated: UnsafeMutableBufferPointer<Int>,
    from earliest: Int
  ) -> Double? {
    withRowSums(own: own) { first, second in
      withUnsafeTemporaryAllocation(of: EventSum.self, capacity: -earliest) { sums in
        sums.initialize(repeating: EventSum())
        for cell in cells {
          let (n, m) = (first[cells.count + cell.place], second[cells.count + cell.place])
          guard n > 0, m > 0 else { continue }
          sums[-cell.eventTime - 1].add(
            first[cell.place] / n - second[cell.place] / m, weight: Double(treated[cell.slot]))
        }
        return sums.compactMap(\.mean).map { abs($0) }.max()
      }
    }
  }

  /// Adds up, place by place, the rows of the units treated at the place's date and of its comparisons.
  private func withRowSums<Result>(
    own: UnsafeMutableBufferPointer<Int>,
    _ body: (_ treated: Numbers, _ compared: Numbers) -> Result
  ) -> Result {
    let width = quantities * cells.count
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * width + 1) { scratch in
      scratch.initialize(repeating: 0)
      let treated = UnsafeMutableBufferPointer(rebasing: scratch[..<width])
      let compared = UnsafeMutableBufferPointer(rebasing: scratch[width...])
      rows.withUnsafeBufferPointer { rows in
        roles.withUnsafeBufferPointer { roles in
          for unit in own.indices {
            let row = Numbers(rebasing: rows[(unit * width)..<((unit + 1) * width)])
            let slot = own[unit]
            guard slot != Self.neverTreated else {
              add(row, to: compared)
              continue
            }
            let role = Numbers(rebasing: roles[(slot * cells.count)..<((slot + 1) * cells.count)])
            add(row, upTo: ends[slot], times: role, to: compared)
            for place in ownPlaces[slot] { add(row, at: place, to: treated) }
          }
        }
      }
      return body(Numbers(treated), Numbers(compared))
    }
  }

  private func add(_ row: Numbers, to sums: UnsafeMutableBufferPointer<Double>) {
    for place in row.indices { sums[place] += row[place] }
  }

  private func add(
    _ row: Numbers, upTo end: Int, times role: Numbers,
    to sums: UnsafeMutableBufferPointer<Double>
  ) {
    for quantity in 0..<quantities {
      let run = quantity * cells.count
      for place in 0..<end { sums[run + place] += role[place] * row[run + place] }
    }
  }

  private func add(
    _ row: Numbers, at place: Int, to sums: UnsafeMutableBufferPointer<Double>
  ) {
    for quantity in 0..<quantities {
      sums[quantity * cells.count + place] += row[quantity * cells.count + place]
    }
  }
}

private typealias Numbers = UnsafeBufferPointer<Double>

/// The weighted sums over all post cells, in four lanes by the periods since the date.
private struct PostSums {
  var outcomes = SIMD4<Double>.zero
  var doses = SIMD4<Double>.zero
  var weights = SIMD4<Double>.zero

  var effect: Double { outcomes.total / weights.total }
  var dose: Double { doses.total / weights.total }
}

extension SIMD4<Double> {
  /// The sum of the lanes, in one order.
  fileprivate var total: Double { (self[0] + self[1]) + (self[2] + self[3]) }
}

import Panels

/// The largest event-time effect before treatment under any adoption dates, without errors.
///
/// The same number as `GroupTimeDiD.estimate` gives: the changes of each unit over all pre cells are laid
/// out once, and an assignment only adds rows of them up.
struct GroupTimePreTrend: Sendable {
  private let unitCount: Int
  /// The number of each period's date among the dates that units may be given; nil: no date.
  private let slots: [Int?]
  private let dateCount: Int
  private let rows: CellRows

  private static let earliestEventTime = preTrendEventTimes.lowerBound

  /// `outcomes` has a number for each cell of the design's panel, unit after unit.
  init(_ design: GroupTimeDesign, dates: [Int], outcomes: [Double]) {
    let panel = design.panel
    unitCount = panel.units.count
    let bases = dates.compactMap { date in
      panel.base(ofStart: date, anticipation: design.options.anticipation)
        .map { (date: date, base: $0) }
    }
    dateCount = bases.count
    slots = panel.periods.indices.map { period in bases.firstIndex { $0.date == period } }
    rows = CellRows(
      design, dates: bases.map(\.date),
      cells: bases.flatMap { Self.cells(design, date: $0.date, base: $0.base) },
      outcomes: outcomes)
  }

  /// The statistic when the units are first treated at these dates; nil without a pre cell.
  func callAsFunction(_ adoptions: [Adoption]) -> Double? {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: unitCount + dateCount) { scratch in
      let own = UnsafeMutableBufferPointer(rebasing: scratch[..<unitCount])
      let treated = UnsafeMutableBufferPointer(rebasing: scratch[unitCount...])
      treated.initialize(repeating: 0)
      for (unit, adoption) in adoptions.enumerated() {
        switch adoption {
        case .never: own[unit] = CellRows.neverTreated
        case .leftOut: own[unit] = CellRows.leftOut
        case .at(let date):
          guard let slot = slots[date] else {
            preconditionFailure("An assignment gives the dates that the design has.")
          }
          own[unit] = slot
          treated[slot] += 1
        }
      }
      return rows.largestMean(own: own, treated: treated, from: Self.earliestEventTime)
    }
  }

  private static func cells(
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
/// first of them, until its own date. A row holds the changes, then 1 where they are observed. All
/// assignments share one, so that it is a class.
private final class CellRows: Sendable {
  /// A cell, and where its numbers stand in a run.
  struct Cell: Sendable {
    let place: Int
    /// The number of its date.
    let slot: Int
    let eventTime: Int
  }

  /// The slot of units without a date.
  static let neverTreated = -1
  /// The slot of units that take no part.
  static let leftOut = -2

  /// By date, then by period.
  private let cells: [Cell]
  /// Unit after unit, the changes and then the marks, cell after cell; 0 where not observed.
  private let rows: [Double]
  /// For each date, the places of its own cells.
  private let ownPlaces: [[Int]]
  /// For each date, how many of the first places a unit with it is a comparison for.
  private let ends: [Int]
  /// Date after date, 1 at the places that it is a comparison for.
  private let roles: [Double]

  init(
    _ design: GroupTimeDesign, dates: [Int], cells: [GroupTimeCell], outcomes: [Double]
  ) {
    let periods = design.panel.periods.map(\.number)
    let reach = cells.map { periods[max($0.period, $0.base)] + design.options.anticipation }
    let sorted = cells.indices.sorted { (reach[$0], $0) < (reach[$1], $1) }
    var places = [Int](repeating: 0, count: cells.count)
    for (place, index) in sorted.enumerated() { places[index] = place }
    self.cells = zip(cells, places).map { cell, place in
      Cell(
        place: place, slot: dates.firstIndex(of: cell.cohort) ?? 0,
        eventTime: design.eventTime(of: cell))
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
    rows = Self.rows(design.panel, cells: sorted.map { cells[$0] }, outcomes)
  }

  private static func rows(
    _ panel: Panel, cells: [GroupTimeCell], _ outcomes: [Double]
  ) -> [Double] {
    panel.units.indices.flatMap { unit -> [Double] in
      let row = panel.row(unit).lowerBound
      let marks = cells.map { cell in
        panel.isObserved(unit: unit, period: cell.base)
          && panel.isObserved(unit: unit, period: cell.period) ? 1.0 : 0
      }
      let changes = zip(cells, marks).map { cell, mark in
        mark * (outcomes[row + cell.period] - outcomes[row + cell.base])
      }
      return changes + marks
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
        cells.withUnsafeBufferPointer { cells in
          for cell in cells {
            let (n, m) = (first[cells.count + cell.place], second[cells.count + cell.place])
            guard n > 0, m > 0 else { continue }
            sums[-cell.eventTime - 1].add(
              first[cell.place] / n - second[cell.place] / m, weight: Double(treated[cell.slot]))
          }
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
    let width = 2 * cells.count
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * width + 1) { scratch in
      scratch.initialize(repeating: 0)
      let treated = UnsafeMutableBufferPointer(rebasing: scratch[..<width])
      let compared = UnsafeMutableBufferPointer(rebasing: scratch[width...])
      rows.withUnsafeBufferPointer { rows in
        roles.withUnsafeBufferPointer { roles in
          for unit in own.indices {
            let row = Numbers(rebasing: rows[(unit * width)..<((unit + 1) * width)])
            let slot = own[unit]
            if slot == Self.leftOut { continue }
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
    for quantity in 0..<2 {
      let run = quantity * cells.count
      for place in 0..<end { sums[run + place] += role[place] * row[run + place] }
    }
  }

  private func add(
    _ row: Numbers, at place: Int, to sums: UnsafeMutableBufferPointer<Double>
  ) {
    sums[place] += row[place]
    sums[cells.count + place] += row[cells.count + place]
  }
}

private typealias Numbers = UnsafeBufferPointer<Double>

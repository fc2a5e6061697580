import LinearAlgebra
import Panels

/// The outcomes without treatment of a sample's units, with unit and period effects fitted to them.
///
/// A unit stands as often as the sample has it. Periods in which nobody is observed untreated are not
/// part of it: nothing is known of them.
struct UntreatedCells: Sendable {
  let panel: Panel
  let units: [Int]
  /// The place of each unit's first treated period; nil for never.
  let starts: [Int?]
  /// The periods, as places in the panel.
  let periods: [Int]
  /// Whether each cell, unit after unit, is observed without treatment.
  let isKnown: [Bool]
  /// The outcome less the unit and period effects in the known cells; elsewhere zero.
  let rest: [Double]
  /// The unit and period effects of every cell.
  let additive: [Double]
  private let equations: TwoWayEquations

  var width: Int { periods.count }

  /// Lays out a sample, less the cells that `isLeftOut` names by unit number and period.
  ///
  /// - Throws: `EffectError.untreatedCellsApart`.
  init(
    _ panel: Panel, sample: WeightingSample,
    isLeftOut: (_ row: Int, _ period: Int) -> Bool = { _, _ in false }
  ) throws {
    let dated =
      sample.donors.map { (unit: $0, start: Int?.none) }
      + sample.treated.flatMap { start, units in units.map { (unit: $0, start: start) } }
    let ordered = dated.sorted { ($0.unit, $0.start ?? .max) < ($1.unit, $1.start ?? .max) }
    let known = ordered.enumerated().map { row, own in
      panel.periods.indices.map { period in
        period < own.start ?? .max && panel.isObserved(unit: own.unit, period: period)
          && !isLeftOut(row, period)
      }
    }
    let periods = panel.periods.indices.filter { period in known.contains { $0[period] } }
    self.panel = panel
    units = ordered.map(\.unit)
    starts = ordered.map(\.start)
    self.periods = periods
    isKnown = known.flatMap { row in periods.map { row[$0] } }
    (equations, additive, rest) = try Self.additive(
      panel, units: units, periods: periods, isKnown: isKnown)
  }

  /// Fits unit and period effects to the known cells.
  private static func additive(
    _ panel: Panel, units: [Int], periods: [Int], isKnown: [Bool]
  ) throws -> (TwoWayEquations, [Double], [Double]) {
    let width = periods.count
    let rows = isKnown.indices.filter { isKnown[$0] }
    var bounds = [0]
    for row in units.indices {
      bounds.append(bounds[row] + (0..<width).count { isKnown[row * width + $0] })
    }
    let equations = TwoWayEquations(
      bounds: bounds, columns: rows.map { Int32($0 % width) }, columnCount: width, weights: nil)
    let isWhole = equations.isConnected || Set(equations.parts().lines).count == 1
    guard isWhole, zip(bounds, bounds.dropFirst()).allSatisfy(<) else {
      throw EffectError.untreatedCellsApart
    }
    func outcome(_ cell: Int) -> Double {
      panel.values[units[cell / width] * panel.periods.count + periods[cell % width]]
    }
    let effects = try equations.effects(of: rows.map(outcome))
    let additive = isKnown.indices.map {
      effects.lines[$0 / width] + effects.columns[$0 % width]
    }
    return (
      equations, additive, isKnown.indices.map { isKnown[$0] ? outcome($0) - additive[$0] : 0 }
    )
  }

  /// What unit and period effects leave of numbers in the known cells; zero elsewhere.
  func withoutEffects(_ values: [Double]) throws -> [Double] {
    let effects = try equations.effects(
      of: isKnown.indices.filter { isKnown[$0] }.map { values[$0] })
    return isKnown.indices.map { cell in
      isKnown[cell] ? values[cell] - effects.lines[cell / width] - effects.columns[cell % width] : 0
    }
  }

  /// The largest singular value of what unit and period effects leave: a penalty from it on leaves no
  /// structure.
  var largestSingularValue: Double {
    get throws {
      try LeadingEigenvectors(gram(rest), .largest(1)).values.first.map { max(0, $0).squareRoot() }
        ?? 0
    }
  }

  /// The sum of outer products of the units' rows of a table.
  func gram(_ table: [Double]) -> Matrix {
    var sum = SymmetricSum(width)
    for row in units.indices { sum.add(table[row * width..<(row + 1) * width], times: 1) }
    return sum.matrix
  }

  /// The treated cells with an outcome, given what each would have been without treatment.
  ///
  /// - Throws: `EffectError.noEstimableCell`.
  func treatedCells(_ counterfactual: [Double]) throws -> [CounterfactualCell] {
    let cells = cells(counterfactual) { period, start in period >= start }
    guard !cells.isEmpty else { throw EffectError.noEstimableCell }
    return cells
  }

  /// The cells of the treated units before their treatment, with what is fitted to them.
  func cellsBefore(_ fitted: [Double]) -> [CounterfactualCell] {
    cells(fitted) { period, start in period < start }
  }

  private func cells(
    _ fitted: [Double], where isTaken: (_ period: Int, _ start: Int) -> Bool
  ) -> [CounterfactualCell] {
    units.indices.flatMap { row -> [CounterfactualCell] in
      guard let start = starts[row] else { return [] }
      return periods.indices.compactMap { column in
        let period = periods[column]
        guard isTaken(period, start), panel.isObserved(unit: units[row], period: period) else {
          return nil
        }
        return CounterfactualCell(
          panel, unit: units[row], start: start, period: period,
          counterfactual: fitted[row * width + column])
      }
    }
  }

  /// The periods that nothing is known of.
  var dropped: [Dropped] {
    panel.periods.indices.filter { !periods.contains($0) }.map {
      Dropped(unit: nil, period: panel.periods[$0], reason: "no unit is observed untreated in it")
    }
  }
}

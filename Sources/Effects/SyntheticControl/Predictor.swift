import LinearAlgebra
import Panels

/// A number per unit that the synthetic control should share with the treated unit.
public struct Predictor: Hashable, Sendable {
  public let name: String
  /// The covariate of the panel that it is taken from; nil for the outcome.
  public let variable: String?
  /// The periods it is the mean over, as far as observed; nil for all before the treatment.
  public let periods: ClosedRange<Int>?

  public init(name: String, variable: String?, periods: ClosedRange<Int>? = nil) {
    self.name = name
    self.variable = variable
    self.periods = periods
  }
}

/// The predictors of some units, each divided by its standard deviation over them.
struct PredictorTable {
  let names: [String]
  /// Unit after unit, a number for each predictor.
  let values: [Double]

  var count: Int { names.count }

  /// Averages each predictor over its periods before `end`; those without such a period drop out.
  ///
  /// - Throws: `EffectError` naming the predictor and the unit at fault.
  init(
    _ predictors: [Predictor], of units: [Int], panel: Panel, before end: Int
  ) throws {
    var names: [String] = []
    var columns: [[Double]] = []
    for predictor in predictors {
      let places = (0..<end).filter { place in
        predictor.periods?.contains(panel.periods[place].number) ?? true
      }
      guard !places.isEmpty else { continue }
      let column = try units.map { try predictor.average(panel, unit: $0, places) }
      names.append(predictor.name)
      columns.append(try scaled(column, name: predictor.name))
    }
    self.names = names
    values = units.indices.flatMap { row in columns.map { $0[row] } }
  }
}

/// The values over their standard deviation (n − 1).
private func scaled(_ values: [Double], name: String) throws -> [Double] {
  let center = mean(values)
  let squares = values.reduce(0) { $0 + ($1 - center) * ($1 - center) }
  let deviation = (squares / Double(max(1, values.count - 1))).squareRoot()
  guard deviation > 1e-14 * abs(center) else { throw EffectError.constantPredictor(name: name) }
  return values.map { $0 / deviation }
}

extension Predictor {
  fileprivate func average(_ panel: Panel, unit: Int, _ places: [Int]) throws -> Double {
    let column = try variable.map { try panel.covariate($0) }
    let values = places.compactMap { place in
      column.map { $0[unit * panel.periods.count + place] }
        ?? panel.cell(unit: unit, period: place).value
    }
    guard !values.isEmpty else {
      throw EffectError.predictorWithoutValue(name: name, unit: panel.units[unit])
    }
    return mean(values)
  }
}

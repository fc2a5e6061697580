import Evidence
import Foundation
import Panels

/// Lays out the values of a series by actor and year.
///
/// A value that the series does not have is `notSearched`: an absent row is never a zero. Bounds of a value
/// go the way of the value.
func variableCells(
  _ variable: VariableID, _ transformation: Indicator.Transformation, from casebook: Casebook,
  actors: [ActorID], periods: [Int]
) -> [[IndicatorCell]] {
  var values: [ActorID: [Int: SeriesValue]] = [:]
  for value in casebook.series(variable) { values[value.actor, default: [:]][value.period] = value }
  return actors.map { actor in
    periods.map { period in
      guard let value = values[actor]?[period] else {
        return IndicatorCell(cell: .absent(.notSearched), evidence: [])
      }
      return IndicatorCell(
        cell: value.cell(transformation), evidence: [.value(variable, actor, period)])
    }
  }
}

extension SeriesValue {
  fileprivate func cell(_ transformation: Indicator.Transformation) -> Cell {
    guard let value, !status.isAbsence else { return .absent(status.absence) }
    let uncertainty = Uncertainty(
      low: low.flatMap(transformation.applied), high: high.flatMap(transformation.applied))
    return transformation.applied(to: value).map { .observed($0, uncertainty: uncertainty) }
      ?? .absent(.missing)
  }
}

extension Indicator.Transformation {
  /// The transformed value; nil where there is none.
  package func applied(to value: Double) -> Double? {
    switch self {
    case .none: value
    case .log1p: value > -1 ? Foundation.log1p(value) : nil
    }
  }
}

extension ObservationStatus {
  fileprivate var absence: Absence {
    switch self {
    case .impossible: .impossible
    case .withheld: .withheld
    case .notSearched: .notSearched
    case .observed, .estimated, .provisional, .imputed, .breakInSeries: .missing
    }
  }
}

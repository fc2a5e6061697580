import Evidence
import Foundation
import Panels

/// Lays out the values of a series by actor and year.
///
/// A value that the series does not have is `notSearched`: an absent row is never a zero.
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
    switch transformation {
    case .none: return .observed(value)
    case .log1p: return value > -1 ? .observed(Foundation.log1p(value)) : .absent(.missing)
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

import Evidence
import Foundation
import Panels

/// Makes one number of the components' cells, where every component has one.
///
/// OECD/JRC Handbook (2008), sections 5.2 to 5.4 (normalisation) and 6.1 to 6.2 (aggregation).
func indexCells(_ index: InstrumentIndex, components: [[[IndicatorCell]]]) -> [[IndicatorCell]] {
  let normalised = components.map { normalise($0, by: index.normalisation) }
  let weights = index.components.map(\.weight)
  guard let shape = components.first else { return [] }
  return shape.indices.map { actor in
    shape[actor].indices.map { period in
      let cells = components.map { $0[actor][period] }
      let evidence = cells.flatMap(\.evidence)
      let absence = cells.compactMap(\.cell.absence).first
      let values = normalised.compactMap { $0[actor][period] }
      guard absence == nil, values.count == cells.count,
        let value = aggregate(values, weights: weights, by: index.aggregation)
      else { return IndicatorCell(cell: .absent(absence ?? .missing), evidence: evidence) }
      return IndicatorCell(
        cell: .observed(value), isAtLeast: cells.contains(where: \.isAtLeast), evidence: evidence)
    }
  }
}

/// Puts the observed values of one component on the index's scale; nil stays nil.
private func normalise(
  _ cells: [[IndicatorCell]], by rule: InstrumentIndex.Normalisation
) -> [[Double?]] {
  let observed = cells.flatMap { $0.compactMap(\.cell.value) }
  let scale = scale(of: observed, by: rule)
  return cells.map { $0.map { $0.cell.value.flatMap(scale) } }
}

/// The function that a normalisation fits to the values; a constant has no scale.
private func scale(
  of values: [Double], by rule: InstrumentIndex.Normalisation
) -> (Double) -> Double? {
  guard let low = values.min(), let high = values.max(), low < high else { return { _ in nil } }
  switch rule {
  case .minMax: return { ($0 - low) / (high - low) }
  case .standard:
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / Double(values.count - 1)).squareRoot()
    return { ($0 - mean) / deviation }
  case .rank:
    return { value in
      let below = values.filter { $0 < value }.count
      let ties = values.filter { $0 == value }.count
      return (Double(below) + Double(ties - 1) / 2) / Double(values.count - 1)
    }
  }
}

private func aggregate(
  _ values: [Double], weights: [Double], by rule: InstrumentIndex.Aggregation
) -> Double? {
  let total = weights.reduce(0, +)
  switch rule {
  case .arithmetic: return zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
  case .geometric:
    guard values.allSatisfy({ $0 >= 0 }) else { return nil }
    return exp(zip(values, weights).reduce(0) { $0 + log($1.0) * $1.1 } / total)
  }
}

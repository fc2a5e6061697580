import Documents
public import Foundation
public import Panels

/// Reads a small long CSV without quotes into a panel: a test's own reader, kept apart from the program's.
///
/// The cohort column holds the first treated period; 0 and empty mean never. Without a unit column each
/// row is a unit of its own.
public func referencePanel(
  _ file: URL, unit: String?, period: String, outcome: String, cohort: String,
  covariates: [String] = [], weight: String? = nil, cluster: String? = nil
) throws -> Panel {
  let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  func column(_ name: String) -> Int {
    lines[0].firstIndex { $0 == name || $0 == "\"\(name)\"" } ?? -1
  }
  let rows = lines.dropFirst().enumerated().map { place, line in
    (unit: unit.map { line[column($0)] } ?? "row \(place + 1)", line: line)
  }
  let numbers = Set(rows.compactMap { Int($0.line[column(period)]) }).sorted()
  let places = Dictionary(uniqueKeysWithValues: zip(numbers, numbers.indices))
  var grid: [String: [[String]?]] = [:]
  for row in rows {
    let place = places[Int(row.line[column(period)]) ?? 0] ?? 0
    grid[row.unit, default: Array(repeating: nil, count: numbers.count)][place] = row.line
  }
  let units = unit == nil ? rows.map(\.unit) : grid.keys.sorted()
  let cells = units.map { grid[$0] ?? [] }
  func values(_ name: String) -> [Double?] {
    cells.flatMap { $0.map { $0.flatMap { Double($0[column(name)]) } } }
  }
  let firstRows = cells.map { $0.compactMap { $0 }.first ?? [] }
  return try Panel(
    units: units, periods: numbers.map { Period($0) },
    cells: cells.map { row in
      row.map {
        $0.flatMap { Double($0[column(outcome)]) }.map { .observed($0) } ?? .absent(.missing)
      }
    },
    cohorts: firstRows.map { row in
      Int(row[column(cohort)]).flatMap { $0 == 0 ? nil : .firstTreated(Period($0)) }
        ?? .neverTreated
    },
    covariates: Dictionary(uniqueKeysWithValues: covariates.map { ($0, values($0)) }),
    weights: weight.map { values($0).map { $0 ?? 1 } },
    clusters: cluster.map { name in firstRows.map { $0[column(name)] } })
}

/// Reads a JSON file of reference values into Foundation's containers.
public func referenceValues(_ file: URL) throws -> [String: Any] {
  try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any] ?? [:]
}

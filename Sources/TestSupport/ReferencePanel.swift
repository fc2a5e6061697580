public import Foundation
public import Panels

/// Reads a small long CSV without quotes into a panel: a test's own reader, kept apart from the program's.
///
/// The cohort column holds the first treated period; 0 and empty mean never.
public func referencePanel(
  _ file: URL, unit: String, period: String, outcome: String, cohort: String
) throws -> Panel {
  let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  func column(_ name: String) -> Int { lines[0].firstIndex(of: name) ?? -1 }
  var values: [String: [Int: Double]] = [:]
  var starts: [String: Int] = [:]
  for line in lines.dropFirst() {
    values[line[column(unit)], default: [:]][Int(line[column(period)]) ?? 0] =
      Double(line[column(outcome)])
    starts[line[column(unit)]] = Int(line[column(cohort)]) ?? 0
  }
  let units = values.keys.sorted()
  let periods = Set(values.values.flatMap(\.keys)).sorted()
  return try Panel(
    units: units, periods: periods.map { Period($0) },
    cells: units.map { unit in
      periods.map { values[unit]?[$0].map(Cell.observed) ?? .absent(.missing) }
    },
    cohorts: units.map { unit in
      starts[unit].flatMap { $0 == 0 ? nil : .firstTreated(Period($0)) } ?? .neverTreated
    })
}

/// Reads a JSON file of reference values into Foundation's containers.
public func referenceValues(_ file: URL) throws -> [String: Any] {
  try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any] ?? [:]
}

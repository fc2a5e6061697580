public import Foundation
public import Panels

/// A small long CSV of a test: names in quotes or not, no comma inside a field.
public struct ReferenceTable {
  private let header: [String]
  private let rows: [[String]]

  public init(_ file: URL) throws {
    let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
      .map { line in
        line.split(separator: ",", omittingEmptySubsequences: false)
          .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "\"")) }
      }
    header = lines.first ?? []
    rows = Array(lines.dropFirst())
  }

  /// A panel of one column; a unit is treated from the first period whose `treatment` is 1.
  ///
  /// Units are in the order of their names; those in `leftOut` are not taken.
  public func panel(
    unit: String, period: String, outcome: String, treatment: String? = nil,
    leaving leftOut: Set<String> = []
  ) throws -> Panel {
    var values: [String: [Int: Double]] = [:]
    var starts: [String: Int] = [:]
    for row in rows where !leftOut.contains(row[column(unit)]) {
      let name = row[column(unit)]
      let number = Int(row[column(period)]) ?? 0
      values[name, default: [:]][number] = Double(row[column(outcome)])
      if let treatment, row[column(treatment)] == "1" {
        starts[name] = min(starts[name] ?? .max, number)
      }
    }
    let periods = Set(rows.compactMap { Int($0[column(period)]) }).sorted()
    let units = values.keys.sorted()
    return try Panel(
      units: units, periods: periods.map { Period($0) },
      cells: units.map { unit in
        periods.map { values[unit]?[$0].map { .observed($0) } ?? .absent(.missing) }
      },
      cohorts: units.map { starts[$0].map { .firstTreated(Period($0)) } ?? .neverTreated })
  }

  private func column(_ name: String) -> Int { header.firstIndex(of: name) ?? -1 }
}

extension [String: Any] {
  /// The value at a path of keys, as a dictionary.
  public func at(_ path: String...) -> [String: Any] {
    path.reduce(self) { $0[$1] as? [String: Any] ?? [:] }
  }

  /// Numbers at a key; a missing one is not a number.
  public func numbers(_ key: String) -> [Double] {
    (self[key] as? [Any] ?? []).map { ($0 as? NSNumber)?.doubleValue ?? .nan }
  }

  /// The number at a key; not a number when missing.
  public func number(_ key: String) -> Double { (self[key] as? NSNumber)?.doubleValue ?? .nan }
}

/// The largest absolute difference of two lists; infinite when their lengths differ.
public func largestDifference(_ first: [Double], _ second: [Double]) -> Double {
  guard first.count == second.count else { return .infinity }
  return zip(first, second).reduce(0) { largest, pair in
    let difference = abs(pair.0 - pair.1)
    return difference.isNaN ? .infinity : Swift.max(largest, difference)
  }
}

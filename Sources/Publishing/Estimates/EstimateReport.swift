package import Documents
import Effects
import Panels

/// One estimate of a panel as it is printed: JSON at full precision, and a table to read.
package struct EstimateReport: Sendable {
  package let json: JSON
  package let text: String

  /// Names what an estimate is of, in the first line of its text.
  package struct Heading: Sendable {
    let method: String
    package let outcome: String
    package let level: Double

    package init(method: String, outcome: String, level: Double) {
      self.method = method
      self.outcome = outcome
      self.level = level
    }

    var line: String { "\(method) of \(outcome)" }
  }

  init(json: JSON, text: String) {
    self.json = json
    self.text = text
  }

  /// The same report with a sentence at the end of its text.
  package func adding(_ sentence: String) -> EstimateReport {
    EstimateReport(json: json, text: text + "\n" + sentence + "\n")
  }

  /// Joins a heading, tables and notes into the text.
  init(json: JSON, heading: Heading, parts: [String], dropped: [Dropped]) {
    self.json = json
    let left = dropped.isEmpty ? [] : ["Left out:\n" + dropped.map(\.line).joined(separator: "\n")]
    text = ([heading.line] + parts + left).joined(separator: "\n\n") + "\n"
  }
}

/// A number that is finite, as JSON; nothing else is defined.
func finite(_ number: Double?) -> JSON? {
  number.flatMap { $0.isFinite ? .number($0) : nil }
}

/// A table for the terminal: the first row holds the heads, the first column words.
func table(_ rows: [[String]]) -> String {
  TextLayout(width: 100, isColoured: false).table(rows, wordColumns: 1)
}

/// Writes numbers with the decimals that their largest needs, an absent one as a dash.
func figures(_ numbers: [Double?]) -> [String] {
  let known = numbers.compactMap { $0 }.filter(\.isFinite)
  let places = max(4, decimals(for: known))
  return numbers.map { number in
    number.map { $0.isFinite ? figure($0, decimals: places) : "–" } ?? "–"
  }
}

extension Dropped {
  /// The unit or period and the reason, as a line of a list.
  var line: String {
    let what = [unit, period.map { "\($0)" }].compactMap(\.self).joined(separator: ", ")
    return "  \(what): \(reason)"
  }

  var json: JSON {
    .object(defined: [
      "unit": unit.map(JSON.string), "period": period.map { .integer($0.number) },
      "reason": .string(reason),
    ])
  }
}

extension FailedUnit {
  /// The unit and why it has no estimate, as what is left out is listed.
  func dropped(saying: (String) -> String = { $0 }) -> Dropped {
    Dropped(unit: unit, period: nil, reason: saying(failure.sentence))
  }

  var line: String { dropped().line }
  var json: JSON { dropped().json }
}

extension Estimate {
  /// att, se and the pointwise interval; what is not defined is absent.
  func members(level: Double) -> JSON {
    let interval = interval(level: level)
    return .object(defined: [
      "att": finite(att), "se": finite(standardError), "lower": finite(interval?.lowerBound),
      "upper": finite(interval?.upperBound),
    ])
  }

  /// The estimate, its error and its interval, for a table.
  func row(level: Double) -> [Double?] {
    let interval = interval(level: level)
    return [att, standardError, interval?.lowerBound, interval?.upperBound]
  }
}

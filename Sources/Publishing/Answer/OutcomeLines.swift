import Markup
import Documents
import Evidence
import Indicators
import Panels
import Studies

/// The outcome of each unit over time: those that joined, the others, and when they joined.
struct OutcomeLines {
  private let answer: Answer
  private let outcome: OutcomeAnswer
  private let panel: Panel
  private let named: Set<String>
  private static let height = 340.0

  init(_ answer: Answer, _ outcome: OutcomeAnswer) {
    self.answer = answer
    self.outcome = outcome
    panel = outcome.panel
    named = Set(answer.study.named.map(\.rawValue))
  }

  /// The picture; nil when nothing was observed.
  var picture: Picture? {
    let values = panel.units.indices.flatMap { row in observed(row).map(\.value) }
    guard !values.isEmpty else { return nil }
    return Picture(
      id: Place.lines(outcome: outcome.id).anchor, title: outcome.series.indicator.title,
      finding: finding, key: key,
      specification: specification(values), table: table, trace: .trace(outcome: outcome.id))
  }

  private var shown: ClosedRange<Int> {
    let years = panel.periods.map(\.number)
    return (years.first ?? 0)...(years.last ?? 0)
  }

  private func observed(_ row: Int) -> [(year: Int, value: Double)] {
    panel.periods.indices.compactMap { column in
      panel.cell(unit: row, period: column).value.map { (panel.periods[column].number, $0) }
    }
  }

  /// The first treated year, when it lies within the panel.
  private func start(_ row: Int) -> Int? {
    let last = panel.periods.last?.number ?? 0
    return panel.cohorts[row].start.map(\.number).flatMap { $0 <= last ? $0 : nil }
  }

  // MARK: In words

  private var key: String {
    "Blue: states that joined within these years, thick from the year of joining, which the diamond "
      + "marks. Grey: states that did not. The named states are labelled."
  }

  /// Compares the two groups' means in the first and the last year in which half of each is seen.
  private var finding: String {
    let joined = panel.units.indices.filter { start($0) != nil }
    let others = panel.units.indices.filter { start($0) == nil }
    let seen = panel.periods.indices.filter { column in
      isHalfSeen(joined, column) && isHalfSeen(others, column)
    }
    let count = "\(joined.count) of \(counted(panel.units.count, "state")) joined"
    guard !joined.isEmpty, !others.isEmpty, let first = seen.first, let last = seen.last else {
      return "\(count); in no year are half of them and half of the others seen."
    }
    let means = [first, last].map { (mean(joined, $0), mean(others, $0)) }
    let places = decimals(for: means.flatMap { [$0.0, $0.1] })
    let text = means.map {
      "\(figure($0.0, decimals: places)) against \(figure($0.1, decimals: places))"
    }
    return "\(count). Mean of those that joined sooner or later against the others: \(text[0]) in "
      + "\(panel.periods[first])"
      + (first == last ? "." : ", \(text[1]) in \(panel.periods[last]).")
  }

  private func isHalfSeen(_ rows: [Int], _ column: Int) -> Bool {
    let seen = rows.filter { panel.cell(unit: $0, period: column).value != nil }
    return !seen.isEmpty && 2 * seen.count >= rows.count
  }

  private func mean(_ rows: [Int], _ column: Int) -> Double {
    let values = rows.compactMap { panel.cell(unit: $0, period: column).value }
    return values.reduce(0, +) / Double(values.count)
  }

  private var table: ChartTable {
    ChartTable(
      caption: "\(outcome.series.indicator.title), \(outcome.series.indicator.unit)",
      header: ["State", "Joined"] + panel.periods.map(\.description),
      rows: panel.units.indices.map { row in
        [answer.name(panel.units[row]), panel.cohorts[row].start.map(\.description) ?? "–"]
          + panel.periods.indices.map { text(of: panel.cell(unit: row, period: $0), row, $0) }
      }, wordColumns: 2)
  }

  private func text(of cell: Cell, _ row: Int, _ column: Int) -> String {
    switch cell {
    case .observed(let value, _):
      let source = outcome.series[ActorID(panel.units[row]), panel.periods[column].number]
      return (source?.isAtLeast == true ? "≥ " : "") + plainFigure(value)
    case .absent(let absence): return absence.mark
    }
  }

  // MARK: As marks

  private func specification(_ values: [Double]) -> JSON {
    let domain = Chart.domain(of: values)
    // Room on the right for the labels.
    let room = max(Double(shown.count), 1) * 0.2
    let x = Double(shown.lowerBound)...(Double(shown.upperBound) + room)
    return Chart.layered(
      height: Chart.place(Self.height),
      [lines(x, domain), joining(x, domain), points(x, domain), labels(x, domain)])
  }

  /// Draws the grey first and the named last, so that these lie on top.
  private func rank(_ row: Int) -> Int {
    (named.contains(panel.units[row]) ? 2 : 0) + (start(row) != nil ? 1 : 0)
  }

  private func ink(_ row: Int) -> JSON { start(row) != nil ? Chart.Ink.member : Chart.Ink.other }

  private func axes(_ x: ClosedRange<Double>, _ y: ClosedRange<Double>) -> JSON {
    [
      "x": Chart.years("x", x, shown: shown),
      "y": Chart.numbers("y", y, title: .string(outcome.series.indicator.unit)),
    ]
  }

  /// One line for each unit, broken where nothing was observed; those that join get a second, thicker
  /// one from that year.
  private func lines(_ x: ClosedRange<Double>, _ y: ClosedRange<Double>) -> JSON {
    let rows = panel.units.indices.sorted { (rank($0), $0) < (rank($1), $1) }
    return Chart.layer(
      rows.flatMap(points(ofLine:)),
      mark: ["type": "line", "invalid": "break-paths-show-path-domains"],
      encoding: axes(x, y).adding([
        "detail": ["field": "u", "type": "nominal"], "stroke": asGiven("c", "nominal"),
        "strokeWidth": asGiven("w", "quantitative"), "opacity": asGiven("o", "quantitative"),
      ]))
  }

  private func points(ofLine row: Int) -> [JSON] {
    let isNamed = named.contains(panel.units[row])
    let point = { (column: Int, line: String, width: Double) -> JSON in
      [
        "u": .string("\(panel.units[row])\(line)"), "x": .integer(panel.periods[column].number),
        "y": panel.cell(unit: row, period: column).value.map(Chart.place) ?? .null,
        "c": ink(row), "w": Chart.place(width), "o": isNamed ? 1 : 0.4,
      ]
    }
    let all = panel.periods.indices.map { point($0, "", isNamed ? 1.6 : 1) }
    guard let start = start(row) else { return all }
    let after = panel.periods.indices.filter { panel.periods[$0].number >= start }
    return all + after.map { point($0, "+", isNamed ? 3.2 : 1.9) }
  }

  /// An encoding whose field holds the mark's own value.
  private func asGiven(_ field: JSON, _ type: JSON) -> JSON {
    ["field": field, "type": type, "scale": nil, "legend": nil]
  }

  private func joining(_ x: ClosedRange<Double>, _ y: ClosedRange<Double>) -> JSON {
    let rows = panel.units.indices.compactMap { row -> JSON? in
      guard let start = start(row), let first = observed(row).first(where: { $0.year >= start })
      else { return nil }
      return [
        "x": .integer(first.year), "y": Chart.place(first.value),
        "o": named.contains(panel.units[row]) ? 1 : 0.5,
      ]
    }
    return Chart.layer(
      rows,
      mark: [
        "type": "point", "shape": "diamond", "filled": true, "size": 90, "fill": Chart.Ink.member,
        "stroke": Chart.Ink.ground, "strokeWidth": 1.2,
      ],
      encoding: axes(x, y).adding(["opacity": asGiven("o", "quantitative")]))
  }

  /// Dots for the named states, so that a lone observation shows.
  private func points(_ x: ClosedRange<Double>, _ y: ClosedRange<Double>) -> JSON {
    let rows = panel.units.indices.filter { named.contains(panel.units[$0]) }.flatMap { row in
      observed(row).map { point -> JSON in
        ["x": .integer(point.year), "y": Chart.place(point.value), "c": ink(row)]
      }
    }
    return Chart.layer(
      rows, mark: ["type": "circle", "size": 9, "opacity": 1],
      encoding: axes(x, y).adding(["color": asGiven("c", "nominal")]))
  }

  /// The named states' names at the ends of their lines, moved apart where they would overlap.
  private func labels(_ x: ClosedRange<Double>, _ y: ClosedRange<Double>) -> JSON {
    let ends = panel.units.indices.filter { named.contains(panel.units[$0]) }
      .compactMap { row in observed(row).last.map { (row: row, end: $0) } }
      .sorted { ($0.end.value, $0.row) < ($1.end.value, $1.row) }
    let step = (y.upperBound - y.lowerBound) * 15 / Self.height
    let places = apart(ends.map(\.end.value), by: step, within: y)
    let rows = zip(ends, places).map { entry, place -> JSON in
      [
        "x": .integer(entry.end.year), "y": Chart.place(place), "c": ink(entry.row),
        "t": .string(answer.name(panel.units[entry.row])),
      ]
    }
    return Chart.layer(
      rows, mark: ["type": "text", "align": "left", "dx": 7, "fontWeight": 600],
      encoding: axes(x, y).adding([
        "text": ["field": "t", "type": "nominal"],
        "color": asGiven("c", "nominal"),
      ]))
  }
}

extension Absence {
  /// The mark of a reason in a table.
  var mark: String {
    switch self {
    case .impossible: "×"
    case .notSearched: "n.s."
    case .withheld: "withheld"
    case .missing: "…"
    }
  }

  /// The reason in words.
  var text: String {
    switch self {
    case .impossible: "impossible"
    case .notSearched: "not searched, or not covered by the source"
    case .withheld: "withheld"
    case .missing: "missing without a stated reason"
    }
  }
}

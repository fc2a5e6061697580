import Markup
import Documents
import Effects
import Indicators
import Studies

/// The effect by years since joining, with what was found before as a check.
struct EventTimePlot {
  private let outcome: OutcomeAnswer
  private let estimate: OutcomeEstimate
  /// Nested intervals: drawn over one another they fade outwards.
  private static let levels = [0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1]

  init(_ outcome: OutcomeAnswer, _ estimate: OutcomeEstimate) {
    self.outcome = outcome
    self.estimate = estimate
  }

  private var cells: [AggregatedEffect] { estimate.effects.eventTime }

  /// The picture; nil when there is no effect by event time.
  var picture: Picture? {
    guard !cells.isEmpty else { return nil }
    return Picture(
      id: anchor("event-time", outcome.id), title: "Effect by years since joining",
      finding: finding, key: key, specification: specification, table: table,
      trace: .trace(outcome: outcome.id))
  }

  private var key: String {
    if !estimate.estimator.isLinear {
      return
        "Dots: the mean gap between the joiners and their comparison. Before joining it shows how "
        + "closely they are followed; the test by reassignment stands for the whole."
    }
    return estimate.showsLargeSampleErrors
      ? "Dots: estimates. The bands fade from the most likely values to the 95 % interval of each year."
      : "Dots: estimates. There are too few states for intervals by year, so none are drawn; the test by "
        + "reassignment stands for the whole."
  }

  private var finding: String {
    let places = decimals(for: cells.map(\.estimate.att))
    let range = { (part: [AggregatedEffect]) -> String? in
      guard let low = part.map(\.estimate.att).min(), let high = part.map(\.estimate.att).max()
      else { return nil }
      return "\(figure(low, decimals: places)) to \(figure(high, decimals: places))"
    }
    let before = range(cells.filter { $0.key < 0 }).map {
      "Before joining the yearly effects lie at \($0)"
    }
    let after = range(cells.filter { $0.key >= 0 }).map { "after it at \($0)" }
    let test = estimate.randomization.preTrend.map {
      "a largest effect before joining of that size has \(pStatement($0)) by reassignment"
    }
    return [before, after, test].compactMap { $0 }.joined(separator: "; ") + "."
  }

  private var table: ChartTable {
    let places = decimals(for: cells.map(\.estimate.att))
    let header = ["Years since joining", "Effect"]
    let isFull = estimate.showsLargeSampleErrors
    return ChartTable(
      caption: "Effects by years since joining, \(outcome.series.indicator.unit)",
      header: isFull ? header + ["Standard error", "95 % from", "95 % to"] : header,
      rows: cells.map { cell in
        let interval = cell.estimate.interval(level: 0.95)
        let errors = [
          cell.estimate.standardError, interval?.lowerBound, interval?.upperBound,
        ].map { $0.map { figure($0, decimals: places) } ?? "–" }
        return [figure(Double(cell.key), decimals: 0), figure(cell.estimate.att, decimals: places)]
          + (isFull ? errors : [])
      }, wordColumns: 0)
  }

  private var specification: JSON {
    let intervals =
      estimate.showsLargeSampleErrors ? cells.compactMap { $0.estimate.interval(level: 0.95) } : []
    let y = Chart.domain(
      of: [0] + cells.map(\.estimate.att) + intervals.flatMap { [$0.lowerBound, $0.upperBound] })
    let keys = cells.map(\.key)
    let x = (Double(keys.min() ?? 0) - 0.7)...(Double(keys.max() ?? 0) + 0.7)
    let dots = cells.map { cell -> JSON in
      ["x": .integer(cell.key), "y": Chart.place(cell.estimate.att), "c": ink(cell)]
    }
    return Chart.layered(
      height: 280,
      [
        Chart.layer(
          [["y": 0]], mark: ["type": "rule", "stroke": Chart.Ink.quiet, "strokeWidth": 1],
          encoding: ["y": axes(x, y)["y"] ?? .null]),
        Chart.layer(
          [["x": -0.5]],
          mark: ["type": "rule", "stroke": Chart.Ink.quiet, "strokeDash": [3, 3]],
          encoding: ["x": axes(x, y)["x"] ?? .null]),
        Chart.layer(
          [["x": -0.5, "y": Chart.place(y.upperBound), "t": "joined →"]],
          mark: ["type": "text", "align": "left", "dx": 5, "dy": 6, "fill": Chart.Ink.quiet],
          encoding: axes(x, y).adding(["text": ["field": "t", "type": "nominal"]])),
      ] + bands(x, y) + [
        Chart.layer(
          dots, mark: ["type": "circle", "size": 46, "opacity": 1],
          encoding: axes(x, y).adding([
            "color": ["field": "c", "type": "nominal", "scale": nil, "legend": nil]
          ]))
      ])
  }

  private func ink(_ cell: AggregatedEffect) -> JSON {
    cell.key < 0 ? Chart.Ink.other : Chart.Ink.member
  }

  private func axes(_ x: ClosedRange<Double>, _ y: ClosedRange<Double>) -> JSON {
    [
      "x": [
        "field": "x", "type": "quantitative", "title": "years since joining",
        "scale": ["domain": Chart.span(x), "nice": false, "zero": false],
        "axis": ["format": "d", "tickMinStep": 1, "grid": false],
      ],
      "y": Chart.numbers("y", y, title: .string(outcome.series.indicator.unit)),
    ]
  }

  private func bands(_ x: ClosedRange<Double>, _ y: ClosedRange<Double>) -> [JSON] {
    guard estimate.showsLargeSampleErrors else { return [] }
    let rows = Self.levels.flatMap { level in
      cells.compactMap { cell -> JSON? in
        cell.estimate.interval(level: level).map { interval in
          [
            "x": .integer(cell.key), "y": Chart.place(interval.lowerBound),
            "y2": Chart.place(interval.upperBound), "c": ink(cell),
          ]
        }
      }
    }
    return [
      Chart.layer(
        rows, mark: ["type": "rule", "strokeWidth": 9, "opacity": 0.085],
        encoding: axes(x, y).adding([
          "y2": ["field": "y2"],
          "color": ["field": "c", "type": "nominal", "scale": nil, "legend": nil],
        ]))
    ]
  }
}

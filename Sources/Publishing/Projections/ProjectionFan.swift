import Markup
import Documents
import Scenarios
import Studies

/// One outcome with and without a step: what was observed, and the bands of what may come.
struct ProjectionFan {
  private let outcome: OutcomeProjection
  private let drawn: OutcomeProjection.Drawn
  private let scenario: Scenario
  private let name: String

  init(
    _ outcome: OutcomeProjection, _ drawn: OutcomeProjection.Drawn, _ scenario: Scenario,
    name: String
  ) {
    self.outcome = outcome
    self.drawn = drawn
    self.scenario = scenario
    self.name = name
  }

  private func anchor(_ kind: String) -> String {
    Markup.anchor(kind, "\(scenario.id)-\(outcome.outcome)-\(outcome.step.actor)")
  }

  private var step: String { outcome.step.leaves ? "leaving" : "joining" }

  // MARK: The two paths

  /// What was observed and both paths; nil when nothing is drawn.
  var paths: Picture? {
    guard let last = drawn.path.last, let without = drawn.baseline.last else { return nil }
    let digits = decimals(for: [last.median, without.median])
    func value(_ number: Double) -> String { figure(number, decimals: digits) }
    return Picture(
      id: anchor("fan"), title: "\(name): with and without \(step) in \(outcome.step.year)",
      finding: "In \(last.year) the middle of the draws is \(value(last.median)) with the step and "
        + "\(value(without.median)) without; 95 % lie between \(value(last.ninetyFive.lowerBound)) and "
        + "\(value(last.ninetyFive.upperBound)) with it.",
      key:
        "Solid: observed. Blue, dashed: with the step, in bands of 50, 80 and 95 % that fade. Grey, "
        + "dotted: the middle without it, and its 80 %. Bars mark the step"
        + (drawn.end == .horizon ? "." : " and the last year that any state was seen for."),
      specification: pathsSpecification, table: table, trace: .trace(outcome: outcome.outcome))
  }

  private var pathsSpecification: JSON {
    let seen = outcome.history.sorted { $0.key < $1.key }
    let first = seen.first?.key ?? outcome.step.year
    let shown = first...(drawn.path.last?.year ?? outcome.step.year)
    let numbers =
      seen.map(\.value)
      + drawn.path.flatMap { [$0.ninetyFive.lowerBound, $0.ninetyFive.upperBound] }
      + drawn.baseline.flatMap { [$0.eighty.lowerBound, $0.eighty.upperBound] }
    let axes = Axes(shown, Chart.domain(of: numbers), unit: outcome.unit)
    let observed = Chart.layer(
      seen.map { ["x": .integer($0.key), "y": Chart.place($0.value)] },
      mark: ["type": "line", "stroke": Chart.Ink.text, "strokeWidth": 2, "point": ["size": 12]],
      encoding: axes.encoding)
    return Chart.layered(
      height: 300,
      [axes.band(drawn.baseline, \.eighty, Chart.Ink.other, 0.25)]
        + axes.fan(drawn.path, Chart.Ink.member)
        + [
          axes.middle(drawn.baseline, Chart.Ink.quiet, dash: [2, 3]),
          axes.middle(drawn.path, Chart.Ink.member, dash: [7, 3]), observed,
        ] + marks(axes))
  }

  /// Rules at the step and, where the projection ends before its horizon, at its end.
  private func marks(_ axes: Axes) -> [JSON] {
    var rules = [(outcome.step.year, "step")]
    if case .lastEventTime = drawn.end, let last = drawn.path.last {
      rules.append((last.year, "none seen longer"))
    }
    return rules.flatMap { year, text -> [JSON] in
      [
        Chart.layer(
          [["x": .integer(year)]],
          mark: ["type": "rule", "stroke": Chart.Ink.quiet, "strokeWidth": 1],
          encoding: ["x": axes.x]),
        Chart.layer(
          [["x": .integer(year), "y": axes.top, "t": .string(text)]],
          mark: ["type": "text", "align": "right", "dx": -4, "dy": 6, "fontSize": 11],
          encoding: axes.encoding.adding(["text": ["field": "t", "type": "nominal"]])),
      ]
    }
  }

  private var table: ChartTable {
    let digits = decimals(
      for: (drawn.baseline + drawn.path).map(\.median)
        + drawn.difference.flatMap { [$0.ninetyFive.lowerBound, $0.ninetyFive.upperBound] })
    func value(_ number: Double) -> String { figure(number, decimals: digits) }
    func range(_ range: ClosedRange<Double>) -> String {
      "\(value(range.lowerBound)) to \(value(range.upperBound))"
    }
    return ChartTable(
      caption: "\(outcome.title), \(outcome.unit)",
      header: [
        "Year", "Without", "80 %", "95 %", "With", "50 %", "80 %", "95 %", "Difference", "95 %",
      ],
      rows: drawn.baseline.indices.map { place in
        let (without, with) = (drawn.baseline[place], drawn.path[place])
        let change = drawn.difference[place]
        return [
          "\(without.year)", value(without.median), range(without.eighty),
          range(without.ninetyFive), value(with.median), range(with.half), range(with.eighty),
          range(with.ninetyFive), value(change.median), range(change.ninetyFive),
        ]
      })
  }

  // MARK: Their difference

  /// What the step changes; nil when nothing is drawn.
  var difference: Picture? {
    guard let last = drawn.difference.last else { return nil }
    let bounds = last.ninetyFive
    let says =
      bounds.lowerBound > 0 || bounds.upperBound < 0
      ? "the band of 95 % leaves out no change"
      : "the band of 95 % holds no change"
    return Picture(
      id: anchor("difference"), title: "The difference that \(step) makes",
      finding:
        "In \(last.year): \(signed(last.median)), 95 % between \(signed(bounds.lowerBound)) and "
        + "\(signed(bounds.upperBound)); \(says).",
      key: "The path with the step less the one without, draw by draw. Solid line: no difference.",
      specification: differenceSpecification, table: differenceTable,
      trace: .trace(outcome: outcome.outcome))
  }

  private var differenceSpecification: JSON {
    let fans = drawn.difference
    let bounds = fans.map(\.ninetyFive)
    let numbers = [0] + bounds.map(\.lowerBound) + bounds.map(\.upperBound)
    let first = min(outcome.step.year - scenario.anticipation - 1, fans.last?.year ?? 0)
    let shown = max(first, fans.first?.year ?? first)...(fans.last?.year ?? first)
    let axes = Axes(shown, Chart.domain(of: numbers), unit: outcome.unit)
    let inside = fans.filter { shown.contains($0.year) }
    let zero = Chart.layer(
      [["y": 0]], mark: ["type": "rule", "stroke": Chart.Ink.quiet, "strokeWidth": 1],
      encoding: ["y": axes.y])
    return Chart.layered(
      height: 300,
      [zero] + axes.fan(inside, Chart.Ink.member)
        + [axes.middle(inside, Chart.Ink.member, dash: [7, 3])])
  }

  private var differenceTable: ChartTable {
    ChartTable(
      caption: "Difference, \(outcome.unit)", header: ["Year", "Middle", "50 %", "80 %", "95 %"],
      rows: drawn.difference.map { fan in
        ["\(fan.year)", signed(fan.median)]
          + [fan.half, fan.eighty, fan.ninetyFive].map {
            "\(signed($0.lowerBound)) to \(signed($0.upperBound))"
          }
      })
  }
}

/// The axes that the layers of one fan share.
private struct Axes {
  let x: JSON
  let y: JSON
  let top: JSON

  init(_ shown: ClosedRange<Int>, _ values: ClosedRange<Double>, unit: String) {
    x = Chart.years("x", Double(shown.lowerBound)...Double(shown.upperBound), shown: shown)
    y = Chart.numbers("y", values, title: .string(unit))
    top = Chart.place(values.upperBound)
  }

  var encoding: JSON { ["x": x, "y": y] }

  /// Bands of 95, 80 and 50 %, each darker than the one around it.
  func fan(_ fans: [Fan], _ ink: JSON) -> [JSON] {
    [
      band(fans, \.ninetyFive, ink, 0.12), band(fans, \.eighty, ink, 0.16),
      band(fans, \.half, ink, 0.24),
    ]
  }

  func band(
    _ fans: [Fan], _ range: KeyPath<Fan, ClosedRange<Double>>, _ ink: JSON, _ opacity: Double
  ) -> JSON {
    Chart.layer(
      fans.map { fan in
        [
          "x": .integer(fan.year), "y": Chart.place(fan[keyPath: range].lowerBound),
          "y2": Chart.place(fan[keyPath: range].upperBound),
        ]
      }, mark: ["type": "area", "fill": ink, "opacity": .number(opacity)],
      encoding: encoding.adding(["y2": ["field": "y2"]]))
  }

  func middle(_ fans: [Fan], _ ink: JSON, dash: [Int]) -> JSON {
    Chart.layer(
      fans.map { ["x": .integer($0.year), "y": Chart.place($0.median)] },
      mark: [
        "type": "line", "stroke": ink, "strokeWidth": 1.8,
        "strokeDash": .array(dash.map(JSON.integer)),
      ], encoding: encoding)
  }
}

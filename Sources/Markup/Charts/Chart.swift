package import Documents

/// Parts that several specifications share.
package enum Chart {
  /// The colours are the page's own, so that they follow it from light to dark and onto paper.
  package enum Ink {
    package static let member: JSON = "var(--c-member)"
    package static let other: JSON = "var(--c-other)"
    package static let away: JSON = "var(--c-away)"
    package static let toward: JSON = "var(--c-toward)"
    package static let mark: JSON = "var(--c-mark)"
    package static let neutral: JSON = "var(--c-neutral)"
    package static let text: JSON = "var(--ink)"
    package static let quiet: JSON = "var(--ink-2)"
    package static let ground: JSON = "var(--ground)"
  }

  /// How long the labels of rows may be: shorter on a phone, so that the plot keeps its half.
  package static let labelLimit: JSON = ["expr": "containerSize()[0] < 480 ? 150 : 210"]

  /// An axis of rows by their names; on a phone a long name is broken into lines, of which the first two
  /// hold so many characters at most.
  package static func names(_ more: JSON = .object([]), line: Int = 24) -> JSON {
    let first = "replace(datum.label, regexp('^(?=.{\(line + 1)})(.{1,\(line)}) '), '$1|')"
    let second = "replace(\(first), regexp('\\\\|(?=.{\(line + 6)})(.{1,\(line)}) '), '|$1|')"
    let axis: JSON = [
      "labelLimit": labelLimit, "labelLineHeight": 11,
      "labelExpr": .string("containerSize()[0] < 480 ? split(\(second), '|') : datum.label"),
    ]
    return axis.adding(more)
  }

  /// A specification of layers as wide as its place in the page.
  package static func layered(height: JSON, _ layers: [JSON]) -> JSON {
    ["width": "container", "height": height, "layer": .array(layers)]
  }

  /// One layer with data of its own.
  package static func layer(_ rows: [JSON], mark: JSON, encoding: JSON) -> JSON {
    ["data": ["values": .array(rows)], "mark": mark, "encoding": encoding]
  }

  /// A numeric axis of years, with a label for every fifth year of those that are shown.
  package static func years(
    _ field: JSON, _ domain: ClosedRange<Double>, shown: ClosedRange<Int>
  ) -> JSON {
    let step = shown.count > 12 ? 5 : shown.count > 8 ? 2 : 1
    return [
      "field": field, "type": "quantitative", "title": nil,
      "scale": ["domain": span(domain), "nice": false, "zero": false],
      "axis": [
        "format": "d", "grid": false,
        "values": .array(shown.filter { $0 % step == 0 }.map(JSON.integer)),
      ],
    ]
  }

  /// A numeric axis with a stated domain.
  package static func numbers(_ field: JSON, _ domain: ClosedRange<Double>, title: JSON) -> JSON {
    [
      "field": field, "type": "quantitative", "title": title,
      "scale": ["domain": span(domain), "nice": false, "zero": false],
    ]
  }

  /// A number as a place in a picture: six digits are more than a screen shows.
  package static func place(_ number: Double) -> JSON {
    guard number != 0 else { return 0 }
    var scale = 1.0
    while abs(number) * scale < 100_000, scale < 1e12 { scale *= 10 }
    return .number((number * scale).rounded() / scale)
  }

  package static func span(_ range: ClosedRange<Double>) -> JSON {
    [place(range.lowerBound), place(range.upperBound)]
  }

  /// The range of some numbers with a margin around it; it is never empty.
  package static func domain(of numbers: [Double], margin: Double = 0.06) -> ClosedRange<Double> {
    let low = numbers.min() ?? 0
    let high = numbers.max() ?? 1
    let width = high > low ? high - low : max(abs(high), 1)
    return (low - margin * width)...(high + margin * width)
  }

  /// The style of all pictures.
  package static let style: JSON = [
    "background": "transparent",
    "font": "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif",
    "view": ["stroke": "transparent"],
    "axis": [
      "labelColor": "var(--ink-2)", "titleColor": "var(--ink-2)", "domainColor": "var(--line-2)",
      "tickColor": "var(--line-2)", "gridColor": "var(--line)", "labelFontSize": 12,
      "titleFontSize": 12, "titleFontWeight": "normal", "titlePadding": 10, "labelPadding": 5,
    ],
    "axisX": ["titleLimit": 300],
    "axisY": [
      "domain": false, "ticks": false, "titleAngle": 0, "titleAlign": "left", "titleAnchor": "end",
      "titleX": 0, "titleY": -16,
    ],
    "legend": [
      "labelColor": "var(--ink-2)", "titleColor": "var(--ink-2)", "labelFontSize": 12,
      "titleFontSize": 12, "titleFontWeight": "normal", "orient": "bottom", "columns": 2,
    ],
    "text": ["fill": "var(--ink)", "fontSize": 12],
  ]
}

import Markup
import Documents
import Studies

/// The estimates of all specifications in ascending order, and below them the options that they take.
///
/// With more specifications than columns each column is a slice of them, and a cell is as dark as the
/// share of the slice that takes the option.
struct SpecificationCurve {
  private let multiverse: Multiverse
  private let title: String
  private let count: Int
  private let columns: [ArraySlice<Multiverse.Point>]
  private let rows: [Row]

  private static let mostColumns = 160
  /// The heights of the curve and of a row below it.
  private static let (curve, row) = (230.0, 17.0)

  /// A line below the curve: the title of a choice, or one of its options.
  private enum Row {
    case choice(String)
    case option(choice: Int, option: Int, label: String)
  }

  init(_ multiverse: Multiverse, _ points: [Multiverse.Point], title: String) {
    self.multiverse = multiverse
    self.title = title
    count = points.count
    let sorted = points.sorted { $0.estimate < $1.estimate }
    let columns = min(points.count, Self.mostColumns)
    self.columns = (0..<columns).map { column in
      sorted[(column * sorted.count / columns)..<((column + 1) * sorted.count / columns)]
    }
    let moved = multiverse.moves.map(\.choice)
    rows = moved.flatMap { choice -> [Row] in
      [.choice(multiverse.choices[choice].title)]
        + multiverse.choices[choice].options.enumerated().map {
          .option(choice: choice, option: $0.offset, label: $0.element.label)
        }
    }
  }

  /// The picture; nil when no specification has an estimate.
  var picture: Picture? {
    guard let low = columns.first?.first?.estimate, let high = columns.last?.last?.estimate else {
      return nil
    }
    let found = columns.joined().count { $0.p <= 0.05 }
    return Picture(
      id: anchor("specification-curve", multiverse.outcome),
      title: "\(title) under each specification",
      finding: "\(counted(count, "estimate")) from \(signed(low)) to \(signed(high)); "
        + "\(grouped(found)) with p ≤ 0.05.",
      key:
        "Above: the estimates in order, 80 % of each column within its line; filled where half of "
        + "the column or more has p ≤ 0.05. Below: the choices, the one that moves the estimate most "
        + "first; the stronger a mark, the more of the column takes the option."
        + (columns.count < count
          ? " Each column holds about \((count + columns.count / 2) / columns.count)." : ""),
      isWide: true, specification: specification(low, high), table: table,
      trace: .trace(outcome: multiverse.outcome))
  }

  // MARK: As marks

  /// Numbers run from 0 at the bottom row; the curve stands above all rows.
  private var top: Double { Double(rows.count) * Self.row + Self.curve }
  /// What the names of options take, left of the columns.
  private var room: Double { max(Double(columns.count) * 0.36, 1) }

  private func specification(_ low: Double, _ high: Double) -> JSON {
    let values = Chart.domain(of: [low, high, 0])
    let bottom = top - Self.curve + 16
    let height: (Double) -> Double = { value in
      bottom + (value - values.lowerBound) / (values.upperBound - values.lowerBound)
        * (top - bottom)
    }
    let x: JSON = [
      "field": "x", "type": "quantitative", "axis": nil,
      "scale": ["domain": Chart.span(-room...Double(columns.count)), "nice": false, "zero": false],
    ]
    let axes: JSON = ["x": x, "y": y("y")]
    return Chart.layered(
      height: Chart.place(top),
      scale(values, height, axes) + curve(height, x, axes) + [names(axes), cells(axes)])
  }

  private func y(_ field: JSON) -> JSON {
    [
      "field": field, "type": "quantitative", "axis": nil,
      "scale": ["domain": Chart.span(0...top), "nice": false, "zero": false],
    ]
  }

  /// The line of zero and the ends of the scale, in words.
  private func scale(
    _ values: ClosedRange<Double>, _ height: (Double) -> Double, _ axes: JSON
  ) -> [JSON] {
    let digits = decimals(for: [values.lowerBound, values.upperBound])
    let marks = [values.lowerBound, 0, values.upperBound].map { value -> JSON in
      [
        "x": -1, "y": Chart.place(height(value)),
        "t": .string(figure(value, decimals: digits) + (value == 0 ? " \(multiverse.unit)" : "")),
      ]
    }
    return [
      Chart.layer(
        [["x": 0, "x2": .integer(columns.count), "y": Chart.place(height(0))]],
        mark: ["type": "rule", "stroke": Chart.Ink.quiet, "strokeWidth": 1],
        encoding: axes.adding(["x2": ["field": "x2"]])),
      Chart.layer(
        marks, mark: ["type": "text", "align": "right", "fill": Chart.Ink.quiet, "fontSize": 11],
        encoding: axes.adding(["text": ["field": "t", "type": "nominal"]])),
    ]
  }

  private func curve(_ height: (Double) -> Double, _ x: JSON, _ axes: JSON) -> [JSON] {
    let rows = columns.enumerated().map { place, slice -> JSON in
      let values = slice.map(\.estimate)
      let found = 2 * slice.count { $0.p <= 0.05 } >= slice.count
      func quantile(_ p: Double) -> Double { values[Int(p * Double(values.count - 1))] }
      return [
        "x": Chart.place(Double(place) + 0.5), "y": Chart.place(height(quantile(0.5))),
        "a": Chart.place(height(quantile(0.1))), "b": Chart.place(height(quantile(0.9))),
        "c": found ? Chart.Ink.mark : Chart.Ink.other,
      ]
    }
    let ink: JSON = ["field": "c", "type": "nominal", "scale": nil, "legend": nil]
    return [
      Chart.layer(
        rows, mark: ["type": "rule", "strokeWidth": 2, "opacity": 0.5],
        encoding: ["x": x, "y": y("a"), "y2": ["field": "b"], "color": ink]),
      Chart.layer(
        rows, mark: ["type": "circle", "size": 22, "opacity": 1],
        encoding: axes.adding(["color": ink])),
    ]
  }

  private func place(ofRow row: Int) -> Double {
    Double(rows.count - row) * Self.row - Self.row / 2
  }

  /// Options right before their marks; titles of choices from the left on, as their rows have none.
  private func names(_ axes: JSON) -> JSON {
    func layer(_ weight: JSON, _ align: JSON, at x: Double, _ text: (Row) -> String?) -> JSON {
      let marks = rows.enumerated().compactMap { place, row in
        text(row).map { text -> JSON in
          ["x": Chart.place(x), "y": Chart.place(self.place(ofRow: place)), "t": .string(text)]
        }
      }
      return Chart.layer(
        marks,
        mark: [
          "type": "text", "align": align, "baseline": "middle", "fontSize": 11,
          "fontWeight": weight, "limit": 600,
        ], encoding: axes.adding(["text": ["field": "t", "type": "nominal"]]))
    }
    return [
      "layer": [
        layer(400, "right", at: -1) { row in
          if case .option(_, _, let label) = row { label } else { nil }
        },
        layer(600, "left", at: -room) { row in
          if case .choice(let title) = row { title } else { nil }
        },
      ]
    ]
  }

  /// A mark wherever a column takes an option, by how much of it does.
  private func cells(_ axes: JSON) -> JSON {
    let marks = rows.enumerated().flatMap { place, row -> [JSON] in
      guard case .option(let choice, let option, _) = row else { return [] }
      return columns.enumerated().compactMap { column, slice in
        let share = Double(slice.count { $0.options[choice] == option }) / Double(slice.count)
        guard share > 0 else { return nil }
        let middle = self.place(ofRow: place)
        return [
          "x": .integer(column), "x2": .integer(column + 1),
          "y": Chart.place(middle - 0.36 * Self.row), "y2": Chart.place(middle + 0.36 * Self.row),
          "o": Chart.place((share * 100).rounded() / 100),
        ]
      }
    }
    return Chart.layer(
      marks, mark: ["type": "rect", "fill": Chart.Ink.member],
      encoding: axes.adding([
        "x2": ["field": "x2"], "y2": ["field": "y2"],
        "opacity": ["field": "o", "type": "quantitative", "scale": nil, "legend": nil],
      ]))
  }

  private var table: ChartTable {
    ChartTable(
      caption: "The estimates in order, by column",
      header: ["Estimates", "From", "To", "p ≤ 0.05"],
      rows: columns.map { slice in
        [
          "\(slice.count)", slice.first.map { signed($0.estimate) } ?? "–",
          slice.last.map { signed($0.estimate) } ?? "–", "\(slice.count { $0.p <= 0.05 })",
        ]
      }, wordColumns: 0)
  }
}

import Markup
import Documents
import Evidence
import Scenarios
import Studies

/// The share of states that still stand on a stage after so many years.
struct WaitCurve {
  private let stage: Outlook.StageWait
  private let title: String
  private let name: (ActorID) -> String

  init(_ stage: Outlook.StageWait, title: String, name: @escaping (ActorID) -> String) {
    self.stage = stage
    self.title = title
    self.name = name
  }

  /// The picture; nil when nobody went on, so that there is no curve.
  var picture: Picture? {
    let gone = stage.spells.count(where: \.wait.hasEnded)
    guard gone > 0 else { return nil }
    let median =
      stage.curve.median.map { "half had gone on after \(figure($0, decimals: 1)) years" }
      ?? "fewer than half have gone on"
    return Picture(
      id: anchor("wait", stage.stage), title: "Still at this stage: \(title)",
      finding: "\(counted(stage.spells.count, "state")), \(gone) went on; \(median).",
      key: "Line: the share that stood there longer (Kaplan and Meier); band: 95 % at each time. "
        + "Diamonds: states that wait still.",
      specification: specification, table: table, trace: .outlook)
  }

  private var longest: Double { stage.spells.map(\.wait.length).max() ?? 1 }

  /// The curve's corners: from all at the start, through each time, to the longest wait.
  private var corners: [(time: Double, survival: Double, interval: ClosedRange<Double>)] {
    let steps = stage.curve.steps.map { ($0.time, $0.survival, $0.interval) }
    let last = steps.last ?? (0, 1, 1...1)
    return [(0, 1, 1...1)] + steps + [(longest, last.1, last.2)]
  }

  private var specification: JSON {
    let x = Chart.numbers("x", 0...(longest * 1.18), title: "years at this stage")
      .adding(["axis": ["grid": false]])
    func y(_ field: JSON) -> JSON {
      Chart.numbers(field, 0...1.04, title: "still there").adding(["axis": ["format": "%"]])
    }
    let axes: JSON = ["x": x, "y": y("y")]
    let rows = corners.map { corner -> JSON in
      [
        "x": Chart.place(corner.time), "y": Chart.place(corner.survival),
        "a": Chart.place(corner.interval.lowerBound), "b": Chart.place(corner.interval.upperBound),
      ]
    }
    return Chart.layered(
      height: 260,
      [
        Chart.layer(
          rows,
          mark: [
            "type": "area", "interpolate": "step-after", "fill": Chart.Ink.member, "opacity": 0.16,
          ],
          encoding: [
            "x": x, "y": y("a"), "y2": ["field": "b"],
          ]),
        Chart.layer(
          rows,
          mark: [
            "type": "line", "interpolate": "step-after", "stroke": Chart.Ink.member,
            "strokeWidth": 2,
          ], encoding: axes),
      ] + waiting(axes))
  }

  /// Those that wait still, at their present length, with their names.
  private func waiting(_ axes: JSON) -> [JSON] {
    let spells = stage.waiting.sorted { $0.wait.length < $1.wait.length }
    let heights = apart(
      spells.map { stage.curve.survival(after: $0.wait.length) }, by: 0.07, within: 0...1.04)
    func rows(_ height: (Int) -> Double) -> [JSON] {
      spells.indices.map { place in
        [
          "x": Chart.place(spells[place].wait.length), "y": Chart.place(height(place)),
          "t": .string(name(spells[place].actor)),
        ]
      }
    }
    return [
      Chart.layer(
        rows { stage.curve.survival(after: spells[$0].wait.length) },
        mark: [
          "type": "point", "shape": "diamond", "filled": true, "size": 80, "fill": Chart.Ink.mark,
          "opacity": 1,
        ], encoding: axes)
    ]
      + [true, false].map { isLate in
        labels(rows { heights[$0] }, axes, isLate: isLate)
      }
  }

  /// The names of those that have waited for less, or for more, than half of the picture's width.
  private func labels(_ rows: [JSON], _ axes: JSON, isLate: Bool) -> JSON {
    let names = stage.waiting.filter { ($0.wait.length > longest * 0.59) == isLate }
    let shown = Set(names.map { name($0.actor) })
    return Chart.layer(
      rows.filter { row in shown.contains { row["t"] == .string($0) } },
      mark: [
        "type": "text", "align": isLate ? "right" : "left", "dx": isLate ? -8 : 8, "dy": -9,
        "fontWeight": 600,
      ], encoding: axes.adding(["text": ["field": "t", "type": "nominal"]]))
  }

  private var table: ChartTable {
    ChartTable(
      caption: "Waits at this stage",
      header: ["Years", "At stage", "Went on", "Still there", "95 %"],
      rows: stage.curve.steps.map { step in
        [
          figure(step.time, decimals: 1), "\(step.atRisk)", "\(step.ended)",
          percentage(step.survival),
          "\(percentage(step.interval.lowerBound)) to \(percentage(step.interval.upperBound))",
        ]
      }, wordColumns: 0)
  }
}

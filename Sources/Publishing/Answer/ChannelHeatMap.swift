import Markup
import Documents
import Evidence
import Studies

/// How many facts the casebook holds by named state and channel, with what was not searched.
struct ChannelHeatMap {
  private let answer: Answer
  private let counts: FactCounts

  init(_ answer: Answer, _ counts: FactCounts) {
    self.answer = answer
    self.counts = counts
  }

  var picture: Picture? {
    guard !counts.cells.isEmpty else { return nil }
    return Picture(
      id: "heat-map", title: "What the casebook holds, by state and channel", finding: finding,
      key: key, isWide: true, specification: specification, table: table, trace: .evidence)
  }

  private var key: String {
    "A number counts the facts; ≥ says that not all was searched. Hatched: nothing found and not "
      + "searched. Crossed: cannot exist. Blank: searched, and none. The counts are how much is "
      + "coded, not how much a state engages."
  }

  private var finding: String {
    let filled = counts.cells.filter { $0.count > 0 }
    let tally = FactCell.Kind.allCases.map { kind in
      (kind, counts.cells.filter { $0.kind == kind }.count)
    }
    let words: [FactCell.Kind: String] = [
      .zero: "searched and empty", .notSearched: "empty and not searched",
      .impossible: "impossible", .withheld: "withheld",
    ]
    let empty = tally.compactMap { kind, count in
      words[kind].flatMap { count > 0 ? "\(count) \($0)" : nil }
    }
    var text = "\(filled.count) of \(counts.cells.count) cells hold at least one fact"
    if !empty.isEmpty { text += "; \(listed(empty))" }
    let most = counts.cells.enumerated()
      .max { ($0.element.count, -$0.offset) < ($1.element.count, -$1.offset) }?.element
    guard let most, most.count > 0 else { return text + "." }
    return text + ". Most: \(answer.name(most.state)) in \(answer.title(of: most.channel)), "
      + "\(counted(most.count, "fact"))."
  }

  private var table: ChartTable {
    ChartTable(
      caption: "Facts by state and channel",
      header: ["State"] + counts.channels.map { answer.title(of: $0) },
      rows: counts.states.map { state in
        [answer.name(state)] + counts.channels.map { counts[state, $0]?.text ?? "" }
      })
  }

  private var rows: [JSON] {
    counts.cells.map { cell in
      [
        "s": .string(answer.name(cell.state)), "c": .string(answer.title(of: cell.channel)),
        "n": .integer(cell.count), "k": .string(cell.kind.rawValue), "t": .string(cell.label),
      ]
    }
  }

  private var axes: JSON {
    [
      "x": [
        "field": "c", "type": "nominal", "title": nil,
        "sort": .strings(counts.channels.map { answer.title(of: $0) }),
        "axis": [
          "orient": "top", "labelAngle": -38, "labelLimit": 220, "domain": false, "ticks": false,
        ],
      ],
      "y": [
        "field": "s", "type": "nominal", "title": nil,
        "sort": .strings(counts.states.map { answer.name($0) }),
      ],
    ]
  }

  private var specification: JSON {
    let most = Double(counts.cells.map(\.count).max() ?? 1)
    let isFilled: JSON = ["filter": "datum.n > 0"]
    let isEmpty: JSON = ["filter": "datum.n == 0"]
    let ground: JSON = [
      "transform": [isEmpty],
      "mark": ["type": "rect", "stroke": "var(--line-2)", "strokeWidth": 1],
      "encoding": axes.adding([
        "fill": [
          "field": "k", "type": "nominal", "legend": nil,
          "scale": [
            "domain": .strings(["zero", "notSearched", "impossible", "withheld"]),
            "range": ["transparent", "url(#hatch)", "transparent", "url(#dots)"],
          ],
        ]
      ]),
    ]
    let heat: JSON = [
      "transform": [isFilled], "mark": ["type": "rect", "fill": Chart.Ink.member],
      "encoding": axes.adding([
        "fillOpacity": [
          "field": "n", "type": "quantitative", "legend": nil,
          "scale": ["domain": [0, Chart.place(max(most, 1))], "range": [0.12, 0.62]],
        ]
      ]),
    ]
    let text: JSON = [
      "mark": ["type": "text", "fontSize": 13, "fontWeight": 600],
      "encoding": axes.adding(["text": ["field": "t", "type": "nominal"]]),
    ]
    return [
      "width": "container", "height": .integer(40 * counts.states.count),
      "data": ["values": .array(rows)],
      "layer": [ground, heat, text],
    ]
  }
}

import Markup
import Documents
import Evidence
import Indicators
import Panels
import Studies

/// What stands behind each year of some series: a value, a zero, or the reason for having none.
struct CoverageGrid {
  private let id: String
  private let title: String
  private let subject: String
  private let trace: Place
  private let rows: [Row]

  private struct Row {
    let name: String
    let runs: [Run]
  }

  /// Years in a row of one kind.
  private struct Run {
    let kind: CoverageKind
    let from: Int
    var to: Int
    var count: Int { to - from + 1 }
  }

  /// One named state: a row for each channel's headline outcome.
  init(_ answer: Answer, state: ActorID) {
    id = anchor("coverage", state)
    title = answer.name(state)
    subject = "channel"
    trace = .claims(on: state)
    rows = answer.channels.compactMap { channel in
      guard let series = channel.headline?.series, let row = series.actors.firstIndex(of: state)
      else { return nil }
      return Row(name: channel.title, runs: Self.runs(series, row))
    }
  }

  /// One outcome: a row for each state of its pool.
  init(_ answer: Answer, outcome: OutcomeAnswer) {
    id = anchor("coverage-of", outcome.id)
    title = outcome.series.indicator.title
    subject = "state"
    trace = .trace(outcome: outcome.id)
    rows = outcome.series.actors.indices.map { row in
      Row(
        name: answer.name(outcome.series.actors[row]), runs: Self.runs(outcome.series, row))
    }
  }

  private static func runs(_ series: IndicatorSeries, _ row: Int) -> [Run] {
    var runs: [Run] = []
    for (year, cell) in zip(series.periods, series.cells[row]) {
      let kind = CoverageKind(cell, of: series.indicator)
      if let last = runs.last, last.kind == kind, last.to == year - 1 {
        runs[runs.count - 1].to = year
      } else {
        runs.append(Run(kind: kind, from: year, to: year))
      }
    }
    return runs
  }

  var picture: Picture? {
    guard !rows.isEmpty else { return nil }
    return Picture(
      id: id, title: title, finding: finding, specification: specification, table: table,
      trace: trace)
  }

  /// How many years are of each kind, over all rows.
  private var tally: [(kind: CoverageKind, count: Int)] {
    CoverageKind.allCases.map { kind in
      let runs = rows.flatMap(\.runs).filter { $0.kind == kind }
      return (kind, runs.reduce(0) { $0 + $1.count })
    }.filter { $0.count > 0 }
  }

  private var finding: String {
    let all = tally.reduce(0) { $0 + $1.count }
    let parts = tally.map { "\(grouped($0.count)) \($0.kind.text)" }
    return "Of \(counted(all, "year")) over \(counted(rows.count, subject)): \(listed(parts))."
  }

  private var table: ChartTable {
    ChartTable(
      caption: "\(title): years by what stands behind them",
      header: [subject == "state" ? "State" : "Channel", "Years", "What"],
      rows: rows.flatMap { row in
        row.runs.map { run in
          [row.name, run.from == run.to ? "\(run.from)" : "\(run.from)–\(run.to)", run.kind.text]
        }
      }, wordColumns: 3)
  }

  /// How many rows have room for names of two lines.
  private static let most = 12

  private var specification: JSON {
    let runs = rows.flatMap(\.runs)
    let first = runs.map(\.from).min() ?? 0
    let last = runs.map(\.to).max() ?? 0
    let data = rows.flatMap { row in
      row.runs.map { run -> JSON in
        [
          "r": .string(row.name), "x": .integer(run.from), "x2": .integer(run.to + 1),
          "f": run.kind.fill, "o": run.kind.opacity, "t": run.kind.mark,
          "m": Chart.place(Double(run.from + run.to + 1) / 2),
        ]
      }
    }
    let y: JSON = [
      "field": "r", "type": "nominal", "title": nil, "sort": .strings(rows.map(\.name)),
      "scale": ["paddingInner": 0.15],
      "axis": rows.count > Self.most
        ? ["labelLimit": Chart.labelLimit, "domain": false, "ticks": false]
        : Chart.names(["domain": false, "ticks": false]),
    ]
    let domain = Double(first)...Double(last + 1)
    let bars = Chart.layer(
      data, mark: ["type": "bar", "stroke": "var(--line-2)", "strokeWidth": 0.8],
      encoding: [
        "x": Chart.years("x", domain, shown: first...last), "x2": ["field": "x2"], "y": y,
        "fill": ["field": "f", "type": "nominal", "scale": nil, "legend": nil],
        "fillOpacity": ["field": "o", "type": "quantitative", "scale": nil, "legend": nil],
      ])
    let marks = Chart.layer(
      data.filter { $0["t"] != "" }, mark: ["type": "text", "fontSize": 11],
      encoding: [
        "x": Chart.years("m", domain, shown: first...last), "y": y,
        "text": ["field": "t", "type": "nominal"],
      ])
    let height = (rows.count > Self.most ? 16 : 25) * rows.count
    return Chart.layered(height: .integer(height), [bars, marks])
  }
}

/// What stands behind one year of one series.
enum CoverageKind: String, CaseIterable {
  case observed, atLeast, zero, impossible, notSearched, withheld, missing

  init(_ cell: IndicatorCell, of indicator: Indicator) {
    switch cell.cell {
    case .absent(.impossible): self = .impossible
    case .absent(.notSearched): self = .notSearched
    case .absent(.withheld): self = .withheld
    case .absent(.missing): self = .missing
    case .observed(let value, _):
      let isNothing = value == 0 && indicator.isAmount
      if cell.isAtLeast, indicator.isAmount {
        self = isNothing ? .notSearched : .atLeast
      } else {
        self = isNothing ? .zero : .observed
      }
    }
  }

  var text: String {
    switch self {
    case .observed: "observed"
    case .atLeast: "at least"
    case .zero: "observed zero"
    case .impossible: "impossible"
    case .notSearched: "not searched"
    case .withheld: "withheld"
    case .missing: "missing"
    }
  }

  fileprivate var fill: JSON {
    switch self {
    case .observed, .atLeast: Chart.Ink.member
    case .zero, .impossible, .missing: "transparent"
    case .notSearched: "url(#hatch)"
    case .withheld: "url(#dots)"
    }
  }

  fileprivate var opacity: JSON {
    switch self {
    case .observed: 0.65
    case .atLeast: 0.3
    case .zero, .impossible, .notSearched, .withheld, .missing: 1
    }
  }

  /// What is written on the bar.
  fileprivate var mark: JSON {
    switch self {
    case .impossible: "×"
    case .missing: "…"
    case .atLeast: "≥"
    case .observed, .zero, .notSearched, .withheld: ""
    }
  }
}
